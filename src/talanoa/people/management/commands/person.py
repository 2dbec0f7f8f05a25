"""`talanoa person`: the operator lets somebody open processes here; what a person declares of themselves."""

from argparse import ArgumentTypeError
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from talanoa.kernel.commands import Told, Verb
from talanoa.kernel.errors import RuleBroken
from talanoa.people.actions import appoint_convenor, declare, know_person, prefer_language
from talanoa.people.models import Group
from talanoa.people.queries import person_at

DECLARED = ("name", "organization", "country", "time_zone")


class Command(Verb):
    help = "Say who may open processes, and what somebody declares of themselves."
    verbs = ("appoint", "declare")

    def describe(self, verb: str, parser: CommandParser) -> None:
        if verb == "appoint":
            parser.add_argument("address", type=_address)
            parser.add_argument("--name", default="", help="if nobody is known here by this address")
            return
        parser.add_argument("address", type=_address)
        parser.add_argument("--group", choices=Group.values)
        parser.add_argument("--language", help="in which letters are written")
        for name in DECLARED:
            parser.add_argument(f"--{name.replace('_', '-')}")

    def act_appoint(self, options: dict[str, Any]) -> Told:
        """Let a person open processes here; on the record, without the name."""
        person = know_person(name=options["name"], address=options["address"])
        appoint_convenor(person, at=options["at"], channel="cli")
        told = _("%(address)s may open processes here.") % {"address": person.address}
        return Told({"address": person.address, "name": person.name}, (told,))

    def act_declare(self, options: dict[str, Any]) -> Told:
        """Declare who somebody is and for whom they speak; what is not given stays as it is."""
        person = person_at(options["address"])
        if person is None:
            raise RuleBroken(
                _("Nobody here has the address %(address)s.") % {"address": options["address"]},
                code="person_unknown",
            )
        names = (*DECLARED, "group")
        said = {name: getattr(person, name) if options[name] is None else options[name] for name in names}
        person = declare(by=person, **said, language=person.language)
        if options["language"] is not None:
            person = prefer_language(by=person, language=options["language"])
        data = {name: getattr(person, name) for name in ("address", *names, "language")}
        return Told(data, tuple(f"{name}: {value}" for name, value in data.items()))


def _address(value: str) -> str:
    try:
        validate_email(value)
    except ValidationError as wrong:
        raise ArgumentTypeError("write an e-mail address, such as ana@talanoa.example") from wrong
    return value
