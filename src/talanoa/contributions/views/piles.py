"""What a program suggests to the desk, and a person confirms: piles of near copies, and themes from the texts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from talanoa.contributions.actions.desk import file_under, make_theme
from talanoa.contributions.actions.piling import fold_copies, part_copy
from talanoa.contributions.forms import ThemeForm
from talanoa.contributions.models import Contribution, Pile, Theme
from talanoa.contributions.queries import signatories, suggested_piles, suggested_themes
from talanoa.contributions.rows import page_of
from talanoa.kernel import clock
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib import nearcopies
from talanoa.lib.nearcopies import Difference, differences
from talanoa.lib.processkeys import number_in, numbers_in, ranges
from talanoa.people.middleware import asking
from talanoa.processes.models import Participant, Process
from talanoa.processes.queries import participant
from talanoa.processes.skin import office_page, process_or_404

SHOWN, SAMPLES, MOST_TICKED = 10, 3, 2000


@dataclass(frozen=True, slots=True)
class Suggested:
    """A pile as the desk sees it before it decides: who leads, who follows, and what differs most."""

    leading: Contribution
    n_copies: int
    numbers: str
    samples: tuple[tuple[int, tuple[Difference, ...]], ...]


@office_page()
@require_safe
def index(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
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


def _shown(process: Process, found: Sequence[nearcopies.Pile]) -> list[Suggested]:
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
    rows = Contribution.objects.select_related("process").filter(process=process)
    leading = get_object_or_404(rows, number=number_in(request.POST.get("leading", "")))
    copies = numbers_in(request.POST.get("copies", "")[:20_000])
    try:
        fold_copies(leading, copies, by=by, at=clock.now(), channel="web")
    except RuleBroken as refused:
        messages.error(request, refused.text)
        return redirect("contributions:piles", process.key)
    theme = process.themes.filter(slug=request.POST.get("theme", "")).first()
    if theme is not None:
        file_under(signatories(leading), theme, by=by)
    messages.success(request, _("Shown as one position. Each author is told."))
    return redirect("contributions:piles", process.key)


@office_page()
@require_safe
def themes(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Show which themes run through the published inputs; each is made only by the form below it."""
    topics = suggested_themes(process)
    numbers = {number for topic in topics for number in topic.texts}
    rows = Contribution.objects.filter(process=process, number__in=numbers).select_related("input")
    found = {row.number: row for row in rows}
    context = {
        "process": process,
        "topics": [(topic, [found[number] for number in topic.texts]) for topic in topics],
        "label_limit": Theme._meta.get_field("label").max_length,
    }
    return TemplateResponse(request, "contributions/suggested_themes.html", context)


@office_page()
@require_POST
def make(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Make a suggested theme in the desk's own words, with the inputs that were left ticked."""
    form = ThemeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("A theme needs a label and one sentence on what its inputs say."))
        return redirect("contributions:suggested-themes", process.key)
    ticked = [int(number) for number in request.POST.getlist("number")[:MOST_TICKED] if number.isdecimal()]
    chosen = Contribution.objects.filter(process=process, number__in=ticked, kind="input")
    with transaction.atomic():
        theme = make_theme(process, by=by, **form.cleaned_data)
        file_under(chosen, theme, by=by)
    messages.success(request, _("Saved."))
    return redirect("contributions:suggested-themes", process.key)


@login_required
@require_POST
def part(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Take an input out of its position, for its author or the desk."""
    process, person = process_or_404(request, key), asking(request)
    assert person is not None  # noqa: S101 - the page asks for a login
    rows = Contribution.objects.visible_to(person).select_related("process")
    found = get_object_or_404(rows, process=process, number=number)
    by = participant(process, person)
    if by is None:
        raise NotAllowed(_("Only its author or the desk can do this."))
    part_copy(found, by=by, at=clock.now(), channel="web")
    messages.success(request, _("It stands by itself again."))
    return redirect(page_of(process.key, number, found.kind))
