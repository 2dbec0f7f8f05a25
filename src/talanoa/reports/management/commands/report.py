"""`talanoa report`: write, seal and show the report, and its response table."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from talanoa.kernel.commands import Told
from talanoa.processes.commands import ActingVerb, acting, process_called
from talanoa.reports.actions import seal_report, write_report
from talanoa.reports.drafting import outline
from talanoa.reports.models import Report
from talanoa.reports.tables import matrix_csv


class Command(ActingVerb):
    help = "Write and seal reports."
    verbs = ("write", "seal", "matrix")

    def describe(self, verb: str, parser: CommandParser) -> None:
        parser.add_argument("key")
        if verb == "write":
            parser.add_argument(
                "file", nargs="?", type=Path, help="Markdown; without it an outline is made from the themes"
            )
        if verb == "seal":
            parser.add_argument("--file", type=Path, help="Markdown to save before sealing")

    def act_write(self, options: dict[str, Any]) -> Told:
        """Save a revision of the report; without a file, an outline made from themes and answers."""
        process = process_called(options["key"])
        by = acting(options, process)
        text = options["file"].read_text(encoding="utf-8") if options["file"] else outline(process)
        revision = write_report(process, by=by, title=process.title, text=text, at=options["at"])
        data = {"revision": revision.number, "sha256": revision.sha256}
        return Told(data, (f"revision {revision.number}, sha256 {revision.sha256}",))

    def act_seal(self, options: dict[str, Any]) -> Told:
        """Seal the newest revision; the review period begins and only the clock ends it."""
        process = process_called(options["key"])
        by = acting(options, process)
        file = options["file"]
        # A seal that is refused leaves no outline behind, whose counts would be old by the next time.
        with transaction.atomic():
            if file or not Report.objects.filter(process=process).exists():
                text = file.read_text(encoding="utf-8") if file else outline(process)
                write_report(process, by=by, title=process.title, text=text, at=options["at"])
            report = seal_report(process, by=by, at=options["at"], channel="cli")
        ends = f"{report.review_ends_at:%Y-%m-%dT%H:%M:%SZ}"
        data = {"sealed": report.sealed_sha256, "review_ends_at": ends}
        return Told(data, (f"Sealed. The review period runs until {ends}; nobody can decide before.",))

    def act_matrix(self, options: dict[str, Any]) -> Told:
        """Write the response table as CSV: commenter, section, comment, response, change, where."""
        process = process_called(options["key"])
        table = matrix_csv(process)
        if not options["json"]:
            self.stdout.write(table, ending="")
            return Told({})
        n_lines = sum(1 for _row in csv.reader(StringIO(table)))
        return Told({"rows": n_lines - 1, "csv": table})
