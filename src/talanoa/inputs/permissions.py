"""Who may decide about what was said on a list: whoever wrote it."""

from django.utils.translation import gettext as _

from talanoa.inputs.models import ListReply
from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person
from talanoa.processes.models import Participant
from talanoa.processes.permissions import require_member


def require_writer(by: Participant, reply: ListReply) -> Person:
    """Return the person who wrote `reply`, refusing everybody else. Raises NotAllowed."""
    require_member(by, reply.process)
    if reply.person is None or by.person_id != reply.person_id:
        raise NotAllowed(_("Only who wrote it can say whether it becomes an input."))
    return reply.person
