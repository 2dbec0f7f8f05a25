"""Who may in what concerns a meeting, beside those who hold a role in its process."""

from django.utils.translation import gettext as _

from talanoa.kernel.errors import NotAllowed
from talanoa.meetings.models import SpokenLine
from talanoa.processes.models import Actor, Participant, Role


def require_recorded(by: Actor, *lines: SpokenLine) -> str:
    """Return the role of who is recorded as the speaker of all of `lines`. Raises NotAllowed."""
    if isinstance(by, Participant) and all(line.speaker_id == by.pk for line in lines):
        return Role.PARTICIPANT
    raise NotAllowed(_("Only who is recorded as its speaker can confirm or correct a line."))
