"""A whole room by mail alone; nothing of it goes to anybody else, and no mail goes to practice and to a process."""

from pathlib import Path

import pytest

from conftest import START, day
from mail.example_mails import Postbox, answer, mail, words
from talanoa.inputs.models import Input
from talanoa.mail import tokens
from talanoa.people.models import Person
from talanoa.practice.models import Room
from talanoa.processes.models import Process

YUSUF = "yusuf@garissa.example"


@pytest.fixture
def postbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


def address(person: Person) -> str:
    """An address that only who reads the person's mail knows."""
    return f"practice+{tokens.issue(person, process_key='practice', number=None, at=START)}@talanoa.example"


def opened(postbox: Postbox, person: Person) -> Room:
    postbox.receive(mail("open 72-hours consumer", to=address(person)), at=START)
    return Room.objects.get()


def test_yusuf_plays_a_room_by_mail_from_the_first_line_to_the_debrief(
    postbox: Postbox, yusuf: Person
) -> None:
    opened(postbox, yusuf)
    letter = postbox.last(YUSUF)
    assert str(letter["Subject"]).startswith("[PRACTICE 72-hours] Day 1 (pr-")
    assert "Confidential:" in words(letter)
    said = "state: People first. Paragraph 1.\nask small 4: What do you need in paragraph 4?\nend day"
    postbox.receive(answer(letter, said), at=day(1))
    assert "Day 2 of 5." in words(postbox.last(YUSUF))
    assert "What happened overnight:" in words(postbox.last(YUSUF))
    for n in range(2, 5):
        postbox.receive(answer(postbox.last(YUSUF), f"propose 2 2 2 2 {n - 1}: So.\nend day"), at=day(n))
    postbox.receive(answer(postbox.last(YUSUF), "live\nend my day"), at=day(5))
    assert Room.objects.get().is_over
    assert "debrief/" in words(postbox.last(YUSUF))
    assert {str(one["To"]) for one in postbox.letters()} == {YUSUF}
    assert {str(one["Subject"])[:9] for one in postbox.letters()} == {"[PRACTICE"}


def test_a_mail_does_all_of_its_lines_or_none(postbox: Postbox, yusuf: Person) -> None:
    room = opened(postbox, yusuf)
    got = postbox.receive(answer(postbox.last(YUSUF), "ask small 4: What?\nask nobody 1: Why?"), at=day(1))
    assert (got.code, room.done.filter(rule="").count()) == ("act_incomplete", 0)


def test_who_shows_nobody_that_it_is_them_plays_nothing(postbox: Postbox, yusuf: Person) -> None:
    got = postbox.receive(mail("open 72-hours consumer", to="practice@talanoa.example"), at=START)
    assert (got.code, Room.objects.count()) == ("not_allowed", 0)


@pytest.mark.parametrize("also", ["nm@talanoa.example", "nm+talk@talanoa.example"])
def test_space_crossed_refuses_a_mail_to_practice_and_to_a_process(
    postbox: Postbox, yusuf: Person, process: Process, also: str
) -> None:
    for first, second in ((address(yusuf), also), (also, "practice@talanoa.example")):
        got = postbox.receive(mail("open 72-hours consumer", to=first, headers=f"Cc: {second}\n"), at=day(1))
        assert got.code == "space_crossed"
    assert (Room.objects.count(), Input.objects.count()) == (0, 0)


def test_a_room_is_named_by_its_letter_where_there_are_two(postbox: Postbox, yusuf: Person) -> None:
    first = opened(postbox, yusuf)
    letter = postbox.last(YUSUF)
    made = postbox.receive(mail("open 72-hours small", to=address(yusuf), name="two@a.example"), at=day(1))
    assert made.code == ""
    got = postbox.receive(mail("end day", to=address(yusuf), name="three@a.example"), at=day(1))
    assert got.code == "room_unknown"
    postbox.receive(answer(letter, "end day"), at=day(1))
    assert sorted(Room.objects.values_list("pk", "day")) == [(first.pk, 2), (first.pk + 1, 1)]


def test_scenario_unknown_names_those_that_there_are(postbox: Postbox, yusuf: Person) -> None:
    got = postbox.receive(mail("open nothing-here consumer", to=address(yusuf)), at=START)
    assert (got.code, "72-hours" in got.text) == ("scenario_unknown", True)


def test_no_command_of_a_process_is_one_in_a_room(postbox: Postbox, yusuf: Person) -> None:
    opened(postbox, yusuf)
    got = postbox.receive(answer(postbox.last(YUSUF), "withdraw 1"), at=day(1))
    assert got.code == "act_incomplete"


def test_the_same_mail_again_does_nothing_twice(postbox: Postbox, yusuf: Person) -> None:
    room = opened(postbox, yusuf)
    said = answer(postbox.last(YUSUF), "ask small 4: What do you need?\nend day")
    for hour in (1, 2):
        postbox.receive(said, at=day(hour))
    room.refresh_from_db()
    assert (room.day, room.done.filter(rule="").count()) == (2, 1)
