"""Moderation in the open: flag, hold, release, reject; the first message of somebody new waits by the clock.

Each act has a reason from the code of conduct and stands on the record. Nothing is deleted: number, hash and
receipt stay, what is held or rejected still counts, and its author gets an answer.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.conduct import NEWCOMER, check_reason, checked_words
from talanoa.contributions.events import (
    ContributionFlagged,
    ContributionQuarantined,
    ContributionRejected,
    ContributionReleased,
    ContributionWithheld,
)
from talanoa.contributions.models import Appeal, Contribution, Flag, ModerationAct
from talanoa.contributions.moderation import quarantines_over
from talanoa.contributions.permissions import require_moderator
from talanoa.kernel.errors import RuleBroken
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import SYSTEM, Actor, Participant, Role
from talanoa.processes.permissions import require_member
from talanoa.record.events import Committed, Event

FLAGS_A_DAY = 10
State, Act = Contribution.State, ModerationAct.Act


@transaction.atomic
def flag_contribution(
    contribution: Contribution, *, by: Participant, reason: str, text: str, at: datetime, channel: str
) -> Flag:
    """Say that something shown breaks the code of conduct: a `reason` from its list, and why in words.

    Who says it stands nowhere in public, nor their group. Said again while the first flag is open, it is the same.
    Raises NotAllowed; RuleBroken: own_case, wrong_state, reason_unknown, reason_missing, text_too_long, flag_limit.
    """
    contribution = Contribution.objects.locked(contribution)
    require_member(by, contribution.process)
    if contribution.person_id == by.person_id:
        raise RuleBroken(_("This is yours: take it back if you do not stand by it."), code="own_case")
    # What was replaced is read beside the newer one and can only be erased.
    if not contribution.is_public or contribution.state != State.PUBLISHED:
        raise RuleBroken(
            _("Number %(number)s does not stand in public now, so there is nothing to flag.")
            % {"number": contribution.number},
            code="wrong_state",
        )
    check_reason(reason, kind=contribution.kind)
    said = checked_words(text)
    known = Flag.objects.filter(
        contribution=contribution, person=by.person_id, closed_at__isnull=True
    ).first()
    if known:
        return known
    _check_limit(by, at)
    made = Flag.objects.create(
        contribution=contribution, person=by.person, reason=reason, text=said, raised_at=at
    )
    event = ContributionFlagged(reason=reason, text=Committed(made, "text_sha256"))
    # Everybody flags as a participant of no group: a rare role or group would tell who it was.
    _on_record(contribution, event, by=SYSTEM, role=Role.PARTICIPANT, at=at, channel=channel)
    return made


def _check_limit(by: Participant, at: datetime) -> None:
    """Raise RuleBroken(flag_limit) where a person flagged as often as one may in a day and a process."""
    since = Flag.objects.filter(person=by.person_id, contribution__process=by.process_id)
    if since.filter(raised_at__gt=at - timedelta(days=1)).count() >= FLAGS_A_DAY:
        raise RuleBroken(
            _("You flagged %(n)s times within a day. The desk reads them first; please wait.")
            % {"n": FLAGS_A_DAY},
            code="flag_limit",
        )


def _on_record(
    contribution: Contribution, event: Event, *, by: Actor, role: str, at: datetime, channel: str
) -> None:
    put_on_record(
        contribution.process, event, by=by, role=role, at=at, channel=channel, number=contribution.number
    )


@transaction.atomic
def hold_contribution(
    contribution: Contribution, *, by: Actor, reason: str, at: datetime, channel: str
) -> Contribution:
    """Keep something from the public until it is released or rejected; `reason` stands in public.

    Raises NotAllowed; RuleBroken: own_case, wrong_state, reason_unknown.
    """
    contribution = Contribution.objects.locked(contribution)
    role = require_moderator(by, contribution)
    # What the clock holds for a few hours can be held for a reason before they are over.
    is_automatic = contribution.state == State.WITHHELD and contribution.reason == NEWCOMER
    contribution.check_state(State.PUBLISHED, State.UNCONFIRMED, *([State.WITHHELD] if is_automatic else []))
    check_reason(reason, kind=contribution.kind)
    made = _act(contribution, Act.HOLD, by=by, at=at, reason=reason)
    event = ContributionWithheld(reason=reason)
    return _stand(made, State.WITHHELD, event, by=by, role=role, channel=channel)


@transaction.atomic
def release_contribution(
    contribution: Contribution, *, by: Actor, at: datetime, channel: str
) -> Contribution:
    """Show what was held or rejected, or is unconfirmed, as its author allowed; let stand what was flagged.

    Raises NotAllowed; RuleBroken: own_case, wrong_state, appeal_open.
    """
    contribution = Contribution.objects.locked(contribution)
    role = require_moderator(by, contribution)
    is_flagged = contribution.flags.filter(closed_at__isnull=True).exists()
    shown = [State.PUBLISHED] if is_flagged else []
    contribution.check_state(State.UNCONFIRMED, *Contribution.KEPT_BACK, *shown)
    _check_no_appeal(contribution)
    made = _act(contribution, Act.RELEASE, by=by, at=at)
    return _stand(made, State.PUBLISHED, ContributionReleased(), by=by, role=role, channel=channel)


@transaction.atomic
def reject_contribution(
    contribution: Contribution, *, by: Actor, reason: str, text: str, at: datetime, channel: str
) -> Contribution:
    """Show something no more, for a `reason` that stands in public; `text` tells its author why.

    Number, hash and receipt stay, and it still needs an answer. Raises NotAllowed;
    RuleBroken: own_case, wrong_state, appeal_open, reason_unknown, reason_missing, text_too_long.
    """
    contribution = Contribution.objects.locked(contribution)
    role = require_moderator(by, contribution)
    contribution.check_state(State.PUBLISHED, State.UNCONFIRMED, State.WITHHELD)
    _check_no_appeal(contribution)
    check_reason(reason, kind=contribution.kind)
    made = _act(contribution, Act.REJECT, by=by, at=at, reason=reason, text=checked_words(text))
    event = ContributionRejected(reason=reason, text=Committed(made, "text_sha256"))
    return _stand(made, State.REJECTED, event, by=by, role=role, channel=channel)


def _check_no_appeal(contribution: Contribution) -> None:
    """Raise RuleBroken(appeal_open) while another person decides on it."""
    if Appeal.objects.filter(contribution=contribution, decided_at__isnull=True).exists():
        raise RuleBroken(
            _("Its author appealed. It stays as it is until somebody else has decided."), code="appeal_open"
        )


def _act(
    contribution: Contribution,
    act: str,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    text: str = "",
    until: datetime | None = None,
) -> ModerationAct:
    who = by if isinstance(by, Participant) else None
    return ModerationAct.objects.create(
        contribution=contribution, act=act, reason=reason, text=text, by=who, at=at, until=until
    )


def _stand(
    made: ModerationAct, state: str, event: Event, *, by: Actor, role: str, channel: str
) -> Contribution:
    """Set where the contribution stands, close the flags that are decided, append the entry."""
    contribution = made.contribution
    contribution.state, contribution.reason = state, made.reason
    contribution.save(update_fields=["state", "reason"])
    if made.act != Act.HOLD:
        contribution.flags.filter(closed_at__isnull=True).update(closed_at=made.at)
    made.entry = put_on_record(
        contribution.process,
        event,
        by=by,
        role=role,
        at=made.at,
        channel=channel,
        number=contribution.number,
    )
    made.save(update_fields=["entry"])
    return contribution


@transaction.atomic
def quarantine(contribution: Contribution, *, until: datetime, at: datetime, channel: str) -> Contribution:
    """Hold the first message of somebody new until `until` (`moderation.quarantine_until`). The clock's own act.

    To be called in the transaction that registers the message. Raises RuleBroken: wrong_state.
    """
    contribution = Contribution.objects.locked(contribution)
    contribution.check_state(State.PUBLISHED)
    made = _act(contribution, Act.HOLD, by=SYSTEM, at=at, reason=NEWCOMER, until=until)
    event = ContributionQuarantined(until=f"{until:%Y-%m-%dT%H:%MZ}")
    return _stand(made, State.WITHHELD, event, by=SYSTEM, role="system", channel=channel)


@transaction.atomic
def end_quarantine(contribution: Contribution, *, at: datetime) -> bool:
    """Show what the clock held, once its time is over; tell whether it was shown. The clock's own act."""
    contribution = Contribution.objects.locked(contribution)
    if not quarantines_over(at).filter(pk=contribution.pk).exists():
        return False
    made = _act(contribution, Act.RELEASE, by=SYSTEM, at=at)
    _stand(made, State.PUBLISHED, ContributionReleased(), by=SYSTEM, role="system", channel="tick")
    return True


def end_quarantines(*, at: datetime) -> int:
    """Show everything that the clock held and whose time is over at `at`; return how many."""
    return sum(end_quarantine(row, at=at) for row in quarantines_over(at))
