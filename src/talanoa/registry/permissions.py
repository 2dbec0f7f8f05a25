"""Who keeps the registry: those whom the operator appointed. Anyone may correct it."""

from django.utils.translation import gettext as _

from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person


def require_keeper(by: Person) -> str:
    """Return the role in which `by` keeps the registry. Raises NotAllowed."""
    if not by.may_convene:
        raise NotAllowed(_("The registry is kept by people whom the operator appointed."))
    return "operator"
