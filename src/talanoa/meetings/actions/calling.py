"""Steps of who calls a meeting: announce it, change what was announced, cancel it, enter who was there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import fitting_line
from talanoa.lib.meeting_times import zones
from talanoa.meetings.events import AttendanceEntered, MeetingAnnounced, MeetingCanceled, MeetingChanged
from talanoa.meetings.models import Attendance, AttendanceCount, Meeting, MeetingVersion
from talanoa.meetings.models.words import kept
from talanoa.meetings.queries import shown_counts
from talanoa.people.models import Group
from talanoa.processes.actions.announcing import PUBLIC
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import Participant, Process
from talanoa.processes.permissions import require_office, require_organizer
from talanoa.record.events import Committed


@dataclass(frozen=True, slots=True)
class Planned:
    """What is announced of a meeting; `starts_at` is an aware UTC time, `zone` the one that it was given in."""

    title: str
    starts_at: datetime
    length_minutes: int
    zone: str
    place: str
    agenda: str = ""


@transaction.atomic
def announce_meeting(
    process: Process, *, by: Participant, planned: Planned, reason: str = "", at: datetime, channel: str
) -> Meeting:
    """Announce a meeting to the room, at least 24 hours before it begins or with the reason for less.

    The act of secretariat, convenor or chair.
    Raises NotAllowed; RuleBroken: space_crossed, wrong_state, and those of what is announced: text_empty,
    text_too_long, line_too_long, time_passed, short_notice, length_out_of_bounds, time_zone_unknown, place_missing.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    role = require_office(by, process)
    process.check_real()
    process.check_state(*PUBLIC)
    facts = _facts(planned, at)
    why = kept(reason, Meeting.REASON_LIMIT)
    if planned.starts_at - at < MeetingVersion.NOTICE and not why:
        raise RuleBroken(
            _(
                "It begins in less than 24 hours: people need time to come. Say why so late, or choose another time."
            ),
            code="short_notice",
        )
    made = Meeting.objects.create(process=process, number=process.meetings.count() + 1)
    version = MeetingVersion.objects.create(
        meeting=made, version=1, reason=why, by=by, name=by.person.name, made_at=at, **facts
    )
    event = MeetingAnnounced(
        meeting=made.number,
        starts=_instant(version.starts_at),
        length=version.length_minutes,
        title=Committed(version, "title"),
        words_sha256=Committed(version, "words_sha256"),
    )
    put_on_record(process, event, by=by, role=role, at=at, channel=channel)
    return made


@transaction.atomic
def change_meeting(
    meeting: Meeting, *, by: Participant, planned: Planned, reason: str, at: datetime, channel: str
) -> MeetingVersion:
    """Change what was announced of a meeting before its time, with a public reason; the versions before it stay.

    Raises NotAllowed; RuleBroken: meeting_canceled, meeting_begun, reason_missing, and those of what is announced.
    """
    meeting = Meeting.objects.locked(meeting)
    role = require_office(by, meeting.process)
    meeting.check_to_come(at)
    facts = _facts(planned, at)
    version = MeetingVersion.objects.create(
        meeting=meeting,
        version=meeting.current.version + 1,
        reason=_reason(reason),
        by=by,
        name=by.person.name,
        made_at=at,
        **facts,
    )
    event = MeetingChanged(
        meeting=meeting.number,
        version=version.version,
        starts=_instant(version.starts_at),
        length=version.length_minutes,
        title=Committed(version, "title"),
        words_sha256=Committed(version, "words_sha256"),
    )
    put_on_record(meeting.process, event, by=by, role=role, at=at, channel=channel)
    return version


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: Participant, reason: str, at: datetime, channel: str) -> Meeting:
    """Cancel a meeting before its time, with a public reason; its page stays.

    Raises NotAllowed; RuleBroken: meeting_canceled, meeting_begun, reason_missing, text_too_long.
    """
    meeting = Meeting.objects.locked(meeting)
    role = require_office(by, meeting.process)
    meeting.check_to_come(at)
    meeting.canceled_at, meeting.cancel_reason = at, _reason(reason)
    meeting.save(update_fields=["canceled_at", "cancel_reason"])
    event = MeetingCanceled(meeting=meeting.number, reason_sha256=Committed(meeting, "reason_sha256"))
    put_on_record(meeting.process, event, by=by, role=role, at=at, channel=channel)
    return meeting


@transaction.atomic
def enter_attendance(
    meeting: Meeting, *, by: Participant, counts: Mapping[str, int], at: datetime, channel: str
) -> Attendance:
    """Enter how many of each stakeholder group were at a meeting; to enter it again corrects it.

    The act of secretariat or convenor. Only counts of five and more are ever shown.
    Raises NotAllowed; RuleBroken: meeting_canceled, meeting_to_come, group_unknown, count_out_of_bounds.
    """
    meeting = Meeting.objects.locked(meeting)
    role = require_organizer(by, meeting.process)
    meeting.check_begun(at)
    _check_counts(counts)
    made = Attendance.objects.create(
        meeting=meeting, version=meeting.attendance.count() + 1, by=by, entered_at=at
    )
    AttendanceCount.objects.bulk_create(
        AttendanceCount(attendance=made, group=group, people=people) for group, people in counts.items()
    )
    shown = ",".join(f"{group}:{people}" for group, people in shown_counts(made).items())
    event = AttendanceEntered(meeting=meeting.number, version=made.version, groups=shown or "-")
    put_on_record(meeting.process, event, by=by, role=role, at=at, channel=channel)
    return made


def _check_counts(counts: Mapping[str, int]) -> None:
    unknown = [group for group in counts if group not in Group.values]
    if unknown or not counts:
        raise RuleBroken(
            _("Count people by these groups: %(groups)s.") % {"groups": ", ".join(Group.values)},
            code="group_unknown",
        )
    if not all(0 <= people <= Attendance.MOST for people in counts.values()):
        raise RuleBroken(
            _("A count is a number from 0 to %(most)s.") % {"most": Attendance.MOST},
            code="count_out_of_bounds",
        )


def _facts(planned: Planned, at: datetime) -> dict[str, object]:
    title = fitting_line(planned.title, MeetingVersion.TITLE_LIMIT)
    place = fitting_line(planned.place, MeetingVersion.PLACE_LIMIT)
    if not title:
        raise RuleBroken(_("Say what the meeting is about, in one line."), code="text_empty")
    if not place:
        raise RuleBroken(_("Say where it is: a link, or a room."), code="place_missing")
    if planned.starts_at <= at:
        raise RuleBroken(_("Give a time that is still to come."), code="time_passed")
    if not MeetingVersion.SHORTEST <= planned.length_minutes <= MeetingVersion.LONGEST:
        raise RuleBroken(
            _("A meeting is planned for %(least)s to %(most)s minutes.")
            % {"least": MeetingVersion.SHORTEST, "most": MeetingVersion.LONGEST},
            code="length_out_of_bounds",
        )
    if planned.zone not in zones():
        raise RuleBroken(
            _("Name the time zone as the list of IANA does, such as Africa/Nairobi, or UTC."),
            code="time_zone_unknown",
        )
    return {
        "title": title,
        "place": place,
        "starts_at": planned.starts_at,
        "length_minutes": planned.length_minutes,
        "zone": planned.zone,
        "agenda": kept(planned.agenda, MeetingVersion.AGENDA_LIMIT),
    }


def _reason(given: str) -> str:
    words = kept(given, Meeting.REASON_LIMIT)
    if not words:
        raise RuleBroken(_("Give the reason: everybody who planned to come reads it."), code="reason_missing")
    return words


def _instant(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%MZ}"
