"""The operator answers corrections of the registry on the web."""

import pytest

from conftest import START
from talanoa.people.actions import appoint_convenor, know_person
from talanoa.people.models import Person
from talanoa.record.models import Log
from talanoa.registry.actions import receive_correction
from talanoa.registry.models import Correction
from web import Hands, Reader


@pytest.fixture
def operator(log: Log, monkeypatch: pytest.MonkeyPatch) -> Person:
    Hands(monkeypatch, START)
    person = know_person(name="Operator", address="operator@talanoa.example")
    return appoint_convenor(person, at=START, channel="cli")


@pytest.fixture
def correction(yusuf: Person) -> Correction:
    told = {"about": "body/forum", "text": "It moved.", "dedup_key": "a", "channel": "web"}
    return receive_correction(by=yusuf, at=START, **told)


def test_the_operator_reads_the_words_and_answers_in_public(operator: Person, correction: Correction) -> None:
    reader = Reader(operator, in_office=True)
    reader.open("/operator/corrections/")
    assert "It moved." in reader.follow("Answer correction 1").text
    page = reader.press("Answer in public", outcome="corrected", text="So it did.")
    assert "None waits." in page.text
    correction.refresh_from_db()
    assert (correction.outcome, correction.answer) == ("corrected", "So it did.")
    assert "So it did." in reader.open("/operator/corrections/1/").text


def test_an_answer_without_a_reason_is_told_at_the_field(operator: Person, correction: Correction) -> None:
    reader = Reader(operator, in_office=True)
    reader.open("/operator/corrections/1/")
    assert "Please look at this again" in reader.press("Answer in public", outcome="kept").text


def test_without_a_second_factor_nobody_reads_them(operator: Person, correction: Correction) -> None:
    assert "It moved." not in Reader(operator).open("/operator/corrections/1/").text
