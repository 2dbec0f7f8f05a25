"""Hearing an appeal on the web: the secretariat prepares it, the members of the panel find."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talanoa.consensus.actions.contesting import admit_appeal, refuse_appeal
from talanoa.consensus.actions.empaneling import announce_draw, draw_panel, leave_seat
from talanoa.consensus.actions.hearing import give_opinion
from talanoa.consensus.forms.contesting import AnnounceForm, DrawForm, OpinionForm, ReasonForm
from talanoa.consensus.models import PanelAppeal
from talanoa.consensus.panels import pool_for
from talanoa.consensus.permissions import require_seat
from talanoa.consensus.queries import newest_draw
from talanoa.consensus.rows import appeal_shown
from talanoa.consensus.skin import appeal_of
from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.people.middleware import asking
from talanoa.processes.models import Participant, Process
from talanoa.processes.permissions import ORGANIZERS
from talanoa.processes.queries import participant
from talanoa.processes.skin import office_page, participant_or_refuse, process_or_404

Forms = dict[str, forms.Form]


@office_page(*ORGANIZERS)
@require_safe
def prepare(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Show what the secretariat does next about an appeal: admit or refuse it, announce the draw, draw."""
    return _page(request, appeal_of(process, number), by)


def _page(
    request: HttpRequest, found: PanelAppeal, by: Participant, given: Forms | None = None
) -> HttpResponse:
    """Show the page with `given` forms in place of empty ones."""
    at, draw = clock.now(), newest_draw(found)
    empty: Forms = {"refusal": ReasonForm(), "announcement": AnnounceForm()}
    if draw is not None:
        empty["drawing"] = DrawForm(sources=draw.sources)
    pool = pool_for(found, at) if found.admitted_at and draw is None else []
    context = {
        "process": found.process,
        "appeal": found,
        **appeal_shown(found, by, at),
        **empty,
        **(given or {}),
        "pool": pool,
        "is_known": draw is not None and at >= draw.known_at,
    }
    return TemplateResponse(request, "consensus/hearing.html", context)


def _done(request: HttpRequest, form: forms.Form | None, act: Callable[[], Any], told: str) -> bool:
    """Do `act` if the form is whole, and say so; what a rule forbids is told in the form."""
    if form is not None and not form.is_valid():
        return False
    try:
        act()
    except RuleBroken as broken:
        if form is None:
            raise
        form.add_error(None, broken)
        return False
    messages.success(request, told)
    return True


@office_page(*ORGANIZERS)
@require_POST
def admit(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Say that an appeal is heard."""
    found, at = appeal_of(process, number), clock.now()
    _done(
        request,
        None,
        lambda: admit_appeal(found, by=by, at=at, channel="web"),
        _("It is heard. Announce the draw of its panel next."),
    )
    return redirect("consensus:hearing", process.key, number)


@office_page(*ORGANIZERS)
@require_POST
def refuse(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Say that an appeal is not heard, and why."""
    found, at, form = appeal_of(process, number), clock.now(), ReasonForm(request.POST)
    told = _("Public, with your reason. It can be appealed.")

    def act() -> None:
        refuse_appeal(found, by=by, text=form.cleaned_data["text"], at=at, channel="web")

    if _done(request, form, act, told):
        return redirect("consensus:appealed", process.key, number)
    return _page(request, found, by, {"refusal": form})


@office_page(*ORGANIZERS)
@require_POST
def announce(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Announce the draw of the panel of an appeal."""
    found, at, form = appeal_of(process, number), clock.now(), AnnounceForm(request.POST)

    def act() -> None:
        said = form.cleaned_data
        known = at + timedelta(days=said["days"])
        terms = {"method": said["method"], "seats": said["seats"]}
        announce_draw(found, by=by, sources=form.names(), known_at=known, **terms, at=at, channel="web")

    if _done(request, form, act, _("Announced, with the pool, in public. Nothing of it changes.")):
        return redirect("consensus:hearing", process.key, number)
    return _page(request, found, by, {"announcement": form})


@office_page(*ORGANIZERS)
@require_POST
def draw(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Draw the panel with what the sources said."""
    found, at = appeal_of(process, number), clock.now()
    made = newest_draw(found)
    form = DrawForm(request.POST, sources=made.sources if made else [])

    def act() -> None:
        draw_panel(found, by=by, said=form.said(), at=at, channel="web")

    if _done(request, form, act, _("Drawn. Those who were drawn have a letter.")):
        return redirect("consensus:appealed", process.key, number)
    return _page(request, found, by, {"drawing": form})


@login_required
@require_http_methods(["GET", "POST"])
def opinion(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Find on an appeal, as a member of its panel."""
    process, at = process_or_404(request, key), clock.now()
    found, by = appeal_of(process, number), participant_or_refuse(request, process)
    seat = require_seat(by, newest_draw(found))
    found.check_waiting()
    arguments = list(found.arguments.order_by("number"))
    form = OpinionForm(request.POST or None, arguments=arguments)

    def act() -> None:
        outcome = form.cleaned_data["outcome"]
        give_opinion(found, by=by, outcome=outcome, reasons=form.reasons(), at=at, channel="web")

    told = _("Your opinion counts. That it is yours is told to nobody.")
    if request.method == "POST" and _done(request, form, act, told):
        return redirect("consensus:appealed", key, number)
    context = {
        "process": process,
        "appeal": found,
        **appeal_shown(found, by, at),
        "seat": seat,
        "form": form,
        "leaving": ReasonForm(),
    }
    return TemplateResponse(request, "consensus/opinion.html", context)


@login_required
@require_POST
def leave(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Leave a seat to the next of the draw, for a public reason."""
    process, at, form = process_or_404(request, key), clock.now(), ReasonForm(request.POST)
    found, by = appeal_of(process, number), participant_or_refuse(request, process)
    seat = require_seat(by, newest_draw(found))

    def act() -> None:
        leave_seat(found, by=by, text=form.cleaned_data["text"], at=at, channel="web")

    if _done(request, form, act, _("You left the seat, with your reason in public. The next takes it.")):
        return redirect("consensus:appealed", key, number)
    context = {
        "process": process,
        "appeal": found,
        **appeal_shown(found, participant(process, asking(request)), at),
        "seat": seat,
        "form": OpinionForm(arguments=found.arguments.order_by("number")),
        "leaving": form,
    }
    return TemplateResponse(request, "consensus/opinion.html", context)
