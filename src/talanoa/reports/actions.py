"""Steps of the report: write, seal, let the review period run, decide, follow up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.documents.actions import revise
from talanoa.documents.models import Document, Revision
from talanoa.documents.queries import recommendations
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import clean_text
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.actions.stages import begin_stage
from talanoa.processes.models import SYSTEM, Actor, Process, Role, Stage
from talanoa.processes.permissions import require_convenor, require_office, require_role
from talanoa.record.events import Committed
from talanoa.reports.events import DecisionTaken, FollowUpNoted, ReportFinal, ReportSealed
from talanoa.reports.models import FollowUp, RecommendationAnswer, Report
from talanoa.reports.queries import check_decidable, check_sealable, pending

LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class Ruling:
    """The answer to one recommendation, and why."""

    answer: str
    reason: str


@transaction.atomic
def write_report(process: Process, *, by: Actor, title: str, text: str, at: datetime) -> Revision:
    """Save a revision of the report in Markdown. A working act: it is public once sealed.

    Raises NotAllowed; RuleBroken: report_sealed, text_empty, text_too_long, recommendation_numbers.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    require_office(by, process)
    process.check_state(Process.State.OPEN, Process.State.REPORT_DRAFT)
    report = Report.objects.filter(process=process).select_related("document").first()
    if report is None:
        document = Document.objects.create(kind=Document.Kind.REPORT, title=title[:200] or process.title)
        report = Report.objects.create(process=process, document=document)
    report.check_unsealed()
    return revise(report.document, text=text, at=at)


@transaction.atomic
def seal_report(process: Process, *, by: Actor, at: datetime, channel: str) -> Report:
    """Seal the newest revision and begin the review period; from now on only the clock ends it.

    Raises NotAllowed; RuleBroken: wrong_state, report_missing, report_sealed, input_unanswered, citation_unknown,
    option_unweighed, recommendation_missing, outcome_contested, minority_window_open, recommendation_not_designated.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    role = require_convenor(by, process)
    report = Report.objects.select_for_update(of=("self",), no_key=True).filter(process=process).first()
    report, revision, ready = check_sealable(process, report, at)
    report.sealed_revision, report.sealed_at = revision, at
    report.review_ends_at = at + timedelta(days=process.review_days)
    report.save()
    process.state = Process.State.REVIEW_PERIOD
    process.save(update_fields=["state"])
    event = ReportSealed(
        text=Committed(revision, "sha256"),
        sha256=revision.sha256,
        inputs=ready.coverage.received,
        responses=ready.coverage.answered,
        review_until=f"{report.review_ends_at:%Y-%m-%dT%H:%MZ}",
    )
    put_on_record(process, event, by=by, role=role, at=at, channel=channel)
    begin_stage(process, Stage.Kind.REVIEW, until=report.review_ends_at, at=at)
    return report


@transaction.atomic
def end_review(report: Report, *, at: datetime) -> bool:
    """Make the report final when its review period is over, every comment has an answer and every dispute a reply.

    The clock's own act.

    Tells whether it became final. `at` is an aware UTC time.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=report.process_id)
    report = Report.objects.select_for_update(of=("self",), no_key=True).get(pk=report.pk)
    if report.review_ends_at is None or at < report.review_ends_at or report.final_at is not None:
        return False
    waits = pending(report)
    if waits.unanswered or waits.disputed:
        return False
    report.final_at = at
    report.save(update_fields=["final_at"])
    process.state = Process.State.FINAL
    process.save(update_fields=["state"])
    event = ReportFinal(sha256=report.sealed_sha256)
    put_on_record(process, event, by=SYSTEM, role="system", at=at, channel="tick")
    begin_stage(process, Stage.Kind.DECISION, until=None, at=at)
    return True


def end_reviews(*, at: datetime) -> int:
    """End every review period that is over at `at` (aware, UTC); return how many reports became final."""
    due = Report.objects.filter(review_ends_at__lte=at, final_at__isnull=True, process__is_practice=False)
    return sum(end_review(report, at=at) for report in due)


