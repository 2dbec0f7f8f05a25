"""A person walks through a room on its pages, from the first day to the debrief, without a script."""

import pytest

from conftest import START
from talanoa.drafts.models import Comment
from talanoa.mail.models import OutgoingMessage
from talanoa.people.models import Person
from talanoa.practice.actions.seating import join_room
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


def test_a_group_plays_by_the_code_of_its_trainer(
    amina: Person, yusuf: Person, lucia: Person, sione: Person, clocked: None
) -> None:
    trainer, one, other, outside = Reader(amina), Reader(yusuf), Reader(lucia), Reader(sione)
    trainer.open("/practice/scenarios/72-hours/")
    trainer.press("Open the room", mode="cohort", seat="")
    room = Room.objects.get()
    path = f"/practice/{room.process.key}/"
    assert room.code in trainer.page.text
    for reader, seat in ((one, "consumer"), (other, "small")):
        reader.open("/practice/join/")
        reader.press("Show me the free seats", code=room.code)
        reader.press("Take this seat", seat=seat)
        assert reader.path == path
        assert "a person" not in reader.page.text
    trainer.open(path)
    trainer.press("Begin the first day")
    briefs = {seat.id: seat.brief_confidential for seat in room.scenario.seats}
    for reader, own in ((trainer, ""), (one, "consumer"), (other, "small")):
        reader.open(path)
        last = {seat: " ".join(brief.split("**")[-1].split()) for seat, brief in briefs.items()}
        assert {seat for seat, words in last.items() if words in reader.page.text} == {own} - {""}
        assert "Yusuf" not in reader.page.text
        assert "Luc" not in reader.page.text
    outside.open(path)
    assert outside.status == 404
    one.press("Say it", kind="ask", to="small", slot="transition", text="What do you need?")
    one.press("End my day")
    assert "You have ended this day" in one.page.text
    trainer.open(path)
    trainer.press("End the day for all")
    told = set(OutgoingMessage.objects.values_list("to", flat=True))
    assert told == {amina.address, yusuf.address, lucia.address}
    assert all(row.subject.startswith("[PRACTICE 72-hours]") for row in OutgoingMessage.objects.all())
    other.open(path)
    assert "What do you need?" in other.page.text
    other.press("Hand my seat to its script")
    assert "a script plays the seat" in str(list(Comment.objects.values_list("text", flat=True)))
    assert "You are" not in other.page.text
    for _day in range(2, 6):
        one.open(path)
        one.press("Say it", kind="ask", to="small", slot="transition", text="And today?")
        trainer.open(path)
        trainer.press("End the day for all")
    trainer.open(f"{path}debrief/")
    level = {"criterion": "R2", "level": "3", "sentence": "You named each paragraph aloud."}
    page = trainer.press("Give Consumer group this level", **(level | {"sentence": ""}))
    assert "tell them in a sentence why" in page.text
    trainer.press("Give Consumer group this level", **level)
    assert "You named each paragraph aloud." in one.open(f"{path}debrief/").text


def test_no_letter_holds_the_brief_of_another_seat(
    amina: Person, yusuf: Person, lucia: Person, clocked: None
) -> None:
    trainer = Reader(amina)
    trainer.open("/practice/scenarios/72-hours/")
    trainer.press("Open the room", mode="cohort", seat="")
    room = Room.objects.get()
    join_room(room.code, by=yusuf, seat="consumer")
    join_room(room.code, by=lucia, seat="small")
    trainer.open(f"/practice/{room.process.key}/")
    trainer.press("Begin the first day")
    told = {row.to: " ".join(row.text.split()) for row in OutgoingMessage.objects.all()}
    briefs = {seat.id: " ".join(seat.brief_confidential.split()) for seat in room.scenario.seats}
    held = {to: {seat for seat, brief in briefs.items() if brief in text} for to, text in told.items()}
    assert held == {amina.address: set(), yusuf.address: {"consumer"}, lucia.address: {"small"}}


def test_a_room_is_deleted_on_its_page_after_a_second_question(amina: Person, clocked: None) -> None:
    reader = Reader(amina)
    reader.open("/practice/scenarios/72-hours/")
    reader.press("Open the room")
    reader.follow("Delete this room")
    reader.press("Delete the room")
    assert (reader.path, Room.objects.count()) == ("/practice/", 0)


def test_the_room_again_from_a_morning(amina: Person, clocked: None) -> None:
    reader = Reader(amina)
    reader.open("/practice/scenarios/72-hours/")
    reader.press("Open the room")
    reader.press("End my day")
    reader.press("Again from day 2")
    assert "2 of 5" in reader.page.text
    assert Room.objects.filter(parent__isnull=False).count() == 1


def test_a_form_that_is_sent_twice_does_its_act_once(amina: Person, clocked: None) -> None:
    reader = Reader(amina)
    reader.open("/practice/scenarios/72-hours/")
    reader.press("Open the room")
    room, page = Room.objects.get(), reader.page
    for _again in range(2):
        reader.page = page
        reader.press("Say it", kind="ask", to="small", slot="transition", text="What do you need?")
    assert room.done.filter(rule="").count() == 1
    for _again in range(2):
        reader.page = page
        reader.press("End my day")
    room.refresh_from_db()
    assert room.day == 2
