"""Demonstration mode only: sign in with one click, read the mails that would have been sent, take the tour."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from talanoa.contributions.models import Theme
from talanoa.kernel import clock
from talanoa.mail.models import OutgoingMessage
from talanoa.mail.outbox import file_of
from talanoa.people.models import Person
from talanoa.processes.actions.stages import keep_stages
from talanoa.processes.models import Participant, Process, Stage
from talanoa.reports.actions import end_reviews

MAIN = "model-17"
MAILS = 50
LIFE = tuple(Process.State)
View = Callable[..., HttpResponse]


def demonstration_only(view: View) -> View:
    """Answer 404 on a real installation."""

    @wraps(view)
    def shown(request: HttpRequest, **more: Any) -> HttpResponse:
        if not settings.TALANOA_DEMONSTRATION:
            raise Http404
        return view(request, **more)

    return shown


@dataclass(frozen=True, slots=True)
class Character:
    """Somebody of the demonstration whom one can sign in as, with their roles in the main process."""

    person: Person
    roles: str


@demonstration_only
@require_safe
def tour(request: HttpRequest) -> HttpResponse:
    """Show the five-minute tour: who one is, what the clock reads, and a button for each step."""
    process = get_object_or_404(Process.objects.prefetch_related("stages"), key=MAIN)
    members = process.participants.filter(roles__isnull=False, person__user__isnull=False).distinct()
    rows = list(members.select_related("person").prefetch_related("roles").order_by("joined_at", "pk"))
    named = ("participant", "convenor", "chair", "sponsor")
    context = {
        "characters": [Character(row.person, _roles(row)) for row in rows],
        "cast": {role: next((row.person for row in rows if row.has_role(role)), None) for role in named},
        "process": process,
        "theme": _drafted(process),
        "done": LIFE.index(Process.State(process.state)),
        "now": clock.now(),
        "seconds": settings.ENV["TALANOA_TICK_SECONDS"],
        "home": _home(),
    }
    return TemplateResponse(request, "site/tour.html", context)


def _drafted(process: Process) -> Theme | None:
    """Return the theme whose answer is drafted, or the one whose answer was approved last."""
    rows = process.responses.filter(theme__isnull=False).select_related("theme")
    found = rows.order_by(F("approved_at").desc(nulls_first=True)).first()
    return found.theme if found else None


def _roles(member: Participant) -> str:
    return ", ".join(grant.get_role_display() for grant in member.roles.all())


def _home() -> str:
    """Return where the state lives, relative to the working directory where that is possible."""
    home: Path = settings.TALANOA_HOME
    return str(home.relative_to(Path.cwd())) if home.is_relative_to(Path.cwd()) else str(home)


@demonstration_only
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the characters, and go on to the page of this site that was asked for."""
    wanted = request.POST.get("person", "")
    people = Person.objects.filter(user__isnull=False).select_related("user")
    person = get_object_or_404(people, pk=int(wanted[:18]) if wanted.isdecimal() else 0)
    login(request, person.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    page = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return redirect(page if is_ours else "site:tour")


@demonstration_only
@require_POST
def move_clock(request: HttpRequest) -> HttpResponse:
    """Move the demonstration's clock just past the end of a stage of the main process, and do what is due then."""
    stage = Stage.objects.filter(process__key=MAIN, kind=request.POST.get("to", "")).first()
    if stage is None or stage.closes_at is None:
        messages.error(request, _("That stage has no end yet: seal the report first."))
        return redirect("site:tour")
    clock.set_to(max(clock.now(), stage.closes_at + timedelta(minutes=1)))
    keep_stages(at=clock.now())
    end_reviews(at=clock.now())
    messages.success(request, _("The clock was moved."))
    return redirect("site:tour")


@dataclass(frozen=True, slots=True)
class Shown:
    """A mail as it was written."""

    subject: str
    to: str
    answers_to: str
    at: datetime
    text: str


@demonstration_only
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Show the newest mails that a real installation would send."""
    rows = OutgoingMessage.objects.filter(written_at__isnull=False).order_by("-pk")[:MAILS]
    context = {"mails": [_shown(row) for row in rows], "seconds": settings.ENV["TALANOA_TICK_SECONDS"]}
    return TemplateResponse(request, "site/outbox.html", context)


def _shown(row: OutgoingMessage) -> Shown:
    """Read a mail from its file: the link in it works, which what the database keeps does not tell."""
    file = file_of(row)
    if file is None or not file.exists():
        return Shown(row.subject, row.to, "", row.created_at, row.text)
    mail = message_from_bytes(file.read_bytes(), policy=default)
    text = mail.get_content().replace("\r\n", "\n")
    return Shown(row.subject, row.to, mail.get("Reply-To", ""), row.created_at, text)
