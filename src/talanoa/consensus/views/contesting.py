"""Contesting an outcome on the web: every challenge and appeal, challenge and answer, appeal and support."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talanoa.consensus.actions.challenging import answer_challenge, raise_challenge
from talanoa.consensus.actions.contesting import bring_appeal, support_appeal
from talanoa.consensus.contestable import open_acts
from talanoa.consensus.forms.contesting import AppealForm, ChallengeAnswerForm, ChallengeForm
from talanoa.consensus.levels import LEVEL_NAMES
from talanoa.consensus.models import PanelDraw
from talanoa.consensus.panels import draw_data
from talanoa.consensus.permissions import may_answer, took_part
from talanoa.consensus.rows import appeal_rows, appeal_shown, challenge_rows
from talanoa.consensus.skin import appeal_of, call_or_404, challenge_of
from talanoa.kernel import clock
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.people.middleware import asking
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Default, Participant, Process, Role
from talanoa.processes.queries import participant
from talanoa.processes.skin import office_page, process_or_404


def _person(request: HttpRequest) -> Person:
    person = asking(request)
    if person is None:
        raise NotAllowed(_("Sign in first: a challenge or an appeal stands under a name."))
    return person


@require_safe
def index(request: HttpRequest, key: str) -> HttpResponse:
    """Show every challenge and every appeal to a panel, the newest first."""
    process, at = process_or_404(request, key), clock.now()
    context = {
        "process": process,
        "challenges": challenge_rows(process, at),
        "appeals": appeal_rows(process, at),
    }
    return TemplateResponse(request, "consensus/appeals.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def challenge(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Challenge what the chair found on a recommendation."""
    call, person, at = call_or_404(request, key, number), _person(request), clock.now()
    rows = list(call.designations.standing().select_related("call__process"))
    if not rows:
        raise Http404
    form = ChallengeForm(request.POST or None, designations=rows, initial=_asked(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        chosen = next(row for row in rows if row.recommendation == said["recommendation"])
        try:
            with transaction.atomic():  # who may not challenge does not enter the process either
                by = enter(call.process, person, at=at)
                made = raise_challenge(chosen, by=by, text=said["text"], at=at, channel="web")
        except RuleBroken as broken:
            form.add_error("text" if broken.rule in ("reason_missing", "text_too_long") else None, broken)
        else:
            messages.success(request, _("Your challenge is public. The chair answers with reasons."))
            return redirect("consensus:challenged", key, made.number)
    until = rows[0].until(Default.CHALLENGE)
    context = {"process": call.process, "call": call, "form": form, "until": until, "is_open": at < until}
    return TemplateResponse(request, "consensus/challenge.html", context)


def _asked(request: HttpRequest) -> dict[str, Any]:
    """Return what a form begins with: what the link named that led here."""
    return {name: request.GET[name] for name in ("recommendation", "entry") if name in request.GET}


@require_safe
def challenged(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show a challenge and its answer."""
    process, at = process_or_404(request, key), clock.now()
    found = challenge_of(process, number)
    by = participant(process, asking(request))
    context = {
        "process": process,
        "challenge": found,
        "stands": found.standing(at),
        "level": LEVEL_NAMES[found.designation.level],
        "may_answer": by is not None and may_answer(by, found),
        "may_appeal": any(act.challenge == found for act in open_acts(found.call, at)),
        "appeals": appeal_rows(process, at, challenge=found),
    }
    return TemplateResponse(request, "consensus/challenged.html", context)


@office_page(Role.CHAIR)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Answer a challenge, as the chair who found what it is about."""
    found = challenge_of(process, number)
    form = ChallengeAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_challenge(found, by=by, **form.cleaned_data, at=clock.now(), channel="web")
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("Public, under your name. Whoever challenged is told."))
            return redirect("consensus:challenged", process.key, number)
    context = {"process": process, "challenge": found, "form": form}
    return TemplateResponse(request, "consensus/challenge_answer.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Appeal to a panel against something that was done in a call."""
    call, person, at = call_or_404(request, key, number), _person(request), clock.now()
    form = AppealForm(request.POST or None, acts=open_acts(call, at), initial=_asked(request))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                by = enter(call.process, person, at=at)
                entry, arguments = form.cleaned_data["entry"], form.arguments()
                made = bring_appeal(call, by=by, entry=entry, arguments=arguments, at=at, channel="web")
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("Your appeal is public and on the record, with its arguments."))
            return redirect("consensus:appealed", key, made.number)
    context = {"process": call.process, "call": call, "form": form}
    return TemplateResponse(request, "consensus/appeal.html", context)


@require_safe
def appealed(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show an appeal: what it is against, its arguments, how its panel was drawn, what it decided."""
    process, at = process_or_404(request, key), clock.now()
    found = appeal_of(process, number)
    by = participant(process, asking(request))
    context = {"process": process, "appeal": found, **appeal_shown(found, by, at)}
    context["may_support"] = context["may_support"] and by is not None and took_part(by, found.call)
    return TemplateResponse(request, "consensus/appealed.html", context)


@login_required
@require_POST
def support(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Stand behind an appeal that somebody else brought."""
    process, person, at = process_or_404(request, key), _person(request), clock.now()
    found = appeal_of(process, number)
    with transaction.atomic():
        support_appeal(found, by=enter(process, person, at=at), at=at, channel="web")
    messages.success(request, _("Noted, in public: you support this appeal."))
    return redirect("consensus:appealed", key, number)


@require_safe
def draw_file(request: HttpRequest, key: str, number: int, draw: int) -> HttpResponse:
    """Hand out a draw with all that it takes to do it again, as JSON."""
    process = process_or_404(request, key)
    rows = PanelDraw.objects.select_related("appeal__process").filter(appeal__process=process)
    found = get_object_or_404(rows, appeal__number=number, number=draw)
    return JsonResponse(draw_data(found), json_dumps_params={"ensure_ascii": False, "indent": 1})
