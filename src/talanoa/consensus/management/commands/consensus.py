"""`talanoa consensus end KEY`: end the consensus calls of a process."""

from typing import Any

from django.core.management.base import CommandParser

from talanoa.consensus.actions.ending import end_consensus
from talanoa.kernel.commands import Told
from talanoa.processes.commands import ActingVerb, acting, process_called


class Command(ActingVerb):
    help = "End the consensus calls of a process, so that its report is written."
    verbs = ("end",)

    def describe(self, verb: str, parser: CommandParser) -> None:
        parser.add_argument("key", help="of the process")
        parser.add_argument("--because", default="", help="why a draft has no outcome, where one has none")

    def act_end(self, options: dict[str, Any]) -> Told:
        """End the consensus calls; the report is written next."""
        process = process_called(options["key"])
        by = acting(options, process)
        made = end_consensus(process, by=by, because=options["because"], at=options["at"], channel="cli")
        key = made.process.key
        data = {"process": key, "ended_at": f"{made.ended_at:%Y-%m-%dT%H:%M:%SZ}", "because": made.because}
        return Told(data, (f"{key}: consensus calls ended",))
