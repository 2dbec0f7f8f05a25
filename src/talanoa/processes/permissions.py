"""Who may act in a process. Deny by default; administrators have no way around it."""

from datetime import datetime

from django.utils.translation import gettext as _

from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.people.models import Person, Standing
from talanoa.people.queries import disclosed
from talanoa.processes.models import OFFICE, Actor, Invitation, Participant, Process, Role

ORGANIZERS = (Role.CONVENOR, Role.SECRETARIAT)


def require_role(by: Actor, process: Process, *roles: Role) -> str:
    """Return the first of `roles` that `by` holds in `process`. Raises NotAllowed."""
    held = [role for role in roles if by.has_role(role)]
    if held and isinstance(by, Participant) and by.process_id == process.pk:
        return held[0]
    names = ", ".join(str(role.label) for role in roles)
    raise NotAllowed(_("This step belongs to: %(roles)s.") % {"roles": names})


def require_member(by: Actor, process: Process) -> None:
    """Refuse whoever is no participant of `process`, with a role or without. Raises NotAllowed."""
    if not (isinstance(by, Participant) and by.process_id == process.pk):
        raise NotAllowed(_("This step belongs to those who take part in this process."))


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


def require_convenor(by: Actor, process: Process) -> str:
    """Return the role of the convenor. Raises NotAllowed."""
    return require_role(by, process, Role.CONVENOR)


def require_organizer(by: Actor, process: Process) -> str:
    """Return the role in which the convenor or the secretariat makes a process known. Raises NotAllowed."""
    return require_role(by, process, *ORGANIZERS)


def require_office(by: Actor, process: Process) -> str:
    """Return the role in which a member of the secretariat, the convenor or the chair acts. Raises NotAllowed."""
    return require_role(by, process, *OFFICE)


def require_approver(by: Actor, process: Process) -> str:
    """Return the role that approves answers: the chair, or the convenor where no chair is named. Raises NotAllowed."""
    return require_role(by, process, Role.CHAIR if has_chair(process) else Role.CONVENOR)


def require_invited(by: Person, invitation: Invitation) -> None:
    """Refuse whoever answers an invitation of somebody else. Raises NotAllowed."""
    if by.pk != invitation.person_id:
        raise NotAllowed(_("This invitation was sent to somebody else."))


def require_may_convene(person: Person) -> None:
    """Refuse a person who may not open processes here. Raises NotAllowed."""
    if not person.may_convene:
        raise NotAllowed(_("Only people whom the operator appointed may open a process here."))


def check_plays(person: Person) -> None:
    """Refuse in a practice room whoever is known outside of it. Raises RuleBroken: space_crossed.

    What is done there is done by the room's own people, whom somebody plays; nothing is tied to who plays.
    """
    if person.user_id is not None or person.address:
        raise RuleBroken(
            _("A practice room has people of its own: take a seat in it instead of a role in its process."),
            code="space_crossed",
        )


def may_work_on(process: Process, person: Person | None) -> bool:
    """Tell whether `person` is convenor, secretariat or chair of `process`."""
    if person is None:
        return False
    return Participant.objects.in_office(person).filter(process=process).exists()


def has_chair(process: Process) -> bool:
    """Tell whether the process has a chair."""
    return Participant.objects.filter(process=process, roles__role=Role.CHAIR).exists()
