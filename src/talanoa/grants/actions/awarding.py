"""Steps of an award: offer it, accept it, withdraw it or give it up with reasons, complete it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.conduct import checked_words
from talanoa.grants.events import AwardAccepted, AwardCompleted, AwardOffered, AwardWithdrawn
from talanoa.grants.models import Application, Award, Milestone, Office, ResearchCall
from talanoa.grants.permissions import require_lead_applicant, require_offerer, require_officer
from talanoa.grants.queries.awards import (
    check_fundable,
    check_no_appeal,
    decided_amount,
    has_withdrawn_award,
    promised_by_funder,
    reserve_list,
    unfinished,
    unfit_in_words,
)
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import clean_text, fitting_line
from talanoa.lib.agreements import MILESTONE_LIMIT, Agreement, faults
from talanoa.people.models import Person
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import Participant
from talanoa.record.actions import append
from talanoa.record.events import Committed

State = Award.State
ROLE, OFFICE = "grantee", "office"
CONDITIONS_LIMIT = 12_000


@transaction.atomic
def offer_award(
    application: Application, *, by: Participant, agreed: Agreement, at: datetime, channel: str
) -> Award:
    """Offer an award to those of a funded application; or, once one was withdrawn, to the next on the reserve list.

    Days, amounts and shares keep to the call, to what was decided, and to what its funders have left. Raises
    NotAllowed; RuleBroken: application_state, appeal_open, part_missing, agreement_unfit, call_money_spent,
    funder_spent, award_taken, no_award_withdrawn, reserve_order, line_too_long, text_too_long.
    """
    Office.objects.get_or_create(pk=1)
    office = Office.objects.select_for_update(no_key=True).get(pk=1)
    ResearchCall.objects.locked(application.call)
    application = Application.objects.locked(application)
    role = require_offerer(by, application)
    application.check_state(Application.State.FUNDED, Application.State.RESERVE)
    _check_offer(application, agreed)
    office.last_award += 1
    office.save(update_fields=["last_award"])
    made = _write(application, agreed, office.last_award, by=by, at=at)
    if application.state == Application.State.RESERVE:
        application.state = Application.State.FUNDED
        application.save(update_fields=["state"])
    event = AwardOffered(
        call=application.call.key,
        award=made.number,
        application=Committed(application, "number"),
        terms_sha256=Committed(made, "terms_sha256"),
    )
    made.entry = put_on_record(application.call.process, event, by=by, role=role, at=at, channel=channel)
    made.save(update_fields=["entry"])
    return made


def _check_offer(application: Application, agreed: Agreement) -> None:
    """Raise RuleBroken where an award cannot be offered with these terms."""
    check_no_appeal(application)
    _check_place(application)
    facts = application.call.facts
    wrong = faults(agreed, facts, decided_amount(application))
    if wrong:
        raise RuleBroken("\n".join(map(unfit_in_words, wrong)), code="agreement_unfit")
    check_fundable(application, agreed.total)
    used = promised_by_funder(application.call)
    short = [
        funder.name
        for place, funder in enumerate(facts.funders, start=1)
        if used[place] + agreed.shares.get(place, 0) > funder.amount
    ]
    if short:
        raise RuleBroken(
            _("Of these funders not so much is left: %(names)s.") % {"names": ", ".join(short)},
            code="funder_spent",
        )


def _check_place(application: Application) -> None:
    """Raise RuleBroken: award_taken; of the reserve list no_award_withdrawn and reserve_order."""
    if application.awards.filter(accepted_at__isnull=False).exists() or (
        application.awards.exclude(state=State.WITHDRAWN).exists()
    ):
        raise RuleBroken(
            _("This application has an award, or had one. An offer that nobody accepted is withdrawn first."),
            code="award_taken",
        )
    if application.state != Application.State.RESERVE:
        return
    if not has_withdrawn_award(application.call):
        raise RuleBroken(
            _("The reserve list has its turn once an award of the call was withdrawn."),
            code="no_award_withdrawn",
        )
    if reserve_list(application.call)[0].pk != application.pk:
        raise RuleBroken(
            _("Another application stands before this one on the reserve list."), code="reserve_order"
        )


def _write(
    application: Application, agreed: Agreement, number: int, *, by: Participant, at: datetime
) -> Award:
    """Keep an agreement with its milestones, in the order of their days."""
    assert agreed.starts is not None and agreed.ends is not None  # noqa: S101, PT018 - `faults` found nothing
    try:
        conditions = clean_text(agreed.conditions.strip(), CONDITIONS_LIMIT)
    except ValueError as long:
        raise RuleBroken(
            _("Please keep the conditions under %(limit)s characters.") % {"limit": CONDITIONS_LIMIT},
            code="text_too_long",
        ) from long
    made = Award.objects.create(
        number=number,
        application=application,
        starts_on=agreed.starts,
        ends_on=agreed.ends,
        budget=dict(agreed.budget),
        shares={str(place): amount for place, amount in agreed.shares.items()},
        conditions=conditions,
        offered_by=by,
        offered_at=at,
    )
    dues = sorted(agreed.milestones, key=lambda one: one.on)
    Milestone.objects.bulk_create(
        Milestone(
            award=made,
            number=place,
            title=fitting_line(one.title, MILESTONE_LIMIT),
            due_on=one.on,
            amount=one.amount,
            in_advance=one.in_advance,
        )
        for place, one in enumerate(dues, start=1)
    )
    return made


def _locked(award: Award) -> Award:
    """Return the award as it stands now; nobody else changes it, nor its application, until the act ends."""
    Application.objects.locked(award.application)
    return Award.objects.locked(award)


def _append(award: Award, event: AwardAccepted | AwardWithdrawn, *, at: datetime, channel: str) -> None:
    append(event, at=at, channel=channel, role=ROLE, process=award.application.call.process.key)


@transaction.atomic
def accept_award(award: Award, *, by: Person, at: datetime, channel: str) -> Award:
    """Accept the agreement of one's award, as whoever leads its application; it is public from then on.

    Twice changes nothing. Raises NotAllowed; RuleBroken: award_state, application_state, appeal_open.
    """
    award = _locked(award)
    require_lead_applicant(by, award.application)
    if award.state == State.ACTIVE:
        return award
    award.check_state(State.OFFERED)
    award.application.check_state(Application.State.FUNDED)
    check_no_appeal(award.application)
    award.state, award.accepted_at = State.ACTIVE, at
    award.save(update_fields=["state", "accepted_at"])
    event = AwardAccepted(award=award.number, application=award.application.number or 0, amount=award.total)
    _append(award, event, at=at, channel=channel)
    return award


@transaction.atomic
def withdraw_award(award: Award, *, by: Participant, reason: str, at: datetime, channel: str) -> Award:
    """Withdraw an award, or an offer, for a reason that who has it reads; what was instructed or paid stays.

    Raises NotAllowed; RuleBroken: award_state, reason_missing, text_too_long.
    """
    award = _locked(award)
    role = require_officer(by, award.application)
    event = _end(award, reason, side=OFFICE, at=at)
    put_on_record(award.application.call.process, event, by=by, role=role, at=at, channel=channel)
    return award


@transaction.atomic
def give_up_award(award: Award, *, by: Person, reason: str, at: datetime, channel: str) -> Award:
    """Give up one's award, or decline the offer, as whoever leads its application, for a reason that the office reads.

    Raises NotAllowed; RuleBroken: award_state, reason_missing, text_too_long.
    """
    award = _locked(award)
    require_lead_applicant(by, award.application)
    event = _end(award, reason, side=ROLE, at=at)
    _append(award, event, at=at, channel=channel)
    return award


def _end(award: Award, reason: str, *, side: str, at: datetime) -> AwardWithdrawn:
    award.check_state(State.OFFERED, State.ACTIVE)
    award.state, award.ended_at, award.is_given_up = State.WITHDRAWN, at, side == ROLE
    award.reason = checked_words(reason)
    award.save(update_fields=["state", "ended_at", "is_given_up", "reason"])
    return AwardWithdrawn(award=award.number, side=side, reason_sha256=Committed(award, "reason_sha256"))


@transaction.atomic
def complete_award(award: Award, *, by: Participant, at: datetime, channel: str) -> Award:
    """Say that all that an award was for is done: reports accepted, ethics stated, something of it public.

    Raises NotAllowed; RuleBroken: award_state, award_unfinished.
    """
    award = _locked(award)
    role = require_officer(by, award.application)
    award.check_state(State.ACTIVE)
    lacking = unfinished(award)
    if lacking:
        raise RuleBroken("\n".join([_("Before it is complete it lacks:"), *lacking]), code="award_unfinished")
    award.state, award.ended_at = State.COMPLETE, at
    award.save(update_fields=["state", "ended_at"])
    event = AwardCompleted(award=award.number)
    put_on_record(award.application.call.process, event, by=by, role=role, at=at, channel=channel)
    return award
