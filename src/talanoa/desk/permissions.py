"""Who keeps the issue desk: those whom the operator appointed. Anyone may bring an issue."""

from django.utils.translation import gettext as _

from talanoa.desk.models import Issue, Referral
from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person


def is_at_desk(person: Person | None) -> bool:
    """Tell whether `person` keeps the issue desk, and may act for it now."""
    return person is not None and person.may_convene and person.may_use_office


def require_desk(by: Person) -> str:
    """Return the role in which `by` keeps the issue desk. Raises NotAllowed."""
    if not is_at_desk(by):
        raise NotAllowed(_("The issue desk is kept by people whom the operator appointed."))
    return "operator"


def require_bringer(by: Person, issue: Issue) -> str:
    """Return the role in which `by` speaks of an issue that they brought. Raises NotAllowed."""
    if by.pk != issue.person_id:
        raise NotAllowed(_("This step belongs to the person who brought the issue."))
    return "author"


def require_referred(by: Person, referral: Referral) -> str:
    """Return the role of the body that was written to, or of the desk that heard it otherwise. Raises NotAllowed."""
    return "liaison" if by.pk == referral.person_id else require_desk(by)
