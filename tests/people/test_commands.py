"""`talanoa person`: the operator says who may open processes."""

import pytest

from command_line import CREATE, talanoa, told
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
