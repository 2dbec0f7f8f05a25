"""A process that meets: Dalia of the secretariat calls, Ivana chairs, Yusuf and Lucía speak."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from conftest import START, day
from mail.example_mails import Postbox
from talanoa.lib.minutes_text import Spoken
from talanoa.meetings.actions.calling import Planned, announce_meeting
from talanoa.meetings.actions.minuting import Posted, publish_minutes
from talanoa.meetings.models import Meeting, MeetingDecision, Minutes, SpokenLine
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Process

Announce = Callable[..., Meeting]
Publish = Callable[..., Minutes]
FIRST_DAY, HELD = day(1), day(5)
"""When the meeting begins; its minutes are public a day later."""
MINUTED, REPLY_OVER, SPOKEN = 6, 13, 20
"""Days: the minutes are public, their speakers' time is over, the room has had its time."""
LINES = (
    Spoken("Yusuf", "yusuf@garissa.example", "Teach by radio."),
    Spoken("A voice from the back", "", "Who pays?"),
    Spoken("Lucía", "lucia@nic.example", "We do."),
    Spoken("Yusuf Abdi", "yusuf@garissa.example", "Then begin in May."),
)
DECISIONS = ("The secretariat asks three ministries.", "The next meeting is in May.")


def planned(**facts: object) -> Planned:
    """A meeting on day 5 by link."""
    told: dict[str, object] = {
        "title": "Radio",
        "starts_at": HELD,
        "length_minutes": 90,
        "zone": "Africa/Nairobi",
        "place": "https://meet.example/radio",
        "agenda": "1. Fees\n2. Radio",
    }
    return Planned(**{**told, **facts})  # type: ignore[arg-type]


@pytest.fixture
def announce(process: Process, dalia: Participant) -> Announce:
    """Announce a meeting as Dalia on day 1: announce(title="Fees")."""

    def announcing(*, at: datetime = FIRST_DAY, reason: str = "", **facts: object) -> Meeting:
        return announce_meeting(
            process, by=dalia, planned=planned(**facts), reason=reason, at=at, channel="web"
        )

    return announcing


@pytest.fixture
def meeting(announce: Announce) -> Meeting:
    return announce()


@pytest.fixture
def publish(process: Process, dalia: Participant, yusuf: Person, lucia: Person) -> Publish:
    """Publish minutes as Dalia on day 6; Yusuf and Lucía take part."""
    for person in (yusuf, lucia):
        enter(process, person, at=START)

    def publishing(meeting: Meeting, *lines: Spoken, **more: object) -> Minutes:
        facts: dict[str, object] = {
            "by": dalia,
            "lines": lines or LINES,
            "decisions": DECISIONS,
            "posted": Posted(f"decided-{meeting.number}@talanoa.example", "https://talanoa.example/p/nm/"),
            "at": day(MINUTED),
            "channel": "web",
        }
        return publish_minutes(meeting, **{**facts, **more})  # type: ignore[arg-type]

    return publishing


@pytest.fixture
def minutes(meeting: Meeting, publish: Publish) -> Minutes:
    return publish(meeting)


@pytest.fixture
def decision(minutes: Minutes) -> MeetingDecision:
    return minutes.decisions.select_related("minutes__meeting__process").get(number=1)


@pytest.fixture
def line(minutes: Minutes) -> SpokenLine:
    """What the minutes say that Yusuf said first."""
    return minutes.lines.select_related("minutes__meeting__process").get(number=1)


@pytest.fixture
def postbox(process: Process, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)
