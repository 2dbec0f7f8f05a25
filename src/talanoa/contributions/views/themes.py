"""Themes and their answers, for everybody; what an author says to an answer."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talanoa.contributions.actions.answering import acknowledge_response, dispute_response
from talanoa.contributions.forms import WordsOnAnswerForm
from talanoa.contributions.models import Answer, Contribution, Theme
from talanoa.contributions.queries import coverage, themes_with_counts
from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.people.middleware import asking
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Process
from talanoa.processes.skin import process_or_404

NUMBERS = 500


@require_safe
def index(request: HttpRequest, key: str) -> HttpResponse:
    """List the themes with their answers and how many inputs stand under each."""
    process = process_or_404(request, key)
    rows = [_row(process, theme) for theme in themes_with_counts(process)]
    context = {"process": process, "rows": rows, "coverage": coverage(process)}
    return TemplateResponse(request, "contributions/themes.html", context)


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme as a line of the list."""

    label: str
    url: str
    summary: str
    n_inputs: int
    n_waiting: int
    status: str
    status_label: str


def _row(process: Process, theme: Theme) -> ThemeRow:
    given = next((r for r in theme.responses.all() if r.approved_at is not None), None)
    return ThemeRow(
        label=theme.label,
        url=reverse("contributions:theme", args=[process.key, theme.slug]),
        summary=theme.summary,
        n_inputs=theme.n_inputs,  # type: ignore[attr-defined]
        n_waiting=theme.n_waiting,  # type: ignore[attr-defined]
        status=given.status if given else "waiting",
        status_label=given.get_status_display() if given else _("Waiting"),
    )


@require_safe
def show(request: HttpRequest, key: str, slug: str) -> HttpResponse:
    """Show one theme: what its inputs say, the answer, the numbers, the disputes."""
    process = process_or_404(request, key)
    theme = get_object_or_404(themes_with_counts(process), slug=slug)
    numbers = theme.contributions.counted().order_by("number").values_list("number", flat=True)[:NUMBERS]
    readable = Contribution.objects.visible_to(asking(request)).values("pk")
    disputed = Answer.objects.filter(
        response__theme=theme, reception=Answer.Reception.DISPUTED, contribution__in=readable
    )
    context = {
        "process": process,
        "theme": theme,
        "responses": theme.responses.filter(approved_at__isnull=False),
        "numbers": numbers,
        "disputed": disputed.select_related("contribution").prefetch_related("disputes"),
    }
    return TemplateResponse(request, "contributions/theme.html", context)


def _own_answer(request: HttpRequest, key: str, pk: int) -> tuple[Answer, Person]:
    process = process_or_404(request, key)
    rows = Answer.objects.select_related("contribution__process", "response__theme")
    answer = get_object_or_404(rows, pk=pk, contribution__process=process, sent_at__isnull=False)
    person = asking(request)
    if person is None or person.pk != answer.contribution.person_id:
        raise Http404
    return answer, person


def _enter(answer: Answer, author: Person) -> Participant:
    return enter(answer.contribution.process, author, at=clock.now())


@require_POST
def acknowledge(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Say that an answer does one justice."""
    answer, author = _own_answer(request, key, pk)
    by = _enter(answer, author)
    acknowledge_response(answer, by=by, at=clock.now(), channel="web")
    messages.success(request, _("Noted, thank you."))
    return redirect("inputs:show", key, answer.contribution.number)


@require_http_methods(["GET", "POST"])
def dispute(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Say how an answer misreads one."""
    answer, author = _own_answer(request, key, pk)
    form = WordsOnAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by = _enter(answer, author)
        try:
            dispute_response(answer, by=by, text=form.cleaned_data["text"], at=clock.now(), channel="web")
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("Your dispute stands in public beside the answer."))
            return redirect("inputs:show", key, answer.contribution.number)
    context = {"process": answer.contribution.process, "answer": answer, "form": form}
    return TemplateResponse(request, "contributions/dispute.html", context)
