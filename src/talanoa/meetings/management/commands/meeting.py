"""`talanoa meeting`: announce, change, cancel, list, show; attendance and minutes; confirm, correct, decide."""

import sys
from datetime import datetime
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from talanoa.kernel.commands import Told, read_bytes
from talanoa.kernel.errors import RuleBroken
from talanoa.meetings.actions.calling import (
    Planned,
    announce_meeting,
    cancel_meeting,
    change_meeting,
    enter_attendance,
)
from talanoa.meetings.actions.confirming import confirm_lines, correct_line, state_decision
from talanoa.meetings.actions.minuting import publish_minutes
from talanoa.meetings.models import Meeting, MeetingDecision, MeetingVersion
from talanoa.meetings.queries import (
    attendance_by_group,
    decisions_of,
    meeting_numbered,
    meetings,
    numbered_lines,
    own_lines,
)
from talanoa.meetings.skin import LARGEST, ShownLine, decoded, posted, reviewed, shown_lines, starts_at
from talanoa.processes.commands import ActingVerb, acting, acting_person, process_called
from talanoa.processes.queries import participant

_DIGITS = 9
_ABOUT_ONE = ("change", "cancel", "show", "attendance", "minutes", "confirm", "correct", "decide")


class Command(ActingVerb):
    help = "Meetings of a process: announce, change, cancel, read; attendance, minutes, what was decided."
    verbs = ("announce", "list", *_ABOUT_ONE)

    def describe(self, verb: str, parser: CommandParser) -> None:
        parser.add_argument("key")
        if verb in _ABOUT_ONE:
            parser.add_argument("number", type=int, help="of the meeting")
        if verb in ("announce", "change"):
            _describe_plan(parser, is_new=verb == "announce")
        if verb in ("announce", "change", "cancel", "decide"):
            parser.add_argument("--reason", default="", help="in public")
        if verb == "attendance":
            parser.add_argument("counts", nargs="+", metavar="GROUP=PEOPLE", help="such as academia=7")
        if verb == "minutes":
            parser.add_argument("file", help="the minutes in UTF-8; - reads standard input")
            parser.add_argument("--check", action="store_true", help="say what is read, and publish nothing")
        if verb == "confirm":
            parser.add_argument(
                "lines", nargs="*", type=int, help="numbers of lines; without any, all that wait"
            )
        if verb == "correct":
            parser.add_argument("line", type=int)
            parser.add_argument("text", help="what you said")
        if verb == "decide":
            parser.add_argument("decision", type=int)
            parser.add_argument("finding", choices=MeetingDecision.Finding.values)

    def act_announce(self, options: dict[str, Any]) -> Told:
        """Announce a meeting to the room."""
        process = process_called(options["key"])
        planned, reason = _planned(options, None), options["reason"]
        made = announce_meeting(
            process, by=acting(options, process), planned=planned, reason=reason, **_when(options)
        )
        return _told(made, made.current)

    def act_change(self, options: dict[str, Any]) -> Told:
        """Change what was announced of a meeting; what is not given stays as it is."""
        found = _called(options)
        planned, reason = _planned(options, found.current), options["reason"]
        by = acting(options, found.process)
        return _told(found, change_meeting(found, by=by, planned=planned, reason=reason, **_when(options)))

    def act_cancel(self, options: dict[str, Any]) -> Told:
        """Cancel a meeting."""
        found = _called(options)
        made = cancel_meeting(
            found, by=acting(options, found.process), reason=options["reason"], **_when(options)
        )
        return Told({"meeting": made.number, "state": "canceled"}, (f"Meeting {made.number}: canceled.",))

    def act_list(self, options: dict[str, Any]) -> Told:
        """List the meetings of a process, newest first."""
        person = acting_person(options)
        rows = [_row(found) for found in meetings(process_called(options["key"]), person)]
        lines = [f"{row['meeting']:>3}  {row['starts']}  {row['state']:<9} {row['title']}" for row in rows]
        return Told({"meetings": rows}, tuple(lines))

    def act_show(self, options: dict[str, Any]) -> Told:
        """Show a meeting with its minutes."""
        found, person = _called(options), acting_person(options)
        version = found.current
        lines = shown_lines(found, person, participant(found.process, person))
        decisions = list(decisions_of(found, person))
        data = {
            **_row(found),
            "length": version.length_minutes,
            "place": version.place,
            "agenda": version.agenda,
            "reason": found.cancel_reason or version.reason,
            "attendance": attendance_by_group(found) or {},
            "lines": [_line(one) for one in lines],
            "decisions": [
                {"decision": one.number, "text": one.text, "finding": one.finding, "reason": one.reason}
                for one in decisions
            ],
        }
        told = [
            f"{data['starts']}  {data['title']}",
            version.place,
            version.agenda,
            *(part for one in lines for part in _printed(one)),
            *(f"{one.number}. {one.text} [{one.standing}]" for one in decisions),
        ]
        return Told(data, tuple(filter(None, told)))

    def act_attendance(self, options: dict[str, Any]) -> Told:
        """Enter how many of each stakeholder group were at a meeting."""
        found = _called(options)
        counts = dict(map(_count, options["counts"]))
        made = enter_attendance(found, by=acting(options, found.process), counts=counts, **_when(options))
        shown = attendance_by_group(found) or {}
        told = ", ".join(f"{group} {people}" for group, people in shown.items()) or "no count of five or more"
        return Told({"meeting": found.number, "version": made.version, "groups": shown}, (f"Shown: {told}.",))

    def act_minutes(self, options: dict[str, Any]) -> Told:
        """Publish the minutes of a meeting, or check them first."""
        found = _called(options)
        by = acting(options, found.process)
        read = reviewed(found, decoded(read_bytes(options["file"], sys.stdin, most=LARGEST + 1)))
        rows = [
            {"name": line.name, "text": line.text, "found": speaker is not None}
            for line, speaker in read.lines
        ]
        data = {"meeting": found.number, "lines": rows, "decisions": list(read.decisions)}
        told = [
            *(f"{row['name']}{'' if row['found'] else ' (cannot be asked)'}: {row['text']}" for row in rows),
            *(f"Decision: {text}" for text in read.decisions),
        ]
        if not options["check"]:
            said = [line for line, _speaker in read.lines]
            publish_minutes(
                found, by=by, lines=said, decisions=read.decisions, posted=posted(found), **_when(options)
            )
        return Told({**data, "published": not options["check"]}, tuple(told))

    def act_confirm(self, options: dict[str, Any]) -> Told:
        """Confirm what the minutes say that one said."""
        found = _called(options)
        by = acting(options, found.process)
        done = confirm_lines(found, by=by, numbers=options["lines"], **_when(options))
        numbers = [line.number for line in done]
        return Told({"lines": numbers}, (f"Confirmed: {', '.join(map(str, numbers))}.",))

    def act_correct(self, options: dict[str, Any]) -> Told:
        """Say what one said, beside a line of the minutes."""
        found = _called(options)
        by = acting(options, found.process)
        [line] = numbered_lines(own_lines(found, by.person), [options["line"]])
        made = correct_line(line, by=by, text=options["text"], **_when(options))
        return Told({"line": line.number, "correction": made.number}, (f"Line {line.number}: corrected.",))

    def act_decide(self, options: dict[str, Any]) -> Told:
        """State whether the room confirmed what a meeting decided."""
        found = _called(options)
        by = acting(options, found.process)
        decision = decisions_of(found, by.person).filter(number=options["decision"]).first()
        if decision is None:
            raise RuleBroken(_("This meeting came to no such decision."), code="number_unknown")
        made = state_decision(
            decision, by=by, finding=options["finding"], reason=options["reason"], **_when(options)
        )
        return Told(
            {"decision": made.number, "finding": made.finding}, (f"Decision {made.number}: {made.finding}.",)
        )


