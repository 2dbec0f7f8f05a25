"""`talanoa report`: write, seal and show the report, and its response table."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.kernel.commands import Told
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.instants import moment
from talanoa.processes.commands import ActingVerb, acting, process_called
from talanoa.reports.actions import seal_report, write_report
from talanoa.reports.drafting import outline
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
            parser.add_argument("file", nargs="?", type=Path, help="Markdown to save before sealing")
            parser.add_argument("--file", dest="given", type=Path, help="the same")
            parser.add_argument(
                "--outline", action="store_true", help="seal the outline made from the themes, as it is"
            )

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
        file = options["file"] or options["given"]
        # A seal that is refused leaves no outline behind, whose counts would be old by the next time.
        with transaction.atomic():
            if file or options["outline"]:
                text = file.read_text(encoding="utf-8") if file else outline(process)
                write_report(process, by=by, title=process.title, text=text, at=options["at"])
            try:
                report = seal_report(process, by=by, at=options["at"], channel="cli")
            except RuleBroken as broken:
                raise _explained(broken) from broken
        ends = report.review_ends_at
        assert ends is not None  # noqa: S101 - it was sealed just now
        data = {"sealed": report.sealed_sha256, "review_ends_at": f"{ends:%Y-%m-%dT%H:%M:%SZ}"}
        told = _("Sealed. The review period runs until %(end)s; nobody can decide before.")
        return Told(data, (told % {"end": moment(ends)},))

    def act_matrix(self, options: dict[str, Any]) -> Told:
        """Write the response table as CSV: commenter, section, comment, response, change, where."""
        process = process_called(options["key"])
        table = matrix_csv(process)
        if not options["json"]:
            self.stdout.write(table, ending="")
            return Told({})
        n_lines = sum(1 for _row in csv.reader(StringIO(table)))
        return Told({"rows": n_lines - 1, "csv": table})


def _explained(broken: RuleBroken) -> RuleBroken:
    """Say on the command line how to come to a report that can be sealed."""
    if broken.rule != "report_missing":
        return broken
    told = _(
        "There is no report to seal. Give its file, write it with `talanoa report write`, or seal the outline made"
        " from the themes, as it is, with --outline."
    )
    return RuleBroken(told, code=broken.rule)
