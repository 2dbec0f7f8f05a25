"""`talanoa respond`: import themes and answers from a table."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import ngettext

from talanoa.contributions.tables import import_answers
from talanoa.kernel.commands import Told
from talanoa.processes.commands import ActingVerb, acting, process_called


class Command(ActingVerb):
    help = "Answer inputs from a table."
    verbs = ("import",)

    def describe(self, verb: str, parser: CommandParser) -> None:
        parser.add_argument("key")
        parser.add_argument(
            "csv", type=Path, help="columns: numbers, theme, summary, status, response, change, where"
        )

    def act_import(self, options: dict[str, Any]) -> Told:
        """Publish the answers of a table; each line answers some numbers, as a theme where it names one."""
        process = process_called(options["key"])
        text = options["csv"].read_text(encoding="utf-8-sig")
        done = import_answers(process, text, by=acting(options, process), at=options["at"], channel="cli")
        data = {"responses": done.responses, "answered": done.answered, "waiting": done.waiting}
        parts = (
            ngettext("%(n)s answer published", "%(n)s answers published", done.responses)
            % {"n": done.responses},
            ngettext("to %(n)s input", "to %(n)s inputs", done.answered) % {"n": done.answered},
            ngettext("%(n)s still waits.", "%(n)s still wait.", done.waiting) % {"n": done.waiting},
        )
        return Told(data, (f"{parts[0]} {parts[1]}; {parts[2]}",))
