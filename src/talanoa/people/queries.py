"""Questions about persons."""

from talanoa.people.models import Person, User


def person_at(address: str) -> Person | None:
    """Return the person known by this e-mail address, in any letter case."""
    return Person.objects.filter(address=address.strip().lower()).first() if address.strip() else None


def person_of(user: User) -> Person | None:
    """Return the person linked to a login, or None before the first sign-in."""
    return Person.objects.filter(user=user).first()
