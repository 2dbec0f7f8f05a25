"""What people are told of meetings: the room what is announced, each speaker what the minutes say they said."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.mail.letters import in_language_of, write_to
from talanoa.mail.queries import wants_letters
from talanoa.meetings.letters import (
    MINUTED,
    announced_lines,
    canceled_lines,
    changed_lines,
    minuted_lines,
)
from talanoa.meetings.models import Meeting, MeetingVersion, SpokenLine
from talanoa.meetings.queries import meetings, room
from talanoa.people.models import Person
from talanoa.processes.models import Process
from talanoa.record.models import Entry
from talanoa.record.queries import public_fields


def tell_meeting_announced(entry: Entry) -> None:
    """Invite everybody in the room."""
    _tell_room(entry, gettext_lazy("Meeting %(number)s: %(title)s"), announced_lines)


def tell_meeting_changed(entry: Entry) -> None:
    """Tell everybody in the room what was changed; of several changes at once, the last one."""
    meeting = _of(entry)
    newest = MeetingVersion.objects.filter(meeting=meeting).first()
    if newest is not None and newest.version == int(public_fields(entry)["version"]):
        _tell_room(entry, gettext_lazy("Meeting %(number)s is changed: %(title)s"), changed_lines)


def tell_meeting_canceled(entry: Entry) -> None:
    """Tell everybody in the room that a meeting will not be held."""
    _tell_room(entry, gettext_lazy("Meeting %(number)s is canceled: %(title)s"), canceled_lines)


def tell_minuted(entry: Entry) -> None:
    """Ask each speaker who can be reached about their own lines, and nobody else's."""
    meeting = _of(entry)
    rows = SpokenLine.objects.waiting().filter(minutes__meeting=meeting).order_by("number")
    own: dict[int, list[SpokenLine]] = {}
    for line in rows.select_related("speaker__person").prefetch_related("corrections"):
        if line.speaker is not None:
            own.setdefault(line.speaker.person_id, []).append(line)
    for lines in own.values():
        assert lines[0].speaker  # noqa: S101 - only those with a speaker were gathered
        _ask(lines[0].speaker.person, meeting, lines, entry)


def _ask(person: Person, meeting: Meeting, lines: list[SpokenLine], entry: Entry) -> None:
    with in_language_of(person):
        write_to(
            person,
            key=f"minutes-{entry.pk}-{person.pk}",
            subject=_("Did you say this? Minutes of meeting %(number)s") % {"number": meeting.number},
            lines=minuted_lines(meeting.minutes, lines),
            at=entry.at,
            process_key=meeting.process.key,
            word=f"{MINUTED} {meeting.number}",
            alone=True,
        )


def _tell_room(entry: Entry, subject: Promise, lines: Callable[[Meeting, Person], list[str]]) -> None:
    """Write to everybody in the room, save those who want only what is addressed to them, or a pause."""
    meeting = _of(entry)
    for person in room(meeting.process):
        if not wants_letters(person, meeting.process.key, at=entry.at):
            continue
        with in_language_of(person):
            write_to(
                person,
                key=f"{entry.kind}-{entry.pk}-{person.pk}",
                subject=str(subject) % {"number": meeting.number, "title": meeting.current.title},
                lines=lines(meeting, person),
                at=entry.at,
                process_key=meeting.process.key,
            )


def _of(entry: Entry) -> Meeting:
    process = Process.objects.get(key=entry.process_key)
    return meetings(process, None).get(number=int(public_fields(entry)["meeting"]))
