"""Steps of who writes the minutes: publish them, put what was decided to the room, erase the words of a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.actions.erasing import ERASURE_GROUNDS
from talanoa.contributions.actions.standing import Author
from talanoa.contributions.models import Assurance
from talanoa.discussions.actions import Said, start_thread
from talanoa.discussions.models import Message
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.instants import moment
from talanoa.kernel.text import fitting_line
from talanoa.lib.minutes_text import Spoken
from talanoa.meetings.events import MinutesPublished
from talanoa.meetings.models import Correction, Meeting, MeetingDecision, Minutes, SpokenLine
from talanoa.meetings.models.words import spoken
from talanoa.meetings.queries import speakers
from talanoa.processes.actions.announcing import PUBLIC
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import Actor, Default, Participant
from talanoa.processes.permissions import require_convenor, require_office
from talanoa.record.actions import entries_about, erase
from talanoa.record.events import Committed

State = SpokenLine.State


@dataclass(frozen=True, slots=True)
class Posted:
    """What the message that begins the thread needs: an identifier of its own, and the address of the minutes."""

    message_id: str
    page: str


@transaction.atomic
def publish_minutes(
    meeting: Meeting,
    *,
    by: Participant,
    lines: Sequence[Spoken],
    decisions: Sequence[str],
    posted: Posted,
    at: datetime,
    channel: str,
) -> Minutes:
    """Publish the minutes of a meeting; what it decided is put to the room in a thread that `by` begins.

    Each speaker who can be reached has 7 days to confirm or correct their lines; anybody has the days of a consensus
    call to speak against a decision in its thread. The act of secretariat, convenor or chair. Raises NotAllowed;
    RuleBroken: meeting_canceled, meeting_to_come, wrong_state, minutes_published, minutes_empty, too_many_lines,
    name_missing, text_empty, text_too_long, line_too_long, speaker_unknown, discussion_closed.
    """
    meeting = Meeting.objects.locked(meeting)
    process = meeting.process
    role = require_office(by, process)
    process.check_state(*PUBLIC)
    meeting.check_begun(at)
    _check_new(meeting, lines, decisions)
    kept = [_cleaned(line) for line in lines]
    decided = [spoken(text, MeetingDecision.TEXT_LIMIT) for text in decisions]
    members = speakers(process, kept)
    until = at + timedelta(days=process.defaults[Default.CALL]) if decided else None
    opening = (
        _put_to_the_room(meeting, decided, until, by=by, posted=posted, at=at, channel=channel)
        if until
        else None
    )
    made = Minutes.objects.create(
        meeting=meeting,
        by=by,
        name=by.person.name,
        published_at=at,
        reply_by=at + Minutes.REPLY,
        opening=opening,
        speak_until=until,
    )
    _keep(made, kept, members, decided)
    event = MinutesPublished(
        meeting=meeting.number,
        lines=len(kept),
        decisions=len(decided),
        thread=opening.contribution.number if opening else 0,
        until=f"{until:%Y-%m-%dT%H:%MZ}" if until else "-",
        text_sha256=Committed(made, "text_sha256"),
    )
    put_on_record(process, event, by=by, role=role, at=at, channel=channel)
    return made


def _keep(
    made: Minutes, lines: Sequence[Spoken], members: Sequence[Participant | None], decided: Sequence[str]
) -> None:
    SpokenLine.objects.bulk_create(
        SpokenLine(
            minutes=made,
            number=number,
            speaker=speaker,
            name=line.name,
            text=line.text,
            state=State.ASKED if speaker and speaker.person.address else State.UNASKED,
        )
        for number, (line, speaker) in enumerate(zip(lines, members, strict=True), start=1)
    )
    MeetingDecision.objects.bulk_create(
        MeetingDecision(minutes=made, number=number, text=text)
        for number, text in enumerate(decided, start=1)
    )


def _check_new(meeting: Meeting, lines: Sequence[Spoken], decisions: Sequence[str]) -> None:
    if Minutes.objects.filter(meeting=meeting).exists():
        raise RuleBroken(
            _("The minutes of this meeting are public already; their speakers correct them."),
            code="minutes_published",
        )
    if not (lines or decisions):
        raise RuleBroken(_("The minutes say nothing yet."), code="minutes_empty")
    if len(lines) > Minutes.MOST_LINES or len(decisions) > Minutes.MOST_DECISIONS:
        raise RuleBroken(
            _("Minutes have at most %(lines)s lines and %(decisions)s decisions.")
            % {"lines": Minutes.MOST_LINES, "decisions": Minutes.MOST_DECISIONS},
            code="too_many_lines",
        )


def _cleaned(line: Spoken) -> Spoken:
    name = fitting_line(line.name, SpokenLine.NAME_LIMIT)
    if not name:
        raise RuleBroken(_("Each line begins with the name of who spoke."), code="name_missing")
    return Spoken(name, line.called, spoken(line.text, SpokenLine.TEXT_LIMIT))


def _put_to_the_room(
    meeting: Meeting,
    decided: Sequence[str],
    until: datetime,
    *,
    by: Participant,
    posted: Posted,
    at: datetime,
    channel: str,
) -> Message:
    """Begin the thread that quotes each decision and says until when anybody may speak against it there."""
    process, version = meeting.process, meeting.current
    subject = _("To confirm: what meeting %(number)s decided (%(title)s)")
    told = _(
        "The meeting of %(day)s came to the decisions below. What a meeting decides is not confirmed yet: those who"
        " were not there have their say first. Until %(until)s anybody may speak against a decision by an answer in"
        " this thread. Then the chair states for each one, with reasons, whether it is confirmed."
    )
    quoted = [
        _("Decision %(number)s: “%(text)s”") % {"number": number, "text": text}
        for number, text in enumerate(decided, start=1)
    ]
    facts = {"day": moment(version.starts_at), "until": moment(until)}
    text = "\n\n".join([told % facts, *quoted, _("The minutes: %(page)s") % {"page": posted.page}])
    said = Said(
        subject=subject % {"number": meeting.number, "title": version.title},
        text=text,
        message_id=posted.message_id,
    )
    # It speaks for the meeting: where its writer works and lives has no place beside it.
    author = Author(by.person, by.person.name, by.group, Assurance.PROVEN)
    key = f"minutes of meeting {meeting.number}"
    return start_thread(process, by=by, author=author, said=said, dedup_key=key, channel=channel, at=at)


@transaction.atomic
def erase_line(line: SpokenLine, *, by: Actor, ground: str, at: datetime, channel: str) -> SpokenLine:
    """Destroy the words of a line of the minutes, the name beside it and its corrections; number and proofs stay.

    The convenor's act, on the grounds of any erasure. Raises NotAllowed; RuleBroken: ground_unknown, wrong_state.
    """
    process = line.minutes.meeting.process
    Meeting.objects.locked(line.minutes.meeting)
    line = SpokenLine.objects.select_for_update(no_key=True).get(pk=line.pk)
    role = require_convenor(by, process)
    if ground not in ERASURE_GROUNDS:
        raise RuleBroken(
            _("Give one of these grounds: %(grounds)s.") % {"grounds": ", ".join(ERASURE_GROUNDS)},
            code="ground_unknown",
        )
    line.check_there()
    corrections = list(Correction.objects.filter(line=line))
    # The minutes are committed to as one: what they were cannot be shown any more, what is left of them can be read.
    erase(
        entries_about([line.minutes, *corrections]),
        ground=ground,
        at=at,
        channel=channel,
        role=role,
        process=process.key,
        space=process.space,
        appeal_days=process.defaults[Default.APPEAL],
    )
    line.name, line.text, line.speaker, line.ground = "", "", None, ground
    line.save(update_fields=["name", "text", "speaker", "ground"])
    Correction.objects.filter(line=line).update(text="")
    return line
