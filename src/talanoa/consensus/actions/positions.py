"""Steps of those who are asked: take a position, object."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.consensus.events import ObjectionRaised, PositionTaken
from talanoa.consensus.models import Call, Objection, Option, Position, unresolved
from talanoa.consensus.permissions import require_voice
from talanoa.contributions.actions.standing import Author, note_mentions, register
from talanoa.contributions.conduct import checked_words
from talanoa.contributions.models import Contribution
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import clean_text
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import Default, Participant, Process
from talanoa.record.events import Committed

KIND = "objection"


@transaction.atomic
def take_position(
    call: Call,
    *,
    by: Participant,
    option: str,
    reason: str = "",
    recommendation: int = 0,
    assurance: str,
    at: datetime,
    channel: str,
) -> Position:
    """Take a position in a call, on one recommendation or, with 0, on the whole text; the last one counts.

    A concern says what it is about; whoever objects does so by `raise_objection`. The same position again is the same.
    Raises NotAllowed; RuleBroken: observer_has_no_voice, call_declared, revision_changed, call_over,
    recommendation_unknown, option_unknown, reason_missing, resolution_missing, text_too_long.
    """
    _process, call, role = _enter(call, by=by, assurance=assurance, recommendation=recommendation, at=at)
    if option not in Option.values:
        raise RuleBroken(
            _("Say one of these: %(names)s.") % {"names": ", ".join(Option.values)}, code="option_unknown"
        )
    if option == Option.OBJECTION:
        raise unresolved()
    said = _reason(option, reason)
    last = call.positions.newest().filter(participant=by, recommendation=recommendation).first()
    if last and (last.option, last.reason) == (option, said):
        return last
    return _state(
        call, by=by, role=role, option=option, reason=said, to=recommendation, at=at, channel=channel
    )


def _enter(
    call: Call, *, by: Participant, assurance: str, recommendation: int, at: datetime
) -> tuple[Process, Call, str]:
    """Lock the process; return it and the call as they stand now, and the role in which `by` speaks."""
    process = Process.objects.select_for_update(no_key=True).get(pk=call.process_id)
    call = process.calls.select_related("revision", "process").get(pk=call.pk)
    role, _member = require_voice(by, process, assurance=assurance, at=at)
    call.check_takes_positions(at)
    call.check_recommendation(recommendation)
    return process, call, role


def _reason(option: str, reason: str) -> str:
    if option == Option.CONCERN:
        return checked_words(reason, Position.REASON_LIMIT)
    try:
        return clean_text(reason, Position.REASON_LIMIT).strip()
    except ValueError as long:
        raise RuleBroken(
            _("Please stay under %(limit)s characters.") % {"limit": Position.REASON_LIMIT},
            code="text_too_long",
        ) from long


def _state(
    call: Call,
    *,
    by: Participant,
    role: str,
    option: str,
    reason: str,
    to: int,
    at: datetime,
    channel: str,
) -> Position:
    made = Position.objects.create(
        call=call,
        participant=by,
        name=by.person.name,
        group=by.group,
        recommendation=to,
        option=option,
        reason=reason,
        stated_at=at,
    )
    event = PositionTaken(
        call=call.number,
        recommendation=to,
        option=option,
        reason=Committed(made, "reason_sha256"),
        name=Committed(made, "name"),
    )
    put_on_record(call.process, event, by=by, role=role, at=at, channel=channel)
    return made


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why somebody objects: what it is about (of Objection.Kind), the reason, and what would resolve it."""

    about: str
    text: str
    resolves: str


@transaction.atomic
def raise_objection(
    call: Call,
    *,
    by: Participant,
    author: Author,
    reasons: Reasons,
    recommendation: int = 0,
    dedup_key: str,
    at: datetime,
    channel: str,
) -> Objection:
    """Object to a text, or to one recommendation of it; numbered, on the record, to be answered by a stated time.

    The same `dedup_key` returns the first one. `at` is an aware UTC time.
    Raises NotAllowed; RuleBroken: observer_has_no_voice, call_declared, revision_changed, call_over,
    recommendation_unknown, objection_kind_unknown, reason_missing, resolution_missing, text_too_long.
    """
    known = Objection.objects.filter(
        contribution__process=call.process_id, contribution__dedup_key=dedup_key
    ).first()
    if known:
        return known
    process, call, role = _enter(
        call, by=by, assurance=author.assurance, recommendation=recommendation, at=at
    )
    if reasons.about not in Objection.Kind.values:
        raise RuleBroken(
            _("Say what it is about: one of %(names)s.") % {"names": ", ".join(Objection.Kind.values)},
            code="objection_kind_unknown",
        )
    if not reasons.resolves.strip():
        raise unresolved()
    text = checked_words(reasons.text, Objection.TEXT_LIMIT)
    resolves = checked_words(reasons.resolves, Objection.TEXT_LIMIT)
    contribution = register(
        process,
        kind=KIND,
        author=author.within(by),
        entered_by=None,
        state=Contribution.State.PUBLISHED,
        publication=Contribution.Publication.NAMED,
        dedup_key=dedup_key,
        channel=channel,
        at=at,
    )
    made = Objection.objects.create(
        contribution=contribution,
        call=call,
        recommendation=recommendation,
        kind=reasons.about,
        text=text,
        resolves=resolves,
        answer_by=at + timedelta(days=process.defaults[Default.OBJECTION_ANSWER]),
    )
    note_mentions(contribution, (text, resolves))
    _raise_on_record(made, by=by, role=role, at=at, channel=channel)
    _state(
        call, by=by, role=role, option=Option.OBJECTION, reason="", to=recommendation, at=at, channel=channel
    )
    return made


def _raise_on_record(made: Objection, *, by: Participant, role: str, at: datetime, channel: str) -> None:
    contribution = made.contribution
    authorship = contribution.authorship
    event = ObjectionRaised(
        call=made.call.number,
        recommendation=made.recommendation,
        about=made.kind,
        until=f"{made.answer_by:%Y-%m-%dT%H:%MZ}",
        text_sha256=Committed(made, "text_sha256"),
        author=Committed(authorship, "name"),
        organization=Committed(authorship, "organization"),
        country=Committed(authorship, "country"),
    )
    number = contribution.number
    contribution.entry = put_on_record(
        contribution.process, event, by=by, role=role, at=at, channel=channel, number=number
    )
    contribution.save(update_fields=["entry"])
