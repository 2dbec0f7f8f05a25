"""`talanoa person`: the operator says who may open processes."""

import pytest

from command_line import CREATE, refused, talanoa, told
from talanoa.people.models import Person
from talanoa.record.models import Entry

NM = ("--key", "nm", "--title", "Training")
ADDRESS = "sele@talanoa.example"


@pytest.fixture
def operator(db: None) -> str:
    """The operator of an installation that is ready."""
    return str(told("init")["operator"])


def test_whom_the_operator_appoints_may_open_a_process_and_the_record_does_not_name_them(
    operator: str,
) -> None:
    assert told("person", "appoint", ADDRESS, "--name", "Sele Tau") == {
        "address": ADDRESS,
        "name": "Sele Tau",
    }
    assert told(*CREATE, *NM, "--as", ADDRESS)["state"] == "draft"
    leaf = bytes(Entry.objects.filter(kind="convenor.appointed.1").latest("index").leaf)
    assert b"Sele" not in leaf


def test_to_appoint_somebody_twice_changes_nothing(operator: str) -> None:
    told("person", "appoint", ADDRESS)
    told("person", "appoint", ADDRESS)
    assert Entry.objects.filter(kind="convenor.appointed.1").count() == 2  # the operator's own is the other


def test_what_is_no_address_is_refused_before_anybody_is_made(operator: str) -> None:
    assert talanoa("person", "appoint", "sele").code == 1
    assert not Person.objects.filter(name="sele").exists()


def test_somebody_declares_who_they_are_and_what_is_not_given_stays(operator: str) -> None:
    told("person", "appoint", ADDRESS, "--name", "Sele Tau")
    done = told("person", "declare", ADDRESS, "--group", "academia", "--country", "TO", "--language", "fr")
    assert done == {
        "address": ADDRESS,
        "name": "Sele Tau",
        "organization": "",
        "country": "TO",
        "time_zone": "UTC",
        "group": "academia",
        "language": "fr",
    }


def test_what_cannot_be_declared_is_refused(operator: str) -> None:
    assert refused("person", "declare", ADDRESS) == (3, "person_unknown")
    assert refused("person", "declare", operator, "--language", "xx") == (3, "language_unknown")
