"""What the pages of consensus calls share: finding a call and an objection, and an objection as one reader sees it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from talanoa.consensus.models import Call, Challenge, Objection, PanelAppeal
from talanoa.contributions.models import Contribution, ShownAuthor
from talanoa.contributions.skin import why_not_shown
from talanoa.lib.processkeys import label
from talanoa.people.models import Person
from talanoa.processes.models import Process
from talanoa.processes.skin import process_or_404


def call_or_404(request: HttpRequest, key: str, number: int) -> Call:
    """Return the call with this number, for whoever may read the process."""
    return call_of(process_or_404(request, key), number)


def call_of(process: Process, number: int) -> Call:
    """Return the call with this number of a process that may be read. Raises Http404."""
    rows = process.calls.select_related("process", "revision", "draft__document")
    return get_object_or_404(rows, number=number)


def objection_of(process: Process, number: int) -> Objection:
    """Return the objection with this number of a process that may be read, whatever became of it. Raises Http404."""
    rows = Objection.objects.filter(contribution__process=process).select_related(
        "contribution__process",
        "contribution__authorship",
        "call__process",
        "call__revision",
        "call__draft__document",
    )
    return get_object_or_404(rows, contribution__number=number)


def challenge_of(process: Process, number: int) -> Challenge:
    """Return the challenge with this number of a process that may be read. Raises Http404."""
    rows = process.challenges.select_related(
        "process", "designation__call__process", "designation__call__draft__document", "designation__by"
    )
    return get_object_or_404(rows, number=number)


def appeal_of(process: Process, number: int) -> PanelAppeal:
    """Return the appeal to a panel with this number of a process that may be read. Raises Http404."""
    rows = process.panel_appeals.select_related(
        "process",
        "appeal__entry",
        "call__process",
        "call__draft__document",
        "designation",
        "handling__objection__contribution__process",
        "challenge",
        "refused",
        "refusal_entry",
    )
    return get_object_or_404(rows, number=number)


@dataclass(frozen=True, slots=True)
class Line:
    """An objection as one reader sees it: number and state always, all else only where they may read it."""

    objection: Objection
    number: str
    url: str
    standing: Objection.State
    may_read: bool
    author: ShownAuthor | None
    why: object


def lines_of(objections: Iterable[Objection], reader: Person | None) -> list[Line]:
    """Return objections as `reader` sees them; one query more, whatever their number."""
    rows = list(objections)
    numbers = [row.contribution_id for row in rows]
    shown = set(Contribution.objects.visible_to(reader).filter(pk__in=numbers).values_list("pk", flat=True))
    return [_line(row, may_read=row.contribution_id in shown) for row in rows]


def _line(row: Objection, *, may_read: bool) -> Line:
    contribution = row.contribution
    key = contribution.process.key
    return Line(
        objection=row,
        number=label(key, contribution.number),
        url=reverse("consensus:objection", args=[key, contribution.number]),
        standing=row.standing,
        may_read=may_read,
        author=contribution.authorship.shown() if may_read else None,
        why=why_not_shown(contribution),
    )
