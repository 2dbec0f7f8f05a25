"""Steps with an application after its reviews: recommend, hold, decide, appeal on procedure, hear the appeal."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from talanoa.contributions.conduct import checked_words
from talanoa.contributions.events import AppealDecided, AppealRaised
from talanoa.contributions.models import Appeal
from talanoa.grants.events import ApplicationDecided, ApplicationRecommended
from talanoa.grants.models import Application, Reading, ResearchCall, Verdict, found_conflicts
from talanoa.grants.permissions import require_applicant, require_board, require_hearer, require_recommender
from talanoa.grants.queries import appealed_verdict
from talanoa.grants.queries.awards import check_fundable
from talanoa.kernel.errors import RuleBroken
from talanoa.people.models import Person
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import Default, Participant
from talanoa.record.actions import append
from talanoa.record.events import Committed

State, Step, Outcome = Application.State, Verdict.Step, Verdict.Outcome


@dataclass(frozen=True, slots=True)
class Ruled:
    """What is to become of an application: outcome, amount in whole units (0 for declined), reasons."""

    outcome: str
    reasons: str
    amount: int = 0


def _until(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%MZ}"


def _give(
    application: Application, step: str, ruled: Ruled, *, by: Participant, until: datetime, at: datetime
) -> Verdict:
    """Keep a verdict. Raises RuleBroken: outcome_unknown, amount_unfit, reason_missing, text_too_long."""
    if ruled.outcome not in Outcome.values:
        raise RuleBroken(
            _("Say one of these: %(outcomes)s.") % {"outcomes": ", ".join(Outcome.values)},
            code="outcome_unknown",
        )
    most = application.call.facts.most
    fits = ruled.amount == 0 if ruled.outcome == Outcome.DECLINED else 0 < ruled.amount <= most
    if not fits:
        raise RuleBroken(
            _("An award is at most %(most)s; what is declined gets nothing.") % {"most": most},
            code="amount_unfit",
        )
    return Verdict.objects.create(
        application=application,
        step=step,
        number=application.verdicts.filter(step=step).count() + 1,
        outcome=ruled.outcome,
        amount=ruled.amount,
        reasons=checked_words(ruled.reasons),
        by=by,
        given_at=at,
        until=until,
    )


@transaction.atomic
def recommend(
    application: Application, *, by: Participant, ruled: Ruled, at: datetime, channel: str
) -> Verdict:
    """Recommend what is to become of an application, once its reviews are in; it is held for the days of the call.

    Raises NotAllowed; RuleBroken: application_state, reviews_missing, judge_barred, outcome_unknown, amount_unfit,
    reason_missing, text_too_long.
    """
    application = Application.objects.locked(application)
    role = require_recommender(by, application)
    application.check_state(State.ELIGIBLE, State.RECOMMENDED)
    _check_reviewed(application)
    _check_unbarred(application, [row.reviewer.person_id for row in _readings(application)])
    until = at + timedelta(days=application.call.facts.hold_days)
    made = _give(application, Step.RECOMMENDATION, ruled, by=by, until=until, at=at)
    application.state = State.RECOMMENDED
    application.save(update_fields=["state"])
    event = ApplicationRecommended(
        application=application.number or 0,
        number=made.number,
        until=_until(until),
        outcome=Committed(made, "told"),
        reasons_sha256=Committed(made, "reasons_sha256"),
    )
    put_on_record(application.call.process, event, by=by, role=role, at=at, channel=channel)
    return made


def _readings(application: Application) -> QuerySet[Reading]:
    return Reading.objects.standing().filter(application=application).select_related("reviewer")


def _check_reviewed(application: Application) -> None:
    """Raise RuleBroken(reviews_missing) unless all reviews are in, and as many as the round of the call says."""
    call, rows = application.call, _readings(application)
    now = rows.filter(round=call.current_round).count()
    if now < call.round.reviews or rows.exclude(state=Reading.State.REVIEWED).exists():
        raise RuleBroken(
            _("First every review of it has to be in; where somebody stepped back, ask another reviewer."),
            code="reviews_missing",
        )


def _check_unbarred(application: Application, persons: list[int]) -> None:
    """Raise RuleBroken(judge_barred) where somebody who took part has a conflict that is not on the record yet."""
    if found_conflicts(persons, [application]):
        raise RuleBroken(
            _(
                "Somebody who reviewed or recommended this has a conflict of interest that came up since. First it has"
                " to be noted on the page of the application; then others judge."
            ),
            code="judge_barred",
        )


@transaction.atomic
def decide_application(
    application: Application, *, by: Participant, ruled: Ruled, at: datetime, channel: str
) -> Verdict:
    """Decide what becomes of an application, after the hold, by somebody else than who recommended it.

    All that is funded stays within what the call has; what its lead was named with must have agreed. Raises NotAllowed;
    RuleBroken: application_state, award_held, judge_barred, call_money_spent, part_missing, those of a recommendation.
    """
    ResearchCall.objects.locked(application.call)
    application = Application.objects.locked(application)
    role = require_board(by, application)
    application.check_state(State.RECOMMENDED, State.RESERVE)
    held = application.verdicts.filter(step=Step.RECOMMENDATION).last()
    if held is not None:
        held.check_held(at)
        _check_unbarred(
            application, [held.by.person_id, *(row.reviewer.person_id for row in _readings(application))]
        )
    until = at + timedelta(days=application.call.process.defaults[Default.APPEAL])
    made = _give(application, Step.DECISION, ruled, by=by, until=until, at=at)
    if made.outcome == Outcome.FUNDED:
        check_fundable(application, made.amount)
    application.state = made.outcome
    application.save(update_fields=["state"])
    event = ApplicationDecided(
        application=application.number or 0,
        number=made.number,
        until=_until(until),
        outcome=Committed(made, "told"),
        reasons_sha256=Committed(made, "reasons_sha256"),
    )
    made.entry = put_on_record(application.call.process, event, by=by, role=role, at=at, channel=channel)
    made.save(update_fields=["entry"])
    return made


@transaction.atomic
def appeal_decision(application: Application, *, by: Person, text: str, at: datetime, channel: str) -> Appeal:
    """Appeal against the newest decision on one's application, because of how it came about; within the days for it.

    The same words again are the same appeal; who accepted the agreement of an award accepted the decision. Raises
    NotAllowed; RuleBroken: nothing_to_appeal, appeal_too_late, appealed_already, agreement_accepted, reason_missing,
    text_too_long.
    """
    application = Application.objects.locked(application)
    require_applicant(by, application)
    decided = application.verdicts.filter(step=Step.DECISION).last()
    if decided is None or decided.entry is None:
        raise RuleBroken(_("This application is not decided."), code="nothing_to_appeal")
    said = checked_words(text)
    known = Appeal.objects.filter(entry=decided.entry).first()
    if known is not None and known.text == said:
        return known
    if known is not None:
        raise RuleBroken(
            _("This decision was appealed already. The first one counts."), code="appealed_already"
        )
    if application.awards.filter(accepted_at__isnull=False).exists():
        raise RuleBroken(
            _("The agreement of the award was accepted, and the decision with it."), code="agreement_accepted"
        )
    if at >= decided.until:
        raise RuleBroken(_("The time for an appeal is over."), code="appeal_too_late")
    process = application.call.process
    until = at + timedelta(days=process.defaults[Default.APPEAL_DECISION])
    made = Appeal.objects.create(entry=decided.entry, person=by, text=said, raised_at=at, decide_by=until)
    event = AppealRaised(entry=decided.entry.index, until=_until(until), text=Committed(made, "text_sha256"))
    append(event, at=at, channel=channel, role="applicant", process=process.key)
    return made


@transaction.atomic
def hear_appeal(
    appeal: Appeal, *, by: Participant, outcome: str, reasons: str, at: datetime, channel: str
) -> Appeal:
    """Decide an appeal on procedure: `upheld` lets the decision stand, `overturned` sends it back to the panel.

    By nobody who reviewed, recommended or decided. Raises NotAllowed; RuleBroken: appeal_decided, outcome_unknown,
    reason_missing, text_too_long.
    """
    verdict = appealed_verdict(appeal)
    application = Application.objects.locked(verdict.application)
    appeal = (
        Appeal.objects.select_for_update(of=("self",), no_key=True).select_related("entry").get(pk=appeal.pk)
    )
    role = require_hearer(by, appeal, application)
    if appeal.decided_at is not None:
        raise RuleBroken(_("This appeal is decided."), code="appeal_decided")
    if outcome not in Appeal.Outcome.values:
        raise RuleBroken(
            _("Say one of these: %(outcomes)s.") % {"outcomes": ", ".join(Appeal.Outcome.values)},
            code="outcome_unknown",
        )
    appeal.outcome, appeal.reasons = outcome, checked_words(reasons)
    appeal.decided_by, appeal.decided_at = by, at
    appeal.save(update_fields=["outcome", "reasons", "decided_by", "decided_at"])
    if outcome == Appeal.Outcome.OVERTURNED:
        application.state = State.ELIGIBLE
        application.save(update_fields=["state"])
    event = AppealDecided(
        entry=appeal.entry.index, outcome=outcome, reasons=Committed(appeal, "reasons_sha256")
    )
    put_on_record(application.call.process, event, by=by, role=role, at=at, channel=channel)
    return appeal
