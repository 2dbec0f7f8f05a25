"""Steps of a discussion: begin a thread, say something in it, pin a summary, erase a message."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.actions.erasing import erase_contribution
from talanoa.contributions.actions.moderating import quarantine
from talanoa.contributions.actions.standing import Author, note_mentions, register
from talanoa.contributions.models import Assurance, Contribution
from talanoa.contributions.moderation import quarantine_until
from talanoa.contributions.permissions import require_speaker
from talanoa.discussions.events import MessageReceived, ThreadSummarized
from talanoa.discussions.models import Message, Summary, Thread
from talanoa.discussions.queries import by_dedup_key
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import clean_line, clean_text
from talanoa.lib.messageids import MOST, is_message_id
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import SYSTEM, Actor, Participant, Process
from talanoa.processes.permissions import require_office
from talanoa.record.events import Committed


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says: a subject, the words, the identifier of the message and what its mail refers to."""

    subject: str
    text: str
    message_id: str
    quoted: str = ""
    references: tuple[str, ...] = ()


@transaction.atomic
def start_thread(
    process: Process,
    *,
    by: Participant,
    author: Author,
    said: Said,
    dedup_key: str,
    channel: str,
    at: datetime,
) -> Message:
    """Begin a thread with a message, numbered and on the record; the same `dedup_key` returns the first one.

    A message whose sender is not confirmed is numbered and held. `at` is an aware UTC time.
    Raises NotAllowed; RuleBroken: discussion_closed, text_empty, text_too_long, line_too_long.
    """
    return _say(process, None, by=by, author=author, said=said, dedup_key=dedup_key, channel=channel, at=at)


@transaction.atomic
def reply(
    parent: Message,
    *,
    by: Participant,
    author: Author,
    said: Said,
    dedup_key: str,
    channel: str,
    at: datetime,
) -> Message:
    """Answer a message in its thread; it needs no subject of its own.

    Raises NotAllowed; RuleBroken: discussion_closed, text_empty, text_too_long, line_too_long.
    """
    process = parent.contribution.process
    return _say(process, parent, by=by, author=author, said=said, dedup_key=dedup_key, channel=channel, at=at)


def _say(
    process: Process,
    parent: Message | None,
    *,
    by: Participant,
    author: Author,
    said: Said,
    dedup_key: str,
    channel: str,
    at: datetime,
) -> Message:
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    known = by_dedup_key(process, dedup_key)
    if known:
        return known
    role, entered_by = require_speaker(by, process, person=author.person, assurance=author.assurance)
    process.check_takes_discussion(at)
    text, quoted = _clean(said.text), _clean(said.quoted)
    if not text.strip():
        raise RuleBroken(_("The message has no words yet."), code="text_empty")
    is_held = author.assurance == Assurance.CLAIMED
    until = None if is_held or entered_by else quarantine_until(author.person, process, at=at)
    contribution = register(
        process,
        kind="message",
        author=author.within(by),
        entered_by=entered_by,
        state=Contribution.State.UNCONFIRMED if is_held else Contribution.State.PUBLISHED,
        publication=Contribution.Publication.NAMED,
        dedup_key=dedup_key,
        channel=channel,
        at=at,
    )
    thread = parent.thread if parent else Thread.objects.create(process=process)
    made = Message.objects.create(
        contribution=contribution,
        process=process,
        thread=thread,
        parent=parent,
        message_id=said.message_id,
        references=[name for name in said.references if is_message_id(name)][-MOST:],
        subject=_subject(said.subject, text, parent),
        text=text,
        quoted=quoted,
    )
    if parent is None:
        thread.opening = made
        thread.save(update_fields=["opening"])
    note_mentions(contribution, (made.subject, text))
    _receive_on_record(made, by=by, role=role, at=at, channel=channel)
    if until is not None:
        made.contribution = quarantine(contribution, until=until, at=at, channel=channel)
    return made


