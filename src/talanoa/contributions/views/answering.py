"""Answers at the desk: draft one, see whom it would reach, approve it, discard it, reply to a dispute."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from talanoa.contributions.actions.answering import (
    approve_response,
    change_draft,
    discard_draft,
    draft_response,
    reply_to_dispute,
)
from talanoa.contributions.forms import ResponseForm, WordsOnAnswerForm
from talanoa.contributions.models import Contribution, Dispute, Response, Theme
from talanoa.contributions.queries import addressed_by, themes_with_counts
from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.processes.models import Participant, Process, Role
from talanoa.processes.permissions import has_chair
from talanoa.processes.skin import office_page

SHOWN = 50


@office_page()
@require_http_methods(["GET", "POST"])
def draft_for_theme(request: HttpRequest, *, process: Process, by: Participant, slug: str) -> HttpResponse:
    """Draft the answer to a theme."""
    theme = get_object_or_404(themes_with_counts(process), slug=slug)

    def act(said: dict[str, Any]) -> Response:
        return draft_response(process, by=by, at=clock.now(), theme=theme, **said)

    form = ResponseForm(request.POST or None)
    return _write(request, process=process, form=form, act=act, theme=theme, served=_under(theme))


@office_page()
@require_http_methods(["GET", "POST"])
def draft_for_one(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Draft the answer to one input."""
    rows = _readable(Contribution.objects.filter(process=process).answerable())
    found = get_object_or_404(rows, number=number)

    def act(said: dict[str, Any]) -> Response:
        return draft_response(process, by=by, at=clock.now(), contributions=[found], **said)

    form = ResponseForm(request.POST or None)
    return _write(request, process=process, form=form, act=act, served=rows.filter(number=number))


@office_page()
@require_http_methods(["GET", "POST"])
def edit_draft(request: HttpRequest, *, process: Process, by: Participant, pk: int) -> HttpResponse:
    """Change the words of a draft."""
    rows = process.responses.filter(approved_at__isnull=True).select_related("process", "theme")
    response = get_object_or_404(rows, pk=pk)

    def act(said: dict[str, Any]) -> Response:
        return change_draft(response, by=by, **said)

    names = ("status", "text", "change", "where")
    form = ResponseForm(request.POST or None, initial={name: getattr(response, name) for name in names})
    theme = themes_with_counts(process).filter(pk=response.theme_id or 0).first()
    served = _readable(addressed_by(response))
    return _write(request, process=process, form=form, act=act, theme=theme, served=served)


def _under(theme: Theme) -> QuerySet[Contribution]:
    return _readable(theme.contributions.counted().order_by("number"))


def _readable(rows: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Return `rows` with their words and authors, for the desk."""
    return rows.select_related("person", "process", "authorship", "input")


def _write(
    request: HttpRequest,
    *,
    process: Process,
    form: ResponseForm,
    act: Callable[[dict[str, Any]], Response],
    served: QuerySet[Contribution],
    theme: Theme | None = None,
) -> HttpResponse:
    """Show the form beside what it answers; once it is filled in, save by `act` and show whom it reaches."""
    if request.method == "POST" and form.is_valid():
        try:
            draft = act(form.cleaned_data)
        except RuleBroken as broken:
            form.add_error("where" if broken.rule == "place_missing" else None, broken)
        else:
            return redirect("contributions:draft", process.key, draft.pk)
    n_more = max(0, served.count() - SHOWN)
    context = {"process": process, "theme": theme, "form": form, "served": served[:SHOWN], "n_more": n_more}
    return TemplateResponse(request, "contributions/respond.html", context)


@office_page()
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, *, process: Process, by: Participant, pk: int) -> HttpResponse:
    """Show a drafted answer and whom it would reach; approve or discard it."""
    response = get_object_or_404(process.responses.select_related("theme", "process"), pk=pk)
    if request.method == "POST":
        return _decide_draft(request, response, by=by)
    reached = list(_readable(addressed_by(response)))
    may_approve = by.has_role(Role.CHAIR if has_chair(process) else Role.CONVENOR)
    context = {"process": process, "response": response, "reached": reached, "may_approve": may_approve}
    return TemplateResponse(request, "contributions/draft.html", context)


def _decide_draft(request: HttpRequest, response: Response, *, by: Participant) -> HttpResponse:
    key = response.process.key
    try:
        if "discard" in request.POST:
            discard_draft(response, by=by)
            messages.success(request, _("Discarded; nobody was told."))
            return redirect("site:desk", key)
        reached = approve_response(response, by=by, at=clock.now(), channel="web")
    except RuleBroken as broken:
        messages.error(request, broken.text)
        return redirect("contributions:draft", key, response.pk)
    messages.success(request, _told(reached))
    return redirect("site:desk", key)


def _told(reached: list[Contribution]) -> str:
    """Say how many inputs an answer reached, and how many of their authors can be told of it."""
    authors = {row.person_id: bool(row.person.address) for row in reached}
    n_told = sum(authors.values())
    n_not = len(authors) - n_told
    told = [
        ngettext("Published: %(n)s input is answered.", "Published: %(n)s inputs are answered.", len(reached))
        % {"n": len(reached)}
    ]
    if n_told:
        told.append(ngettext("%(n)s author is told.", "%(n)s authors are told.", n_told) % {"n": n_told})
    if n_not:
        told.append(
            ngettext(
                "%(n)s author cannot be told: no address is known.",
                "%(n)s authors cannot be told: no address is known.",
                n_not,
            )
            % {"n": n_not}
        )
    return " ".join(told)


@office_page()
@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, *, process: Process, by: Participant, pk: int) -> HttpResponse:
    """Reply to a dispute, once and in public."""
    rows = Dispute.objects.select_related("answer__contribution__process", "answer__response__theme")
    dispute = get_object_or_404(rows, pk=pk, answer__contribution__process=process)
    form = WordsOnAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reply_to_dispute(dispute, by=by, reply=form.cleaned_data["text"], at=clock.now(), channel="web")
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("The reply stands beside the dispute."))
            return redirect("contributions:manager", process.key)
    return TemplateResponse(
        request, "contributions/reply.html", {"process": process, "dispute": dispute, "form": form}
    )
