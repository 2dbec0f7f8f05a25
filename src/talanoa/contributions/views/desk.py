"""The desk: the input manager, themes, filing, and the work on one input."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talanoa.contributions.actions.desk import file_under, handle, make_theme, take_from
from talanoa.contributions.conduct import REASON_LABELS
from talanoa.contributions.forms import BulkForm, HandlingForm, ManagerForm, ThemeForm
from talanoa.contributions.models import Contribution, Dispute, Handling
from talanoa.contributions.queries import coverage, is_answered, themes_with_counts
from talanoa.processes.models import Participant, Process
from talanoa.processes.skin import office_page

PAGE = 50


@office_page()
@require_safe
def manager(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """List inputs with filters; choose many, put them under a theme, answer them."""
    filters = ManagerForm(request.GET or None, process=process)
    rows = _filtered(process, filters, by)
    page = Paginator(rows.order_by("number"), PAGE).get_page(request.GET.get("page"))
    drafts = process.responses.filter(theme__isnull=False, approved_at__isnull=True)
    drafted = dict(drafts.values_list("theme", "pk"))
    context = {
        "process": process,
        "page": page,
        "coverage": coverage(process),
        "themes": [(theme, drafted.get(theme.pk)) for theme in themes_with_counts(process)],
        "ticked": set(request.GET.getlist("chosen")),
        "back": _kept(request.GET).urlencode(),
        "theme_form": ThemeForm(),
        "filters": filters,
        "clear_url": reverse("contributions:manager", args=[process.key]) if request.GET else "",
        "undo": request.session.pop("undo", None),
        "disputes": _open_disputes(process),
    }
    return TemplateResponse(request, "contributions/manager.html", context)


def _filtered(process: Process, filters: ManagerForm, by: Participant) -> QuerySet[Contribution]:
    """Return the inputs that the filters leave; what cannot be a filter leaves all."""
    asked = filters.cleaned_data if filters.is_valid() else {}
    # What is held waits for the desk, whatever its kind.
    kinds = Q() if asked.get("show") == "held" else Q(kind__in=Contribution.ANSWERED_KINDS)
    rows = Contribution.objects.filter(kinds, process=process).annotate(has_answer=is_answered())
    rows = rows.select_related("authorship", *Contribution.KINDS, "handling").prefetch_related("themes")
    state = Contribution.State
    show = {
        "waiting": Q(has_answer=False, state__in=Contribution.COUNTED_STATES),
        "answered": Q(has_answer=True),
        "unthemed": Q(themes__isnull=True, state__in=Contribution.COUNTED_STATES),
        "held": Q(state__in=(state.UNCONFIRMED, *Contribution.KEPT_BACK)),
        "mine": Q(handling__assignee=by),
    }
    rows = rows.filter(show.get(asked.get("show", ""), Q()))
    if group := asked.get("group"):
        rows = rows.filter(authorship__group=group)
    if theme := asked.get("theme"):
        rows = rows.filter(filings__theme__slug=theme)
    if words := asked.get("words"):
        names = (
            *("input__title", "input__text", "message__subject", "message__text"),
            *("comment__text", "suggestion__replacement", "suggestion__reason"),
        )
        rows = rows.filter(reduce(or_, (Q(**{f"{name}__icontains": words}) for name in names)))
    return rows


KEPT = ("show", "group", "theme", "words", "page")


def _kept(asked: QueryDict) -> QueryDict:
    """Return what of a query says which inputs are shown: the filters and the page."""
    kept = QueryDict(mutable=True)
    for name in KEPT:
        if asked.get(name):
            kept[name] = str(asked[name])
    return kept


def _back(request: HttpRequest, process: Process, chosen: Sequence[str] = ()) -> str:
    """Return the address of the manager with the filters that the form was sent from, and what was ticked."""
    query = _kept(QueryDict(request.POST.get("back", "")[:1000]))
    query.setlist("chosen", list(chosen))
    page = reverse("contributions:manager", args=[process.key])
    return f"{page}?{query.urlencode()}" if query else page


def _open_disputes(process: Process) -> QuerySet[Dispute]:
    rows = Dispute.objects.filter(answer__contribution__process=process, replied_at__isnull=True)
    return rows.select_related("answer__contribution", "answer__response")


@office_page()
@require_POST
def file_many(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Put the chosen inputs under a theme: first a preview, then the act, then an offer to undo it."""
    form = BulkForm(request.POST, process=process)
    ticked = [pk for pk in request.POST.getlist("chosen")[:PAGE] if pk.isdecimal()]
    if not form.is_valid() or form.cleaned_data["theme"] is None:
        messages.error(request, _("Choose some inputs and a theme."))
        return redirect(_back(request, process, ticked))
    chosen, theme = form.cleaned_data["chosen"], form.cleaned_data["theme"]
    if "confirmed" not in request.POST:
        context = {
            "process": process,
            "chosen": chosen.select_related("input"),
            "theme": theme,
            "back": _kept(QueryDict(request.POST.get("back", "")[:1000])).urlencode(),
            "back_url": _back(request, process, ticked),
        }
        return TemplateResponse(request, "contributions/file_preview.html", context)
    new = file_under(chosen, theme, by=by)
    request.session["undo"] = {"theme": theme.pk, "label": theme.label, "chosen": [c.pk for c in new]}
    told = ngettext(
        "%(n)s input stands under “%(theme)s” now.", "%(n)s inputs stand under “%(theme)s” now.", len(new)
    )
    messages.success(request, told % {"n": len(new), "theme": theme.label})
    return redirect(_back(request, process))


@office_page()
@require_POST
def undo_filing(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Take inputs from a theme again, as long as its answer has not reached them."""
    form = BulkForm(request.POST, process=process)
    if form.is_valid() and form.cleaned_data["theme"] is not None:
        take_from(form.cleaned_data["chosen"], form.cleaned_data["theme"], by=by)
        messages.success(request, _("Undone."))
    return redirect(_back(request, process))


@office_page()
@require_POST
def theme(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Make a theme, or change its words."""
    form = ThemeForm(request.POST)
    if form.is_valid():
        make_theme(process, by=by, **form.cleaned_data)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("A theme needs a label and one sentence on what its inputs say."))
    return redirect(_back(request, process))


@office_page()
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Work on one number: note and who takes care; its answers; the way to moderation."""
    rows = Contribution.objects.select_related("process", "authorship", *Contribution.KINDS, "person")
    found = get_object_or_404(rows, process=process, number=number)
    members = process.participants.filter(roles__isnull=False).distinct().select_related("person")
    kept = Handling.objects.filter(contribution=found).first()
    start = {"note": kept.note, "assignee": kept.assignee_id} if kept else {}
    form = HandlingForm(request.POST or None, members=members, initial=start)
    if request.method == "POST" and form.is_valid():
        handle(found, by=by, note=form.cleaned_data["note"], assignee=form.cleaned_data["assignee"])
        messages.success(request, _("Saved."))
        return redirect("contributions:item", process.key, number)
    context: dict[str, Any] = {
        "process": process,
        "contribution": found,
        "input": found.words,
        "form": form,
        "why": REASON_LABELS.get(found.reason, ""),
        "themes": found.themes.all(),
        "answers": found.answers.select_related("response__theme").prefetch_related("disputes"),
    }
    return TemplateResponse(request, "contributions/item.html", context)
