"""`talanoa person`: the operator lets somebody open processes on this installation."""

from argparse import ArgumentTypeError
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from talanoa.kernel.commands import Told, Verb
from talanoa.people.actions import appoint_convenor, know_person


class Command(Verb):
    help = "Say who may open processes."
    verbs = ("appoint",)

    def describe(self, verb: str, parser: CommandParser) -> None:
        if verb == "appoint":
            parser.add_argument("address", type=_address)
            parser.add_argument("--name", default="", help="if nobody is known here by this address")

    def act_appoint(self, options: dict[str, Any]) -> Told:
        """Let a person open processes here; on the record, without the name."""
        person = know_person(name=options["name"], address=options["address"])
        appoint_convenor(person, at=options["at"], channel="cli")
        told = _("%(address)s may open processes here.") % {"address": person.address}
        return Told({"address": person.address, "name": person.name}, (told,))


def _address(value: str) -> str:
    try:
        validate_email(value)
    except ValidationError as wrong:
        raise ArgumentTypeError("write an e-mail address, such as ana@talanoa.example") from wrong
    return value
