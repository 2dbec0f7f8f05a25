"""Who may act on a contribution."""

from django.utils.translation import gettext as _

from talanoa.contributions.models import UNSURE, Contribution
from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person
from talanoa.processes.models import Actor, Participant, Process, Role
from talanoa.processes.permissions import require_member, require_office


def require_author(by: Actor, contribution: Contribution) -> str:
    """Return the role of the author. Raises NotAllowed."""
    if (
        isinstance(by, Participant)
        and by.person_id == contribution.person_id
        and by.process_id == contribution.process_id
    ):
        return Role.PARTICIPANT
    raise NotAllowed(_("Only the author of number %(number)s can do this.") % {"number": contribution.number})


def require_speaker(
    by: Participant, process: Process, *, person: Person, assurance: str
) -> tuple[str, Participant | None]:
    """Return the role in which `by` speaks, and `by` again where it enters the words of `person` for them.

    Raises NotAllowed.
    """
    if by.person_id != person.pk:
        return require_office(by, process), by
    require_member(by, process)
    if assurance in UNSURE:
        return Role.PARTICIPANT, None  # who only says that they are the convenor acts as nobody's convenor
    held = {grant.role for grant in by.roles.all()}
    roles = (Role.CONVENOR, Role.SECRETARIAT, Role.CHAIR, Role.SPONSOR, Role.OBSERVER)
    return next((role for role in roles if role in held), Role.PARTICIPANT), None
