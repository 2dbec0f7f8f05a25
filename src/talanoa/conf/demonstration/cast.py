"""The people of the demonstration: persons, and logins for those one can sign in as."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress

from talanoa.people.actions import appoint_convenor, declare, know_person, link_login
from talanoa.people.models import Person, User

Cast = dict[str, Person]


def gather(people: list[dict[str, Any]], *, at: datetime) -> Cast:
    """Make everybody known; those with a role get a login, the convenor may open processes."""
    cast = {row["key"]: _person(row) for row in people}
    for row in people:
        if row.get("role"):
            _login(cast[row["key"]], at=at)
        if row.get("role") == "convenor":
            appoint_convenor(cast[row["key"]], at=at, channel="cli")
    return cast


def _person(row: dict[str, Any]) -> Person:
    facts = {name: row.get(name) or "" for name in ("name", "group", "organization", "country", "language")}
    person = know_person(address=row.get("address") or "", **facts)
    return declare(by=person, time_zone=row.get("time_zone") or "UTC", **facts)


def _login(person: Person, *, at: datetime) -> None:
    if User.objects.filter(email=person.address).exists():
        return
    user = User.objects.create_user(person.address)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    link_login(user, at=at)
