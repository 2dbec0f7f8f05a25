"""Who may write drafts and answer what is said about them, and who says what a draft needs."""

from django.utils.translation import gettext as _

from talanoa.kernel.errors import NotAllowed
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


def require_voice(by: Actor, process: Process) -> None:
    """Refuse whoever takes no part, and observers, who take no position. Raises NotAllowed."""
    require_member(by, process)
    if by.has_role(Role.OBSERVER):
        raise NotAllowed(_("An observer reads and comments, and takes no position."))
