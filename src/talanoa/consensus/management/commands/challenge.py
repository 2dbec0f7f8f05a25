"""`talanoa challenge`: challenge what a chair found, answer, list."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from talanoa.consensus.actions.challenging import answer_challenge, raise_challenge
from talanoa.consensus.models import Challenge, Designation
from talanoa.kernel.commands import Told
from talanoa.kernel.errors import RuleBroken
from talanoa.processes.actions.roles import enter
from talanoa.processes.commands import ActingVerb, acting, acting_person, process_called
from talanoa.processes.models import Process


class Command(ActingVerb):
    help = "Challenges: say why what a chair found is wrong; answer with reasons."
    verbs = ("raise", "answer", "list")

    def describe(self, verb: str, parser: CommandParser) -> None:
        parser.add_argument("key", help="of the process")
        if verb == "list":
            return
        if verb == "raise":
            parser.add_argument("number", type=int, help="of the call")
            parser.add_argument("--recommendation", type=int, default=0, help="left out: the whole text")
        else:
            parser.add_argument("number", type=int, help="of the challenge")
            parser.add_argument("outcome", choices=Challenge.Outcome.values)
        parser.add_argument("--text", required=True, help="why, in words")

    def act_raise(self, options: dict[str, Any]) -> Told:
        """Challenge what the chair found on a recommendation."""
        process = process_called(options["key"])
        found = _designation(process, options["number"], options["recommendation"])
        by = enter(process, acting_person(options), at=options["at"])
        made = raise_challenge(found, by=by, text=options["text"], at=options["at"], channel="cli")
        return _told(made, options)

    def act_answer(self, options: dict[str, Any]) -> Told:
        """Answer a challenge: keep the designation, or annul it."""
        process = process_called(options["key"])
        found = (
            process.challenges.select_related("designation__call").filter(number=options["number"]).first()
        )
        if found is None:
            raise _unknown(process, options["number"])
        by, outcome = acting(options, process), options["outcome"]
        told = {"text": options["text"], "at": options["at"], "channel": "cli"}
        return _told(answer_challenge(found, by=by, outcome=outcome, **told), options)

    def act_list(self, options: dict[str, Any]) -> Told:
        """List the challenges of a process."""
        rows = process_called(options["key"]).challenges.select_related("process", "designation__call")
        listed = [_told(row, options) for row in rows.order_by("number")]
        return Told({"challenges": [one.data for one in listed]}, tuple(one.lines[0] for one in listed))


def _designation(process: Process, number: int, recommendation: int) -> Designation:
    rows = Designation.objects.filter(call__process=process, call__number=number).order_by("pk")
    found = rows.filter(recommendation=recommendation).select_related("call__process").last()
    if found is None:
        raise _unknown(process, number)
    return found


def _unknown(process: Process, number: int) -> RuleBroken:
    return RuleBroken(
        _("There is no number %(number)s in %(key)s.") % {"number": number, "key": process.key},
        code="number_unknown",
    )


def _told(made: Challenge, options: dict[str, Any]) -> Told:
    stands = made.standing(options["at"])
    data = {
        "number": made.number,
        "call": made.call.number,
        "recommendation": made.designation.recommendation,
        "name": made.name,
        "text": made.text,
        "answer_by": f"{made.answer_by:%Y-%m-%dT%H:%M:%SZ}",
        "answer": made.answer,
        "stands": stands,
    }
    return Told(data, (f"{made.number}  {stands}  {made.call.number}: {made.designation.recommendation}",))
