"""Who keeps archives: those whom the operator appointed. Who may read one is `Archive.objects.visible_to`."""

from django.utils.translation import gettext as _

from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person


def is_keeper(person: Person | None) -> bool:
    """Tell whether `person` keeps archives, and may do so now."""
    return person is not None and person.may_convene and person.may_use_office


def require_keeper(by: Person) -> str:
    """Return the role in which `by` keeps archives. Raises NotAllowed."""
    if not by.may_convene:
        raise NotAllowed(_("Archives are kept by people whom the operator appointed."))
    return "operator"
