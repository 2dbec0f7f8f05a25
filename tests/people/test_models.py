"""Logins, persons, and who may read whom."""

import pytest

from conftest import START
from talanoa.people.actions import appoint_convenor
from talanoa.people.models import Appointment, Group, Person, User
from talanoa.record.models import Log

GROUPS = [
    "government",
    "private_sector",
    "civil_society",
    "technical_community",
    "academia",
    "intergovernmental",
    "other",
]


def test_the_stakeholder_groups_are_those_of_the_glossary() -> None:
    assert Group.values == GROUPS


@pytest.mark.django_db
def test_a_login_without_a_password_cannot_be_guessed() -> None:
    user = User.objects.create_user("Tupou@Apia.example")
    assert (user.email, str(user), user.has_usable_password()) == (
        "tupou@apia.example",
        "tupou@apia.example",
        False,
    )


@pytest.mark.django_db
def test_a_login_with_a_password_keeps_its_hash_only() -> None:
    user = User.objects.create_user("tupou@apia.example", password="ocean and reef")
    assert (user.check_password("ocean and reef"), "ocean" in user.password) == (True, False)


def test_a_login_has_no_rights_of_its_own() -> None:
    assert [hasattr(User, name) for name in ("is_staff", "is_superuser", "has_perm")] == [False] * 3


def test_a_person_reads_only_themselves(readers: dict[str, Person | None]) -> None:
    for reader in readers.values():
        assert list(Person.objects.visible_to(reader)) == ([reader] if reader else [])


def test_only_whom_the_operator_appointed_may_convene(log: Log, yusuf: Person, lucia: Person) -> None:
    appoint_convenor(yusuf, at=START, channel="cli")
    assert (yusuf.may_convene, lucia.may_convene) == (True, False)


def test_people_read_as_their_names(log: Log, sione: Person) -> None:
    appoint_convenor(sione, at=START, channel="cli")
    assert (str(sione), str(Appointment.objects.get())) == ("Sione Vea", "Sione Vea")
