"""What the pages of sponsored research share: whose page it is, and the steps that somebody can take on it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from talanoa.grants.actions.assigning import name_reviewer
from talanoa.grants.forms import ConfirmForm
from talanoa.grants.models import Application, Award, ResearchCall, Reviewer
from talanoa.kernel import clock
from talanoa.kernel.entropy import entropy
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.kernel.space import REAL
from talanoa.people.actions import know_person
from talanoa.people.middleware import asking
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Role
from talanoa.processes.permissions import ORGANIZERS
from talanoa.processes.skin import office_page

View = Callable[..., HttpResponse]
Run = Callable[..., object]


@dataclass(slots=True)
class Step:
    """Something that one can do on a page: its name, the button, its form, and the function that does it.

    `run` gets the cleaned words of the form, and `at`. `done` is said afterwards.
    """

    name: str
    button: Any
    run: Run
    kind: type[forms.Form] = ConfirmForm
    done: Any = ""
    danger: bool = False
    more: dict[str, Any] = field(default_factory=dict)
    form: forms.Form | None = None

    def bind(self, data: Any = None, files: Any = None) -> "Step":
        """Give it its form, filled in with `data` and `files` where there are any."""
        self.form = self.kind(data, files, auto_id=f"id_{self.name}_%s", **self.more)
        return self


def take(request: HttpRequest, steps: Iterable[Step]) -> tuple[list[Step], HttpResponse | None]:
    """Do the step that a page sends, and go back to the page; what cannot be done is told at its form.

    Raises NotAllowed for a step that is not offered to who asks.
    """
    offered, wanted = list(steps), request.POST.get("step", "")
    if request.method != "POST":
        return [step.bind() for step in offered], None
    chosen = next((step for step in offered if step.name == wanted), None)
    if chosen is None:
        raise NotAllowed(_("This step is not yours, or not possible now."))
    form = chosen.bind(request.POST, request.FILES).form
    if form is not None and form.is_valid():
        try:
            chosen.run(form.cleaned_data, at=clock.now())
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, str(chosen.done or _("Done.")))
            return offered, redirect(request.path)
    return [step if step is chosen else step.bind() for step in offered], None


def call_page(*roles: Role) -> Callable[[View], View]:
    """Admit holders of `roles` (by default convenor and secretariat) in the process of a call, with a second factor.

    The decorated view gets `call` and `by`.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def admitted(request: HttpRequest, key: str, **more: Any) -> HttpResponse:
            rows = ResearchCall.objects.visible_to(asking(request)).select_related("process")
            call = get_object_or_404(rows, key=key)

            def shown(request: HttpRequest, *, process: object, by: object) -> HttpResponse:  # noqa: ARG001
                return view(request, call=call, by=by, **more)

            return office_page(*(roles or ORGANIZERS))(shown)(request, key=call.process.key)

        return admitted

    return decorate


def me(request: HttpRequest) -> Person:
    """Return who asks. Raises NotAllowed for nobody, which `login_required` rules out."""
    person = asking(request)
    if person is None:
        raise NotAllowed(_("Sign in first."))
    return person


def readable(number: int, person: Person | None) -> Application:
    """Return an application that `person` may read. Raises Http404."""
    rows = Application.objects.visible_to(person).select_related("call__process", "entry")
    found = rows.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def award_known(number: int, person: Person | None) -> Award:
    """Return an award that `person` may know of. Raises Http404."""
    rows = Award.objects.visible_to(person).select_related("application__call__process", "entry")
    found = rows.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def how(at: datetime) -> dict[str, Any]:
    """Return when and how a page does something."""
    return {"at": at, "channel": "web"}


def new_seed(call: ResearchCall) -> str:
    """Return the seed of an assignment, from the one source of chance."""
    return entropy(REAL, f"reviewers of {call.key}").hex()


@transaction.atomic
def name_known(
    call: ResearchCall, said: dict[str, Any], *, by: Participant, at: datetime, channel: str
) -> Reviewer:
    """Name a reviewer by their address; who is not known yet becomes known by what was said of them."""
    about = {"name": said["name"], "group": said["group"], "country": said["country"]}
    person = know_person(address=said["address"], **about)
    return name_reviewer(call, person, by=by, about=said["about"], load=said["load"], at=at, channel=channel)
