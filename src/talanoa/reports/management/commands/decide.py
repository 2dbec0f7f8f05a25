"""`talanoa decide KEY FILE`: answer every recommendation of a final report."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import ngettext

from talanoa.kernel.commands import Told
from talanoa.processes.commands import ActingVerb, acting, process_called
from talanoa.reports.actions import decide
from talanoa.reports.rulings import read_rulings


class Command(ActingVerb):
    help = "Take the decision, once the review period is over."
    verbs = ("decide",)

    def add_arguments(self, parser: CommandParser) -> None:
        self.common(parser)
        parser.add_argument("key")
        parser.add_argument(
            "file", type=Path, help="YAML: answers: [{number: 1, answer: accepted, reason: ...}]"
        )
        parser.set_defaults(verb="decide")

    def act_decide(self, options: dict[str, Any]) -> Told:
        """Answer every recommendation."""
        process = process_called(options["key"])
        by = acting(options, process)
        rulings = read_rulings(options["file"].read_text(encoding="utf-8"))
        report = decide(process, by=by, rulings=rulings, at=options["at"], channel="cli")
        data = {"decided_at": f"{report.decided_at:%Y-%m-%dT%H:%M:%SZ}", "answers": len(rulings)}
        n = len(rulings)
        told = ngettext(
            "Decided: %(n)s recommendation answered.", "Decided: %(n)s recommendations answered.", n
        )
        return Told(data, (told % {"n": n},))
