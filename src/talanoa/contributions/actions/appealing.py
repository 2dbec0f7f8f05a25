"""Appeals: the author of what was held or rejected asks another person to look again, by default within 28 days.

It is decided, by default within 14 days, by the chair, or by a convenor where no chair may; never by who held or
rejected it.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.conduct import checked_words
from talanoa.contributions.events import AppealDecided, AppealRaised
from talanoa.contributions.models import Appeal, Contribution
from talanoa.contributions.moderation import standing_act
from talanoa.contributions.permissions import require_appeal_body, require_author
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import Actor, Default, Participant
from talanoa.record.events import Committed


@transaction.atomic
def raise_appeal(
    contribution: Contribution, *, by: Participant, text: str, at: datetime, channel: str
) -> Appeal:
    """Appeal, as its author, against the hold or rejection that keeps a contribution from the public.

    The same words again, such as a mail delivered twice, are the same appeal. Raises NotAllowed;
    RuleBroken: nothing_to_appeal, appeal_too_late, appealed_already, reason_missing, text_too_long.
    """
    contribution = Contribution.objects.locked(contribution)
    role = require_author(by, contribution)
    act = standing_act(contribution)
    if act is None or act.entry is None or act.until is not None:
        raise RuleBroken(
            _("Nothing of number %(number)s is held for a reason or rejected now.")
            % {"number": contribution.number},
            code="nothing_to_appeal",
        )
    said = checked_words(text)
    known = Appeal.objects.filter(entry=act.entry).first()
    if known and known.text == said:
        return known
    if known:
        raise RuleBroken(
            _("You appealed against this already. The first one counts."), code="appealed_already"
        )
    act.check_appealable(at)
    until = at + timedelta(days=contribution.process.defaults[Default.APPEAL_DECISION])
    made = Appeal.objects.create(
        contribution=contribution, entry=act.entry, person=by.person, text=said, raised_at=at, decide_by=until
    )
    event = AppealRaised(
        entry=act.entry.index, until=f"{until:%Y-%m-%dT%H:%MZ}", text=Committed(made, "text_sha256")
    )
    number = contribution.number
    put_on_record(contribution.process, event, by=by, role=role, at=at, channel=channel, number=number)
    return made


@transaction.atomic
def rule_on_appeal(
    appeal: Appeal, *, by: Actor, outcome: str, reasons: str, at: datetime, channel: str
) -> Appeal:
    """Decide an appeal with reasons: `upheld` lets the act stand, `overturned` shows the contribution again.

    Raises NotAllowed; RuleBroken: same_person, own_case, appeal_decided, outcome_unknown, reason_missing,
    text_too_long.
    """
    if appeal.contribution is None:
        raise NotAllowed(_("Nobody decides this appeal here."))
    contribution = Contribution.objects.locked(appeal.contribution)
    appeal = (
        Appeal.objects.select_for_update(of=("self",), no_key=True).select_related("entry").get(pk=appeal.pk)
    )
    appeal.contribution = contribution
    role = require_appeal_body(by, appeal)
    if appeal.decided_at is not None:
        raise RuleBroken(_("This appeal is decided."), code="appeal_decided")
    if outcome not in Appeal.Outcome.values:
        raise RuleBroken(
            _("Decide one of these: %(names)s.") % {"names": ", ".join(Appeal.Outcome.values)},
            code="outcome_unknown",
        )
    appeal.outcome, appeal.reasons = outcome, checked_words(reasons)
    appeal.decided_by, appeal.decided_at = (by if isinstance(by, Participant) else None), at
    appeal.save(update_fields=["outcome", "reasons", "decided_by", "decided_at"])
    if outcome == Appeal.Outcome.OVERTURNED:
        _show(contribution, at)
    event = AppealDecided(
        entry=appeal.entry.index, outcome=outcome, reasons=Committed(appeal, "reasons_sha256")
    )
    number = contribution.number
    put_on_record(contribution.process, event, by=by, role=role, at=at, channel=channel, number=number)
    return appeal


def _show(contribution: Contribution, at: datetime) -> None:
    """Show it again; what its author took back meanwhile, or what was erased, stays so."""
    contribution.flags.filter(closed_at__isnull=True).update(closed_at=at)
    if contribution.state in Contribution.KEPT_BACK:
        contribution.state, contribution.reason = Contribution.State.PUBLISHED, ""
        contribution.save(update_fields=["state", "reason"])
