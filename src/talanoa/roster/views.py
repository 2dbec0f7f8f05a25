"""Pages of the expert roster: who stands on it, my listing, requests, and the answer of who is asked."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talanoa.kernel import clock
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.people.middleware import asking
from talanoa.people.models import Person
from talanoa.people.queries import disclosed
from talanoa.processes.models import Participant, Process
from talanoa.processes.permissions import ORGANIZERS
from talanoa.processes.skin import office_page
from talanoa.roster.actions.answering import accept_assignment, decline_assignment
from talanoa.roster.actions.asking import ASKING, ask_expert, request_expert
from talanoa.roster.actions.joining import join_roster, leave_roster
from talanoa.roster.candidates import candidates
from talanoa.roster.forms import OfferForm, ReplyForm, RosterFilter, WantedForm, parted
from talanoa.roster.models import ANSWER_DAYS, Assignment, Expert, ExpertRequest
from talanoa.roster.permissions import organizer
from talanoa.roster.queries import (
    asked_of,
    listing_of,
    on_roster,
    spoken,
    waiting_for,
    with_assignments,
    with_interests,
)

PER_PAGE = 20


def _me(request: HttpRequest) -> Person:
    person = asking(request)
    if person is None:
        raise NotAllowed(_("Sign in first."))
    return person


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show who stands on the roster, all or by language and kind, with their dated interests."""
    form = RosterFilter(request.GET or None, spoken=spoken())
    asked = form.cleaned_data if form.is_valid() else {}
    chosen = {name: asked.get(name, "") for name in ("language", "kind")}
    page = Paginator(on_roster(**chosen), PER_PAGE).get_page(request.GET.get("page", "1"))
    at = clock.now()
    context = {
        "form": form if asked else RosterFilter(spoken=spoken()),
        "is_filtered": any(chosen.values()),
        "page": page,
        "rows": with_interests(page, at),
        "at": at,
    }
    return TemplateResponse(request, "roster/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Join the roster, or change what stands there of me."""
    person, at = _me(request), clock.now()
    known = listing_of(person)
    form = OfferForm(request.POST or None, initial=_standing_facts(known))
    if request.method == "POST" and form.is_valid():
        try:
            join_roster(by=person, offered=form.offered, at=at, channel="web")
        except RuleBroken as broken:
            is_of_languages = broken.rule in {"language_unknown", "languages_missing"}
            form.add_error("more_languages" if is_of_languages else None, broken)
        else:
            messages.success(request, _("You stand on the roster like this, and that is on the record."))
            return redirect("roster:mine")
    context = {
        "form": form,
        "known": known,
        "standing": disclosed(person, "").standing(at),
        "waiting": waiting_for(person),
    }
    return TemplateResponse(request, "roster/mine.html", context)


def _standing_facts(known: Expert | None) -> dict[str, Any]:
    if known is None:
        return {}
    facts = {name: getattr(known, name) for name in ("kind", "topics", "about")}
    return facts | parted(known.languages)


@login_required
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Leave the roster."""
    leave_roster(by=_me(request), at=clock.now(), channel="web")
    messages.success(request, _("You are off the roster. You may come back at any time."))
    return redirect("roster:mine")


@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """Show every request that the reader may read, newest first."""
    rows = with_assignments(ExpertRequest.objects.visible_to(asking(request)))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page", "1"))
    at = clock.now()
    context = {"page": page, "rows": [(row, row.is_open(at)) for row in page]}
    return TemplateResponse(request, "roster/requests.html", context)


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody who was asked, as the reader may know it: name and reason are empty where they may not."""

    assignment: Assignment
    name: str
    reason: str


def _shown(found: ExpertRequest, person: Person | None) -> list[Shown]:
    known = set(Assignment.objects.visible_to(person).filter(request=found).values_list("pk", flat=True))
    return [
        Shown(
            row,
            row.expert.name if row.pk in known else "",
            row.reason if row.pk in known else row.public_reason,
        )
        for row in found.assignments.all()
    ]


def _request_or_404(request: HttpRequest, number: int) -> ExpertRequest:
    rows = with_assignments(ExpertRequest.objects.visible_to(asking(request)))
    return get_object_or_404(rows, number=number)


@require_safe
def show(request: HttpRequest, number: int) -> HttpResponse:
    """Show one request and what became of it; its organizers see whom they could ask."""
    found, person, at = _request_or_404(request, number), asking(request), clock.now()
    is_open, waiting = found.is_open(at), found.waiting
    organizes = organizer(person, found.process) is not None
    context = {
        "found": found,
        "is_open": is_open,
        "asked": _shown(found, person),
        "mine": waiting is not None and person is not None and waiting.expert.person_id == person.pk,
        "organizes": organizes,
        "candidates": candidates(found, at) if organizes and is_open else [],
        "may_ask": organizes and is_open and waiting is None and found.process.state in ASKING,
        "days": ANSWER_DAYS,
    }
    return TemplateResponse(request, "roster/request.html", context)


@office_page(*ORGANIZERS)
@require_http_methods(["GET", "POST"])
def wanted(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Ask the roster for somebody; show what the process asked for before."""
    form = WantedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = request_expert(process, by=by, wanted=form.wanted, at=clock.now(), channel="web")
        except RuleBroken as broken:
            form.add_error(_WHERE.get(broken.rule), broken)
        else:
            messages.success(request, _("Your request is public. Now ask one of those who fit."))
            return redirect("roster:request", made.number)
    context = {
        "process": process,
        "form": form,
        "rows": process.expert_requests.order_by("-number"),
        "may": process.state in ASKING,
    }
    return TemplateResponse(request, "roster/wanted.html", context)


_WHERE = {
    "language_unknown": "more_languages",
    "languages_missing": "more_languages",
    "text_empty": "text",
    "text_too_long": "text",
    "day_passed": "needed_by",
}


@office_page(*ORGANIZERS)
@require_POST
def ask(request: HttpRequest, *, process: Process, by: Participant, number: int) -> HttpResponse:
    """Ask one of those who fit a request of the process."""
    found = get_object_or_404(process.expert_requests, number=number)
    given = request.POST.get("expert", "")
    number_of = int(given) if given.isascii() and given.isdigit() and len(given) <= _LONGEST else 0
    expert = get_object_or_404(Expert, number=number_of)
    try:
        ask_expert(found, expert, by=by, at=clock.now(), channel="web")
    except RuleBroken as broken:
        messages.error(request, f"{broken.text} [{broken.rule}]")
    else:
        messages.success(request, _("Asked. A letter is on its way, and an answer comes within 10 days."))
    return redirect("roster:request", found.number)


_LONGEST = 9
"""Digits of a number on the roster, more than it will ever have."""


@login_required
@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, number: int) -> HttpResponse:
    """Accept or decline what I am asked for."""
    person = _me(request)
    found = asked_of(person, number)
    if found is None:
        raise Http404
    form = ReplyForm(request.POST or None)
    said = request.POST.get("answer", "")
    if said in ("accept", "decline") and form.is_valid():
        try:
            _reply(found, person, form, accepts=said == "accept")
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("Your answer stands on the record, and who asked is told."))
            return redirect("roster:request", number)
    return TemplateResponse(request, "roster/reply.html", {"found": found, "form": form})


def _reply(found: Assignment, person: Person, form: ReplyForm, *, accepts: bool) -> None:
    at, said = clock.now(), form.cleaned_data
    if accepts:
        accept_assignment(found, by=person, at=at, channel="web")
    else:
        decline_assignment(
            found, by=person, reason=said["reason"], is_public=said["is_public"], at=at, channel="web"
        )