def _describe_plan(parser: CommandParser, *, is_new: bool) -> None:
    parser.add_argument("--title", required=is_new)
    parser.add_argument("--starts", required=is_new, help="by the clocks of the zone: 2026-11-24T15:00")
    parser.add_argument("--zone", default="UTC" if is_new else None, help="of the IANA list: Africa/Nairobi")
    parser.add_argument("--length", type=int, default=60 if is_new else None, help="in minutes")
    parser.add_argument("--where", required=is_new, help="a link, or a room")
    parser.add_argument("--agenda", default="" if is_new else None)


def _planned(options: dict[str, Any], now: MeetingVersion | None) -> Planned:
    """Return what is to be announced; of a meeting that is announced, what is not given stays."""
    zone = options["zone"] or (now.zone if now else "UTC")
    if options["starts"]:
        starts = starts_at(_local(options["starts"]), zone)
    else:
        starts = now.starts_at if now else options["at"]
    given = {
        "title": options["title"],
        "length_minutes": options["length"],
        "place": options["where"],
        "agenda": options["agenda"],
    }
    known = {name: getattr(now, name) if value is None else value for name, value in given.items()}
    return Planned(starts_at=starts, zone=zone, **known)


def _local(told: str) -> datetime:
    try:
        found = datetime.fromisoformat(told)
    except ValueError as wrong:
        raise CommandError("write a time as 2026-11-24T15:00", returncode=2) from wrong
    if found.tzinfo is not None:
        raise CommandError("write the time without its zone, and name the zone by --zone", returncode=2)
    return found


def _count(told: str) -> tuple[str, int]:
    group, _sign, people = told.partition("=")
    if not (people.isascii() and people.isdigit() and len(people) <= _DIGITS):
        raise CommandError("write a count as academia=7", returncode=2)
    return group, int(people)


def _called(options: dict[str, Any]) -> Meeting:
    """Return the meeting with the number that was given. Raises RuleBroken: number_unknown."""
    found = meeting_numbered(process_called(options["key"]), options["number"], acting_person(options))
    if found is None:
        raise RuleBroken(_("There is no meeting with this number."), code="number_unknown")
    return found


def _when(options: dict[str, Any]) -> dict[str, Any]:
    return {"at": options["at"], "channel": "cli"}


def _told(meeting: Meeting, version: MeetingVersion) -> Told:
    starts = f"{version.starts_at:%Y-%m-%dT%H:%MZ}"
    data = {"meeting": meeting.number, "version": version.version, "starts": starts}
    return Told(data, (f"Meeting {meeting.number} (version {version.version}) starts at {starts}.",))


def _row(meeting: Meeting) -> dict[str, Any]:
    version = meeting.current
    state = "canceled" if meeting.canceled_at else "minuted" if hasattr(meeting, "minutes") else "announced"
    return {
        "meeting": meeting.number,
        "starts": f"{version.starts_at:%Y-%m-%dT%H:%MZ}",
        "state": state,
        "title": version.title,
        "version": version.version,
    }


def _printed(one: ShownLine) -> list[str]:
    """Return a line of the minutes, and its corrections below it."""
    head = f"{one.line.number}. {one.name}: {one.text} [{one.state}]"
    return [head, *(f"    {row.text}" for row in one.corrections)]


def _line(one: ShownLine) -> dict[str, Any]:
    return {
        "line": one.line.number,
        "name": one.name,
        "text": one.text,
        "state": "erased" if one.line.ground else one.line.state,
        "corrections": [row.text for row in one.corrections],
        "mine": one.is_mine,
    }
