"""Letters about meetings: to the room, by everybody's own clock, and to each speaker their own lines."""

from datetime import timedelta
from email.message import EmailMessage

from conftest import START, day
from mail.example_mails import Postbox, words
from meetings.conftest import HELD, MINUTED, Announce, Publish, planned
from talanoa.conf.clockwork import tick
from talanoa.lib.minutes_text import Spoken
from talanoa.mail.actions import follow
from talanoa.mail.models import Subscription
from talanoa.meetings.actions.calling import cancel_meeting, change_meeting
from talanoa.meetings.models import Meeting
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Process

Level = Subscription.Level


def flat(letter: EmailMessage) -> str:
    return " ".join(words(letter).split())


def titled(postbox: Postbox, address: str, begins: str) -> list[EmailMessage]:
    return [one for one in postbox.letters(address) if str(one["Subject"]).startswith(begins)]


def test_the_room_is_invited_with_the_time_by_their_own_clock(
    postbox: Postbox, announce: Announce, process: Process, yusuf: Person
) -> None:
    yusuf.time_zone = "Africa/Nairobi"
    yusuf.save()
    enter(process, yusuf, at=START)
    announce(title="Rádio", reason="A strike.")
    tick(at=day(1))
    [letter] = titled(postbox, yusuf.address, "Meeting 1: Rádio")
    told = flat(letter)
    for part in (
        "When: Saturday 7 March 2026, 09:00 UTC (Saturday 12:00 in Nairobi)",
        "How long: 90 minutes",
        "Where: https://meet.example/radio",
        "Why at short notice: A strike.",
        "Kolkata Sat 14:30 (UTC+05:30)",
        "Los Angeles Sat 01:00 (UTC-08:00)",
        "/p/nm/meetings/1.ics",
        "whoever cannot come loses no say",
    ):
        assert part in told
    assert max(map(len, words(letter).splitlines())) <= 78


def test_who_wants_only_their_own_letters_or_a_pause_gets_none(
    postbox: Postbox, announce: Announce, process: Process, yusuf: Person, lucia: Person
) -> None:
    for person in (yusuf, lucia):
        enter(process, person, at=START)
    follow(yusuf, process_key="nm", level=Level.OWN)
    announce()
    tick(at=day(1))
    assert titled(postbox, yusuf.address, "Meeting 1") == []
    assert len(titled(postbox, lucia.address, "Meeting 1")) == 1


def test_a_change_and_a_cancellation_tell_the_reason(
    postbox: Postbox, meeting: Meeting, dalia: Participant, process: Process, yusuf: Person
) -> None:
    enter(process, yusuf, at=START)
    later = planned(starts_at=HELD + timedelta(hours=1))
    change_meeting(meeting, by=dalia, planned=later, reason="A strike.", at=day(2), channel="web")
    tick(at=day(2))
    [changed] = titled(postbox, yusuf.address, "Meeting 1 is changed")
    assert "The reason: A strike." in flat(changed)
    assert "Saturday 7 March 2026, 10:00 UTC" in flat(changed)
    cancel_meeting(meeting, by=dalia, reason="Nobody can come.", at=day(3), channel="web")
    tick(at=day(3))
    [canceled] = titled(postbox, yusuf.address, "Meeting 1 is canceled")
    assert "The reason: Nobody can come." in flat(canceled)


def test_each_speaker_gets_their_own_lines_and_nobody_elses(
    postbox: Postbox, meeting: Meeting, publish: Publish, yusuf: Person, lucia: Person
) -> None:
    follow(yusuf, process_key="nm", level=Level.OWN)
    publish(meeting)
    tick(at=day(MINUTED))
    [own], [hers] = (titled(postbox, one.address, "Did you say this?") for one in (yusuf, lucia))
    assert ("Teach by radio." in flat(own), "We do." in flat(own)) == (True, False)
    assert "Then begin in May." in flat(own)
    assert ("We do." in flat(hers), "Teach by radio." in flat(hers)) == (True, False)
    assert "until Sunday 15 March 2026, 09:00 UTC" in flat(own)
    assert "correct 3: what you said" in flat(hers)
    tick(at=day(MINUTED + 1))
    assert len(titled(postbox, yusuf.address, "Did you say this?")) == 1


def test_a_letter_with_many_lines_stays_small(
    postbox: Postbox, meeting: Meeting, publish: Publish, yusuf: Person
) -> None:
    publish(meeting, *[Spoken("Yusuf", yusuf.address, "a word " * 500)] * 20)
    tick(at=day(MINUTED))
    [own] = titled(postbox, yusuf.address, "Did you say this?")
    assert len(words(own).encode()) <= 20_000
    assert "The rest stands here:" in words(own)
