"""Meetings of the world: one to come, one canceled, one without minutes, and two with them."""

from typing import Any

from permissions.canaries import canary
from permissions.cast import address
from permissions.stages import ago, member
from talanoa.conf.clockwork import tick
from talanoa.lib.minutes_text import Spoken
from talanoa.meetings.actions.calling import (
    Planned,
    announce_meeting,
    cancel_meeting,
    change_meeting,
    enter_attendance,
)
from talanoa.meetings.actions.confirming import correct_line
from talanoa.meetings.actions.minuting import Posted, erase_line, publish_minutes
from talanoa.meetings.models import Meeting
from talanoa.people.models import Person
from talanoa.processes.models import Process

SCRIPT = "<script>alert(1)</script>"
MEETINGS = {"coming": 1, "canceled": 2, "held": 3, "minuted": 4, "heard": 5}
"""The number of the meeting in each state, in the order in which they were announced."""
LINES = {"asked": 1, "unasked": 2, "erased": 3}
"""The number of the line in each state, in the minutes of the one that is `minuted`."""


def meet(process: Process, cast: dict[str, Person]) -> None:
    """Call every meeting of MEETINGS, and let the author speak; all that is said is hostile."""
    by = {role: member(process, cast[role]) for role in ("author", "convenor", "secretariat")}
    starts = {"coming": -5, "canceled": -6, "held": 4, "minuted": 4, "heard": 25}
    made = {state: _called(process, cast, days, late=state == "coming") for state, days in starts.items()}
    act: dict[str, Any] = {"by": by["secretariat"], "at": ago(3), "channel": "web"}
    cancel_meeting(made["canceled"], reason=SCRIPT, **act)
    change_meeting(made["coming"], planned=_plan(-5), reason=SCRIPT, **act)
    enter_attendance(made["minuted"], counts={"academia": 7, "government": 4}, **act)
    _minuted(made["heard"], cast, 24, Spoken(f"A{SCRIPT}", address("author"), SCRIPT))
    states = {"asked": address("author"), "unasked": "", "erased": address("author")}
    lines = [
        Spoken(canary(f"line-{state}-name"), called, canary(f"line-{state}-text"))
        for state, called in states.items()
    ]
    _minuted(made["minuted"], cast, 3, *lines, Spoken(f"A{SCRIPT}", address("author"), SCRIPT))
    rows = made["minuted"].minutes.lines.select_related("minutes__meeting__process").in_bulk()
    for row in rows.values():
        state = next((state for state, number in LINES.items() if number == row.number), "unasked")
        if state != "unasked":
            said: dict[str, Any] = {"by": by["author"], "at": ago(2), "channel": "web"}
            correct_line(row, text=canary(f"line-{state}-correction"), **said)
    tick(at=ago(2))  # the letters about it are written before it is erased
    erased = next(row for row in rows.values() if row.number == LINES["erased"])
    erase_line(erased, by=by["convenor"], ground="court_order", at=ago(1), channel="web")


def _plan(days: float) -> Planned:
    return Planned(
        title=f"<b onx=1>Meeting{SCRIPT}",
        starts_at=ago(days),
        length_minutes=60,
        zone="Africa/Nairobi",
        place=f"Room <i onx=1> {SCRIPT} [x](javascript:alert(1))",
        agenda=SCRIPT,
    )


def _called(process: Process, cast: dict[str, Person], days: float, *, late: bool) -> Meeting:
    by = member(process, cast["secretariat"])
    told: dict[str, Any] = {"at": ago(days + 2) if days > 0 else ago(4), "channel": "web"}
    reason = SCRIPT if late else ""
    return announce_meeting(process, by=by, planned=_plan(days), reason=reason, **told)


def _minuted(meeting: Meeting, cast: dict[str, Person], days: float, *lines: Spoken) -> None:
    posted = Posted(f"minutes-{meeting.number}@talanoa.example", "https://talanoa.example/")
    publish_minutes(
        meeting,
        by=member(meeting.process, cast["secretariat"]),
        lines=lines,
        decisions=[f"We pay. {SCRIPT}"],
        posted=posted,
        at=ago(days),
        channel="web",
    )
