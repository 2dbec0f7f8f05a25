"""Who may write drafts and answer what is said about them."""

from django.utils.translation import gettext as _

from talanoa.kernel.errors import NotAllowed
from talanoa.processes.models import Actor, Participant, Process, Role
from talanoa.processes.permissions import require_role

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
