"""Questions about persons."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress

from talanoa.people.models import ClaimedAddress, InterestStatement, Person, Standing, User


def person_at(address: str) -> Person | None:
    """Return the person known by this e-mail address, in any letter case."""
    return Person.objects.filter(address=address.strip().lower()).first() if address.strip() else None


def person_of(user: User) -> Person | None:
    """Return the person linked to a login, or None before the first sign-in."""
    return Person.objects.filter(user=user).first()


@dataclass(frozen=True, slots=True)
class Disclosed:
    """What somebody has stated last: in general, and for one process."""

    general: InterestStatement | None = None
    particular: InterestStatement | None = None

    @property
    def statement(self) -> InterestStatement | None:
        """The one that counts: that for the process where there is one."""
        return self.particular or self.general

    def standing(self, at: datetime) -> Standing:
        """Return how its author stands at `at` (aware, UTC)."""
        return self.statement.standing(at) if self.statement else Standing.MISSING


def disclosed(person: Person, process_key: str) -> Disclosed:
    """Return what `person` has stated last of their interests, in general and for one process; one query."""
    return disclosures([person.pk], process_key).get(person.pk, Disclosed())


def disclosures(persons: Iterable[int], process_key: str) -> dict[int, Disclosed]:
    """Return the same for many persons, by their primary key; one query."""
    rows = InterestStatement.objects.filter(person__in=persons, process_key__in={"", process_key})
    newest = {(row.person_id, row.process_key): row for row in rows.order_by("pk")}
    return {
        person: Disclosed(
            newest.get((person, "")), newest.get((person, process_key)) if process_key else None
        )
        for person, _key in newest
    }


def statements_of(person: Person, process_key: str) -> list[InterestStatement]:
    """Return what `person` has stated in general, or for one process, newest first, with the ties."""
    rows = InterestStatement.objects.visible_to(person).filter(process_key=process_key)
    return list(rows.prefetch_related("affiliations").order_by("-pk"))


def known_addresses(persons: Iterable[Person]) -> dict[int, tuple[str, ...]]:
    """Return every address that is known of persons, by their keys: also those that nobody confirmed."""
    rows = list(persons)
    users = {row.user_id: row.pk for row in rows if row.user_id is not None}
    found = {row.pk: [address for address in (row.address,) if address] for row in rows}
    for held in EmailAddress.objects.filter(user__in=users).order_by("pk"):
        found[users[held.user_id]].append(held.email.lower())
    for claimed in ClaimedAddress.objects.filter(person__in=found).order_by("pk"):
        found[claimed.person_id].append(claimed.address)
    return {person: tuple(dict.fromkeys(addresses)) for person, addresses in found.items()}
