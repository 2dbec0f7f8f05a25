"""Steps between an award and its end: report of a milestone, judge the report, note how far its payment is."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.conduct import checked_words
from talanoa.grants.events import AwardJudged, AwardPayment, AwardReported
from talanoa.grants.models import Application, Award, AwardReport, Milestone
from talanoa.grants.permissions import require_applicant, require_officer
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import fitting_line
from talanoa.lib.extraction import Extracted
from talanoa.people.models import Person
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import Participant
from talanoa.record.actions import append
from talanoa.record.events import Committed

Payment, Outcome = Milestone.Payment, AwardReport.Outcome
ROLE = "grantee"
REFERENCE_LIMIT = 200
STEPS = {
    Payment.PLANNED: (Payment.INSTRUCTED,),
    Payment.INSTRUCTED: (Payment.PAID, Payment.PLANNED),
    Payment.PAID: (),
}
"""From which state a payment goes to which; one that came back is planned again."""


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A file of a report as it came, and what was read in it: its text, and whom its properties name."""

    data: bytes
    filename: str
    found: Extracted


def _locked(milestone: Milestone) -> Milestone:
    """Return the milestone as it stands now; nobody else changes it, nor its award, until the act ends."""
    Application.objects.locked(milestone.award.application)
    Award.objects.locked(milestone.award)
    rows = Milestone.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("award__application__call__process").get(pk=milestone.pk)


@transaction.atomic
def receive_report(
    milestone: Milestone,
    *,
    by: Person,
    text: str,
    file: ReportFile | None = None,
    at: datetime,
    channel: str,
) -> AwardReport:
    """Take a report of a milestone of one's award, with a file; its properties are searched for names, and told.

    The same words again are the same report. Raises NotAllowed; RuleBroken: award_state, report_waits, reason_missing,
    text_too_long, line_too_long.
    """
    milestone = _locked(milestone)
    award = milestone.award
    require_applicant(by, award.application)
    award.check_state(Award.State.ACTIVE)
    said = checked_words(text)
    newest = milestone.reports.order_by("-number").first()
    if newest is not None and newest.outcome != Outcome.RETURNED:
        if newest.text == said:
            return newest
        raise RuleBroken(
            _("A report of this milestone was accepted, or waits to be read."), code="report_waits"
        )
    made = AwardReport(milestone=milestone, number=milestone.reports.count() + 1, text=said, received_at=at)
    if file is not None:
        made.filename = fitting_line(file.filename, 200) or "file"
        made.media_type, made.data, made.filetext = file.found.media_type, file.data, file.found.text
        made.telling = list(file.found.named)
    made.save()
    event = AwardReported(
        award=award.number,
        milestone=milestone.number,
        report=made.number,
        text_sha256=Committed(made, "text_sha256"),
        file_sha256=Committed(made, "file_sha256"),
    )
    append(event, at=at, channel=channel, role=ROLE, process=award.application.call.process.key)
    return made


@transaction.atomic
def judge_report(
    report: AwardReport, *, by: Participant, accepts: bool, reasons: str, at: datetime, channel: str
) -> AwardReport:
    """Accept a report, or send it back, for reasons that who has the award reads; once.

    Raises NotAllowed; RuleBroken: award_state, report_judged, reason_missing, text_too_long.
    """
    milestone = _locked(report.milestone)
    award = milestone.award
    role = require_officer(by, award.application)
    award.check_state(Award.State.ACTIVE)
    report = AwardReport.objects.select_for_update(no_key=True).get(pk=report.pk)
    if report.outcome != Outcome.WAITING:
        raise RuleBroken(_("This report was judged already."), code="report_judged")
    report.outcome = Outcome.ACCEPTED if accepts else Outcome.RETURNED
    report.reasons, report.judged_by, report.judged_at = checked_words(reasons), by, at
    report.save(update_fields=["outcome", "reasons", "judged_by", "judged_at"])
    event = AwardJudged(
        award=award.number,
        milestone=milestone.number,
        report=report.number,
        outcome=report.outcome,
        reasons_sha256=Committed(report, "reasons_sha256"),
    )
    put_on_record(award.application.call.process, event, by=by, role=role, at=at, channel=channel)
    return report


@transaction.atomic
def note_payment(
    milestone: Milestone, *, by: Participant, state: str, reference: str = "", at: datetime, channel: str
) -> Milestone:
    """Note how far the payment of a milestone is: instructed once its report is accepted, or in advance; then paid.

    The platform moves no money. `reference` is for who has the award and the office. Raises NotAllowed; RuleBroken:
    award_state, payment_order, payment_early, ethics_missing, line_too_long.
    """
    milestone = _locked(milestone)
    award = milestone.award
    role = require_officer(by, award.application)
    if state not in STEPS[Payment(milestone.payment)]:
        raise RuleBroken(
            _("The payment stands at: %(state)s. From there it cannot go to this state.")
            % {"state": milestone.get_payment_display()},
            code="payment_order",
        )
    if state == Payment.INSTRUCTED:
        _check_due(milestone)
    milestone.payment, milestone.reference = state, fitting_line(reference, REFERENCE_LIMIT)
    milestone.paid_at = at if state == Payment.PAID else None
    milestone.save(update_fields=["payment", "reference", "paid_at"])
    event = AwardPayment(
        award=award.number, milestone=milestone.number, state=milestone.payment, amount=milestone.amount
    )
    put_on_record(award.application.call.process, event, by=by, role=role, at=at, channel=channel)
    return milestone


def _check_due(milestone: Milestone) -> None:
    """Raise RuleBroken: award_state, payment_early, ethics_missing where nothing may be paid yet."""
    milestone.award.check_state(Award.State.ACTIVE, Award.State.COMPLETE)
    if milestone.in_advance:
        return
    milestone.award.check_ethics()
    if not milestone.is_done:
        raise RuleBroken(_("First the report of this milestone is accepted."), code="payment_early")
