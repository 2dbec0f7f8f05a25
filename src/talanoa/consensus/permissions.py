"""Who may act in a consensus call."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from talanoa.consensus.models import (
    Call,
    Challenge,
    Designation,
    Handling,
    PanelAppeal,
    PanelDraw,
    PanelMember,
)
from talanoa.contributions.models import UNSURE
from talanoa.drafts.models import Draft
from talanoa.drafts.queries import authors_of
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib.decision_rules import FINDINGS
from talanoa.people.models import Standing
from talanoa.people.queries import disclosed
from talanoa.processes import permissions as members
from talanoa.processes.models import Actor, Participant, Process, Role
from talanoa.processes.permissions import require_member, require_organizer, require_role

ENDERS = (Role.CHAIR, Role.CONVENOR)
"""Who ends the consensus calls of a process."""


def require_caller(by: Actor, draft: Draft, *, at: datetime) -> tuple[str, Participant]:
    """Return the role and the participant of a chair who may call, and find, consensus on a draft at `at` (aware, UTC).

    A chair who wrote a revision of it may not, nor one whose interests are not stated.
    Raises NotAllowed; RuleBroken: own_text, interest_statement_missing.
    """
    role = require_role(by, draft.process, Role.CHAIR)
    assert isinstance(by, Participant)  # noqa: S101 - who holds a role is one
    if by.person_id in authors_of(draft):
        raise RuleBroken(_("You wrote this text: another chair finds the consensus on it."), code="own_text")
    if disclosed(by.person, draft.process.key).standing(at) != Standing.CURRENT:
        raise RuleBroken(
            _("State your interests first: nobody finds consensus without saying what ties them."),
            code="interest_statement_missing",
        )
    return role, by


def require_voice(by: Actor, process: Process, *, assurance: str, at: datetime) -> tuple[str, Participant]:
    """Return the role and the participant of somebody who may take a position in a call at `at` (aware, UTC).

    Somebody whose address is not confirmed may not, nor may an observer.
    Raises NotAllowed; RuleBroken: observer_has_no_voice.
    """
    if assurance in UNSURE:
        raise NotAllowed(
            _("Please answer one of our letters, from the same address: that shows that it is you.")
        )
    return Role.PARTICIPANT, members.require_voice(by, process, at=at)


def took_part(by: Participant, call: Call) -> bool:
    """Tell whether somebody took a position in a call, or objected."""
    return call.positions.filter(participant=by).exists()


def require_standing(by: Actor, call: Call) -> tuple[str, Participant]:
    """Return the role and the participant of somebody who may challenge or appeal what was done in a call.

    It is who took part in it (GNSO Working Group Guidelines 3.6). Raises NotAllowed; RuleBroken: standing_missing.
    """
    require_member(by, call.process)
    assert isinstance(by, Participant)  # noqa: S101 - a member is one
    if not took_part(by, call):
        raise RuleBroken(
            _("Who took a position in call %(number)s, or objected, can do this.") % {"number": call.number},
            code="standing_missing",
        )
    return Role.PARTICIPANT, by


def require_designator(by: Actor, designation: Designation) -> tuple[str, Participant]:
    """Return the role and the participant of the chair who made a designation and answers for it.

    Where that person is no chair any more, another chair answers. Raises NotAllowed.
    """
    role = require_role(by, designation.call.process, Role.CHAIR)
    assert isinstance(by, Participant)  # noqa: S101 - who holds a role is one
    if by.pk != designation.by_id and designation.by.has_role(Role.CHAIR):
        raise NotAllowed(_("The chair who found this answers for it."))
    return role, by


def may_answer(by: Participant, challenge: Challenge) -> bool:
    """Tell whether `by` may answer a challenge that waits."""
    try:
        require_designator(by, challenge.designation)
    except NotAllowed:
        return False
    return challenge.answered_at is None and challenge.designation.annulled_at is None


def may_prepare(by: Participant, appeal: PanelAppeal) -> bool:
    """Tell whether `by` may prepare the hearing of an appeal."""
    try:
        require_clerk(by, appeal)
    except (NotAllowed, RuleBroken):
        return False
    return True


def require_clerk(by: Actor, appeal: PanelAppeal) -> tuple[str, Participant]:
    """Return the role and the participant of the secretariat, or the convenor, who prepare the hearing of an appeal.

    Nobody does who decided what it is against, or who appeals. Raises NotAllowed; RuleBroken: same_person, own_case.
    """
    role = require_organizer(by, appeal.process)
    assert isinstance(by, Participant)  # noqa: S101 - who holds a role is one
    if by.pk in deciders_in(appeal):
        raise RuleBroken(
            _("You decided what this appeal is against: somebody else prepares its hearing."),
            code="same_person",
        )
    if by.pk == appeal.by_id:
        raise RuleBroken(
            _("You appeal yourself: somebody else prepares the hearing."),
            code="own_case",
        )
    return role, by


def require_seat(by: Actor, draw: PanelDraw | None) -> PanelMember:
    """Return the seat of a member of the panel that was drawn. Raises NotAllowed."""
    seat = (
        draw.members.seated().filter(participant=by.pk).first()
        if draw and isinstance(by, Participant)
        else None
    )
    if seat is None:
        raise NotAllowed(_("This step belongs to the members of the panel."))
    return seat


def deciders_in(appeal: PanelAppeal) -> set[int]:
    """Return the keys of the participants who decided in the call of an appeal: none of them hears it.

    They are the chair who asked, who found on its recommendations, on objections to it, who answered its challenges,
    and who refused the hearing that is at stake.
    """
    call = appeal.call
    before = Q(objection__call__draft=call.draft_id, objection__call__number__lt=call.number)
    found = Handling.objects.filter(Q(objection__call=call) | before, state__in=FINDINGS)
    asked = {
        call.by_id,
        *call.designations.values_list("by", flat=True),
        *found.values_list("by", flat=True),
        *Challenge.objects.filter(designation__call=call).values_list("answered_by", flat=True),
        appeal.refused.refused_by_id if appeal.refused else None,
    }
    return {key for key in asked if key is not None}
