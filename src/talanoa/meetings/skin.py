"""What pages, calendars and commands share: finding a meeting, its entry in a calendar, minutes as readers see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from talanoa.discussions.skin import new_message_id
from talanoa.kernel.errors import RuleBroken
from talanoa.lib import minutes_text
from talanoa.lib.meeting_times import TimeUnclear, ZoneUnknown, utc_of
from talanoa.lib.minutes_text import Spoken
from talanoa.mail.posting import outbox
from talanoa.meetings.actions.minuting import Posted
from talanoa.meetings.letters import page
from talanoa.meetings.models import Correction, Meeting, SpokenLine
from talanoa.meetings.queries import attendance_by_group, lines_of, meeting_numbered, speakers
from talanoa.people.middleware import asking
from talanoa.people.models import Group, Person
from talanoa.processes.models import Participant, Process
from talanoa.processes.queries import people_by_group
from talanoa.processes.skin import process_or_404

LARGEST = 300_000
"""Bytes of a text file with minutes."""


def meeting_or_404(request: HttpRequest, process: Process | str, number: int) -> Meeting:
    """Return the meeting with this number, for whoever may read the process."""
    found = process_or_404(request, process) if isinstance(process, str) else process
    meeting = meeting_numbered(found, number, asking(request))
    if meeting is None:
        raise Http404
    return meeting


def starts_at(local: datetime, zone: str) -> datetime:
    """Return the instant (aware, UTC) that a naive local time means.

    Raises RuleBroken: time_zone_unknown, time_unclear.
    """
    try:
        return utc_of(local, zone)
    except ZoneUnknown as unknown:
        raise RuleBroken(
            _("Name the time zone as the list of IANA does, such as Africa/Nairobi, or UTC."),
            code="time_zone_unknown",
        ) from unknown
    except TimeUnclear as unclear:
        raise RuleBroken(
            _(
                "The clocks change there on that day, and show this time never, or twice. Give the time in UTC."
            ),
            code="time_unclear",
        ) from unclear


def calendar_of(meetings: Sequence[Meeting]) -> Calendar:
    """Return a calendar (RFC 5545) that holds `meetings`."""
    made = Calendar()
    made.add("prodid", "-//Talanoa//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for meeting in meetings:
        made.add_component(calendar_event(meeting))
    return made


def calendar_event(meeting: Meeting) -> Event:
    """Return the entry of a meeting in a calendar: in UTC, one UID for ever, a SEQUENCE that grows with each change."""
    version, event = meeting.current, Event()
    event.add("uid", f"{meeting.process.key}-meeting-{meeting.number}@{outbox.domain}")
    event.add("sequence", meeting.sequence)
    event.add("status", "CANCELLED" if meeting.canceled_at else "CONFIRMED")
    event.add("summary", f"{version.title}: {meeting.process.title}")
    event.add("dtstart", version.starts_at)
    event.add("dtend", version.ends_at)
    event.add("dtstamp", meeting.canceled_at or version.made_at)
    event.add("location", version.place)
    told = [meeting.cancel_reason, version.agenda, page(meeting)]
    event.add("description", "\n\n".join(filter(None, told)))
    event.add("url", page(meeting))
    return event


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of minutes as one reader sees it; words and corrections are empty where they may not be read."""

    line: SpokenLine
    name: str
    text: str
    corrections: tuple[Correction, ...]
    state: str
    is_mine: bool


def shown_lines(meeting: Meeting, reader: Person | None, own: Participant | None) -> list[ShownLine]:
    """Return the lines of the minutes as `reader` sees them; `own` is who they are in the process."""
    return [
        ShownLine(
            line=line,
            name=line.name if may_read else "",
            text=line.text if may_read else "",
            corrections=tuple(line.corrections.all()) if may_read else (),
            state=str(_("Erased")) if line.ground else line.get_state_display(),
            is_mine=own is not None and line.speaker_id == own.pk,
        )
        for line, may_read in lines_of(meeting, reader)
    ]


@dataclass(frozen=True, slots=True)
class Seat:
    """A stakeholder group: how many of it are in the room and were there; None stands for fewer than five."""

    group: str
    label: str
    in_room: int | None
    there: int | None


def seats(meeting: Meeting) -> list[Seat]:
    """Return the attendance by group beside the room, or nothing where nobody counted."""
    counted = attendance_by_group(meeting)
    if counted is None:
        return []
    known = people_by_group(meeting.process)
    return [
        Seat(group.value, str(group.label), known.get(group.value), counted.get(group.value))
        for group in Group
    ]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Minutes before they are published: each line with who is found for it, and what was decided."""

    lines: tuple[tuple[Spoken, Participant | None], ...]
    decisions: tuple[str, ...]


def reviewed(meeting: Meeting, text: str) -> Reviewed:
    """Read minutes from a text, and find who speaks in them. Raises RuleBroken: minutes_unreadable, speaker_unknown."""
    noted = minutes_text.read(text)
    if noted.wrong:
        raise RuleBroken(
            _("A line reads “Name: words” or “Name <address>: words”. These do not: %(lines)s.")
            % {"lines": ", ".join(map(str, noted.wrong[:20]))},
            code="minutes_unreadable",
        )
    found = speakers(meeting.process, noted.lines)
    return Reviewed(tuple(zip(noted.lines, found, strict=True)), noted.decisions)


def decoded(data: bytes) -> str:
    """Return minutes that came as a file. Raises RuleBroken: minutes_unreadable."""
    unreadable = RuleBroken(
        _("Minutes are a text in UTF-8 of at most %(most)s bytes.") % {"most": LARGEST},
        code="minutes_unreadable",
    )
    if len(data) > LARGEST:
        raise unreadable
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as wrong:
        raise unreadable from wrong


def posted(meeting: Meeting) -> Posted:
    """Return what begins the thread in which the decisions of `meeting` are confirmed."""
    return Posted(message_id=new_message_id(meeting.process), page=page(meeting))
