"""Finding a person by address or by login."""

import pytest

from conftest import START
from talanoa.people.actions import claim_address, link_login
from talanoa.people.models import ClaimedAddress, Person, User
from talanoa.people.queries import known_addresses, person_at, person_of


@pytest.mark.parametrize("address", ["yusuf@garissa.example", " YUSUF@Garissa.example\n"])
def test_letter_case_and_blanks_do_not_matter(yusuf: Person, address: str) -> None:
    assert person_at(address) == yusuf


def test_nobody_is_found_at_an_empty_address(yusuf: Person) -> None:
    Person.objects.create(name="An elder of Garissa")
    assert (person_at(""), person_at("nobody@garissa.example")) == (None, None)


def test_known_is_also_an_address_that_somebody_said_is_theirs_and_nobody_confirmed(yusuf: Person) -> None:
    claim_address(yusuf, address=" Y@kitale.example", at=START)
    claim_address(yusuf, address="y@KITALE.example", at=START)
    assert known_addresses([yusuf]) == {yusuf.pk: ("yusuf@garissa.example", "y@kitale.example")}
    assert person_at("y@kitale.example") is None
    assert [row.address for row in ClaimedAddress.objects.visible_to(yusuf)] == ["y@kitale.example"]
    assert not ClaimedAddress.objects.visible_to(None).exists()


def test_a_login_leads_to_its_person_once_it_is_linked(yusuf: Person) -> None:
    user = User.objects.create_user("yusuf@garissa.example")
    before = person_of(user)
    link_login(user, at=START)
    assert (before, person_of(user)) == (None, yusuf)
