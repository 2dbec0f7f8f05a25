"""Where the host acts: in the process about the place itself, and in no other."""

from django.utils.translation import gettext as _

from talanoa.kernel.errors import NotAllowed
from talanoa.processes.models import Process


def require_place(process: Process) -> None:
    """Refuse any process but the one about the place itself. Raises NotAllowed."""
    if not process.is_place:
        raise NotAllowed(_("Defaults and news belong to the process about the place itself."))
