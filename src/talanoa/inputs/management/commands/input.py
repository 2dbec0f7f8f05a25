"""`talanoa input`: send, replace, withdraw one, say its language; import, list, erase; what one said on a list."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from talanoa.contributions.actions.erasing import ERASURE_GROUNDS
from talanoa.contributions.actions.standing import author_of, withdraw
from talanoa.contributions.models import Assurance, Contribution
from talanoa.contributions.receipts import receipt_text
from talanoa.inputs.actions.correcting import correct_language
from talanoa.inputs.actions.erasing import erase_input
from talanoa.inputs.actions.listed import confirm_listed, decline_listed
from talanoa.inputs.actions.receiving import Words, receive_input, supersede_input
from talanoa.inputs.importing import FORMATS, ImportReport, import_folder
from talanoa.inputs.models import Input, ListReply
from talanoa.inputs.queries import listing, numbered
from talanoa.kernel.commands import Told, read_bytes
from talanoa.kernel.entropy import entropy
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.space import REAL
from talanoa.lib.languages import language_called, language_name
from talanoa.lib.processkeys import label, number_in
from talanoa.processes.actions.roles import enter
from talanoa.processes.commands import ActingVerb, acting, acting_person, process_called
from talanoa.processes.models import Participant, Process
from talanoa.processes.queries import open_call


class Command(ActingVerb):
    help = (
        "Send, replace, withdraw, import, list and erase inputs; say in which language one is; confirm or decline what"
        " you said on a list."
    )
    verbs = (
        "send",
        "replace",
        "withdraw",
        "language",
        "import",
        "list",
        "erase",
        "confirm-listed",
        "decline-listed",
    )

    def describe(self, verb: str, parser: CommandParser) -> None:
        parser.add_argument("key")
        if verb == "import":
            parser.add_argument("directory", type=Path)
            parser.add_argument("--format", choices=FORMATS, default=FORMATS[0])
            parser.add_argument(
                "--register", type=Path, help="CSV whose sector, organisation and country win"
            )
        if verb in ("replace", "withdraw", "language", "erase"):
            parser.add_argument("number")
        if verb == "language":
            parser.add_argument("language", help="its code or its own name, such as sw or Kiswahili")
        if verb in ("send", "replace"):
            parser.add_argument("file", help="the words in UTF-8; - reads standard input")
            parser.add_argument(
                "--title", default="", help="otherwise the first words, or the title that it had"
            )
            parser.add_argument("--language", default="", help="otherwise what the words show")
        if verb == "send":
            parser.add_argument(
                "--show", dest="publication", choices=Contribution.Publication.values, default="named"
            )
        if verb == "erase":
            parser.add_argument("--ground", choices=ERASURE_GROUNDS, required=True)
        elif verb.endswith("-listed"):
            parser.add_argument("reply", type=int, help="the number at the end of the address in our letter")

    def act_send(self, options: dict[str, Any]) -> Told:
        """Send an input to the open call."""
        process, person, at = process_called(options["key"]), acting_person(options), options["at"]
        stage = open_call(process, at)
        if stage is None:
            raise RuleBroken(
                _("The call for input of “%(title)s” is not open now.") % {"title": process.title},
                code="call_closed",
            )
        by = enter(process, person, at=at)
        made = receive_input(
            stage,
            by=by,
            author=author_of(person, assurance=Assurance.PROVEN, group=by.group),
            words=_words(options, title=""),
            publication=options["publication"],
            dedup_key=_new_key(),
            channel="cli",
            at=at,
        )
        return _received(made.contribution)

    def act_replace(self, options: dict[str, Any]) -> Told:
        """Replace an input of one's own by other words; both keep their numbers."""
        process = process_called(options["key"])
        found = _input(process, options["number"])
        words = _words(options, title=found.title)
        by, at = acting(options, process), options["at"]
        made = supersede_input(found, by=by, words=words, dedup_key=_new_key(), channel="cli", at=at)
        return _received(made.contribution)

    def act_withdraw(self, options: dict[str, Any]) -> Told:
        """Take back what one said oneself; number and receipt stay."""
        process = process_called(options["key"])
        rows = Contribution.objects.select_related("process")
        found = rows.filter(process=process, number=number_in(options["number"]) or 0).first()
        if found is None:
            raise _unknown(process, options["number"])
        found = withdraw(found, by=acting(options, process), at=options["at"], channel="cli")
        called = label(process.key, found.number)
        return Told({"number": found.number, "state": found.state}, (f"Withdrawn: {called}.",))

    def act_language(self, options: dict[str, Any]) -> Told:
        """Say in which language an input is written, for its author or the desk."""
        process = process_called(options["key"])
        found, tag = _input(process, options["number"]), language_called(options["language"])
        by, at = acting(options, process), options["at"]
        made = correct_language(found, by=by, language=tag, at=at, channel="cli")
        number = found.contribution.number
        told = _("%(number)s is in this language: %(language)s")
        names = {"number": label(process.key, number), "language": language_name(made.language)}
        return Told({"number": number, "language": made.language}, (told % names,))

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
        found = _input(process, options["number"])
        number = found.contribution.number
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


def _input(process: Process, called: str) -> Input:
    found = numbered(process, number_in(called) or 0)
    if found is None:
        raise _unknown(process, called)
    return found


def _unknown(process: Process, called: str) -> RuleBroken:
    return RuleBroken(f"There is no input {called} in {process.key}.", code="number_unknown")


def _words(options: dict[str, Any], *, title: str) -> Words:
    text = read_bytes(options["file"], sys.stdin).decode("utf-8-sig")
    return Words(title=options["title"] or title, text=text, language=_language(options["language"]))


def _language(said: str) -> str:
    """Return the tag of the language that was stated, "" where none was."""
    tag = language_called(said)
    if said and not tag:
        raise RuleBroken(
            _("Name the language by its code or its own name, such as sw or Kiswahili."),
            code="language_unknown",
        )
    return tag


def _new_key() -> str:
    return entropy(REAL, "sent on the command line").hex()


def _received(made: Contribution) -> Told:
    receipt = receipt_text(made)
    return Told({"number": made.number, "state": made.state, "receipt": receipt}, (receipt,))


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
