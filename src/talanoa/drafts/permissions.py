"""Who may write drafts and answer what is said about them, and who says what a draft needs."""

from datetime import datetime

from django.utils.translation import gettext as _

from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.people.models import Standing
from talanoa.people.queries import disclosed
from talanoa.processes.models import Actor, Participant, Process, Role
from talanoa.processes.permissions import require_member, require_role

WRITERS = (Role.EDITOR, Role.CONVENOR, Role.SECRETARIAT, Role.CHAIR)


def require_editor(by: Actor, process: Process) -> tuple[str, Participant]:
    """Return the role in which `by` writes drafts, and `by` as the participant who does. Raises NotAllowed."""
    role = require_role(by, process, *WRITERS)
    if not isinstance(by, Participant):
        raise NotAllowed(_("A draft is written by a person."))
    return role, by


def may_write(by: Participant | None) -> bool:
    """Tell whether `by` writes drafts of their process."""
    return by is not None and by.has_role(*WRITERS)


def require_voice(by: Actor, process: Process, *, at: datetime) -> Participant:
    """Return the participant who may take a position at `at` (aware, UTC).

    An observer may not: neither who was given that role, nor who declined to state their interests.
    Raises NotAllowed; RuleBroken: observer_has_no_voice.
    """
    require_member(by, process)
    assert isinstance(by, Participant)  # noqa: S101 - a member is one
    if by.has_role(Role.OBSERVER) or disclosed(by.person, process.key).standing(at) == Standing.DECLINED:
        raise RuleBroken(
            _("An observer reads and may send input, and takes no position."), code="observer_has_no_voice"
        )
    return by
