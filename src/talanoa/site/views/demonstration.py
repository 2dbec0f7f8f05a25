"""Demonstration mode only: sign in with one click, read the mails that would have been sent, take the tour."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from talanoa.kernel import clock
from talanoa.mail.models import OutgoingMessage
from talanoa.people.models import Person
from talanoa.processes.actions import keep_stages
from talanoa.processes.models import Stage
from talanoa.reports.actions import end_reviews

MAIN = "model-17"
NAMES = 8
MAILS = 50
View = Callable[..., HttpResponse]


def demonstration_only(view: View) -> View:
    """Answer 404 on a real installation."""

    @wraps(view)
    def shown(request: HttpRequest, **more: Any) -> HttpResponse:
        if not settings.TALANOA_DEMONSTRATION:
            raise Http404
        return view(request, **more)

    return shown


@demonstration_only
@require_safe
def tour(request: HttpRequest) -> HttpResponse:
    """Show the five-minute tour and whom one can sign in as."""
    people = Person.objects.filter(user__isnull=False).order_by("pk")[:NAMES]
    people = people.prefetch_related("participations__roles", "participations__process")
    context = {"people": people, "main": MAIN, "now": clock.now(), "home": _home()}
    return TemplateResponse(request, "site/tour.html", context)


def _home() -> str:
    """Return where the state lives, relative to the working directory where that is possible."""
    home: Path = settings.TALANOA_HOME
    return str(home.relative_to(Path.cwd())) if home.is_relative_to(Path.cwd()) else str(home)


@demonstration_only
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the characters."""
    person = get_object_or_404(Person.objects.select_related("user"), pk=request.POST.get("person") or 0)
    if person.user is None:
        raise Http404
    login(request, person.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("site:tour")


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


@demonstration_only
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Show the newest mails that a real installation would send."""
    return TemplateResponse(
        request, "site/outbox.html", {"mails": OutgoingMessage.objects.order_by("-pk")[:MAILS]}
    )
