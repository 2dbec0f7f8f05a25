"""Pages of applications: mine, one of them, its receipt and its files."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from talanoa.contributions.forms import EraseForm
from talanoa.grants.actions.applying import answer_naming, give_more, withdraw_application
from talanoa.grants.actions.assigning import add_reviewer, record_conflict
from talanoa.grants.actions.erasing import erase_application
from talanoa.grants.actions.reviewing import discuss
from talanoa.grants.actions.screening import ask_more, screen_application
from talanoa.grants.actions.stating import state_works
from talanoa.grants.forms import AnotherForm, ConflictForm, PartForm, ScreenForm, WordsForm, WorksForm
from talanoa.grants.models import (
    Applicant,
    Application,
    Attachment,
    Award,
    Conflict,
    Exchange,
    Note,
    Reading,
    Review,
    Verdict,
    WorkList,
)
from talanoa.grants.queries import (
    answers,
    appeal_for,
    applications_of,
    budget,
    outcomes_for,
    readings_of,
    reviews_of,
    unmet,
)
from talanoa.grants.queries.awards import awards_of
from talanoa.grants.receipts import receipt_text
from talanoa.grants.skin import Step, how, me, readable, take
from talanoa.grants.views.awards import offer_steps
from talanoa.grants.views.deciding import verdict_steps
from talanoa.kernel.errors import RuleBroken
from talanoa.people.models import Person
from talanoa.people.queries import person_at
from talanoa.processes.models import OFFICE, Participant, Role
from talanoa.processes.permissions import ORGANIZERS
from talanoa.processes.queries import participant

State = Application.State


@login_required
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Show what somebody applies with, and what waits for them; take what they published with others."""
    person = me(request)
    steps, answer = take(
        request,
        [
            Step(
                "published",
                _("State what you published with others"),
                lambda said, at: state_works(by=person, text=said["text"], **how(at)),
                WorksForm,
                done=_("Thank you. None of them judges what you apply with, nor you what they do."),
            )
        ],
    )
    if answer is not None:
        return answer
    context = {
        "rows": applications_of(person),
        "readings": readings_of(person),
        "awards": awards_of(person),
        "lists": WorkList.objects.visible_to(person),
        "steps": steps,
    }
    return TemplateResponse(request, "grants/mine.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def application(request: HttpRequest, number: int) -> HttpResponse:
    """Show an application to who applies and to who judges it, with what each can do."""
    person = me(request)
    found = readable(number, person)
    by = participant(found.call.process, person)
    own = found.applicants.standing().filter(person=person).first()
    steps, answer = take(
        request,
        (
            *_own_steps(found, person, own),
            *_office_steps(found, by),
            *_panel_steps(found, person, by),
            *verdict_steps(found, person, by, own),
            *_erase_steps(found, by),
            *offer_steps(found, None if own else by),
        ),
    )
    if answer is not None:
        return answer
    people = Applicant.objects.visible_to(person).filter(application=found)
    context = {
        "application": found,
        "call": found.call,
        "own": own,
        "people": people.select_related("person"),
        "answers": answers(found),
        "budget": budget(found),
        "unmet": unmet(found),
        "files": Attachment.objects.visible_to(person).filter(application=found),
        "whole": set(
            Attachment.objects.whole_for(person).filter(application=found).values_list("pk", flat=True)
        ),
        "exchanges": Exchange.objects.visible_to(person).filter(application=found),
        "steps": steps,
        "reviews": reviews_of(found, person),
        "verdicts": Verdict.objects.visible_to(person).filter(application=found),
        "appeal": appeal_for(found, person),
        "outcome": outcomes_for(person, found.call, found.call.current_round).get(found.pk),
        "notes": Note.objects.visible_to(person).filter(application=found).select_related("author"),
        "readings": _seen_by(Reading.objects.visible_to(person), found, own),
        "awards": Award.objects.visible_to(person).filter(application=found),
        "conflicts": _seen_by(Conflict.objects.visible_to(person), found, own),
    }
    return TemplateResponse(request, "grants/application.html", context)


def _seen_by(rows: Any, found: Application, own: Applicant | None) -> Any:
    """Return what hangs on an application of those who judge it; nothing of it to somebody who applies."""
    return rows.none() if own is not None else rows.filter(application=found)


def _own_steps(found: Application, person: Person, own: Applicant | None) -> Iterator[Step]:
    """Yield what somebody who applies can do."""
    if own is None:
        return
    waiting = found.exchanges.filter(answered_at__isnull=True).order_by("number").last()
    if waiting is not None and found.state in (State.SUBMITTED, State.ELIGIBLE, State.RECOMMENDED):
        yield Step(
            "more",
            _("Answer the question"),
            lambda said, at: give_more(waiting, by=person, text=said["text"], **how(at)),
            WordsForm,
        )
    before = (State.SUBMITTED, State.ELIGIBLE, State.RECOMMENDED, State.RESERVE)
    if not own.is_lead and found.state in (*before, State.FUNDED):
        yield Step(
            "part",
            _("Send my answer"),
            lambda said, at: answer_naming(found, by=person, agrees=said["answer"] == "yes", **how(at)),
            PartForm,
        )
    if own.is_lead and found.state in before:
        yield Step(
            "withdraw",
            _("Withdraw the application"),
            lambda _said, at: withdraw_application(found, by=person, **how(at)),
            done=_("Withdrawn. Its number stays."),
            danger=True,
        )


def _office_steps(found: Application, by: Participant | None) -> Iterator[Step]:
    """Yield what convenor and secretariat can do."""
    if by is None or not by.has_role(*ORGANIZERS):
        return
    if not Application.objects.judged_by(by.person).filter(pk=found.pk).exists():
        return
    if found.state == State.SUBMITTED:
        yield Step(
            "screen",
            _("Say whether it is eligible"),
            lambda said, at: screen_application(found, by=by, **said, **how(at)),
            ScreenForm,
            more={"application": found},
        )
    if found.state in (State.SUBMITTED, State.ELIGIBLE, State.RECOMMENDED):
        yield Step(
            "ask",
            _("Ask for more information"),
            lambda said, at: ask_more(found, by=by, text=said["text"], **how(at)),
            WordsForm,
            done=_("Asked. They are written to."),
        )
    yield Step(
        "conflict",
        _("Note a conflict of interest"),
        lambda said, at: _note_conflict(found, said, by=by, **how(at)),
        ConflictForm,
        done=_("Noted. They are barred from all that follows."),
    )
    if found.state == State.ELIGIBLE and found.readings.exists():
        yield Step(
            "another",
            _("Ask another reviewer"),
            lambda said, at: _ask_another(found, said["reviewer"], by=by, **how(at)),
            AnotherForm,
            done=_("Asked."),
        )


def _erase_steps(found: Application, by: Participant | None) -> Iterator[Step]:
    """Yield what the convenor alone can do."""
    if by is None or not by.has_role(Role.CONVENOR) or found.ground:
        return
    if Application.objects.judged_by(by.person).filter(pk=found.pk).exists():
        yield Step(
            "erase",
            _("Erase its content"),
            lambda said, at: erase_application(found, by=by, ground=said["ground"], **how(at)),
            EraseForm,
            done=_("Erased. Number, marks and decisions stay, and the record says that it was done."),
            danger=True,
        )


def _note_conflict(found: Application, said: dict[str, Any], *, by: Participant, **act: Any) -> Conflict:
    person = person_at(said["address"])
    if person is None:
        raise RuleBroken(_("Nobody here has this address."), code="person_unknown")
    return record_conflict(found, person, by=by, reason=said["reason"], **act)


def _ask_another(found: Application, number: int, *, by: Participant, **act: Any) -> Reading:
    reviewer = found.call.reviewers.filter(number=number).first()
    if reviewer is None:
        raise RuleBroken(_("The call has no reviewer with this number."), code="number_unknown")
    return add_reviewer(found, reviewer, by=by, **act)


def _panel_steps(found: Application, person: Person, by: Participant | None) -> Iterator[Step]:
    """Yield what those with an office say to the others who judge."""
    is_office = by is not None and by.has_role(*OFFICE)
    if is_office and Review.objects.visible_to(person).filter(reading__application=found).exists():
        yield Step(
            "discuss",
            _("Say something to the others who judge it"),
            lambda said, at: discuss(found, by=person, text=said["text"], **how(at)),
            WordsForm,
        )


@login_required
@require_safe
def receipt(request: HttpRequest, number: int) -> HttpResponse:
    """Hand out the receipt as a plain text file, to those who apply."""
    person = me(request)
    found = readable(number, person)
    if not found.applicants.standing().filter(person=person).exists():
        raise Http404
    answer = HttpResponse(receipt_text(found), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="application-{number}-receipt.txt"'
    return answer


@login_required
@require_safe
def original(request: HttpRequest, number: int, file: int) -> HttpResponse:
    """Hand out a file as it came, to those who apply and to those who see to eligibility; always as a download."""
    rows = Attachment.objects.whole_for(me(request)).filter(application__number=number)
    found = get_object_or_404(rows, number=file)
    answer = HttpResponse(bytes(found.data), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, found.filename) or "attachment"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
