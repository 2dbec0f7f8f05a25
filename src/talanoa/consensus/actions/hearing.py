"""A panel hears an appeal: each member finds, with reasons for each argument; together they decide."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.consensus.actions.annulling import annul_designation, restore_objection
from talanoa.consensus.events import OpinionGiven
from talanoa.consensus.models import About, Designation, Opinion, PanelAppeal, PanelDraw
from talanoa.consensus.panels import decision_text, ruling_of
from talanoa.consensus.permissions import require_seat
from talanoa.consensus.queries import newest_draw
from talanoa.contributions.conduct import checked_words
from talanoa.contributions.events import AppealDecided
from talanoa.contributions.models import Appeal
from talanoa.kernel.errors import RuleBroken
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import SYSTEM, Actor, Role
from talanoa.record.events import Committed


@transaction.atomic
def give_opinion(
    appeal: PanelAppeal,
    *,
    by: Actor,
    outcome: str,
    reasons: Mapping[int, str],
    at: datetime,
    channel: str,
) -> PanelAppeal:
    """Find on an appeal, as a member of its panel: uphold the act or overturn it, with reasons for each argument.

    `reasons` maps the numbers of the arguments to words. It is said once. Whose it is, is told to nobody. The last
    seat to speak, or at the end of the time most of the seats, decide the appeal.
    Raises NotAllowed; RuleBroken: appeal_decided, wrong_state, opinion_given, outcome_unknown, argument_unanswered,
    text_too_long.
    """
    appeal = PanelAppeal.objects.locked(appeal)
    appeal.check_waiting()
    seat = require_seat(by, newest_draw(appeal))
    if Opinion.objects.filter(member=seat).exists():
        raise RuleBroken(_("You have given your opinion; it counts."), code="opinion_given")
    if outcome not in Appeal.Outcome.values:
        raise RuleBroken(
            _("Decide one of these: %(names)s.") % {"names": ", ".join(Appeal.Outcome.values)},
            code="outcome_unknown",
        )
    made = Opinion.objects.create(
        member=seat, outcome=outcome, reasons=_reasons(appeal, reasons), given_at=at
    )
    event = OpinionGiven(appeal=appeal.number, text=Committed(made, "text_sha256"))
    # By the panel and not by the member: neither role nor group may tell who spoke.
    put_on_record(appeal.process, event, by=SYSTEM, role=Role.PARTICIPANT, at=at, channel=channel)
    close_if_decided(appeal, at=at, channel=channel)
    return appeal


def _reasons(appeal: PanelAppeal, reasons: Mapping[int, str]) -> dict[str, str]:
    """Return the reasons for the arguments of an appeal, and for nothing else, as they are kept."""
    wanted = set(appeal.arguments.values_list("number", flat=True))
    given = {number for number, text in reasons.items() if text.strip()}
    lacking = sorted(wanted ^ given)
    if lacking:
        raise RuleBroken(
            _("Each argument of the appeal gets your reasons, and nothing else does. Look at: %(numbers)s.")
            % {"numbers": ", ".join(map(str, lacking))},
            code="argument_unanswered",
        )
    return {str(number): checked_words(reasons[number], Opinion.REASON_LIMIT) for number in sorted(wanted)}


@transaction.atomic
def close_appeals(*, at: datetime) -> int:
    """Decide the appeals on which, at the end of the panel's time, most of the seats agree; return how many."""
    over = PanelDraw.objects.filter(speak_by__lte=at).values("appeal")
    rows = PanelAppeal.objects.waiting().filter(pk__in=over).order_by("pk")
    return sum(close_appeal(appeal, at=at) for appeal in rows)


@transaction.atomic
def close_appeal(appeal: PanelAppeal, *, at: datetime) -> bool:
    """Decide one appeal if the time of its panel is over and most of the seats agree; tell whether it is decided."""
    appeal = PanelAppeal.objects.locked(appeal)
    if appeal.appeal.decided_at is not None:
        return False
    close_if_decided(appeal, at=at, channel="tick")
    return appeal.appeal.decided_at is not None


@transaction.atomic(savepoint=False)
def close_if_decided(appeal: PanelAppeal, *, at: datetime, channel: str) -> None:
    """Put the decision on the record once there is one, and let what was overturned hold no longer.

    Part of the step by which the panel decides. `at` is an aware UTC time.
    """
    draw = newest_draw(appeal)
    ruling = ruling_of(draw, at) if draw else None
    if draw is None or ruling is None:
        return
    made, first = appeal.appeal, draw.members.seated().first()
    made.outcome, made.reasons = ruling.outcome, decision_text(appeal, ruling)
    made.decided_at, made.decided_by = at, first.participant if first else None
    made.save(update_fields=["outcome", "reasons", "decided_at", "decided_by"])
    event = AppealDecided(
        entry=made.entry.index, outcome=ruling.outcome, reasons=Committed(made, "reasons_sha256")
    )
    put_on_record(appeal.process, event, by=SYSTEM, role="system", at=at, channel=channel)
    if ruling.outcome == Appeal.Outcome.OVERTURNED:
        _overturn(appeal, at=at, channel=channel)


def _overturn(appeal: PanelAppeal, *, at: datetime, channel: str) -> None:
    """Take back what the appeal was against (reference: process 1.4, executed)."""
    if appeal.about == About.FINDING and appeal.handling:
        restore_objection(appeal.handling, by=SYSTEM, role="system", at=at, channel=channel)
    elif appeal.about == About.REFUSAL and appeal.refused:
        reopened = appeal.refused
        reopened.admitted_at = at
        reopened.save(update_fields=["admitted_at"])
    else:
        for designation in _struck(appeal):
            annul_designation(designation, by=SYSTEM, role="system", at=at, channel=channel)


def _struck(appeal: PanelAppeal) -> list[Designation]:
    """Return the designations that fall with what an appeal overturned; a breach of procedure takes all of its call."""
    rows = Designation.objects.standing().select_related("call__process", "entry").order_by("recommendation")
    if appeal.about == About.DESIGNATION and appeal.designation:
        return list(rows.filter(pk=appeal.designation.pk))
    if appeal.about == About.CHALLENGE and appeal.challenge:
        return list(rows.filter(pk=appeal.challenge.designation_id))
    return list(rows.filter(call=appeal.call_id))
