"""`talanoa interests`: what somebody states of their ties to organizations."""

from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from talanoa.kernel.commands import Told
from talanoa.kernel.errors import RuleBroken
from talanoa.people.interests import Interests, interests_in
from talanoa.people.models import InterestStatement, Person
from talanoa.people.queries import statements_of
from talanoa.processes.actions.interests import erase_interests, state_interests
from talanoa.processes.actions.roles import choose_subgroup
from talanoa.processes.commands import ActingVerb, acting_person, process_called


class Command(ActingVerb):
    help = "State interests, in general or for one process; show them; erase them."
    verbs = ("state", "show", "erase", "part")

    def describe(self, verb: str, parser: CommandParser) -> None:
        if verb == "part":
            parser.add_argument("process", metavar="KEY")
            parser.add_argument(
                "name", nargs="?", default="", help="the part of one's group; without it, none"
            )
            return
        parser.add_argument("--process", metavar="KEY", default="", help="for this process only")
        if verb == "state":
            parser.add_argument(
                "line", nargs="*", help="such as 'employer: Example University; 2019-03'; or words"
            )
            parser.add_argument("--decline", action="store_true", help="do not say, and be an observer")

    def act_state(self, options: dict[str, Any]) -> Told:
        """State interests; what was said before stays."""
        said = interests_in("\n".join(options["line"]))
        process = process_called(options["process"]) if options["process"] else None
        made = state_interests(
            process,
            by=acting_person(options),
            interests=Interests(said.ties, said.text, is_declined=options["decline"]),
            at=options["at"],
            channel="cli",
        )
        return _told(made)

    def act_show(self, options: dict[str, Any]) -> Told:
        """Show what was stated last."""
        return _told(_newest(acting_person(options), options["process"]))

    def act_erase(self, options: dict[str, Any]) -> Told:
        """Erase what was stated last; that something was stated stays on the record."""
        person = acting_person(options)
        found = _newest(person, options["process"])
        return _told(erase_interests(found, by=person, at=options["at"], channel="cli"))

    def act_part(self, options: dict[str, Any]) -> Told:
        """Say which part of one's group one belongs to in a process."""
        process, person = process_called(options["process"]), acting_person(options)
        member = choose_subgroup(process, by=person, name=options["name"], at=options["at"])
        data = {"process": process.key, "group": member.group, "part": member.subgroup}
        return Told(data, (f"{member.group}: {member.subgroup}",))


def _newest(person: Person, process_key: str) -> InterestStatement:
    found = next((row for row in statements_of(person, process_key) if not row.is_erased), None)
    if found is None:
        raise RuleBroken(_("You have no such statement."), code="interests_unknown")
    return found


def _told(made: InterestStatement) -> Told:
    data = {
        "process": made.process_key,
        "stated_at": f"{made.stated_at:%Y-%m-%dT%H:%M:%SZ}",
        "declined": made.is_declined,
        "erased": made.is_erased,
        "ties": [asdict(row.tie) for row in made.affiliations.all()],
        "text": made.text,
    }
    return Told(data, tuple(f"{name}: {value}" for name, value in data.items()))
