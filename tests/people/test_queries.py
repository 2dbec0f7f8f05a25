"""Finding a person by address or by login."""

import pytest

from conftest import START
from talanoa.people.actions import link_login
from talanoa.people.models import Person, User
from talanoa.people.queries import person_at, person_of


@pytest.mark.parametrize("address", ["yusuf@garissa.example", " YUSUF@Garissa.example\n"])
def test_letter_case_and_blanks_do_not_matter(yusuf: Person, address: str) -> None:
    assert person_at(address) == yusuf


def test_nobody_is_found_at_an_empty_address(yusuf: Person) -> None:
    Person.objects.create(name="An elder of Garissa")
    assert (person_at(""), person_at("nobody@garissa.example")) == (None, None)


def test_a_login_leads_to_its_person_once_it_is_linked(yusuf: Person) -> None:
    user = User.objects.create_user("yusuf@garissa.example")
    before = person_of(user)
    link_login(user, at=START)
    assert (before, person_of(user)) == (None, yusuf)
