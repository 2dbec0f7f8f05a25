"""`talanoa input`: import inputs, list them, erase one; decide about what one said on a mailing list."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from talanoa.contributions.actions.erasing import ERASURE_GROUNDS
from talanoa.contributions.models import Contribution
from talanoa.contributions.receipts import receipt_text
from talanoa.inputs.actions import erase_input
from talanoa.inputs.actions.listed import confirm_listed, decline_listed
from talanoa.inputs.importing import FORMATS, ImportReport, import_folder
from talanoa.inputs.models import ListReply
from talanoa.inputs.queries import listing, numbered
from talanoa.kernel.commands import Told
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.processkeys import label, number_in
from talanoa.processes.actions.roles import enter
from talanoa.processes.commands import ActingVerb, acting, acting_person, process_called
from talanoa.processes.models import Participant, Process


class Command(ActingVerb):
    help = "Import, list and erase inputs; confirm or decline what you said on a list."
    verbs = ("import", "list", "erase", "confirm-listed", "decline-listed")

    def describe(self, verb: str, parser: CommandParser) -> None:
        parser.add_argument("key")
        if verb == "import":
            parser.add_argument("directory", type=Path)
            parser.add_argument("--format", choices=FORMATS, default=FORMATS[0])
            parser.add_argument(
                "--register", type=Path, help="CSV whose sector, organisation and country win"
            )
        elif verb == "erase":
            parser.add_argument("number")
            parser.add_argument("--ground", choices=ERASURE_GROUNDS, required=True)
        elif verb.endswith("-listed"):
            parser.add_argument("reply", type=int, help="the number at the end of the address in our letter")

    def act_import(self, options: dict[str, Any]) -> Told:
        """Import a folder of inputs; doing it twice adds nothing."""
        process = process_called(options["key"])
        by = acting(options, process)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("inputs", total=None)
            report = import_folder(
                process,
                by=by,
                directory=options["directory"],
                register=options["register"],
                at=options["at"],
                progress=lambda done, total: bar.update(task, completed=done, total=total),
            )
        return _imported(report)

    def act_list(self, options: dict[str, Any]) -> Told:
        """List the inputs of a process that the acting person may read."""
        process = process_called(options["key"])
        readable = set(
            Contribution.objects.visible_to(acting_person(options))
            .filter(process=process)
            .values_list("pk", flat=True)
        )
        rows = [
            _listed(process, row, readable=row.pk in readable) for row in listing(process).order_by("number")
        ]
        lines = [
            f"{row['number']:>6}  {row['state']:<12} {row['answers']:>7}  {row['title']}" for row in rows
        ]
        head = f"{_('No.'):>6}  {_('state'):<12} {_('answers'):>7}  {_('title')}"
        return Told({"inputs": rows}, (head, *lines))

    def act_erase(self, options: dict[str, Any]) -> Told:
        """Destroy the content of an input; its number and every proof stay."""
        process = process_called(options["key"])
        number = number_in(options["number"]) or 0
        found = numbered(process, number)
        if found is None:
            raise RuleBroken(
                f"There is no input {options['number']} in {process.key}.", code="number_unknown"
            )
        erase_input(
            found, by=acting(options, process), ground=options["ground"], at=options["at"], channel="cli"
        )
        called = label(process.key, number)
        return Told(
            {"number": number, "state": "erased"},
            (f"The content of {called} is erased; its proofs stay valid.",),
        )

    def act_confirm_listed(self, options: dict[str, Any]) -> Told:
        """Let its author make what they said on a mailing list an input."""
        reply, by = self._said(options)
        made = confirm_listed(reply, by=by, at=options["at"], channel="cli").contribution
        called = label(reply.process.key, made.number)
        receipt = receipt_text(made)
        data = {"number": made.number, "receipt": receipt}
        return Told(data, (f"Confirmed: {called}.", "", receipt))

    def act_decline_listed(self, options: dict[str, Any]) -> Told:
        """Let its author have forgotten here what they said on a mailing list."""
        reply, by = self._said(options)
        state = decline_listed(reply, by=by).state
        return Told({"reply": reply.pk, "state": state}, (_("Declined. Your words are forgotten here."),))

    def _said(self, options: dict[str, Any]) -> tuple[ListReply, Participant]:
        process, person = process_called(options["key"]), acting_person(options)
        reply = ListReply.objects.visible_to(person).filter(process=process, pk=options["reply"]).first()
        if reply is None:
            raise RuleBroken(
                _("Nothing that you wrote on a list waits here under this number."), code="list_reply_unknown"
            )
        return reply, enter(process, person, at=options["at"])


def _listed(process: Process, row: Contribution, *, readable: bool) -> dict[str, Any]:
    shown = row.authorship.shown() if readable else None
    return {
        "number": row.number,
        "label": label(process.key, row.number),
        "state": row.state,
        "channel": row.channel,
        "title": row.input.title if readable else "",
        "author": shown.name if shown else "",
        "organization": shown.organization if shown else "",
        "group": shown.group if shown else "",
        "country": shown.country if shown else "",
        "answers": len(row.given),  # type: ignore[attr-defined]
    }


def _imported(report: ImportReport) -> Told:
    data = {
        "read": report.read,
        "added": report.added,
        "duplicates": report.duplicates,
        "rejected": report.rejected,
        "repairs": dict(report.repairs),
        "conflicts": dict(report.conflicts),
        "problems": [{"source": p.source, "code": p.code, "reason": p.reason} for p in report.problems],
    }
    lines = [
        f"read {report.read}, added {report.added}, already there {report.duplicates}, rejected {report.rejected}",
        *(f"  repaired: {name}: {n}" for name, n in sorted(report.repairs.items())),
        *(f"  form and register differ: {name}: {n}" for name, n in sorted(report.conflicts.items())),
        *(f"  rejected: {p.source}: {p.reason} [{p.code}]" for p in report.problems),
    ]
    return Told(data, tuple(lines), 3 if report.rejected and not report.added + report.duplicates else 0)
