"""A person walks through a room on its pages, from the first day to the debrief, without a script."""

import pytest

from conftest import START
from talanoa.people.models import Person
from talanoa.practice.models import Room
from web import Reader


@pytest.fixture
def clocked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("talanoa.kernel.clock.now", lambda: START)


def test_amina_plays_72_hours_from_the_first_day_to_the_debrief(amina: Person, clocked: None) -> None:
    reader = Reader(amina)
    reader.open("/practice/")
    reader.follow("72 hours")
    reader.press("Open the room", seat="consumer")
    key = Room.objects.get().process.key
    assert reader.path == f"/practice/{key}/"
    assert "Nothing here is real" in reader.page.text
    assert "1 of 5" in reader.page.text
    assert "The nurse" in reader.page.text or "nurse from the hills" in reader.page.text
    reader.follow("The charter")
    reader.press("I have read it")
    reader.press("Say it", kind="state", text="People should be told within 24 hours. Paragraph 1.")
    reader.press("Say it", kind="ask", to="small", slot="transition", text="What do you need in paragraph 4?")
    reader.press("End my day")
    assert "2 of 5" in reader.page.text
    assert "What happened overnight" in reader.page.text
    reader.press("Send it", kind="propose", slot_3="totals", slot_4="12m", text="Totals, and a year.")
    for _day in range(2, 5):
        reader.press("End my day")
    assert "5 of 5" in reader.page.text
    reader.press("Object", slot="registry", text="Nothing is public.", remedy="A list of totals.")
    reader.press("End my day")
    assert reader.path == f"/practice/{key}/debrief/"
    assert "What each wanted" in reader.page.text
    reader.press("Keep my sentence", sentence="I will ask the quiet ones first.")
    assert "I will ask the quiet ones first." in reader.page.forms[-2].values["sentence"]
