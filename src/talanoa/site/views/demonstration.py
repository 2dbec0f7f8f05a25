"""Demonstration mode only: sign in with one click, read the mails that would have been sent, take the tour."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from talanoa.mail.models import OutgoingMessage
from talanoa.people.models import Person

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
    return TemplateResponse(request, "site/tour.html", {"people": people})


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
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Show the newest mails that a real installation would send."""
    return TemplateResponse(request, "site/outbox.html", {"mails": OutgoingMessage.objects.order_by("-pk")[:MAILS]})
