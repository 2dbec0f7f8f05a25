"""Moderation on the web: the public log, flag and appeal for everybody, one page of the desk to decide."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talanoa.contributions.actions.appealing import raise_appeal, rule_on_appeal
from talanoa.contributions.actions.moderating import (
    flag_contribution,
    hold_contribution,
    reject_contribution,
    release_contribution,
)
from talanoa.contributions.conduct import NEWCOMER, REASON_LABELS
from talanoa.contributions.forms import AppealForm, FlagForm, ModerationForm, RulingForm
from talanoa.contributions.letters import moderated
from talanoa.contributions.models import Appeal, Contribution, ModerationAct
from talanoa.contributions.moderation import appealable_act, hours_of, may_rule, standing_act, words_of
from talanoa.contributions.moderation_log import counts, holds, log_lines
from talanoa.contributions.permissions import MODERATORS
from talanoa.contributions.rows import count_rows, log_rows, page_of
from talanoa.kernel import clock
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.people.middleware import asking
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Default, Participant, Process
from talanoa.processes.skin import office_page, process_or_404

PAGE = 50


@require_safe
def log(request: HttpRequest, key: str) -> HttpResponse:
    """Show every act of moderation in a process, with counts; the same for every reader."""
    process = process_or_404(request, key)
    lines = log_lines(process, at=clock.now())
    page = Paginator(lines[::-1], PAGE).get_page(request.GET.get("page"))
    context = {
        "process": process,
        "page": page,
        "rows": log_rows(process, page.object_list),
        "counts": count_rows(counts(process, lines)),
        "holds": holds(lines),
        "hours": hours_of(process),
    }
    return TemplateResponse(request, "contributions/moderation.html", context)


def _numbered(process: Process, number: int) -> Contribution:
    rows = Contribution.objects.select_related("process", "authorship", "person")
    return get_object_or_404(rows, process=process, number=number)


def _me(request: HttpRequest) -> Person:
    person = asking(request)
    if person is None:
        raise NotAllowed(_("Sign in first."))
    return person


def _tried(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Do `act` if the form is whole; what a rule forbids is told in the form."""
    if not form.is_valid():
        return False
    try:
        act()
    except RuleBroken as broken:
        field = "text" if broken.rule == "reason_missing" and "text" in form.fields else None
        form.add_error(field, broken)
        return False
    return True


