"""Piles: what says nearly the same is shown as one position; suggested by program, confirmed by a person."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from talanoa.contributions.actions.desk import file_under
from talanoa.contributions.actions.piling import fold_copies, part_copy
from talanoa.contributions.models import Contribution, Pile
from talanoa.contributions.queries import suggested_piles
from talanoa.contributions.rows import page_of
from talanoa.kernel import clock
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib.nearcopies import Difference, differences
from talanoa.lib.processkeys import number_in, numbers_in, ranges
from talanoa.people.middleware import asking
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Process
from talanoa.processes.skin import office_page, process_or_404

SHOWN, SAMPLES = 10, 3


@dataclass(frozen=True, slots=True)
class Suggested:
    """A pile as the desk sees it before it decides: who leads, who follows, and what differs most."""

    leading: Contribution
    n_copies: int
    numbers: str
    samples: tuple[tuple[int, tuple[Difference, ...]], ...]


@office_page()
@require_safe
def index(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:  # noqa: ARG001 - the page of an office
    """Show what could be one position, with the copies that differ most; nothing is folded by itself."""
    found = suggested_piles(process)
    context = {
        "process": process,
        "piles": _shown(process, found[:SHOWN]),
        "n_more": max(0, len(found) - SHOWN),
        "themes": process.themes.all(),
        "folded": Pile.objects.filter(process=process, signatories__left_at__isnull=True).distinct().count(),
    }
    return TemplateResponse(request, "contributions/piles.html", context)


def _shown(process: Process, found: list) -> list[Suggested]:  # type: ignore[type-arg]
    least = {pile.leading: sorted(pile.copies, key=lambda one: one[1])[:SAMPLES] for pile in found}
    numbers = [*least, *(number for copies in least.values() for number, _common in copies)]
    rows = Contribution.objects.filter(process=process, number__in=numbers).select_related("input")
    by_number = {row.number: row for row in rows}
    return [
        Suggested(
            by_number[pile.leading],
            len(pile.copies),
            ranges([number for number, _common in pile.copies]),
            tuple(
                (number, differences(by_number[pile.leading].input.text, by_number[number].input.text))
                for number, _common in least[pile.leading]
            ),
        )
        for pile in found
    ]


@office_page()
@require_POST
def fold(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Show inputs as one position, and put all of them under a theme where one is chosen."""
    leading = number_in(request.POST.get("leading", "")) or 0
    copies = numbers_in(request.POST.get("copies", "")[:20_000])
    try:
        pile = fold_copies(process, leading, copies, by=by, at=clock.now(), channel="web")
    except RuleBroken as refused:
        messages.error(request, refused.text)
        return redirect("contributions:piles", process.key)
    theme = process.themes.filter(slug=request.POST.get("theme", "")).first()
    if theme is not None:
        rows = Contribution.objects.filter(signatory__pile=pile, signatory__left_at__isnull=True)
        file_under(rows, theme, by=by)
    messages.success(request, _("Shown as one position. Each author is told."))
    return redirect("contributions:piles", process.key)


@require_POST
def part(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Take an input out of its position, for its author or the desk."""
    process, person = process_or_404(request, key), asking(request)
    rows = Contribution.objects.visible_to(person).select_related("process")
    found = get_object_or_404(rows, process=process, number=number)
    if person is None:
        raise NotAllowed(_("Sign in first, or answer the letter about it with the word: apart"))
    by = enter(process, person, at=clock.now())
    part_copy(found, by=by, at=clock.now(), channel="web")
    messages.success(request, _("It stands by itself again."))
    return redirect(page_of(process.key, number, found.kind))
