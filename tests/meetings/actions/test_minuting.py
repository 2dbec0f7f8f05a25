"""Publishing minutes: who is asked, what is put to the room, what is refused, what is erased."""

import pytest
from django.db import IntegrityError, connection, transaction

from conftest import day
from meetings.conftest import DECISIONS, LINES, MINUTED, REPLY_OVER, SPOKEN, Announce, Publish
from steps import line as leaf
from steps import new_entries, refusal
from talanoa.discussions.models import Message
from talanoa.kernel.errors import NotAllowed
from talanoa.lib.minutes_text import Spoken
from talanoa.meetings.actions.confirming import correct_line
from talanoa.meetings.actions.minuting import erase_line
from talanoa.meetings.models import Correction, Meeting, Minutes, SpokenLine
from talanoa.meetings.queries import lines_of
from talanoa.people.actions import know_person
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process
from talanoa.processes.queries import participant
from talanoa.record.models import Opening


def test_the_minutes_say_who_is_asked_and_until_when(minutes: Minutes) -> None:
    rows = minutes.lines.select_related("speaker__person").order_by("number")
    assert [(row.number, row.speaker and row.speaker.person.name, row.state) for row in rows] == [
        (1, "Yusuf Abdi", "asked"),
        (2, None, "unasked"),
        (3, "Lucía Pereira", "asked"),
        (4, "Yusuf Abdi", "asked"),
    ]
    assert (minutes.reply_by, minutes.speak_until) == (day(REPLY_OVER), day(SPOKEN))


def test_what_was_decided_is_put_to_the_room_in_a_thread(meeting: Meeting, publish: Publish) -> None:
    entries = new_entries(lambda: publish(meeting))
    assert [entry["k"] for entry in entries] == ["message.received.1", "minutes.published.1"]
    assert entries[1] == leaf(
        "minutes.published.1",
        r="secretariat",
        at=day(MINUTED),
        meeting=1,
        lines=4,
        decisions=2,
        thread=1,
        until="2026-03-22T09:00Z",
    )
    opening = Message.objects.get()
    assert opening.contribution.state == "published"
    assert opening.subject == "To confirm: what meeting 1 decided (Radio)"
    for text in (*DECISIONS, "Sunday 22 March 2026, 09:00 UTC", "not confirmed yet"):
        assert text in opening.text


def test_minutes_without_a_decision_begin_no_thread(meeting: Meeting, publish: Publish) -> None:
    made = publish(meeting, decisions=())
    assert (made.opening, made.speak_until, Message.objects.count()) == (None, None, 0)


def test_decisions_need_a_discussion_that_is_open(
    meeting: Meeting, publish: Publish, process: Process
) -> None:
    Process.objects.filter(pk=process.pk).update(state=Process.State.FINAL)
    assert refusal(lambda: publish(meeting)) == "discussion_closed"
    assert publish(meeting, decisions=()).lines.count() == 4


def test_minutes_published(minutes: Minutes, publish: Publish) -> None:
    assert refusal(lambda: publish(minutes.meeting)) == "minutes_published"


def test_minutes_empty(meeting: Meeting, publish: Publish) -> None:
    assert refusal(lambda: publish(meeting, lines=(), decisions=())) == "minutes_empty"


def test_too_many_lines(meeting: Meeting, publish: Publish) -> None:
    assert refusal(lambda: publish(meeting, *[Spoken("A", "", "x")] * 501)) == "too_many_lines"
    assert refusal(lambda: publish(meeting, decisions=["x"] * 31)) == "too_many_lines"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (Spoken("", "", "x"), "name_missing"),
        (Spoken("A", "", " "), "text_empty"),
        (Spoken("A", "", "x" * 4001), "text_too_long"),
        (Spoken("A" * 201, "", "x"), "line_too_long"),
    ],
)
def test_each_line_has_a_name_and_words(meeting: Meeting, publish: Publish, line: Spoken, code: str) -> None:
    assert refusal(lambda: publish(meeting, line)) == code


@pytest.mark.parametrize("called", ["nobody@else.example", "nm-99", "geo-1", "17x", "@"])
def test_speaker_unknown(meeting: Meeting, publish: Publish, called: str) -> None:
    know_person(name="Nobody", address="nobody@else.example")
    assert refusal(lambda: publish(meeting, Spoken("A", called, "x"))) == "speaker_unknown"


def test_a_speaker_is_found_by_the_number_of_what_they_said(
    meeting: Meeting, publish: Publish, send: object, lucia: Person
) -> None:
    send(lucia)  # type: ignore[operator]
    made = publish(meeting, *(Spoken("L", called, "x") for called in ("nm-1", "NM-1", "#1", "1")))
    assert {row.speaker and row.speaker.person_id for row in made.lines.all()} == {lucia.pk}


def test_nobody_publishes_minutes_of_a_meeting_to_come(announce: Announce, publish: Publish) -> None:
    coming = announce(starts_at=day(7))
    assert refusal(lambda: publish(coming)) == "meeting_to_come"


def test_who_holds_no_office_publishes_none(meeting: Meeting, publish: Publish, yusuf: Person) -> None:
    by = participant(meeting.process, yusuf)
    with pytest.raises(NotAllowed):
        publish(meeting, by=by)


def test_erasing_a_line_leaves_its_number_and_the_other_lines(
    line: SpokenLine, convenor: Participant, yusuf: Person
) -> None:
    by = participant(convenor.process, yusuf)
    assert by
    correct_line(line, by=by, text="By radio and by post.", at=day(7), channel="web")
    act = {"by": convenor, "ground": "author_request", "at": day(8), "channel": "web"}
    entries = new_entries(lambda: erase_line(line, **act))  # type: ignore[arg-type]
    assert [entry["k"] for entry in entries] == ["redaction.made.1"] * 2
    kept = SpokenLine.objects.get(pk=line.pk)
    assert (kept.name, kept.text, kept.speaker, kept.ground) == ("", "", None, "author_request")
    assert Correction.objects.get().text == ""
    shown = [(row.number, may_read) for row, may_read in lines_of(line.minutes.meeting, None)]
    assert shown == [(1, False), (2, True), (3, True), (4, True)]
    held = Opening.objects.filter(model__in=("meetings.Minutes", "meetings.Correction"))
    assert not held.exclude(salt=None).exists()
    assert refusal(lambda: erase_line(line, **act)) == "wrong_state"  # type: ignore[arg-type]


def test_only_the_convenor_erases_and_on_a_known_ground(
    line: SpokenLine, convenor: Participant, dalia: Participant
) -> None:
    act = {"at": day(8), "channel": "web"}
    with pytest.raises(NotAllowed):
        erase_line(line, by=dalia, ground="court_order", **act)  # type: ignore[arg-type]
    assert refusal(lambda: erase_line(line, by=convenor, ground="whim", **act)) == "ground_unknown"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "table"),
    [
        ("UPDATE meetings_spokenline SET text = 'else'", "spokenline"),
        ("UPDATE meetings_meetingdecision SET text = 'else'", "meetingdecision"),
        ("UPDATE meetings_meetingversion SET title = 'else'", "meetingversion"),
        ("DELETE FROM meetings_spokenline", "spokenline"),
        ("DELETE FROM meetings_minutes", "minutes"),
        ("DELETE FROM meetings_meetingversion", "meetingversion"),
    ],
)
def test_the_database_refuses_to_change_or_delete_what_was_minuted(
    minutes: Minutes, change: str, table: str
) -> None:
    with pytest.raises(IntegrityError, match="deletion_forbidden"), transaction.atomic():
        connection.cursor().execute(change)
    assert len(LINES) == SpokenLine.objects.count()