def _clean(text: str) -> str:
    try:
        return clean_text(text, Message.TEXT_LIMIT)
    except ValueError as long:
        raise RuleBroken(
            _("This message is longer than %(limit)s characters. Send it in parts.")
            % {"limit": Message.TEXT_LIMIT},
            code="text_too_long",
        ) from long


def _subject(subject: str, text: str, parent: Message | None) -> str:
    """Return the subject; where there is none, a message that begins a thread takes its first words."""
    line = _line(subject) or ("" if parent else _line(text.strip().splitlines()[0]))
    return line if len(line) <= Message.SUBJECT_LIMIT else line[: Message.SUBJECT_LIMIT - 1].rstrip() + "…"


def _line(value: str) -> str:
    """Return the beginning of `value` on one line; composing makes a text three times as long at most."""
    return clean_line(value[:1000], 3000)


def _receive_on_record(made: Message, *, by: Participant, role: str, at: datetime, channel: str) -> None:
    contribution, authorship = made.contribution, made.contribution.authorship
    opening = made.thread.opening
    event = MessageReceived(
        state=contribution.state,
        assurance=authorship.assurance,
        thread=opening.contribution.number if opening and made.parent else 0,
        answers=made.parent.contribution.number if made.parent else 0,
        subject=Committed(made, "subject"),
        text_sha256=Committed(made, "text_sha256"),
        author=Committed(authorship, "name"),
        organization=Committed(authorship, "organization"),
        country=Committed(authorship, "country"),
    )
    # Who only claims to be somebody speaks for no group: the entry would tell the group of the one they name.
    actor: Actor = SYSTEM if authorship.assurance == Assurance.CLAIMED else by
    contribution.entry = put_on_record(
        contribution.process, event, by=actor, role=role, at=at, channel=channel, number=contribution.number
    )
    contribution.save(update_fields=["entry"])


@transaction.atomic
def pin_summary(thread: Thread, *, by: Participant, text: str, at: datetime, channel: str) -> Summary:
    """Pin a summary to a thread under one's own name; the versions before it stay.

    The act of convenor, secretariat or chair. Raises NotAllowed; RuleBroken: text_empty, text_too_long.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=thread.process_id)
    role = require_office(by, process)
    try:
        words = clean_text(text, Summary.TEXT_LIMIT)
    except ValueError as long:
        raise RuleBroken(
            _("Please stay under %(limit)s characters.") % {"limit": Summary.TEXT_LIMIT}, code="text_too_long"
        ) from long
    if not words.strip():
        raise RuleBroken(_("The summary has no words yet."), code="text_empty")
    made = Summary.objects.create(
        thread=thread,
        version=thread.summaries.count() + 1,
        author=by,
        name=by.person.name,
        role=role,
        text=words,
        written_at=at,
    )
    event = ThreadSummarized(
        version=made.version, text_sha256=Committed(made, "text_sha256"), author=Committed(made, "name")
    )
    number = thread.opening.contribution.number if thread.opening else None
    put_on_record(process, event, by=by, role=role, at=at, channel=channel, number=number)
    return made


@transaction.atomic
def erase_message(made: Message, *, by: Actor, ground: str, at: datetime, channel: str) -> Message:
    """Destroy the content of a message everywhere; number, entry, address and every proof stay valid.

    The convenor's act, on the grounds of any erasure. Raises NotAllowed; RuleBroken: ground_unknown, wrong_state.
    """
    made.contribution = erase_contribution(
        made.contribution, [made], by=by, ground=ground, at=at, channel=channel
    )
    # The identifier is its author's, and may hold an address: it goes from the answers too.
    for answer in Message.objects.filter(thread=made.thread_id).exclude(pk=made.pk):
        if made.message_id in answer.references:
            answer.references.remove(made.message_id)
            answer.save(update_fields=["references"])
    made.message_id, made.references = "", []
    made.subject, made.text, made.quoted = "", "", ""
    made.save()
    return made
