"""The page of an award, public once it is accepted, with what each side can do; files of reports, metadata."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from talanoa.grants.actions.awarding import (
    accept_award,
    complete_award,
    give_up_award,
    offer_award,
    withdraw_award,
)
from talanoa.grants.actions.producing import state_ethics, state_registration, tell_output
from talanoa.grants.actions.reporting import judge_report, note_payment, receive_report
from talanoa.grants.forms import ReasonForm
from talanoa.grants.forms.awards import (
    AgreementForm,
    EthicsForm,
    JudgmentForm,
    OutputForm,
    PaymentForm,
    RegistrationForm,
    ReportForm,
)
from talanoa.grants.models import Applicant, Application, Award, AwardReport, Milestone, Output
from talanoa.grants.queries.awards import metadata, milestone_of, overdue
from talanoa.grants.skin import Step, award_known, how, me, take
from talanoa.kernel import clock
from talanoa.people.middleware import asking
from talanoa.people.models import Person
from talanoa.processes.models import Participant
from talanoa.processes.permissions import ORGANIZERS
from talanoa.processes.queries import participant

State = Award.State


def offer_steps(found: Application, by: Participant | None) -> Iterator[Step]:
    """Yield the offer of an award, on the page of an application that is funded or on the reserve list."""
    if by is None or not by.has_role(*ORGANIZERS):
        return
    is_ready = found.state in (Application.State.FUNDED, Application.State.RESERVE)
    standing = found.awards.exclude(state=State.WITHDRAWN, accepted_at=None).exists()
    if is_ready and not standing and Application.objects.judged_by(by.person).filter(pk=found.pk).exists():
        yield Step(
            "offer",
            _("Offer the award"),
            lambda said, at: offer_award(found, by=by, agreed=AgreementForm.agreed(said), **how(at)),
            AgreementForm,
            done=_("Offered. The whole agreement goes to those who apply."),
            more={"application": found},
        )


@require_http_methods(["GET", "HEAD", "POST"])
def award(request: HttpRequest, number: int) -> HttpResponse:
    """Show an award to everybody who may know of it; all of it, and what they can do, to those concerned."""
    person = asking(request)
    is_public = Award.objects.public().filter(number=number).exists()
    if person is None and (request.method == "POST" or not is_public):
        return redirect_to_login(request.get_full_path())
    found = award_known(number, person)
    steps, answer = take(request, _steps(found, person) if person else ())
    if answer is not None:
        return answer
    now, call = clock.now(), found.application.call
    reports = AwardReport.objects.visible_to(person).filter(milestone__award=found)
    context = {
        "award": found,
        "application": found.application,
        "call": call,
        "lead": found.lead,
        "is_whole": Award.objects.whole_for(person).filter(pk=found.pk).exists(),
        "budget": _budget(found),
        "shares": [(call.facts.funders[place - 1].name, share) for place, share in found.by_funder.items()],
        "milestones": found.milestones.order_by("number"),
        "overdue": {row.pk for row in overdue(found, now)},
        "reports": reports.select_related("milestone").order_by("milestone__number", "number"),
        "outputs": _outputs(found, person),
        "steps": steps,
    }
    return TemplateResponse(request, "grants/award.html", context)


def _budget(found: Award) -> list[tuple[str, int]]:
    names = {one.id: one.text for one in found.application.call.facts.budget_lines}
    return [(names.get(key, _("The whole")), amount) for key, amount in found.budget.items()]


def _outputs(found: Award, person: Person | None) -> list[tuple[Output, bool]]:
    """Return the outputs, each with whether it is under embargo today."""
    today = clock.now().date()
    rows = Output.objects.visible_to(person).filter(award=found).order_by("number")
    return [(row, row.is_under_embargo(today)) for row in rows]


def _steps(found: Award, person: Person) -> Iterator[Step]:
    own = found.application.applicants.standing().filter(person=person).first()
    if own is not None:
        yield from _lead_steps(found, person, own)
        yield from _grantee_steps(found, person)
        return
    by = participant(found.application.call.process, person)
    may = Award.objects.whole_for(person).filter(pk=found.pk).exists()
    if by is not None and by.has_role(*ORGANIZERS) and may:
        yield from _office_steps(found, by)


def _lead_steps(found: Award, person: Person, own: Applicant) -> Iterator[Step]:
    """Yield what whoever leads the application can do."""
    if own.is_lead and found.state == State.OFFERED:
        yield Step(
            "accept",
            _("Accept the agreement"),
            lambda _said, at: accept_award(found, by=person, **how(at)),
            done=_("Accepted. The award is public now."),
        )
    if own.is_lead and found.state in (State.OFFERED, State.ACTIVE):
        yield Step(
            "give-up",
            _("Decline it") if found.state == State.OFFERED else _("Give the award up"),
            lambda said, at: give_up_award(found, by=person, reason=said["reason"], **how(at)),
            ReasonForm,
            done=_("The award is given up."),
            danger=True,
        )


def _grantee_steps(found: Award, person: Person) -> Iterator[Step]:
    """Yield what those who have an award can do with it."""
    more = {"award": found}
    if found.state == State.ACTIVE and any(row.is_open for row in found.milestones.all()):
        yield Step(
            "report",
            _("Send a report"),
            lambda said, at: receive_report(
                milestone_of(found, said["milestone"]),
                by=person,
                text=said["text"],
                file=ReportForm.read(said),
                **how(at),
            ),
            ReportForm,
            done=_("Received. You are told what is made of it."),
            more=more,
        )
    if found.state in (State.ACTIVE, State.COMPLETE):
        yield _telling(found, person, None)
        for output in found.outputs.order_by("number"):
            yield _telling(found, person, output)
        yield Step(
            "ethics",
            _("State the ethics approval"),
            lambda said, at: state_ethics(found, by=person, ethics=EthicsForm.told(said), **how(at)),
            EthicsForm,
        )
        yield Step(
            "registered",
            _("State where the plan is registered"),
            lambda said, at: state_registration(
                found, by=person, plan=RegistrationForm.told(said), **how(at)
            ),
            RegistrationForm,
        )


def _telling(found: Award, person: Person, output: Output | None) -> Step:
    """Return the step that tells of a new output, or corrects one."""
    number = output.number if output else 0
    return Step(
        f"output-{number}",
        _("Correct output %(number)s") % {"number": number} if number else _("Tell of an output"),
        lambda said, at: tell_output(found, by=person, told=OutputForm.told(said), number=number, **how(at)),
        OutputForm,
        done=_("Everybody can read it now."),
        more={"initial": OutputForm.filled(output)} if output else {},
    )


def _office_steps(found: Award, by: Participant) -> Iterator[Step]:
    """Yield what convenor and secretariat can do."""
    if found.state == State.ACTIVE:
        waiting = AwardReport.objects.filter(milestone__award=found, outcome=AwardReport.Outcome.WAITING)
        for report in waiting.select_related("milestone"):
            yield _judgment(report, by)
    if found.state != State.OFFERED and found.milestones.exclude(payment=Milestone.Payment.PAID).exists():
        yield Step(
            "payment",
            _("Note a payment"),
            lambda said, at: note_payment(
                milestone_of(found, said["milestone"]),
                by=by,
                state=said["state"],
                reference=said["reference"],
                **how(at),
            ),
            PaymentForm,
            done=_("Noted. Those who have the award are told."),
            more={"award": found},
        )
    if found.state == State.ACTIVE:
        yield Step(
            "complete", _("Complete the award"), lambda _said, at: complete_award(found, by=by, **how(at))
        )
    if found.state in (State.OFFERED, State.ACTIVE):
        yield Step(
            "withdraw",
            _("Withdraw the award"),
            lambda said, at: withdraw_award(found, by=by, reason=said["reason"], **how(at)),
            ReasonForm,
            done=_("Withdrawn. The next one on the reserve list can be offered an award."),
            danger=True,
        )


def _judgment(report: AwardReport, by: Participant) -> Step:
    def judge(said: dict[str, Any], at: Any) -> AwardReport:
        accepts = said["outcome"] == "accepted"
        return judge_report(report, by=by, accepts=accepts, reasons=said["reasons"], **how(at))

    return Step(
        f"judge-{report.milestone.number}",
        _("Judge the report of milestone %(number)s") % {"number": report.milestone.number},
        judge,
        JudgmentForm,
        done=_("Judged. Those who have the award are told."),
    )


@login_required
@require_safe
def file(request: HttpRequest, number: int, milestone: int, report: int) -> HttpResponse:
    """Hand out the file of a report as it came, to those who may read the report; always as a download."""
    rows = AwardReport.objects.visible_to(me(request)).exclude(filename="")
    place = {"milestone__award__number": number, "milestone__number": milestone, "number": report}
    found = get_object_or_404(rows, **place)
    answer = HttpResponse(bytes(found.data), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, found.filename) or "attachment"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@require_safe
def datacite(request: HttpRequest, number: int, output: int) -> HttpResponse:
    """Hand out the metadata of an output for whoever registers its DOI, as DataCite's JSON."""
    rows = Output.objects.visible_to(asking(request)).select_related("award__application__call")
    found = rows.filter(award__number=number, number=output).first()
    if found is None:
        raise Http404
    told = metadata(found, publisher=settings.ENV["TALANOA_NAME"], on=clock.now().date())
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="award-{number}-output-{output}.json"'
    return answer
