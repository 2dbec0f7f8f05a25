"""Calling a meeting: announce it in time, change it with a reason, cancel it, count who came."""

from datetime import timedelta

import pytest

from conftest import START, day
from meetings.conftest import HELD, Announce, planned
from steps import line, new_entries, refusal
from talanoa.kernel.errors import NotAllowed
from talanoa.meetings.actions.calling import (
    announce_meeting,
    cancel_meeting,
    change_meeting,
    enter_attendance,
)
from talanoa.meetings.models import Meeting
from talanoa.meetings.queries import attendance_by_group
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Process
from talanoa.record.models import Entry

COUNTS = {"academia": 7, "government": 4, "civil_society": 12, "private_sector": 0}


def test_a_meeting_is_announced_with_its_number_and_its_entry(announce: Announce) -> None:
    [entry] = new_entries(announce)
    assert entry == line(
        "meeting.announced.1", r="secretariat", at=day(1), meeting=1, starts="2026-03-07T09:00Z", length=90
    )
    assert announce().number == 2


@pytest.mark.parametrize("role", ["convenor", "dalia", "chair"])
def test_convenor_secretariat_and_chair_call_meetings(
    process: Process, role: str, request: pytest.FixtureRequest
) -> None:
    by = request.getfixturevalue(role)
    assert announce_meeting(process, by=by, planned=planned(), at=day(1), channel="web").number == 1


def test_who_holds_no_office_calls_none(process: Process, yusuf: Person, sponsor: Participant) -> None:
    for by in (enter(process, yusuf, at=START), sponsor):
        with pytest.raises(NotAllowed):
            announce_meeting(process, by=by, planned=planned(), at=day(1), channel="web")


def test_short_notice_needs_a_reason(announce: Announce) -> None:
    late = HELD - timedelta(hours=23, minutes=59)
    assert refusal(lambda: announce(at=late)) == "short_notice"
    assert announce(at=late, reason="The minister left.").current.reason == "The minister left."
    assert announce(at=HELD - timedelta(hours=24)).number == 2


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"title": " "}, "text_empty"),
        ({"title": "a" * 201}, "line_too_long"),
        ({"place": ""}, "place_missing"),
        ({"starts_at": day(1)}, "time_passed"),
        ({"length_minutes": 4}, "length_out_of_bounds"),
        ({"length_minutes": 1441}, "length_out_of_bounds"),
        ({"zone": "Mars/Olympus"}, "time_zone_unknown"),
        ({"agenda": "a" * 6001}, "text_too_long"),
    ],
)
def test_what_is_announced_keeps_the_rules(announce: Announce, facts: dict[str, object], code: str) -> None:
    assert refusal(lambda: announce(**facts)) == code


def test_time_passed(announce: Announce) -> None:
    assert refusal(lambda: announce(at=HELD)) == "time_passed"


def test_length_out_of_bounds(announce: Announce) -> None:
    assert refusal(lambda: announce(length_minutes=0)) == "length_out_of_bounds"


def test_a_change_is_the_next_version_and_the_one_before_stays(meeting: Meeting, dalia: Participant) -> None:
    later = planned(starts_at=HELD + timedelta(hours=2), title="Radio and fees")
    changed = new_entries(
        lambda: change_meeting(meeting, by=dalia, planned=later, reason="A strike.", at=day(2), channel="web")
    )
    assert changed == [
        line(
            "meeting.changed.1",
            r="secretariat",
            at=day(2),
            meeting=1,
            version=2,
            starts="2026-03-07T11:00Z",
            length=90,
        )
    ]
    assert [(row.version, row.title, row.reason) for row in meeting.versions.all()] == [
        (2, "Radio and fees", "A strike."),
        (1, "Radio", ""),
    ]
    assert (meeting.current.version, meeting.sequence) == (2, 1)


def test_a_change_without_a_reason_is_refused(meeting: Meeting, dalia: Participant) -> None:
    told = {"planned": planned(), "reason": " ", "at": day(2), "channel": "web"}
    assert refusal(lambda: change_meeting(meeting, by=dalia, **told)) == "reason_missing"  # type: ignore[arg-type]


