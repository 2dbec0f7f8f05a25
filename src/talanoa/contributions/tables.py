"""Answers as a table: read from CSV by a secretariat that works in a spreadsheet.

Columns: `numbers` (such as `1-4,7` or `all`), `theme` (a label; may be empty), `summary` (what these inputs
say in common), `status`, `response`, `change`, `where`, `together`. The six-column table of the report
(commenter, section, comment, response, change, where) can be read back too: `comment` then holds the number,
and the response begins with its status.
"""

import csv
import re
from dataclasses import dataclass
from datetime import datetime
from io import StringIO

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.actions.answering import approve_response, draft_response
from talanoa.contributions.actions.desk import file_under, make_theme
from talanoa.contributions.models import Contribution, Response, Theme
from talanoa.contributions.queries import coverage
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.processkeys import number_in
from talanoa.processes.models import Participant, Process

ROW_LIMIT = 20_000
_SPAN = re.compile(r"\s*(\d{1,7})\s*[-–]\s*(\d{1,7})\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Imported:
    """How many answers were published, to how many inputs, and how many inputs still wait."""

    responses: int
    answered: int
    waiting: int


@transaction.atomic
def import_answers(process: Process, text: str, *, by: Participant, at: datetime, channel: str) -> Imported:
    """Publish the answers of a CSV table, all of them or none.

    Raises RuleBroken: table_unreadable, numbers_unknown and those of drafting and approving; NotAllowed.
    """
    rows = _rows(text)
    responses = answered = 0
    for line, row in enumerate(rows, start=2):
        try:
            n_reached = _answer(process, row, by=by, at=at, channel=channel)
        except RuleBroken as broken:
            told = _("Line %(line)s: %(reason)s") % {"line": line, "reason": broken.text}
            raise RuleBroken(told, code=broken.rule) from broken
        responses, answered = responses + bool(n_reached), answered + n_reached
    return Imported(responses, answered, coverage(process).waiting)


def _rows(text: str) -> list[dict[str, str]]:
    reader = csv.DictReader(StringIO(text), restval="", strict=True)
    try:
        rows = [
            {(k or "").strip().lower(): (v or "").strip() for k, v in row.items() if isinstance(v, str)}
            for row in reader
        ]
    except csv.Error as wrong:
        raise RuleBroken(
            _("The table cannot be read: %(why)s.") % {"why": wrong}, code="table_unreadable"
        ) from wrong
    names = {name.strip().lower() for name in reader.fieldnames or ()}
    has_numbers = names & {"numbers", "number"} and "status" in names
    if "response" not in names or not (has_numbers or "comment" in names) or len(rows) > ROW_LIMIT:
        raise RuleBroken(
            _(
                "The table needs the columns numbers, status and response; theme, summary, change and where may follow."
            ),
            code="table_unreadable",
        )
    return rows


def _answer(process: Process, row: dict[str, str], *, by: Participant, at: datetime, channel: str) -> int:
    """Publish one line; return how many inputs it newly reached."""
    chosen = _chosen(process, row.get("numbers") or row.get("number") or row.get("comment") or "")
    theme = _theme(process, row, by=by)
    if theme:
        file_under(chosen, theme, by=by)
    status, text = _said(row)
    same = Response.objects.filter(
        process=process, theme=theme, status=status, text=text, approved_at__isnull=False
    )
    answered = set(same.values_list("answers__contribution", flat=True))
    if chosen and all(contribution.pk in answered for contribution in chosen):
        return 0
    given = same.last() if theme else None
    draft = given or draft_response(
        process,
        by=by,
        status=status,
        text=text,
        change=row.get("change", ""),
        where=row.get("where", ""),
        together=row.get("together", ""),
        theme=theme,
        contributions=() if theme else chosen,
        at=at,
    )
    return len(approve_response(draft, by=by, at=at, channel=channel))


def _said(row: dict[str, str]) -> tuple[str, str]:
    """Return status and text of an answer; without a column for it, the text begins with the status' label."""
    text = row["response"]
    if "status" in row:
        return row["status"], text
    labels = {str(status.label): status.value for status in Response.Status}
    label, _colon, rest = text.partition(":")
    return (labels[label], rest.strip()) if label in labels else ("", text)


def _theme(process: Process, row: dict[str, str], *, by: Participant) -> Theme | None:
    label = row.get("theme") or row.get("section") or ""
    if not label:
        return None
    known = Theme.objects.filter(process=process, label=label).first()
    if known and not row.get("summary"):
        return known
    return make_theme(process, by=by, label=label, summary=row.get("summary") or label)


def _chosen(process: Process, numbers: str) -> list[Contribution]:
    rows = Contribution.objects.filter(process=process).counted()
    if numbers.lower() == "all":
        return list(rows.order_by("number"))
    wanted: set[int] = set()
    said: set[int] = set()
    for part in filter(str.strip, numbers.replace(";", ",").split(",")):
        found = _span(part)
        wanted |= found
        said |= found if len(found) == 1 else set()
    chosen = list(rows.filter(number__in=wanted).order_by("number"))
    gone = Contribution.objects.filter(process=process, number__in=wanted).exclude(
        state__in=Contribution.COUNTED_STATES
    )
    why = {row.number: _why_not(row) for row in gone.select_related("replaced_by")}
    # What was replaced, withdrawn or erased needs no answer: in a range such as 1-40 it is passed over.
    lacking = wanted - {row.number for row in chosen} - (why.keys() - said)
    if lacking or not chosen:
        told = [f"{n} ({why[n]})" if n in why else str(n) for n in sorted(lacking or wanted)]
        raise RuleBroken(
            _("There is nothing to answer at: %(numbers)s.") % {"numbers": ", ".join(told) or "-"},
            code="numbers_unknown",
        )
    return chosen


def _why_not(contribution: Contribution) -> str:
    """Say why an input needs no answer."""
    if contribution.replaced_by:
        return _("replaced by %(number)s") % {"number": contribution.replaced_by.number}
    return contribution.get_state_display().lower()


def _span(part: str) -> set[int]:
    """Return the numbers in `7`, `nm-7` or `1-4`. Raises RuleBroken: numbers_unknown."""
    span, number = _SPAN.fullmatch(part), number_in(part)
    first, last = (int(span[1]), int(span[2])) if span else (number or 0, number or 0)
    if not 0 < first <= last < first + ROW_LIMIT:
        raise RuleBroken(
            _("These are not numbers of inputs: %(numbers)s.") % {"numbers": part.strip()[:40]},
            code="numbers_unknown",
        )
    return set(range(first, last + 1))
