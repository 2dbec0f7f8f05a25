"""Pages of calls: all of them, one of them, and what convenor and secretariat do with one."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from talanoa.discussions.skin import new_message_id
from talanoa.grants.actions.assigning import assign_reviewers, begin_round, reveal_applicants
from talanoa.grants.actions.calling import Posted, cancel_call, publish_call, revise_call
from talanoa.grants.forms import CallForm, ReasonForm, ReviewerForm, RevisedForm
from talanoa.grants.letters import page
from talanoa.grants.models import ADDRESS, Application, Drawing, ResearchCall, Reviewer
from talanoa.grants.queries import outcomes_for, read_call
from talanoa.grants.skin import Step, call_page, how, me, name_known, new_seed, take
from talanoa.kernel import clock
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.people.middleware import asking
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process
from talanoa.processes.permissions import ORGANIZERS
from talanoa.processes.queries import participant
from talanoa.processes.skin import second_factor_first
from talanoa.registry.skin import CONTENT

TEMPLATE = CONTENT / "calls" / "first-questions.yaml"


def mailed() -> str:
    """Return the address to which people apply."""
    return f"{ADDRESS}@{settings.ENV['TALANOA_MAIL_DOMAIN']}"


def organized_by(person: Person | None) -> Any:
    """Return the processes in which `person` is convenor or secretariat."""
    if person is None:
        return Process.objects.none()
    seats = Participant.objects.filter(person=person, roles__role__in=ORGANIZERS)
    return Process.objects.real().filter(pk__in=seats.values("process")).order_by("key")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show every call, newest first."""
    person = asking(request)
    calls = ResearchCall.objects.visible_to(person).select_related("process")
    context = {"calls": calls, "works": organized_by(person).exists(), "address": mailed()}
    return TemplateResponse(request, "grants/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest) -> HttpResponse:
    """Publish a call, held for comments, for a process in which one is convenor or secretariat."""
    person = me(request)
    processes = organized_by(person)
    if not processes.exists():
        raise NotAllowed(_("This page belongs to: %(roles)s.") % {"roles": _("convenor, secretariat")})
    if not person.may_use_office:
        return second_factor_first(request)
    form = CallForm(request.POST or None, processes=processes, initial={"text": _template()})
    if request.method == "POST" and form.is_valid():
        process = form.cleaned_data["process"]
        by = participant(process, person)
        assert by is not None  # noqa: S101 - the form offers only processes of theirs
        try:
            facts = read_call(form.cleaned_data["text"])
            posted = Posted(new_message_id(process), page(f"calls/{facts.id}/"))
            made = publish_call(
                process, by=by, text=form.cleaned_data["text"], posted=posted, **how(clock.now())
            )
        except RuleBroken as broken:
            form.add_error("text", broken)
        else:
            messages.success(request, _("Published. Everybody can comment on it now."))
            return redirect("grants:call", made.key)
    return TemplateResponse(request, "grants/publish.html", {"form": form})


def _template() -> str:
    """Return the template of a call, in a checkout; nothing elsewhere."""
    return TEMPLATE.read_text(encoding="utf-8") if TEMPLATE.is_file() else ""


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    """Show a call: what is asked, who pays, who may apply, how it is judged, where people comment on it."""
    person = asking(request)
    rows = ResearchCall.objects.visible_to(person).select_related("process")
    call = get_object_or_404(rows, key=key)
    works = organized_by(person).filter(pk=call.process_id).exists()
    context = {"call": call, "facts": call.facts, "works": works, "address": mailed()}
    return TemplateResponse(request, "grants/call.html", context)


@call_page()
@require_http_methods(["GET", "POST"])
def board(request: HttpRequest, *, call: ResearchCall, by: Participant) -> HttpResponse:
    """Show convenor and secretariat the applications that they may read, and what they can do with the call."""
    steps, answer = take(request, _steps(call, by))
    if answer is not None:
        return answer
    told = outcomes_for(by.person, call, call.current_round)
    rows = [(one, told.get(one.pk)) for one in Application.objects.judged_by(by.person).filter(call=call)]
    context = {
        "call": call,
        "rows": rows,
        "steps": steps,
        "reviewers": Reviewer.objects.visible_to(by.person).filter(call=call).select_related("person"),
        "drawing": Drawing.objects.visible_to(by.person).filter(call=call).last(),
    }
    return TemplateResponse(request, "grants/board.html", context)


def _steps(call: ResearchCall, by: Participant) -> Iterator[Step]:
    """Yield what can be done with a call as it stands."""
    if call.state == ResearchCall.State.HELD:
        yield Step(
            "revise",
            _("Change the call"),
            lambda said, at: revise_call(call, by=by, **said, **how(at)),
            RevisedForm,
            done=_("Changed. The days for comments begin again."),
            more={"initial": {"text": call.text}},
        )
    if call.state != ResearchCall.State.CANCELED:
        yield from _review_steps(call, by)
    if call.state in (ResearchCall.State.HELD, ResearchCall.State.OPEN):
        yield Step(
            "cancel",
            _("Cancel the call"),
            lambda said, at: cancel_call(call, by=by, **said, **how(at)),
            ReasonForm,
            done=_("Canceled."),
            danger=True,
        )


def _review_steps(call: ResearchCall, by: Participant) -> Iterator[Step]:
    """Yield what can be done with the reviews of a call."""
    yield Step(
        "reviewer",
        _("Name a reviewer"),
        lambda said, at: name_known(call, said, by=by, **how(at)),
        ReviewerForm,
        done=_("Named."),
    )
    if call.state == ResearchCall.State.CLOSED or call.closes_on is None:
        yield Step(
            "assign",
            _("Assign the reviewers"),
            lambda _said, at: assign_reviewers(call, by=by, seed=new_seed(call), **how(at)),
            done=_("Assigned. They are asked by mail."),
        )
        yield Step(
            "reveal",
            _("Show those who judge who applies"),
            lambda _said, at: reveal_applicants(call, by=by, **how(at)),
        )
    if call.state == ResearchCall.State.CLOSED and call.current_round < len(call.facts.rounds):
        yield Step("round", _("Begin the next round"), lambda _said, at: begin_round(call, by=by, **how(at)))
