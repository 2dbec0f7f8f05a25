"""Becoming known, declaring who one is, being appointed."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from conftest import START, day
from steps import line, new_entries, refusal
from talanoa.people.actions import appoint_convenor, declare, know_person, link_login, prefer_language
from talanoa.people.models import Appointment, Group, Person, User
from talanoa.record.models import Log
from talanoa.record.queries import opened

DECLARED = {
    "name": "Yusuf A. Abdi",
    "group": Group.ACADEMIA,
    "organization": "Garissa University",
    "country": "KE",
    "language": "sw",
    "time_zone": "Africa/Nairobi",
}


def declared(person: Person, **other: str) -> Person:
    facts: dict[str, Any] = DECLARED | other
    return declare(by=person, **facts)


@pytest.mark.django_db
def test_a_person_is_known_by_the_address_in_any_letter_case() -> None:
    first = know_person(name="Sione Vea", address="Sione@Gov.example")
    again = know_person(name="Somebody else", address=" sione@gov.EXAMPLE ", country="TO")
    assert (again, again.name, again.country, again.address) == (first, "Sione Vea", "", "sione@gov.example")


@pytest.mark.django_db
def test_without_an_address_everybody_is_somebody_new() -> None:
    assert know_person(name="An elder of Garissa") != know_person(name="An elder of Garissa")


@pytest.mark.django_db
def test_whoever_gives_no_name_is_called_by_the_address() -> None:
    assert know_person(name=" ", address="lucia@nic.example").name == "lucia"


@pytest.mark.django_db
def test_a_group_that_is_not_listed_is_other() -> None:
    assert know_person(name="Ivana Horvat", group="aristocracy").group == Group.OTHER


@pytest.mark.django_db
def test_becoming_known_is_not_on_the_record() -> None:
    assert new_entries(lambda: know_person(name="Ivana Horvat", address="ivana@zagreb.example")) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "length"), [("name", 301), ("address", 255), ("organization", 201), ("country", 41)]
)
def test_a_line_beyond_its_limit_is_refused_not_cut(field: str, length: int) -> None:
    facts: dict[str, Any] = {"name": "Priya Nair", field: "x" * length}
    assert refusal(lambda: know_person(**facts)) == "line_too_long"


@pytest.mark.django_db
def test_the_database_knows_an_address_once() -> None:
    know_person(name="Priya Nair", address="priya@kochi.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(name="Another", address="priya@kochi.example")


@pytest.mark.django_db
def test_a_login_finds_the_person_who_wrote_by_mail_before(yusuf: Person) -> None:
    user = User.objects.create_user("Yusuf@Garissa.example")
    assert link_login(user, at=START) == yusuf
    yusuf.refresh_from_db()
    assert yusuf.user == user


@pytest.mark.django_db
def test_a_login_of_somebody_unknown_makes_the_person_once() -> None:
    user = User.objects.create_user("tupou@apia.example")
    first, again = link_login(user, at=START), link_login(user, at=START)
    assert (first, first.name, Person.objects.count()) == (again, "tupou", 1)


@pytest.mark.django_db
def test_a_login_never_takes_a_person_from_another_login(yusuf: Person) -> None:
    owner = User.objects.create_user("yusuf@garissa.example")
    link_login(owner, at=START)
    User.objects.filter(pk=owner.pk).update(email="yusuf@elsewhere.example")
    thief = User.objects.create_user("yusuf@garissa.example")
    assert link_login(thief, at=START).user == owner


@pytest.mark.django_db
def test_a_login_keeps_its_person_when_its_address_changes(yusuf: Person) -> None:
    owner = User.objects.create_user("yusuf@garissa.example")
    link_login(owner, at=START)
    owner.email = "lucia@nic.example"
    owner.save()
    assert link_login(owner, at=START) == yusuf


def test_people_say_themselves_who_they_are(yusuf: Person) -> None:
    declared(yusuf)
    yusuf.refresh_from_db()
    assert {name: getattr(yusuf, name) for name in DECLARED} == DECLARED


def test_what_one_declares_is_not_on_the_record(yusuf: Person) -> None:
    assert new_entries(lambda: declared(yusuf)) == []


def test_nobody_is_without_a_name(yusuf: Person) -> None:
    assert refusal(lambda: declared(yusuf, name=" \t ")) == "name_missing"


def test_a_name_that_is_too_long_is_refused(yusuf: Person) -> None:
    assert refusal(lambda: declared(yusuf, name="x" * 301)) == "line_too_long"


def test_a_declared_group_that_is_not_listed_is_other(yusuf: Person) -> None:
    assert declared(yusuf, group="aristocracy").group == Group.OTHER


@pytest.mark.parametrize("zone", ["", "Garissa/Standard", "../../etc/passwd", "America"])
def test_a_time_zone_that_does_not_exist_is_refused(yusuf: Person, zone: str) -> None:
    assert refusal(lambda: declared(yusuf, time_zone=zone)) == "time_zone_unknown"


def test_an_appointment_stands_on_the_record_without_the_name(log: Log, yusuf: Person) -> None:
    told = new_entries(lambda: appoint_convenor(yusuf, at=day(1), channel="cli"))
    assert told == [line("convenor.appointed.1", r="operator", at=day(1), ch="cli", p="")]
    assert yusuf.may_convene


def test_the_entry_keeps_the_name_that_the_convenor_had_then(log: Log, yusuf: Person) -> None:
    appoint_convenor(yusuf, at=START, channel="cli")
    declared(yusuf)
    [value] = opened(log.entries.latest("index"))
    assert (value.value, Appointment.objects.get().name) == ("Yusuf Abdi", "Yusuf Abdi")


def test_appointing_somebody_twice_changes_nothing(log: Log, yusuf: Person) -> None:
    appoint_convenor(yusuf, at=START, channel="cli")
    assert new_entries(lambda: appoint_convenor(yusuf, at=day(1), channel="cli")) == []


@pytest.mark.parametrize("said", ["fr", "FR", " Français "])
def test_a_language_is_named_by_its_code_or_by_its_own_name(yusuf: Person, said: str) -> None:
    assert prefer_language(by=yusuf, language=said).language == "fr"


@pytest.mark.parametrize("said", ["", "tlh", "../fr"])
def test_a_language_that_we_do_not_write_is_refused(yusuf: Person, said: str) -> None:
    assert refusal(lambda: prefer_language(by=yusuf, language=said)) == "language_unknown"