@login_required
@require_http_methods(["GET", "POST"])
def flag(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Say that something shown breaks the code of conduct."""
    process, person, at = process_or_404(request, key), _me(request), clock.now()
    shown = Contribution.objects.visible_to(None).filter(state=Contribution.State.PUBLISHED)
    found = get_object_or_404(shown.select_related("process"), process=process, number=number)
    form = FlagForm(request.POST or None, kind=found.kind)

    def act() -> None:
        with transaction.atomic():  # who may not flag it does not enter the process either
            by = enter(process, person, at=at)
            flag_contribution(found, by=by, **form.cleaned_data, at=at, channel="web")

    if request.method == "POST" and _tried(form, act):
        messages.success(request, _("Noted. The desk looks at it; nobody is told that it was you."))
        return redirect(page_of(process.key, found.number, found.kind))
    context = {"process": process, "contribution": found, "spoken": words_of(found), "form": form}
    return TemplateResponse(request, "contributions/flag.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Appeal, as its author, against what keeps a contribution from the public."""
    process, person, at = process_or_404(request, key), _me(request), clock.now()
    found = get_object_or_404(
        Contribution.objects.select_related("process"), process=process, number=number, person=person
    )
    form = AppealForm(request.POST or None)

    def act() -> None:
        with transaction.atomic():
            by = enter(process, person, at=at)
            raise_appeal(found, by=by, text=form.cleaned_data["text"], at=at, channel="web")

    if request.method == "POST" and _tried(form, act):
        messages.success(
            request, _("Your appeal is on the record. You will be told what is decided, and why.")
        )
        return redirect("contributions:appeal", key, number)
    context = {
        "process": process,
        "contribution": found,
        "spoken": words_of(found),
        "act": standing_act(found),
        "why": REASON_LABELS.get(found.reason, ""),
        "days": process.defaults[Default.APPEAL_DECISION],
        "may_appeal": appealable_act(found, at=at) is not None,
        "appeals": _appeals(found, at),
        "form": form,
    }
    return TemplateResponse(request, "contributions/appeal.html", context)


def _appeals(found: Contribution, at: datetime) -> list[tuple[Appeal, str]]:
    """Return the appeals about a contribution, each with how it stands."""
    return [(row, row.standing(at)) for row in found.appeals.select_related("entry")]


@office_page()
@require_http_methods(["GET", "POST"])
def moderate(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Show what was said, its flags and the rules; see the letter; hold, release or reject."""
    found, at = _numbered(process, number), clock.now()
    form = ModerationForm(request.POST or None, kind=found.kind)
    if request.method == "POST" and "preview" not in request.POST and _decided(request, form, found, by, at):
        messages.success(request, _("Done, and on the record. The author is told."))
        return redirect("contributions:moderate", process.key, number)
    return TemplateResponse(request, "contributions/moderate.html", _context(found, by, at, form=form))


def _decided(
    request: HttpRequest, form: ModerationForm, found: Contribution, by: Participant, at: datetime
) -> bool:
    """Do what the pressed button says; tell whether it was done."""
    told: dict[str, Any] = {"by": by, "at": at, "channel": "web"}
    if "release" in request.POST:
        form.fields["reason"].required = False
        return _tried(form, lambda: release_contribution(found, **told))
    if "reject" in request.POST:
        return _tried(form, lambda: reject_contribution(found, **form.cleaned_data, **told))
    return _tried(form, lambda: hold_contribution(found, reason=form.cleaned_data["reason"], **told))


def _context(
    found: Contribution,
    by: Participant,
    at: datetime,
    *,
    form: ModerationForm,
    ruling: RulingForm | None = None,
) -> dict[str, Any]:
    state = Contribution.State
    flags = list(found.flags.all())
    waiting = found.appeals.filter(decided_at__isnull=True).first()
    is_free = by.has_role(*MODERATORS) and waiting is None
    is_flagged = any(flag.closed_at is None for flag in flags)
    hears = waiting is not None and may_rule(by, found)
    return {
        "process": found.process,
        "contribution": found,
        "spoken": words_of(found),
        "why": REASON_LABELS.get(found.reason, ""),
        "flags": [(flag, REASON_LABELS.get(flag.reason, flag.reason)) for flag in flags],
        "acts": [(act, REASON_LABELS.get(act.reason, "")) for act in found.moderation.all()],
        "appeals": _appeals(found, at),
        "form": form,
        "may_release": is_free and (found.state in (state.UNCONFIRMED, *found.KEPT_BACK) or is_flagged),
        "may_hold": found.state != state.WITHHELD or found.reason == NEWCOMER,
        "may_keep_back": is_free and found.state in (state.PUBLISHED, state.UNCONFIRMED, state.WITHHELD),
        "letter": _letter(found, form, by, at),
        "waiting": waiting,
        "ruling": (ruling or RulingForm()) if hears else None,
    }


def _letter(found: Contribution, form: ModerationForm, by: Participant, at: datetime) -> str:
    """Return the letter that the author would get for what the form says now; nothing before a reason is chosen."""
    if not (form.is_bound and form.is_valid() and form.cleaned_data["reason"]):
        return ""
    text = form.cleaned_data["text"]
    act = ModerationAct.Act.REJECT if text else ModerationAct.Act.HOLD
    meant = ModerationAct(
        contribution=found, act=act, reason=form.cleaned_data["reason"], text=text, by=by, at=at
    )
    role = next(role for role in (*MODERATORS, "chair") if by.has_role(role))
    subject, lines = moderated(meant, role=role)
    return "\n".join([subject, "", *lines])


@office_page()
@require_POST
def rule(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Decide the appeal that waits."""
    found, at = _numbered(process, number), clock.now()
    waiting = get_object_or_404(found.appeals.select_related("entry"), decided_at__isnull=True)
    form = RulingForm(request.POST)
    if _tried(form, lambda: rule_on_appeal(waiting, by=by, **form.cleaned_data, at=at, channel="web")):
        messages.success(request, _("Decided, and on the record. The author is told, with your reasons."))
        return redirect("contributions:moderate", process.key, number)
    context = _context(found, by, at, form=ModerationForm(kind=found.kind), ruling=form)
    return TemplateResponse(request, "contributions/moderate.html", context)
