"""Who may about badges: the program and the host award, the host revokes, whose badge it is erases it.

Nothing here is asked by any act of taking part: nobody needs a badge for anything.
"""

from django.utils.translation import gettext as _

from talanoa.badges.models import Badge
from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person
from talanoa.processes.models import Actor, System
from talanoa.processes.permissions import require_convenor


def require_host(by: Actor) -> str:
    """Return the role of the host: the convenor of the process about the place itself. Raises NotAllowed."""
    if isinstance(by, System) or not by.process.is_place:
        raise NotAllowed(_("This is for the host: the convenor of the process about the place itself."))
    return require_convenor(by, by.process)


def require_awarder(by: Actor) -> str:
    """Return the role that awards: the program, on what it has graded, or the host. Raises NotAllowed."""
    return "system" if isinstance(by, System) else require_host(by)


def require_holder(by: Person, badge: Badge) -> str:
    """Return the role of whose badge it is. Raises NotAllowed."""
    if badge.holder_id != by.pk:
        raise NotAllowed(_("This badge is somebody else's."))
    return "holder"
