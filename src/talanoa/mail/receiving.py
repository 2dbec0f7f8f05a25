"""The one way in for mail: kept raw, read within limits, routed to a command, answered.

Whatever happens, a mail is not lost: it is kept before anything reads it, and one that cannot be read
still becomes a numbered input that waits for a person. Mails that come together are taken in together: one transaction
costs less than many, and nobody else has to wait for the number of each.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import InterfaceError, InternalError, OperationalError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.kernel.faults import fault_point
from talanoa.kernel.rows import update_each
from talanoa.lib.rfc5322 import MailUnparsable, ParsedMail, parse_bounded
from talanoa.mail import bouncing, tokens
from talanoa.mail.actions import keep_all, keep_raw, queue_all, queue_letter
from talanoa.mail.addressing import addressed
from talanoa.mail.answering import Told, answer_all, refusal
from talanoa.mail.letters import in_language_of, wrapped
from talanoa.mail.loops import is_automatic
from talanoa.mail.models import RawMessage
from talanoa.mail.overhearing import overheard
from talanoa.mail.registry import ALONE, DEFAULT, MailReply, MailRequest, called, directory
from talanoa.mail.understanding import asked, asked_by_hand, stand_in
from talanoa.people.queries import person_at

LONGEST_ADDRESS = 254  # RFC 5321, section 4.5.3.1.3: a path of 256 characters, without its brackets
KEPT = ("message_id", "process_key", "outcome", "needs_person", "number")
MOST_TOGETHER, LIGHT = 25, 64_000
"""Mails of one transaction, and octets of one that shares it: the others wait for it."""
_BY_HAND = gettext_lazy("No program could read your mail, so a person will. It is kept as it came.")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A raw mail for `to`, a process key or an address of ours; without it the mail's own recipients count.

    `unread` says why no program may read it, such as mail_too_large where `raw` is only its header.
    """

    raw: bytes
    to: str = ""
    unread: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a mail: a number and receipt, or the code of the refusal and its text."""

    number: int | None
    receipt: str
    code: str
    text: str


def receive(
    raw: bytes, *, to: str, at: datetime, write: Callable[[], object] | None = None, unread: str = ""
) -> Received:
    """Take in one raw mail for `to`, which is a process key or an address of ours; answer its sender.

    Without `to`, the mail's own recipients count; where none of them is the address of a process, it goes to
    the process of the letter that it answers, or else to the only open call. `at` is the aware UTC time of
    arrival. `write` is called after the commit to hand the outbox on. `unread` says why no program may read
    the mail, such as mail_too_large where `raw` is only its header. The same mail again gets the first
    number again.
    """
    kept = keep_raw(raw, recipient=to, at=at)
    fault_point("after-raw")
    received = _take([_read(kept, Arrival(raw, to, unread))], at)[0]
    if write is not None:
        write()
    return received


def receive_all(
    arrivals: Sequence[Arrival], *, at: datetime, write: Callable[[], object] | None = None
) -> list[Received]:
    """Do for mails that came together, in their order, what `receive` does for one.

    One on which our own program fails is kept and numbered for a person to read, so it never holds up those behind it.
    What is the database's or the disk's trouble is raised: all of these mails have to come again.
    """
    rows = keep_all([(one.raw, one.to) for one in arrivals], at=at)
    fault_point("after-raw")
    mails = [_read(kept, one) for kept, one in zip(rows, arrivals, strict=True)]
    received = [got for run in _runs(mails) for got in _take_anyway(run, at)]
    if write is not None:
        write()
    return received


@dataclass(frozen=True, slots=True)
class _Mail:
    """A mail that is kept: what it says, and why no program could read it, if so."""

    kept: RawMessage
    arrival: Arrival
    parsed: ParsedMail
    unreadable: str

    @property
    def is_light(self) -> bool:
        """Tell whether reading it costs those that share its transaction nearly nothing: no file needs opening."""
        has_words = bool(self.parsed.text.strip()) or not self.parsed.attachments
        return has_words and len(self.arrival.raw) <= LIGHT


def _read(kept: RawMessage, arrival: Arrival) -> _Mail:
    if arrival.unread:
        return _Mail(kept, arrival, stand_in(arrival.raw), arrival.unread)
    try:
        parsed = parse_bounded(arrival.raw)
    except MailUnparsable as wrong:
        return _Mail(kept, arrival, stand_in(arrival.raw), wrong.code)
    if len(parsed.sender_address) > LONGEST_ADDRESS:  # nobody can be answered there, nor known by it
        parsed = replace(parsed, sender_address="")
    return _Mail(kept, arrival, parsed, "")


def _runs(mails: Iterable[_Mail]) -> Iterator[list[_Mail]]:
    """Part mails into those that share a transaction, in their order."""
    run: list[_Mail] = []
    for mail in mails:
        if run and not (mail.is_light and run[0].is_light and len(run) < MOST_TOGETHER):
            yield run
            run = []
        run.append(mail)
    if run:
        yield run


def _take_anyway(run: Sequence[_Mail], at: datetime) -> list[Received]:
    """Take in mails of one transaction; where it fails each by itself, and the one that fails by hand."""
    try:
        return _take(run, at)
    except (OperationalError, InterfaceError, InternalError, OSError):
        raise
    except Exception:  # whatever our own program does wrong, its operator reads it in the log
        logger.exception("A mail could not be taken in by program; a person reads it")
    if len(run) > 1:
        return [got for mail in run for got in _take_anyway([mail], at)]
    return _take([_read(run[0].kept, replace(run[0].arrival, unread="mail_not_processed"))], at)


def _take(run: Sequence[_Mail], at: datetime) -> list[Received]:
    with transaction.atomic():
        received = _in_turn(run, at)
        fault_point("before-commit")
    fault_point("after-commit")
    return received


@dataclass(frozen=True, slots=True)
class _Asked:
    """A mail that asks for something: which command, and what the command gets to see of it."""

    mail: _Mail
    request: MailRequest
    word: str

    @property
    def is_for_many(self) -> bool:
        """Tell whether its command can be given by several mails at once, and nothing about this one is special."""
        is_new = not self.mail.kept.outcome
        is_plain = bool(self.request.text and self.request.parsed.sender_address)
        return is_new and is_plain and called(self.word, self.request.process_key).together is not None

    def is_like(self, other: "_Asked") -> bool:
        """Tell whether both ask the same of one process, each from another sender in another mail."""
        ours, theirs = self.request, other.request
        is_same = (self.word, ours.process_key) == (other.word, theirs.process_key)
        is_other = ours.dedup_key != theirs.dedup_key and ours.parsed.message_id != theirs.parsed.message_id
        return is_same and is_other and ours.parsed.sender_address != theirs.parsed.sender_address


def _in_turn(run: Iterable[_Mail], at: datetime) -> list[Received]:
    """Route one mail after another; those that follow each other and ask alike are done together."""
    received: list[Received] = []
    waiting: list[_Asked] = []
    for mail in run:
        found = _route(mail, at)
        joins = isinstance(found, _Asked) and found.is_for_many and all(map(found.is_like, waiting))
        if not joins:
            received += _act_together(waiting, at)
            waiting = []
        if isinstance(found, Received):
            received.append(found)
        else:
            waiting.append(found)
    return received + _act_together(waiting, at)


def _route(mail: _Mail, at: datetime) -> Received | _Asked:
    """Return what a mail asks for, or what became of it where it asks for nothing."""
    kept, raw, parsed = mail.kept, mail.arrival.raw, mail.parsed
    where = addressed(mail.arrival.to, raw, parsed, at)
    kept.message_id = parsed.message_id[:400]
    if where.key == bouncing.KEY:
        kept.outcome = bouncing.take_back(None if mail.unreadable else parsed, token=where.token, at=at)
        kept.save(update_fields=KEPT)
        return Received(None, "", "", kept.outcome)
    heard = overheard(
        kept, raw, parsed, where, is_machine=is_automatic(parsed), is_read=not mail.unreadable, at=at
    )
    if heard:
        return Received(None, "", "", heard)
    kept.process_key = where.key
    ask = asked_by_hand if mail.unreadable else asked
    return _Asked(mail, *ask(raw, parsed, where, at))


def _act_together(waiting: Sequence[_Asked], at: datetime) -> list[Received]:
    """Do at once what several mails ask of one process; where one of them is refused, each by itself."""
    together = called(waiting[0].word, waiting[0].request.process_key).together if len(waiting) > 1 else None
    if together is None:
        return [_act(one, at) for one in waiting]
    try:
        for one in waiting:
            _check_alone(one.request)
        with transaction.atomic():
            replies = together([one.request for one in waiting])
    except (RuleBroken, NotAllowed):
        return [_act(one, at) for one in waiting]
    told = []
    reused = _reused(waiting)
    for one, reply in zip(waiting, replies, strict=True):
        with in_language_of(reply.to):
            told.append(_told(one, _note(one, reply, others=reused[one.mail.kept.pk])))
    update_each([one.mail.kept for one in waiting], KEPT)
    queue_all(filter(None, answer_all(told, at=at)), process_key=waiting[0].request.process_key, at=at)
    fault_point("after-reply")
    return [_received(one.reply) for one in told]


def _act(one: _Asked, at: datetime) -> Received:
    """Do what the mail asks, and answer its sender."""
    request, kept = one.request, one.mail.kept
    with in_language_of(request.person or person_at(request.parsed.sender_address)):
        try:
            _check_alone(request)
            with transaction.atomic():
                reply = called(one.word, request.process_key).function(request)
        except (RuleBroken, NotAllowed) as refused:
            kept.outcome = refused.rule
            kept.save(update_fields=KEPT)
            _queue(_told(one, refusal(refused)), at)
            return Received(None, "", refused.rule, refused.text)
        told = _note(one, reply, others=_reused([one])[kept.pk])
        kept.save(update_fields=KEPT)
        _queue(_told(one, told), at)
        return _received(told)


def _check_alone(request: MailRequest) -> None:
    """Refuse a mail that goes to an address which takes mail alone, and to a process too. Raises RuleBroken."""
    ours = [address.rpartition("@") for address in request.parsed.to]
    keys = {tokens.split_local(local).key for local, _at, _domain in ours} | {request.process_key}
    alone = keys & ALONE
    if alone and (keys - alone) & directory.known(keys - alone):
        raise RuleBroken(
            _("This mail goes to %(alone)s and to a process that is real. Write two mails; nothing was done.")
            % {"alone": ", ".join(f"{key}@" for key in sorted(alone))},
            code="space_crossed",
        )


def _reused(waiting: Sequence[_Asked]) -> dict[int, set[int | None]]:
    """Return the numbers that other mails got under the Message-ID of each of these, in the same process."""
    named = {one.mail.kept.message_id for one in waiting} - {""}
    # Asked by Message-ID alone: with the process in it, SQLite would go through all mails of the process.
    others = RawMessage.objects.filter(message_id__in=named).exclude(
        pk__in=[one.mail.kept.pk for one in waiting]
    )
    given = list(others.values_list("message_id", "process_key", "number")) if named else []
    return {
        one.mail.kept.pk: {
            number
            for message_id, key, number in given
            if (message_id, key) == (one.mail.kept.message_id, one.request.process_key)
        }
        for one in waiting
    }


def _note(one: _Asked, reply: MailReply, *, others: set[int | None]) -> MailReply:
    """Note on the kept mail what became of it; return what its sender is told."""
    kept, unreadable = one.mail.kept, one.mail.unreadable
    is_reused = reply.number is not None and bool(others - {None, reply.number})
    kept.outcome = unreadable or ("id_reused" if is_reused else "received")
    # Once a person has read it, the same mail again needs none.
    kept.needs_person = bool(unreadable) and (kept.number is None or kept.needs_person)
    kept.number = reply.number
    return replace(reply, lines=(*wrapped(str(_BY_HAND)), "", *reply.lines)) if unreadable else reply


def _told(one: _Asked, reply: MailReply) -> Told:
    is_act = one.request.person is not None and one.word != DEFAULT
    return Told(one.mail.kept, one.request, reply, is_act=is_act)


def _queue(told: Told, at: datetime) -> None:
    letter = answer_all([told], at=at)[0]
    if letter is not None:
        queue_letter(letter, process_key=told.request.process_key, at=at)
        fault_point("after-reply")


def _received(told: MailReply) -> Received:
    return Received(told.number, told.receipt, "", "\n".join(told.lines))
