"""Letters about meetings: to the room what is announced, changed or canceled; to each speaker their own lines."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talanoa.kernel.instants import moment
from talanoa.lib.meeting_times import LocalTime, everywhere, local_time
from talanoa.lib.shortening import shortened
from talanoa.mail.actions import MOST
from talanoa.mail.letters import wrapped
from talanoa.mail.posting import outbox
from talanoa.meetings.models import Meeting, Minutes, SpokenLine
from talanoa.people.models import Person

MINUTED = "minuted"
"""The mail command that an answer to the letter with one's lines means."""
ROOM = 2_000
"""Bytes that a letter keeps for what is added to it when it is sent."""


def page(meeting: Meeting) -> str:
    """Return the whole address of the page of a meeting."""
    return f"{outbox.site}/p/{meeting.process.key}/meetings/{meeting.number}/"


def announced_lines(meeting: Meeting, reader: Person) -> list[str]:
    """Return what the room reads of a meeting: what about, when by the clocks of the world, where, what else."""
    told = _("“%(title)s” invites you to meeting %(number)s: %(what)s")
    return _cut(meeting, [*wrapped(_what(meeting, told), ""), *_facts(meeting, reader)])


def changed_lines(meeting: Meeting, reader: Person) -> list[str]:
    """Return what the room reads when a meeting is changed: why, and what holds now."""
    told = _("Meeting %(number)s of “%(title)s” was changed: %(what)s")
    why = _("The reason: %(reason)s") % {"reason": meeting.current.reason}
    now = _("This holds now:")
    return _cut(meeting, [*wrapped(_what(meeting, told), "", why, "", now, ""), *_facts(meeting, reader)])


def canceled_lines(meeting: Meeting, reader: Person) -> list[str]:
    """Return what the room reads when a meeting will not be held."""
    told = _("Meeting %(number)s of “%(title)s” is canceled: %(what)s")
    when = _("It would have begun on %(when)s.") % {"when": _by_their_clock(meeting, reader)}
    why = _("The reason: %(reason)s") % {"reason": meeting.cancel_reason}
    return [*wrapped(_what(meeting, told), "", when, why, ""), f"  {page(meeting)}"]


def _what(meeting: Meeting, told: str) -> str:
    version = meeting.current
    return told % {"number": meeting.number, "title": meeting.process.title, "what": version.title}


def _facts(meeting: Meeting, reader: Person) -> list[str]:
    version = meeting.current
    length = ngettext("%(n)s minute", "%(n)s minutes", version.length_minutes) % {"n": version.length_minutes}
    late = [_("Why at short notice: %(reason)s") % {"reason": version.reason}]
    later = _(
        "What a meeting decides is confirmed afterwards in the discussion: whoever cannot come loses no say."
    )
    return [
        *wrapped(_("When: %(when)s") % {"when": _by_their_clock(meeting, reader)}),
        *wrapped(_("How long: %(length)s") % {"length": length}),
        *wrapped(_("Where: %(place)s") % {"place": version.place}),
        *(wrapped(*late) if version.version == 1 and version.reason else []),
        "",
        *(wrapped(_("Agenda:"), version.agenda, "") if version.agenda else []),
        _("Elsewhere the clocks show:"),
        *clock_lines(everywhere(version.starts_at)),
        "",
        *wrapped(later, "", _("For your calendar, and with all changes:")),
        f"  {page(meeting)[:-1]}.ics",
        f"  {page(meeting)}",
    ]


def _by_their_clock(meeting: Meeting, reader: Person) -> str:
    starts = meeting.current.starts_at
    own = local_time(starts, reader.time_zone)
    if own.offset == "+00:00":
        return moment(starts)
    there = _("%(when)s (%(local)s in %(city)s)")
    local = f"{date_format(own.at, 'l')} {own.at:%H:%M}"
    return there % {"when": moment(starts), "local": local, "city": own.city}


def clock_lines(times: Sequence[LocalTime]) -> list[str]:
    """Return one line for each place: city, weekday, time, distance from UTC."""
    return [f"  {one.city:<14} {date_format(one.at, 'D')} {one.at:%H:%M}  (UTC{one.offset})" for one in times]


def minuted_lines(minutes: Minutes, lines: Sequence[SpokenLine]) -> list[str]:
    """Return what a speaker reads: each of their lines, and how to confirm or correct it."""
    meeting = minutes.meeting
    told = _("The minutes of meeting %(number)s of “%(title)s” are public. They say that you said:")
    facts = {"number": meeting.number, "title": meeting.process.title}
    said = [part for line in lines for part in _quoted(line)]
    return _cut(meeting, [*wrapped(told % facts, ""), *said, *how_lines(minutes, lines)])


def how_lines(minutes: Minutes, lines: Sequence[SpokenLine]) -> list[str]:
    """Return how a speaker confirms or corrects their lines by mail, and until when."""
    first = lines[0].number if lines else 1
    asked = _("Is that right? Please answer this mail until %(until)s with one of these at its beginning:")
    after = _(
        "A correction is published beside the line, never in its place: all of it up to the next empty line. Without"
        " your answer the line says that its speaker has not replied."
    )
    return wrapped(
        asked % {"until": moment(minutes.reply_by)},
        _("  confirm"),
        _("  correct %(number)s: what you said") % {"number": first},
        "",
        after,
        "",
        _("The whole minutes:"),
        f"  {page(minutes.meeting)}",
    )


def _quoted(line: SpokenLine) -> list[str]:
    head = _("Line %(number)s, %(state)s:") % {
        "number": line.number,
        "state": SpokenLine.State(line.state).label,
    }
    corrected = [
        part
        for one in line.corrections.all()
        for part in (_("You corrected it:"), *(f"> {row}".rstrip() for row in one.text.split("\n")))
    ]
    return [*wrapped(head), *(f"> {row}".rstrip() for row in line.text.split("\n")), *corrected, ""]


def _cut(meeting: Meeting, lines: list[str]) -> list[str]:
    tail = _("The rest stands here: %(page)s") % {"page": page(meeting)}
    return shortened("\n".join(lines), most=MOST - ROOM, tail=tail).split("\n")
