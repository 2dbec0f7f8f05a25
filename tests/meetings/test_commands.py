"""`talanoa meeting`, from the announcement to what the chair states."""

from datetime import timedelta
from pathlib import Path

import pytest

from command_line import refused, talanoa, told
from conftest import START
from meetings.conftest import DECISIONS, Announce, Publish
from talanoa.kernel import clock
from talanoa.lib.minutes_text import Spoken
from talanoa.meetings.actions.minuting import Posted
from talanoa.meetings.models import Meeting, MeetingDecision
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Process, Stage

DALIA, IVANA = ("--as", "dalia@talanoa.example"), ("--as", "ivana@zagreb.example")
YUSUF = ("--as", "yusuf@garissa.example")
PLAN = ("--title", "Radio", "--starts", "2098-03-28T15:00", "--zone", "Europe/Zurich", "--where", "Room 4")
TEXT = "Yusuf <yusuf@garissa.example>: By radio.\nA voice: Who pays?\nDecision: Ask three ministries.\n"


@pytest.fixture(autouse=True)
def _open_now(process: Process) -> None:
    Stage.objects.filter(kind="input").update(opened_at=clock.now(), closes_at=None)


@pytest.fixture
def held(announce: Announce, process: Process, yusuf: Person) -> Meeting:
    """A meeting that is over."""
    enter(process, yusuf, at=START)
    return announce()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "minutes.txt"
    made.write_text(TEXT, encoding="utf-8")
    return made


def test_a_meeting_is_announced_changed_and_canceled(dalia: Participant) -> None:
    made = told("meeting", "announce", "nm", *PLAN, *DALIA)
    assert made == {"meeting": 1, "version": 1, "starts": "2098-03-28T14:00Z"}
    assert refused("meeting", "change", "nm", 1, "--length", 30, *DALIA) == (3, "reason_missing")
    changed = told("meeting", "change", "nm", 1, "--length", 30, "--reason", "Less to say.", *DALIA)
    assert changed == {"meeting": 1, "version": 2, "starts": "2098-03-28T14:00Z"}
    shown = told("meeting", "show", "nm", 1, *YUSUF[:0], *DALIA)
    assert (shown["length"], shown["place"], shown["title"]) == (30, "Room 4", "Radio")
    told("meeting", "cancel", "nm", 1, "--reason", "Nobody can come.", *DALIA)
    [row] = told("meeting", "list", "nm", *DALIA)["meetings"]
    assert (row["state"], row["version"]) == ("canceled", 2)


def test_who_holds_no_office_announces_none(process: Process, yusuf: Person) -> None:
    enter(process, yusuf, at=START)
    assert refused("meeting", "announce", "nm", *PLAN, *YUSUF) == (4, "not_allowed")


@pytest.mark.parametrize("wrong", ["soon", "2098-03-28T15:00Z"])
def test_a_time_has_no_zone_of_its_own(dalia: Participant, wrong: str) -> None:
    ended = talanoa("meeting", "announce", "nm", *PLAN[:2], "--starts", wrong, "--where", "x", *DALIA)
    assert (ended.code, Meeting.objects.count()) == (2, 0)


def test_attendance_is_entered_by_group(held: Meeting) -> None:
    made = told("meeting", "attendance", "nm", 1, "academia=7", "government=4", *DALIA)
    assert made == {"meeting": 1, "version": 1, "groups": {"academia": 7}}
    assert talanoa("meeting", "attendance", "nm", 1, "academia=many", *DALIA).code == 2
    assert "no count of five or more" in talanoa("meeting", "attendance", "nm", 1, "academia=4", *DALIA).out


def test_minutes_are_checked_then_published_then_confirmed(held: Meeting, file: Path) -> None:
    checked = told("meeting", "minutes", "nm", 1, file, "--check", *DALIA)
    assert checked == {
        "meeting": 1,
        "lines": [
            {"name": "Yusuf", "text": "By radio.", "found": True},
            {"name": "A voice", "text": "Who pays?", "found": False},
        ],
        "decisions": ["Ask three ministries."],
        "published": False,
    }
    assert told("meeting", "minutes", "nm", 1, file, *DALIA)["published"]
    assert told("meeting", "confirm", "nm", 1, *YUSUF) == {"lines": [1]}
    assert told("meeting", "correct", "nm", 1, 1, "By post.", *YUSUF) == {"line": 1, "correction": 1}
    assert refused("meeting", "correct", "nm", 1, 2, "x", *YUSUF) == (3, "line_unknown")
    [line, voice] = told("meeting", "show", "nm", 1, *YUSUF)["lines"]
    assert (line["state"], line["corrections"], line["mine"]) == ("corrected", ["By post."], True)
    assert (voice["state"], voice["mine"]) == ("unasked", False)
    out = talanoa("meeting", "show", "nm", 1, *YUSUF).out
    assert "1. Yusuf: By radio. [Corrected by its speaker]\n    By post." in out
    assert "1. Ask three ministries. [Not confirmed yet]" in out
    assert refused("meeting", "decide", "nm", 1, 1, "confirmed", "--reason", "x", *DALIA) == (
        4,
        "not_allowed",
    )


def test_the_chair_states_what_the_room_confirmed(
    held: Meeting, publish: Publish, chair: Participant, yusuf: Person
) -> None:
    posted = Posted("a@talanoa.example", "https://talanoa.example/")
    at = clock.now() - timedelta(days=13)
    publish(held, Spoken("A", "", "x"), at=at, posted=posted)
    asked = ("meeting", "decide", "nm", 1, 1, "confirmed", "--reason", "Nobody spoke against it.", *IVANA)
    assert refused(*asked) == (3, "confirmation_running")
    assert refused("meeting", "decide", "nm", 1, 9, "confirmed", *IVANA) == (3, "number_unknown")


def test_the_chair_states_it_afterwards(minutes: object, chair: Participant) -> None:
    made = told("meeting", "decide", "nm", 1, 1, "confirmed", "--reason", "Nobody spoke against it.", *IVANA)
    assert made == {"decision": 1, "finding": "confirmed"}
    assert MeetingDecision.objects.get(number=1).text == DECISIONS[0]


@pytest.mark.parametrize("content", [b"\xff\xfe", b"One\n", b"x" * 300_001])
def test_minutes_unreadable(held: Meeting, file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert refused("meeting", "minutes", "nm", 1, file, *DALIA) == (3, "minutes_unreadable")


def test_a_meeting_that_is_not_there_has_no_page(dalia: Participant) -> None:
    assert refused("meeting", "show", "nm", 9, *DALIA) == (3, "number_unknown")
