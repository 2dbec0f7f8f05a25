"""The one way in for mail: kept raw, read within limits, routed to a command, answered.

Whatever happens, a mail is not lost: it is kept before anything reads it, and one that cannot be read
still becomes a numbered input that waits for a person.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import InterfaceError, InternalError, OperationalError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.kernel.faults import fault_point
from talanoa.lib.authentication import domain_of
from talanoa.lib.messageids import nearest_first
from talanoa.lib.quoting import unquoted
from talanoa.lib.rfc5322 import (
    MailUnparsable,
    ParsedMail,
    dedup_key,
    essential_head,
    parse_bounded,
)
from talanoa.mail import bouncing, tokens
from talanoa.mail.actions import keep_raw, queue_mail
from talanoa.mail.addressing import addressed
from talanoa.mail.grades import CLAIMED, PROVEN, grade, is_vouched
from talanoa.mail.letters import UNSUBSCRIBE, in_language_of, wrapped
from talanoa.mail.loops import is_at_once, is_automatic, may_answer, thread_of
from talanoa.mail.models import RawMessage, ReplyToken
from talanoa.mail.outbox import PROOF
from talanoa.mail.overhearing import overheard
from talanoa.mail.posting import outbox
from talanoa.mail.registry import (
    ADDRESSES,
    ALONE,
    CONFIRMING,
    DEFAULT,
    HELP,
    PLACES,
    MailReply,
    MailRequest,
    Spoken,
    called,
    continued,
    directory,
    understand,
)
from talanoa.mail.tokens import OurAddress
from talanoa.people.actions import prove_address
from talanoa.people.models import Person
from talanoa.people.queries import person_at

LONGEST_ADDRESS = 254  # RFC 5321, section 4.5.3.1.3: a path of 256 characters, without its brackets
LONGEST_ID, MOST_IDS = 250, 20
NAMED_FOR_HELP = frozenset({HELP, "talanoa"})
"""Our own addresses that answer with the help."""
KEPT = ("message_id", "process_key", "outcome", "needs_person", "number")
MOST_TEXT = 2_000_000
"""Characters of text that are taken apart here; ten times what an input may have, quotes included."""
_BY_HAND = gettext_lazy("No program could read your mail, so a person will. It is kept as it came.")
_NOBODY = ParsedMail("", "", "", (), "", None, "", (), "", (), True, "", ())

logger = logging.getLogger(__name__)


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
    parsed, unreadable = _read(raw, unread)
    with transaction.atomic():
        received = _route(kept, raw, parsed, unreadable, to=to, at=at)
        fault_point("before-commit")
    fault_point("after-commit")
    if write is not None:
        write()
    return received


def receive_anyway(
    raw: bytes, *, to: str, at: datetime, write: Callable[[], object] | None = None, unread: str = ""
) -> Received:
    """Do as `receive` does; a mail on which our own program fails is kept and numbered for a person to read.

    So one bad mail never holds up those behind it. What is the database's or the disk's trouble is raised:
    the mail has to come again.
    """
    try:
        return receive(raw, to=to, at=at, write=write, unread=unread)
    except (OperationalError, InterfaceError, InternalError, OSError):
        raise
    except Exception:  # whatever our own program does wrong, its operator reads it in the log
        logger.exception("A mail could not be taken in by program; a person reads it")
        return receive(raw, to=to, at=at, write=write, unread="mail_not_processed")


def _read(raw: bytes, unread: str) -> tuple[ParsedMail, str]:
    """Return what the mail says, and why it could not be read, if so."""
    if unread:
        return _unreadable(raw), unread
    try:
        parsed = parse_bounded(raw)
    except MailUnparsable as wrong:
        return _unreadable(raw), wrong.code
    if len(parsed.text) > MOST_TEXT:
        return _unreadable(raw), "mail_too_complex"
    if len(parsed.sender_address) > LONGEST_ADDRESS:  # nobody can be answered there, nor known by it
        parsed = replace(parsed, sender_address="")
    return parsed, ""


def _route(
    kept: RawMessage, raw: bytes, parsed: ParsedMail, unreadable: str, *, to: str, at: datetime
) -> Received:
    where = addressed(to, raw, parsed, at)
    kept.message_id = parsed.message_id[:400]
    if where.key == bouncing.KEY:
        kept.outcome = bouncing.take_back(None if unreadable else parsed, token=where.token, at=at)
        kept.save(update_fields=KEPT)
        return Received(None, "", "", kept.outcome)
    heard = overheard(
        kept, raw, parsed, where, is_machine=is_automatic(parsed), is_read=not unreadable, at=at
    )
    if heard:
        return Received(None, "", "", heard)
    kept.process_key = where.key
    request, word = _unread(raw, parsed, where, at) if unreadable else _request(raw, parsed, where, at)
    with in_language_of(request.person or person_at(parsed.sender_address)):
        return _act(kept, request, word, unreadable, at=at)


def _act(kept: RawMessage, request: MailRequest, word: str, unreadable: str, *, at: datetime) -> Received:
    """Do what the mail asks, and answer its sender."""
    is_asked = request.person is not None and word != DEFAULT
    try:
        _check_alone(request)
        with transaction.atomic():
            reply = called(word, request.process_key).function(request)
    except (RuleBroken, NotAllowed) as refused:
        kept.outcome = refused.rule
        kept.save(update_fields=KEPT)
        _answer(kept, request, _refusal(refused), is_asked=is_asked, at=at)
        return Received(None, "", refused.rule, refused.text)
    key, number = request.process_key, reply.number
    kept.outcome = unreadable or ("id_reused" if _is_reused(kept, key, number) else "received")
    # Once a person has read it, the same mail again needs none.
    kept.needs_person = bool(unreadable) and (kept.number is None or kept.needs_person)
    kept.number = number
    kept.save(update_fields=KEPT)
    if unreadable:
        reply = replace(reply, lines=(*wrapped(str(_BY_HAND)), "", *reply.lines))
    _answer(kept, request, reply, is_asked=is_asked or number is not None, at=at)
    return Received(reply.number, reply.receipt, "", "\n".join(reply.lines))


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


def _is_reused(kept: RawMessage, key: str, number: int | None) -> bool:
    """Tell whether another mail came under this Message-ID before: other words, so another number."""
    if not kept.message_id:
        return False
    # Asked by Message-ID alone: with the process in it, SQLite would go through all mails of the process.
    others = RawMessage.objects.filter(message_id=kept.message_id).exclude(pk=kept.pk)
    given = set(others.values_list("process_key", "number"))
    return any(process == key and other not in (None, number) for process, other in given)


def _unread(raw: bytes, parsed: ParsedMail, where: OurAddress, at: datetime) -> tuple[MailRequest, str]:
    """Ask for a mail that no program could read to be numbered as an input: a person will read it."""
    return MailRequest(parsed, where.key, parsed.text, CLAIMED, None, None, _raw_key(raw), at), DEFAULT


def _request(raw: bytes, parsed: ParsedMail, where: OurAddress, at: datetime) -> tuple[MailRequest, str]:
    row = _proof(parsed, where, at)
    person, graded = _sender(parsed, raw, row, at=at)
    said, quoted = unquoted(parsed.text)
    spoken, meant = _spoken(parsed, said, row, where)
    # What somebody passes on is theirs to say; our own letter, sent back without a word, is not.
    passed_on = "" if where.token or parsed.in_reply_to or spoken.word != meant else quoted
    request = MailRequest(
        parsed=parsed,
        process_key=where.key,
        text=spoken.text.strip() or passed_on.strip(),
        grade=graded,
        person=person,
        number=spoken.number if spoken.number is not None or row is None else row.number,
        dedup_key=dedup_key(parsed, raw),
        at=at,
    )
    is_empty = spoken == Spoken(DEFAULT, None, "") and not (
        said.strip() or request.text or parsed.attachments
    )
    return request, HELP if is_empty or where.key in NAMED_FOR_HELP else spoken.word


def _spoken(parsed: ParsedMail, said: str, row: ReplyToken | None, where: OurAddress) -> tuple[Spoken, str]:
    """Return what the mail asks, and what its address means; a mail without words may say it in its subject."""
    asked, _blank, words = (row.word if row else "").partition(" ")
    answered = nearest_first(parsed.in_reply_to, parsed.references)
    here = PLACES.get(where.tag, "") or ADDRESSES.get(where.key, "")
    meant = asked or here or continued(where.key, answered) or DEFAULT
    about = row.number if row else None
    if asked == UNSUBSCRIBE:  # an address with this one purpose, whatever a mail program writes to it
        return Spoken(asked, None, ""), meant
    if asked and called(asked, where.key).is_question:
        return Spoken(asked, None, f"{words}\n{said.strip() or parsed.subject}"), asked
    spoken = understand(said, key=where.key, about=about, otherwise=meant)
    if spoken.word == meant and not said.strip():
        by_subject = understand(parsed.subject, key=where.key, about=about, otherwise=meant)
        spoken = by_subject if by_subject.word != meant else spoken
    is_yes = asked and about is None and spoken.word in CONFIRMING
    if is_yes or (words and spoken == Spoken(meant, None, said)):
        return Spoken(asked, None, words or spoken.text), meant
    return spoken, meant


def _sender(
    parsed: ParsedMail, raw: bytes, row: ReplyToken | None, *, at: datetime
) -> tuple[Person | None, str]:
    """Return who is proven to have sent the mail, and how sure we are of the sender.

    A domain vouches only for a mail that was sent to us: one that was sent elsewhere, and by whom it pleased
    passed on to us, says nothing here (a replay, RFC 6376, section 8.6).
    """
    if row is not None and row.word == UNSUBSCRIBE:
        return row.person, PROVEN  # for this one purpose, and it says nothing of the address
    if row is not None and is_at_once(parsed, process_key=row.process_key, at=at):
        # A program may have answered: its owner confirms it first. A question takes only a plain yes or no.
        asked = row.word.partition(" ")[0]
        is_question = bool(asked) and called(asked, row.process_key).is_question
        return (row.person, PROVEN) if is_question else (None, CLAIMED)
    if row is not None:
        return prove_address(row.person, at=at), PROVEN
    is_to_us = any(domain_of(address) == outbox.domain.lower() for address in parsed.to)
    vouched = is_to_us and not parsed.auto_submitted and is_vouched(parsed, raw)
    known = person_at(parsed.sender_address) if vouched else None
    was_proven = known is not None and known.address_proven_at is not None
    graded = grade(has_token=False, vouched=vouched, was_proven=was_proven)
    return known if graded == PROVEN else None, graded


def _proof(parsed: ParsedMail, where: OurAddress, at: datetime) -> ReplyToken | None:
    """Return the reply token that proves who sent the mail: used from its owner's address, by no machine.

    One whose only purpose is to end letters does so for whoever holds it, as the link in the same header does.
    """
    row = tokens.find(where.token, process_key=where.key, at=at) if where.token else None
    if row is None or row.word == UNSUBSCRIBE:
        return row
    is_owner = row.person.address and row.person.address == parsed.sender_address
    return row if is_owner and not is_automatic(parsed) else None


def _raw_key(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _unreadable(raw: bytes) -> ParsedMail:
    """Stand in for a mail that no program could read, with what its head tells of its sender."""
    try:
        head = parse_bounded(essential_head(raw))
    except MailUnparsable:
        head = _NOBODY
    return replace(
        head,
        sender_name=head.sender_name or _("Unknown sender"),
        subject=_("A mail that could not be read by program"),
        text=_("This mail is kept as it came, %(size)s bytes. The secretariat reads it by hand.")
        % {"size": len(raw)},
    )


def _refusal(refused: RuleBroken | NotAllowed) -> MailReply:
    return MailReply(
        subject=_("Your mail was not accepted"),
        lines=(
            *wrapped(refused.text),
            *directory.help_at(refused.rule),
            "",
            _("Code: %(code)s") % {"code": refused.rule},
        ),
    )


def _answer(
    kept: RawMessage, request: MailRequest, reply: MailReply, *, is_asked: bool, at: datetime
) -> None:
    """Queue the answer to the sender, unless the rules against loops forbid it or the mail names nobody."""
    fault_point("before-reply")
    to: Person | None = reply.to
    address = to.address if to else request.parsed.sender_address
    key, is_reply = request.process_key, request.person is not None
    thread = thread_of(request.parsed, process_key=key, is_reply=is_reply)
    if not may_answer(request.parsed, address, process_key=key, asked_for=is_asked, thread=thread, at=at):
        return
    headers = {"Auto-Submitted": "auto-replied", **_thread(request.parsed), **_proving(request, reply)}
    queue_mail(
        key=f"answer-{kept.pk}",
        to=address,
        subject=reply.subject,
        text="\n".join(reply.lines),
        headers=headers,
        at=at,
        process_key=request.process_key,
        number=reply.number,
        thread=thread,
    )
    fault_point("after-reply")


def _proving(request: MailRequest, reply: MailReply) -> dict[str, str]:
    """Return the reply's own headers; whoever was proven can answer as themselves, a refusal or the help as well."""
    person = request.person
    if person is None or PROOF in reply.extra or person.address != request.parsed.sender_address:
        return reply.extra
    token = tokens.issue(
        person, process_key=request.process_key, number=request.number or None, at=request.at
    )
    return {**reply.extra, PROOF: token}


def _thread(parsed: ParsedMail) -> dict[str, str]:
    """Return the headers that put an answer below the mail it answers (RFC 5322, section 3.6.4)."""
    answered = _quotable([parsed.message_id])
    if not answered:
        return {}
    before = _quotable(parsed.references or [parsed.in_reply_to])
    ids = list(dict.fromkeys([*before, *answered]))[-MOST_IDS:]
    return {"In-Reply-To": answered[0], "References": " ".join(ids)}


def _quotable(ids: Iterable[str]) -> list[str]:
    """Return the identifiers that can stand in a header as they are."""
    can = (name for name in ids if name and name.isascii() and name.isprintable() and " " not in name)
    return [f"<{name}>" for name in can if len(name) <= LONGEST_ID]
