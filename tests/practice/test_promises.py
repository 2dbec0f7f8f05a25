"""A month after the debrief players are asked what came of what they meant to do; what is kept of them is theirs."""

import pytest

from conftest import START, day
from practice.conftest import SEAT, live
from talanoa.conf.clockwork import tick
from talanoa.mail.models import OutgoingMessage
from talanoa.people.models import Person
from talanoa.practice.actions.deleting import delete_room
from talanoa.practice.actions.seating import keep_promise
from talanoa.practice.models import Room, Seat
from web import Reader

SENTENCE = "I will ask the quiet ones first."


@pytest.fixture
def promised(room: Room, amina: Person) -> Seat:
    room = live(room, amina, "silent")
    return keep_promise(room, by=amina, sentence=SENTENCE, at=START, channel="web")


def asked() -> list[OutgoingMessage]:
    """The letters that ask about a promise."""
    return [letter for letter in OutgoingMessage.objects.all() if SENTENCE in letter.text]


def test_after_thirty_days_a_player_is_asked_once_what_came_of_it(promised: Seat, amina: Person) -> None:
    tick(at=day(29))
    assert asked() == []
    for n in (30, 31, 62):
        tick(at=day(n))
    (letter,) = asked()
    assert letter.to == amina.address
    assert letter.subject.startswith("[PRACTICE 72-hours] Did you do what you meant to do?")
    assert "Did you?" in letter.text


def test_whoever_meant_something_else_later_is_asked_about_that(promised: Seat, amina: Person) -> None:
    tick(at=day(30))
    keep_promise(promised.room, by=amina, sentence="I will write less.", at=day(31), channel="web")
    tick(at=day(61))
    assert [
        letter.text.count("I will write less.") for letter in OutgoingMessage.objects.order_by("-pk")[:1]
    ] == [1]


def test_nobody_is_asked_about_a_room_that_was_deleted(promised: Seat, amina: Person) -> None:
    delete_room(promised.room, by=amina)
    tick(at=day(30))
    assert asked() == []


def test_the_question_comes_in_the_language_of_the_player(promised: Seat, amina: Person) -> None:
    Person.objects.filter(pk=amina.pk).update(language="fr")
    tick(at=day(30))
    (letter,) = asked()
    assert "L’avez-vous fait ?" in letter.text


def test_everybody_finds_in_their_own_data_what_they_did_in_a_room(
    promised: Seat, amina: Person, yusuf: Person
) -> None:
    (kept,) = Reader(amina).client.get("/me/data.json").json()["practice"]
    assert (kept["seat"], kept["promise"], kept["scenario"]) == (SEAT, SENTENCE, "72-hours")
    mine = promised.room.done.filter(seat=SEAT, rule="").count()
    assert len(kept["acts"]) == mine
    assert Reader(yusuf).client.get("/me/data.json").json()["practice"] == []
