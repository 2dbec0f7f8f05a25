"""Who may on the expert roster: anyone for themselves, organizers of a process for it, who was asked for the answer."""

from django.utils.translation import gettext as _

from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process
from talanoa.processes.permissions import ORGANIZERS
from talanoa.processes.queries import participant
from talanoa.roster.models import Assignment


def organizer(person: Person | None, process: Process) -> Participant | None:
    """Return `person` as convenor or secretariat of `process`, where they may act as such now."""
    found = participant(process, person)
    return found if found and found.has_role(*ORGANIZERS) else None


def require_asked(by: Person, assignment: Assignment) -> str:
    """Return the role in which `by` answers: as the one who was asked. Raises NotAllowed."""
    if by.pk != assignment.expert.person_id:
        raise NotAllowed(_("This answer belongs to the person who was asked."))
    return "expert"
