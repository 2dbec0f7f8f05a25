"""Who may open and close a round, who votes, and who enters the ballot of somebody else.

Everybody who takes part may propose a statement, as they may send an input, and so may an observer. An observer has no
vote: neither who was given that role, nor who declined to state their interests.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from talanoa.contributions.models import UNSURE
from talanoa.kernel.errors import NotAllowed
from talanoa.processes.models import Actor, Participant, Process, Role, System
from talanoa.processes.permissions import ORGANIZERS, require_organizer, require_role, require_voice

CLOSERS = (*ORGANIZERS, Role.CHAIR)


def require_opener(by: Actor, process: Process) -> tuple[str, Participant]:
    """Return the role and the participant of convenor or secretariat who open a round. Raises NotAllowed."""
    role = require_organizer(by, process)
    assert isinstance(by, Participant)  # noqa: S101 - who holds a role is one
    return role, by


def require_closer(by: Actor, process: Process) -> str:
    """Return the role in which a round is closed: the clock's, or that of the desk. Raises NotAllowed."""
    return "system" if isinstance(by, System) else require_role(by, process, *CLOSERS)


def require_vote(
    by: Actor, voter: Participant, process: Process, *, assurance: str, at: datetime
) -> tuple[str, Participant | None]:
    """Return the role in which a ballot of `voter` is cast at `at` (aware, UTC), and who enters it where others do.

    Nobody votes whose address is not confirmed; convenor and secretariat enter what came on paper.
    Raises NotAllowed; RuleBroken: observer_has_no_voice.
    """
    require_voice(voter, process, at=at)
    if isinstance(by, Participant) and by.person_id == voter.person_id and by.process_id == process.pk:
        if assurance in UNSURE:
            raise NotAllowed(
                _("Please answer one of our letters, from the same address: that shows that it is you.")
            )
        return Role.PARTICIPANT, None
    role, entering = require_opener(by, process)
    return role, entering


def may_open(by: Participant | None) -> bool:
    """Tell whether `by` opens rounds in their process."""
    return by is not None and by.has_role(*ORGANIZERS)
