"""Who may act in a consensus call."""

from datetime import datetime

from django.utils.translation import gettext as _

from talanoa.consensus.models import Call
from talanoa.contributions.models import UNSURE
from talanoa.drafts.models import Draft
from talanoa.drafts.queries import authors_of
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.people.models import Standing
from talanoa.people.queries import disclosed
from talanoa.processes.models import Actor, Participant, Process, Role
from talanoa.processes.permissions import require_member, require_role

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
    """Return the role and the participant of somebody who may take a position at `at` (aware, UTC).

    An observer may not: neither who was given that role, nor who declined to state their interests. Nor may somebody
    whose address is not confirmed. Raises NotAllowed; RuleBroken: observer_has_no_voice.
    """
    require_member(by, process)
    assert isinstance(by, Participant)  # noqa: S101 - a member is one
    if assurance in UNSURE:
        raise NotAllowed(
            _("Please answer one of our letters, from the same address: that shows that it is you.")
        )
    if by.has_role(Role.OBSERVER) or disclosed(by.person, process.key).standing(at) == Standing.DECLINED:
        raise RuleBroken(
            _("An observer reads and may send input, and takes no position in a consensus call."),
            code="observer_has_no_voice",
        )
    return Role.PARTICIPANT, by


def took_part(by: Participant, call: Call) -> bool:
    """Tell whether somebody took a position in a call, or objected."""
    return call.positions.filter(participant=by).exists()
