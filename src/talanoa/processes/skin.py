"""What the web pages of a process share: finding it, who acts in it, the second factor of its roles."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from talanoa.kernel.errors import NotAllowed
from talanoa.people.middleware import asking
from talanoa.people.models import Person
from talanoa.processes.models import OFFICE, Participant, Process, Role
from talanoa.processes.queries import participant

View = Callable[..., HttpResponse]


def process_or_404(request: HttpRequest, key: str) -> Process:
    """Return the process if the one who asks may read it."""
    rows = Process.objects.visible_to(asking(request)).prefetch_related("stages")
    return get_object_or_404(rows, key=key)


def participant_or_refuse(request: HttpRequest, process: Process) -> Participant:
    """Return who asks as a participant. Raises NotAllowed."""
    found = participant(process, asking(request))
    if found is None:
        raise NotAllowed(_("You have no role in this process."))
    return found


def second_factor_first(request: HttpRequest) -> HttpResponse:
    """Send somebody to show their second factor, or to set one up, before they use a role that needs it."""
    if is_mfa_enabled(request.user):
        has_app = is_mfa_enabled(request.user, [Authenticator.Type.TOTP])
        page = reverse("mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn")
        return redirect(f"{page}?{urlencode({'next': request.path})}")
    messages.warning(request, _("Your role needs a second factor. Set one up, then come back."))
    return redirect("mfa_index")


def _holds(person: Person, key: str, roles: tuple[Role, ...]) -> bool:
    return Participant.objects.filter(process__key=key, person=person, roles__role__in=roles).exists()


def office_page(*roles: Role) -> Callable[[View], View]:
    """Admit only holders of `roles` (by default: convenor, secretariat, chair) who signed in with a second factor.

    The decorated view gets `process` and `by`. Demonstration mode asks for no second factor.
    """
    wanted = roles or OFFICE

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def admitted(request: HttpRequest, key: str, **more: Any) -> HttpResponse:
            person = asking(request)
            if person and not person.may_use_office and _holds(person, key, wanted):
                return second_factor_first(request)
            process = process_or_404(request, key)
            by = participant_or_refuse(request, process)
            if not by.has_role(*wanted):
                raise NotAllowed(
                    _("This page belongs to: %(roles)s.") % {"roles": ", ".join(str(r.label) for r in wanted)}
                )
            request.at_desk = by.has_role(*OFFICE)  # type: ignore[attr-defined]
            return view(request, process=process, by=by, **more)

        return admitted

    return decorate