def test_meeting_begun(meeting: Meeting, dalia: Participant) -> None:
    told = {"reason": "Late.", "at": HELD, "channel": "web"}
    after = planned(starts_at=day(9))
    assert (
        refusal(lambda: change_meeting(meeting, by=dalia, planned=after, **told))  # type: ignore[arg-type]
        == refusal(lambda: cancel_meeting(meeting, by=dalia, **told))  # type: ignore[arg-type]
        == "meeting_begun"
    )


def test_meeting_canceled(meeting: Meeting, dalia: Participant) -> None:
    act = {"by": dalia, "at": day(2), "channel": "web"}
    [entry] = new_entries(lambda: cancel_meeting(meeting, reason="Nobody can come.", **act))  # type: ignore[arg-type]
    assert entry == line("meeting.canceled.1", r="secretariat", at=day(2), meeting=1)
    meeting = Meeting.objects.get()
    assert (meeting.cancel_reason, meeting.sequence) == ("Nobody can come.", 1)
    for again in (
        lambda: cancel_meeting(meeting, reason="x", **act),  # type: ignore[arg-type]
        lambda: change_meeting(meeting, planned=planned(), reason="x", **act),  # type: ignore[arg-type]
        lambda: enter_attendance(meeting, by=dalia, counts=COUNTS, at=day(6), channel="web"),
    ):
        assert refusal(again) == "meeting_canceled"


def test_counts_below_five_leave_by_no_way(meeting: Meeting, dalia: Participant) -> None:
    [entry] = new_entries(
        lambda: enter_attendance(meeting, by=dalia, counts=COUNTS, at=day(6), channel="web")
    )
    assert entry == line(
        "meeting.attended.1",
        r="secretariat",
        at=day(6),
        meeting=1,
        version=1,
        groups="academia:7,civil_society:12",
    )
    assert attendance_by_group(meeting) == {"academia": 7, "civil_society": 12}


def test_a_new_count_corrects_the_one_before_which_stays(meeting: Meeting, dalia: Participant) -> None:
    for people in (9, 5, 4):
        enter_attendance(meeting, by=dalia, counts={"academia": people}, at=day(6), channel="web")
    assert (meeting.attendance.count(), attendance_by_group(meeting)) == (3, {})


def test_meeting_to_come(meeting: Meeting, dalia: Participant) -> None:
    act = {"by": dalia, "counts": COUNTS, "at": HELD - timedelta(seconds=1), "channel": "web"}
    assert refusal(lambda: enter_attendance(meeting, **act)) == "meeting_to_come"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("counts", "code"),
    [
        ({"pirates": 7}, "group_unknown"),
        ({}, "group_unknown"),
        ({"academia": -1}, "count_out_of_bounds"),
        ({"academia": 100_001}, "count_out_of_bounds"),
    ],
)
def test_only_people_of_known_groups_are_counted(
    meeting: Meeting, dalia: Participant, counts: dict[str, int], code: str
) -> None:
    act = {"by": dalia, "counts": counts, "at": day(6), "channel": "web"}
    assert refusal(lambda: enter_attendance(meeting, **act)) == code  # type: ignore[arg-type]


def test_count_out_of_bounds(meeting: Meeting, dalia: Participant) -> None:
    act = {"by": dalia, "counts": {"academia": -1}, "at": day(6), "channel": "web"}
    assert refusal(lambda: enter_attendance(meeting, **act)) == "count_out_of_bounds"  # type: ignore[arg-type]


def test_the_chair_counts_nobody(meeting: Meeting, chair: Participant) -> None:
    before = Entry.objects.count()
    with pytest.raises(NotAllowed):
        enter_attendance(meeting, by=chair, counts=COUNTS, at=day(6), channel="web")
    assert Entry.objects.count() == before


def test_a_process_in_draft_calls_no_meeting(process: Process, dalia: Participant) -> None:
    Process.objects.update(state=Process.State.DRAFT)
    act = {"by": dalia, "planned": planned(), "at": day(1), "channel": "web"}
    assert refusal(lambda: announce_meeting(process, **act)) == "wrong_state"  # type: ignore[arg-type]