@transaction.atomic
def decide(
    process: Process, *, by: Actor, rulings: Mapping[int, Ruling], at: datetime, channel: str
) -> Report:
    """Answer every recommendation of the final report: the sponsor's act, or the convenor's on its behalf.

    `rulings` maps recommendation numbers to answers. `at` is an aware UTC time.
    Raises NotAllowed; RuleBroken: report_not_sealed, review_period_running, report_not_final,
    dispute_unanswered, outcome_contested, decided_already, decision_incomplete, answer_unknown, reason_missing,
    text_too_long.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    role = require_role(by, process, Role.SPONSOR, Role.CONVENOR)
    report = Report.objects.select_for_update(of=("self",), no_key=True).filter(process=process).first()
    if report is None:
        raise RuleBroken(_("There is no sealed report to decide on."), code="report_not_sealed")
    report.process = process
    check_decidable(report, at)
    _check_rulings(report, rulings)
    reasons = {number: _clean(ruling.reason) for number, ruling in rulings.items()}
    report.decided_at = at
    report.save(update_fields=["decided_at"])
    RecommendationAnswer.objects.bulk_create(
        RecommendationAnswer(report=report, number=n, answer=r.answer, reason=reasons[n], decided_at=at)
        for n, r in sorted(rulings.items())
    )
    process.state = Process.State.DECIDED
    process.save(update_fields=["state"])
    event = DecisionTaken(
        answers=",".join(f"{n}:{r.answer}" for n, r in sorted(rulings.items())) or "-",
        reasons=Committed(report, "reasons_sha256"),
    )
    put_on_record(process, event, by=by, role=role, at=at, channel=channel)
    return report


def _check_rulings(report: Report, rulings: Mapping[int, Ruling]) -> None:
    assert report.sealed_revision is not None  # noqa: S101 - check_decidable has passed
    asked = {row.number for row in recommendations(report.sealed_revision)}
    if asked != set(rulings):
        lacking = ", ".join(str(n) for n in sorted(asked - set(rulings))) or "-"
        unknown = ", ".join(str(n) for n in sorted(set(rulings) - asked)) or "-"
        raise RuleBroken(
            _(
                "Each recommendation needs an answer. Without one: %(lacking)s; not in the report: %(unknown)s."
            )
            % {"lacking": lacking, "unknown": unknown},
            code="decision_incomplete",
        )
    for number, ruling in rulings.items():
        if ruling.answer not in RecommendationAnswer.Answer.values:
            raise RuleBroken(
                _("Recommendation %(number)s: give one of these answers: %(names)s.")
                % {"number": number, "names": ", ".join(RecommendationAnswer.Answer.values)},
                code="answer_unknown",
            )
        if not ruling.reason.strip():
            raise RuleBroken(
                _("Recommendation %(number)s: the answer needs its reason.") % {"number": number},
                code="reason_missing",
            )


@transaction.atomic
def note_follow_up(process: Process, *, by: Actor, text: str, at: datetime, channel: str) -> FollowUp:
    """Note in public what became of the decision.

    Raises NotAllowed; RuleBroken: wrong_state, text_empty, text_too_long.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    role = require_role(by, process, Role.CONVENOR, Role.SECRETARIAT, Role.SPONSOR)
    process.check_state(Process.State.DECIDED, Process.State.FOLLOW_UP)
    said = _clean(text)
    if not said:
        raise RuleBroken(_("Write what was done."), code="text_empty")
    note = FollowUp.objects.create(report=process.report, noted_at=at, text=said)
    if process.state == Process.State.DECIDED:
        process.state = Process.State.FOLLOW_UP
        process.save(update_fields=["state"])
    event = FollowUpNoted(text=Committed(note, "text_sha256"))
    put_on_record(process, event, by=by, role=role, at=at, channel=channel)
    return note


def _clean(text: str) -> str:
    try:
        return clean_text(text, LIMIT).strip()
    except ValueError as long:
        raise RuleBroken(
            _("Please stay under %(limit)s characters.") % {"limit": LIMIT}, code="text_too_long"
        ) from long
