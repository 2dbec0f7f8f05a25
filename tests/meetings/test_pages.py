"""The pages of meetings, as people without scripts see them."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from conftest import START, day
from meetings.conftest import DECISIONS, HELD, SPOKEN, Announce, Publish, planned
from steps import refusal
from talanoa.meetings.actions.calling import cancel_meeting, change_meeting, enter_attendance
from talanoa.meetings.actions.confirming import correct_line
from talanoa.meetings.actions.minuting import erase_line
from talanoa.meetings.models import Meeting, MeetingDecision, Minutes, SpokenLine
from talanoa.meetings.skin import starts_at
from talanoa.people.actions import know_person
from talanoa.people.models import Group, Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Process
from web import Hands, Reader

ALL, ONE = "/p/nm/meetings/", "/p/nm/meetings/1/"
PLAN = {
    "title": "Fees",
    "day": "2026-04-01",
    "time": "15:00",
    "zone": "Europe/Zurich",
    "length_minutes": "45",
    "place": "Room 4",
}


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, day(1))


def office(member: Participant) -> Reader:
    return Reader(member.person, in_office=True)


def shown(reader: Reader, path: str = ONE) -> str:
    return " ".join(reader.open(path).text.split())


def test_an_organizer_sees_the_time_in_utc_before_anything_is_sent(dalia: Participant) -> None:
    reader = office(dalia)
    reader.open(f"{ALL}announce/")
    asked = reader.press("See the time in UTC", **PLAN).text
    assert "Wednesday 1 April 2026, 13:00 UTC" in " ".join(asked.split())
    assert not Meeting.objects.exists()
    reader.press("Announce it", time="16:00")  # another time is looked at once more
    assert not Meeting.objects.exists()
    told = reader.press("Announce it").text
    assert Meeting.objects.get().current.starts_at.isoformat() == "2026-04-01T14:00:00+00:00"
    assert "Everybody in the room gets a letter" in told


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"day": "2026-03-29", "time": "02:30"}, "show this time never, or twice"),
        ({"day": "2026-10-25", "time": "02:30"}, "show this time never, or twice"),
        ({"zone": "Mars/Olympus"}, "Select a valid choice"),
        ({"day": "tomorrow"}, "Enter a valid date"),
    ],
)
def test_a_time_that_is_none_is_not_announced(dalia: Participant, more: dict[str, str], told: str) -> None:
    reader = office(dalia)
    reader.open(f"{ALL}announce/")
    assert told in reader.press("See the time in UTC", **{**PLAN, **more}).text
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("local", ["2026-03-29T02:30", "2026-10-25T02:30"])
@pytest.mark.django_db
def test_time_unclear(local: str) -> None:
    assert refusal(lambda: starts_at(datetime.fromisoformat(local), "Europe/Zurich")) == "time_unclear"


def test_a_refusal_stands_at_its_field(dalia: Participant) -> None:
    reader = office(dalia)
    reader.open(f"{ALL}announce/")
    soon = {**PLAN, "day": "2026-03-04", "time": "08:00", "zone": "UTC"}
    reader.press("See the time in UTC", **soon)
    assert "Say why so late" in reader.press("Announce it").text
    reader.press("See the time in UTC", reason="A strike.")
    assert "A strike." in shown(reader)


def test_the_page_shows_the_clock_of_the_reader_and_those_of_the_world(
    meeting: Meeting, lucia: Person
) -> None:
    lucia.time_zone = "America/Montevideo"
    lucia.save()
    told = shown(Reader(lucia))
    assert "Saturday 7 March 2026, 09:00 UTC (06:00 in Montevideo)" in told
    for row in ("Kolkata 14:30 Saturday 7 March +05:30", "Los Angeles 01:00 Saturday 7 March -08:00"):
        assert row in told
    assert "Montevideo" not in shown(Reader())


def test_a_change_keeps_what_was_announced_before(meeting: Meeting, dalia: Participant) -> None:
    reader = office(dalia)
    reader.open(f"{ONE}change/")
    assert "See the time in UTC" in reader.page.forms[-1].buttons
    assert reader.page.forms[-1].values["time"] == ["12:00"]  # as it was given, in Nairobi
    reader.press("See the time in UTC", time="13:00", reason="A strike.")
    told = " ".join(reader.press("Change it").text.split())
    assert "Saturday 7 March 2026, 10:00 UTC" in told
    assert "It was changed: A strike." in told
    assert "Version 1, 3 March 2026: Radio, Saturday 7 March 2026, 09:00 UTC" in told


def test_a_canceled_meeting_keeps_its_page_and_says_why(meeting: Meeting, dalia: Participant) -> None:
    reader = office(dalia)
    reader.open(f"{ONE}cancel/")
    reader.press("Cancel the meeting", reason="Nobody can come.")
    told = shown(Reader())
    assert "This meeting was canceled." in told
    assert "Nobody can come." in told
    assert "Canceled" in shown(Reader(), ALL)


def event_of(path: str) -> dict[str, str]:
    made = Calendar.from_ical(Client().get(path).content)
    [event] = [one for one in made.walk("VEVENT") if "meeting" in str(one["UID"])]
    return {
        name: event[name].to_ical().decode() for name in ("UID", "SEQUENCE", "STATUS", "DTSTART", "DTEND")
    }


def test_the_calendar_is_in_utc_and_counts_its_changes(meeting: Meeting, dalia: Participant) -> None:
    first = event_of("/p/nm/meetings/1.ics")
    assert first == {
        "UID": "nm-meeting-1@talanoa.example",
        "SEQUENCE": "0",
        "STATUS": "CONFIRMED",
        "DTSTART": "20260307T090000Z",
        "DTEND": "20260307T103000Z",
    }
    later = planned(starts_at=HELD + timedelta(hours=1))
    change_meeting(meeting, by=dalia, planned=later, reason="A strike.", at=day(2), channel="web")
    changed = {"SEQUENCE": "1", "DTSTART": "20260307T100000Z", "DTEND": "20260307T113000Z"}
    assert event_of("/p/nm/meetings/1.ics") == first | changed
    cancel_meeting(meeting, by=dalia, reason="x", at=day(3), channel="web")
    assert event_of("/p/nm/meetings/1.ics") == first | changed | {"SEQUENCE": "2", "STATUS": "CANCELLED"}
    assert event_of("/p/nm/calendar.ics")["STATUS"] == "CANCELLED"


def test_attendance_stands_beside_the_room_without_small_counts(
    meeting: Meeting, dalia: Participant, process: Process
) -> None:
    for number in range(5):
        person = know_person(name=f"A{number}", address=f"a{number}@uni.example", group=Group.ACADEMIA)
        enter(process, person, at=START)
    counts = {"academia": 7, "government": 4, "civil_society": 12}
    enter_attendance(meeting, by=dalia, counts=counts, at=day(6), channel="web")
    told = shown(Reader())
    assert "Academia 7 5" in told
    assert "Civil society 12 fewer than 5" in told
    assert "Government fewer than 5 fewer than 5" in told


def test_an_organizer_counts_who_was_there(meeting: Meeting, dalia: Participant, hands: Hands) -> None:
    hands.turn_to(day(6))
    reader = office(dalia)
    reader.open(f"{ONE}attendance/")
    reader.press("Enter the counts", academia="7", government="4")
    assert "Academia 7" in shown(reader)


TEXT = "Yusuf <yusuf@garissa.example>: By radio.\nA voice: Who pays?\nDecision: Ask three ministries.\n"


def test_minutes_are_looked_at_before_they_are_published(
    meeting: Meeting, dalia: Participant, publish: Publish, hands: Hands
) -> None:
    hands.turn_to(day(6))
    reader = office(dalia)
    reader.open(f"{ONE}minutes/")
    told = " ".join(reader.press("See what is read", text=TEXT).text.split())
    for part in ("Nothing is published yet.", "Is asked by mail", "Cannot be asked", "Ask three ministries."):
        assert part in told
    reader.press("Publish the minutes", text=f"{TEXT}Yusuf: And by post.\n")  # changed: looked at once more
    assert not Minutes.objects.exists()
    assert "The minutes are public" in reader.press("Publish the minutes").text
    told = shown(Reader())
    assert "By radio. Its speaker has not replied" in told
    assert "Who pays? Not confirmed: its speaker could not be asked" in told
    assert "Ask three ministries. Not confirmed yet" in told
    assert "yusuf@garissa.example" not in told


def test_minutes_come_as_a_file_too(
    meeting: Meeting, dalia: Participant, publish: Publish, hands: Hands
) -> None:
    hands.turn_to(day(6))
    reader = office(dalia)
    reader.open(f"{ONE}minutes/")
    file = SimpleUploadedFile("minutes.txt", TEXT.encode("utf-8-sig"))
    assert "By radio." in reader.press("See what is read", file=file).text
    reader.press("Publish the minutes")
    assert SpokenLine.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("One\nTwo: x", "These do not: 1."),
        ("A <a@nowhere.example>: x", "Nobody who takes part is found as a@nowhere.example"),
    ],
)
def test_minutes_that_nobody_can_read_are_not_published(
    meeting: Meeting, dalia: Participant, hands: Hands, text: str, told: str
) -> None:
    hands.turn_to(day(6))
    reader = office(dalia)
    reader.open(f"{ONE}minutes/")
    assert told in reader.press("See what is read", text=text).text
    assert not Minutes.objects.exists()


def test_a_speaker_confirms_one_line_and_corrects_another(
    minutes: Minutes, yusuf: Person, hands: Hands
) -> None:
    hands.turn_to(day(7))
    reader = Reader(yusuf)
    reader.open(ONE)
    reader.follow("Confirm or correct your lines")
    reader.press("Confirm line 1")
    reader.follow("Correct line 4")
    reader.press("Publish my correction", text="Then begin in June.")
    told = shown(Reader())
    assert "Teach by radio. Confirmed by its speaker" in told
    assert (
        "Then begin in May. Its speaker says: 9 March 2026 Then begin in June. Corrected by its speaker"
        in told
    )


def test_all_lines_are_confirmed_at_once_and_none_too_late(
    minutes: Minutes, yusuf: Person, hands: Hands
) -> None:
    hands.turn_to(day(7))
    reader = Reader(yusuf)
    reader.open(f"{ONE}lines/")
    reader.press("Confirm all of them")
    assert list(SpokenLine.objects.values_list("state", flat=True)).count("confirmed") == 2
    hands.turn_to(day(14))
    assert "Correct line" not in shown(reader, f"{ONE}lines/")


def test_who_said_nothing_has_no_lines(minutes: Minutes, sione: Person) -> None:
    for path in ("lines/", "lines/1/correct/"):
        assert Client().get(ONE + path).status_code == 302  # sign in first
        reader = Reader(sione)
        reader.open(ONE + path)
        assert reader.status == 404


def test_a_decision_is_not_confirmed_before_the_room_had_its_time(
    minutes: Minutes, chair: Participant, hands: Hands
) -> None:
    hands.turn_to(day(SPOKEN - 1))
    told = shown(office(chair))
    assert "until Sunday 22 March 2026, 09:00 UTC: the thread of these decisions" in told
    assert f"{DECISIONS[0]} Not confirmed yet" in told
    reader = office(chair)
    reader.open(f"{ONE}decisions/1/")
    refused = reader.press("State it with my name", finding="confirmed", reason="Nobody spoke.").text
    assert "anybody may speak against it" in refused
    hands.turn_to(day(SPOKEN))
    reader.open(ONE)
    reader.follow("State whether decision 1 is confirmed")
    reader.press("State it with my name", finding="not_confirmed", reason="Three had not been asked.")
    told = shown(Reader())
    assert "Ivana Horvat states: 22 March 2026 Three had not been asked. Not confirmed" in told
    assert MeetingDecision.objects.get(number=2).finding == ""


def test_the_thread_leads_to_what_was_decided(minutes: Minutes) -> None:
    reader = Reader()
    reader.open(ONE)
    told = " ".join(reader.follow("the thread of these decisions").text.split())
    assert f"Decision 1: “{DECISIONS[0]}”" in told


def test_erased_words_stand_on_no_page(
    line: SpokenLine, convenor: Participant, process: Process, yusuf: Person, hands: Hands
) -> None:
    correct_line(line, by=enter(process, yusuf, at=START), text="By post.", at=day(7), channel="web")
    erase_line(line, by=convenor, ground="author_request", at=day(8), channel="web")
    hands.turn_to(day(8))
    for reader in (Reader(), office(convenor), Reader(yusuf)):
        told = shown(reader)
        assert "The words of this line were erased." in told
        assert ("Teach by radio." in told, "By post." in told) == (False, False)


def test_the_convenor_erases_on_the_page(line: SpokenLine, convenor: Participant, hands: Hands) -> None:
    hands.turn_to(day(8))
    reader = office(convenor)
    reader.open(ONE)
    reader.press("Erase the words", ground="personal_data")
    assert SpokenLine.objects.exclude(ground="").count() == 1


@pytest.mark.parametrize("path", [ALL, ONE])
def test_a_page_asks_the_database_as_often_for_three_meetings_as_for_one(
    path: str, announce: Announce, publish: Publish
) -> None:
    publish(announce())
    client = Client()
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    for _number in range(2):
        announce()
    with CaptureQueriesContext(connection) as three:
        client.get(path)
    assert len(three) == len(one)
