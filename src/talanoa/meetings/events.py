"""What happens about the meetings of a process, on the record."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talanoa.record.events import Committed, Event


@dataclass(frozen=True)
class MeetingAnnounced(Event):
    """A meeting was announced: when it starts (UTC), and for how many minutes it is planned."""

    kind: ClassVar[str] = "meeting.announced.1"
    told: ClassVar[Promise] = _("Meeting %(meeting)s was announced: it starts at %(starts)s.")
    meeting: int
    starts: str
    length: int
    title: Committed
    words_sha256: Committed


@dataclass(frozen=True)
class MeetingChanged(Event):
    """What was announced of a meeting was changed, with a reason; older versions stay."""

    kind: ClassVar[str] = "meeting.changed.1"
    told: ClassVar[Promise] = _(
        "Meeting %(meeting)s was changed (version %(version)s): it starts at %(starts)s."
    )
    meeting: int
    version: int
    starts: str
    length: int
    title: Committed
    words_sha256: Committed


@dataclass(frozen=True)
class MeetingCanceled(Event):
    """A meeting will not be held."""

    kind: ClassVar[str] = "meeting.canceled.1"
    told: ClassVar[Promise] = _("Meeting %(meeting)s was canceled.")
    meeting: int
    reason_sha256: Committed


@dataclass(frozen=True)
class AttendanceEntered(Event):
    """How many of each group were there. `groups` names those of which at least five were, such as `academia:7`."""

    kind: ClassVar[str] = "meeting.attended.1"
    told: ClassVar[Promise] = _("Who was at meeting %(meeting)s was entered by group (version %(version)s).")
    meeting: int
    version: int
    groups: str


@dataclass(frozen=True)
class MinutesPublished(Event):
    """The minutes of a meeting are public.

    `thread` is the number of the message in which its decisions are put to the room, `until` the end of the time in
    which anybody may speak against them there; 0 and `-` where it came to none.
    """

    kind: ClassVar[str] = "minutes.published.1"
    told: ClassVar[Promise] = _(
        "The minutes of meeting %(meeting)s are public, with %(decisions)s decisions that are not confirmed yet."
    )
    meeting: int
    lines: int
    decisions: int
    thread: int
    until: str
    text_sha256: Committed


@dataclass(frozen=True)
class LinesConfirmed(Event):
    """A speaker confirmed what the minutes say of them; `lines` are numbers in short form, such as `1-4,7`."""

    kind: ClassVar[str] = "minutes.confirmed.1"
    told: ClassVar[Promise] = _(
        "A speaker confirmed what the minutes of meeting %(meeting)s say (lines %(lines)s)."
    )
    meeting: int
    lines: str


@dataclass(frozen=True)
class LineCorrected(Event):
    """A speaker corrected what the minutes say of them; what stood there before stays beside it."""

    kind: ClassVar[str] = "minutes.corrected.1"
    told: ClassVar[Promise] = _(
        "A speaker corrected line %(line)s of the minutes of meeting %(meeting)s; both can be read."
    )
    meeting: int
    line: int
    correction: int
    text_sha256: Committed


@dataclass(frozen=True)
class MeetingDecisionStated(Event):
    """Whether the room confirmed what a meeting decided, as the chair states it, with reasons."""

    kind: ClassVar[str] = "meetingdecision.stated.1"
    told: ClassVar[Promise] = _(
        "Decision %(decision)s of meeting %(meeting)s was found in its thread to be: %(finding)s."
    )
    meeting: int
    decision: int
    finding: str
    reason_sha256: Committed
