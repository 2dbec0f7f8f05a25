"""Answers at the desk: draft one, see whom it would reach, approve it, discard it, reply to a dispute."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from talanoa.contributions.actions.answering import (
    approve_response,
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


@office_page()
@require_http_methods(["GET", "POST"])
def draft_for_theme(request: HttpRequest, *, process: Process, by: Participant, slug: str) -> HttpResponse:
    """Draft the answer to a theme."""
    theme = get_object_or_404(themes_with_counts(process), slug=slug)
    return _draft(request, process=process, by=by, theme=theme, contributions=[])


@office_page()
@require_http_methods(["GET", "POST"])
def draft_for_one(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Draft the answer to one input."""
    rows = Contribution.objects.answerable().select_related("input")
    found = get_object_or_404(rows, process=process, number=number)
    return _draft(request, process=process, by=by, theme=None, contributions=[found])


def _draft(
    request: HttpRequest,
    *,
    process: Process,
    by: Participant,
    theme: Theme | None,
    contributions: list[Contribution],
) -> HttpResponse:
    form = ResponseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            draft = draft_response(
                process, by=by, at=clock.now(), theme=theme, contributions=contributions, **form.cleaned_data
            )
        except RuleBroken as broken:
            form.add_error("where" if broken.rule == "place_missing" else None, broken)
        else:
            return redirect("contributions:draft", process.key, draft.pk)
    context = {"process": process, "theme": theme, "contributions": contributions, "form": form}
    return TemplateResponse(request, "contributions/respond.html", context)


@office_page()
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, *, process: Process, by: Participant, pk: int) -> HttpResponse:
    """Show a drafted answer and whom it would reach; approve or discard it."""
    response = get_object_or_404(process.responses.select_related("theme", "process"), pk=pk)
    if request.method == "POST":
        return _decide_draft(request, response, by=by)
    reached = addressed_by(response)
    may_approve = by.has_role(Role.CHAIR if has_chair(process) else Role.CONVENOR)
    context = {"process": process, "response": response, "reached": reached, "may_approve": may_approve}
    return TemplateResponse(request, "contributions/draft.html", context)


def _decide_draft(request: HttpRequest, response: Response, *, by: Participant) -> HttpResponse:
    key = response.process.key
    try:
        if "discard" in request.POST:
            discard_draft(response, by=by)
            messages.success(request, _("Discarded; nobody was told."))
            return redirect("contributions:manager", key)
        reached = approve_response(response, by=by, at=clock.now(), channel="web")
    except RuleBroken as broken:
        messages.error(request, broken.text)
        return redirect("contributions:draft", key, response.pk)
    told = ngettext(
        "Published, and %(n)s author is told.", "Published, and %(n)s authors are told.", len(reached)
    )
    messages.success(request, told % {"n": len(reached)})
    return redirect("contributions:manager", key)


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
