"""What the pages and commands of the issue desk share: who may open a page, the address, what makes one sending one."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from talanoa.desk.models import Issue
from talanoa.kernel.errors import NotAllowed
from talanoa.people.middleware import asking
from talanoa.people.models import Person
from talanoa.processes.skin import second_factor_first

View = Callable[..., HttpResponse]


def desk_page(view: View) -> View:
    """Admit only those who keep the issue desk, signed in with a second factor; the view gets `issue` and `by`."""

    @login_required
    @wraps(view)
    def admitted(request: HttpRequest, number: int) -> HttpResponse:
        person = asking(request)
        if person is None or not person.may_convene:
            raise NotAllowed(_("The issue desk is kept by people whom the operator appointed."))
        if not person.may_use_office:
            return second_factor_first(request)
        return view(request, issue=_readable(number, person), by=person)

    return admitted


def own_page(view: View) -> View:
    """Admit only the one who brought the issue, signed in; the view gets `issue` and `by`."""

    @wraps(view)
    def admitted(request: HttpRequest, number: int) -> HttpResponse:
        person = asking(request)
        issue = _readable(number, person)
        if person is None or issue.person_id != person.pk:
            raise Http404
        return view(request, issue=issue, by=person)

    return admitted


def _readable(number: int, person: Person | None) -> Issue:
    """Return an issue that `person` may read. Raises Http404."""
    rows = Issue.objects.visible_to(person).select_related("person", "bringer", "entry")
    return get_object_or_404(rows, number=number)


def once_key(*said: str) -> str:
    """Return what makes two sendings one: the same form from the same person, with the same words."""
    return sha256(b"".join(sha256(part.encode()).digest() for part in ("issue", *said))).hexdigest()
