"""Who may act on a contribution."""

from django.utils.translation import gettext as _

from talanoa.contributions.models import Contribution
from talanoa.kernel.errors import NotAllowed
from talanoa.processes.models import Actor, Participant, Role


def require_author(by: Actor, contribution: Contribution) -> str:
    """Return the role of the author. Raises NotAllowed."""
    if (
        isinstance(by, Participant)
        and by.person_id == contribution.person_id
        and by.process_id == contribution.process_id
    ):
        return Role.PARTICIPANT
    raise NotAllowed(_("Only the author of number %(number)s can do this.") % {"number": contribution.number})
