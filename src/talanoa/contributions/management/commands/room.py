"""`talanoa room`: who is in the room of a process; why a call closes although somebody was missed."""

from typing import Any

from django.core.management.base import CommandParser

from talanoa.contributions.actions.balancing import explain_floors
from talanoa.contributions.room import Seat, board
from talanoa.kernel.commands import Told
from talanoa.processes.commands import ActingVerb, acting, process_called


class Command(ActingVerb):
    help = "Show who is in the room; say in public why a call closes below a floor."
    verbs = ("show", "explain")

    def describe(self, verb: str, parser: CommandParser) -> None:
        parser.add_argument("key")
        if verb == "explain":
            parser.add_argument(
                "reason", help="what was done to reach them, and why waiting longer would not help"
            )

    def act_show(self, options: dict[str, Any]) -> Told:
        """Show who spoke, by group and region, against what the charter wants."""
        found = board(process_called(options["key"]))
        seats = [*found.groups, *found.regions]
        data = {
            "inputs": found.inputs,
            "speakers": found.speakers,
            "seats": [
                {"code": seat.code, "spoke": seat.spoke, "inputs": seat.inputs, "balance": seat.balance}
                for seat in seats
            ],
        }
        return Told(data, tuple(_line(seat) for seat in seats))

    def act_explain(self, options: dict[str, Any]) -> Told:
        """Say why a call closes although it missed a floor; it closes with that."""
        process = process_called(options["key"])
        by = acting(options, process)
        made = explain_floors(process, by=by, reason=options["reason"], at=options["at"], channel="cli")
        return Told({"process": process.key, "gaps": made.gaps, "reason": made.reason}, (made.reason,))


def _line(seat: Seat) -> str:
    return f"{seat.code}: {seat.spoke} spoke, {seat.inputs} inputs {seat.balance}".rstrip()
