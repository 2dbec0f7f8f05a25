"""Says who is asking: the person behind the login, as `request.person` (None for a visitor)."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from talanoa.people.models import Person
from talanoa.people.queries import person_of


class PersonMiddleware:
    """Attach the person, show times in their zone, and keep what they see out of shared caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        person = person_of(request.user) if request.user.is_authenticated else None
        if person:
            person.may_use_office = settings.TALANOA_DEMONSTRATION or _has_second_factor(request)
        request.person = person  # type: ignore[attr-defined]
        with timezone.override(ZoneInfo(person.time_zone) if person else None):
            response = self.get_response(request)
        if person or not request.session.is_empty():
            response.headers.setdefault("Cache-Control", "private")
        return response


def _has_second_factor(request: HttpRequest) -> bool:
    """Tell whether this session was opened with a second factor: it is not enough that the login has one."""
    return any(row["method"] == "mfa" for row in get_authentication_records(request, request.user))


def asking(request: HttpRequest) -> Person | None:
    """Return the person who asks, or None for a visitor."""
    return request.person  # type: ignore[attr-defined]
