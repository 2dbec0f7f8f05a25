"""Meetings of a process.

A Meeting has a number; what was announced of it is a MeetingVersion, and a change is the next one. An Attendance is
how many of each stakeholder group were there, as the secretariat counted. Minutes belong to one meeting: each
SpokenLine is asked of its speaker, who confirms it or adds a Correction beside it. A MeetingDecision is what the
meeting decided: it is put to the whole room in a thread, and the chair states afterwards whether the room confirmed
it (RFC 2418, section 3.2). That is never a designation of a consensus call.
"""

from talanoa.meetings.models.announced import (
    Attendance,
    AttendanceCount,
    Meeting,
    MeetingQuerySet,
    MeetingVersion,
    MeetingVersionQuerySet,
)
from talanoa.meetings.models.minuted import (
    Correction,
    CorrectionQuerySet,
    MeetingDecision,
    MeetingDecisionQuerySet,
    Minutes,
    MinutesQuerySet,
    SpokenLine,
    SpokenLineQuerySet,
)

__all__ = [
    "Attendance",
    "AttendanceCount",
    "Correction",
    "CorrectionQuerySet",
    "Meeting",
    "MeetingDecision",
    "MeetingDecisionQuerySet",
    "MeetingQuerySet",
    "MeetingVersion",
    "MeetingVersionQuerySet",
    "Minutes",
    "MinutesQuerySet",
    "SpokenLine",
    "SpokenLineQuerySet",
]
