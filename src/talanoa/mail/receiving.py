"""The one way in for mail: kept raw, read within limits, routed to a command, answered.

Whatever happens, a mail is not lost: it is kept before anything reads it, and one that cannot be read
still becomes a numbered input that waits for a person.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.kernel.faults import fault_point
from talanoa.lib.quoting import unquoted
from talanoa.lib.rfc5322 import MailUnparsable, ParsedMail, dedup_key, parse_bounded
from talanoa.mail import bouncing, tokens
from talanoa.mail.actions import keep_raw, queue_mail
from talanoa.mail.grades import CLAIMED, PROVEN
from talanoa.mail.letters import UNSUBSCRIBE, in_language_of, wrapped
from talanoa.mail.loops import is_automatic, may_answer, thread_of
from talanoa.mail.models import RawMessage, ReplyToken
from talanoa.mail.posting import outbox
from talanoa.mail.registry import (
    COMMANDS,
    CONFIRMING,
    DEFAULT,
    HELP,
    PLACES,
    MailReply,
    MailRequest,
    Spoken,
    understand,
)
from talanoa.mail.tokens import OurAddress
from talanoa.people.models import Person
from talanoa.people.queries import person_at

LONGEST_ADDRESS = 254  # RFC 5321, section 4.5.3.1.3: a path of 256 characters, without its brackets
LONGEST_ID, MOST_IDS = 250, 20
NAMED_FOR_HELP = frozenset({HELP, "talanoa"})
"""Our own addresses that answer with the help."""


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a mail: a number and receipt, or the code of the refusal and its text."""

    number: int | None
    receipt: str
    code: str
    text: str


def receive(raw: bytes, *, to: str, at: datetime, write: Callable[[], object] | None = None) -> Received:
    """Take in one raw mail for `to`, which is a process key or an address of ours; answer its sender.

    `at` is the aware UTC time of arrival. `write` is called after the commit to hand the outbox on.
    The same mail again gets the first number again.
    """
    kept = keep_raw(raw, recipient=to, at=at)
    fault_point("after-raw")
    parsed, unreadable = _read(raw)
    with transaction.atomic():
        received = _route(kept, raw, parsed, unreadable, to=to, at=at)
        fault_point("before-commit")
    fault_point("after-commit")
    if write is not None:
        write()
    return received


def _read(raw: bytes) -> tuple[ParsedMail | None, str]:
    try:
        parsed = parse_bounded(raw)
    except MailUnparsable as wrong:
        return None, wrong.code
    if len(parsed.sender_address) > LONGEST_ADDRESS:  # nobody can be answered there, nor known by it
        parsed = replace(parsed, sender_address="")
    return parsed, ""


def _route(
    kept: RawMessage, raw: bytes, parsed: ParsedMail | None, unreadable: str, *, to: str, at: datetime
) -> Received:
    where = _addressed(to, parsed)
    kept.message_id = parsed.message_id[:400] if parsed else ""
    if where.key == bouncing.KEY:
        kept.outcome = bouncing.take_back(parsed, token=where.token, at=at)
        kept.save()
        return Received(None, "", "", kept.outcome)
    request, word = _request(raw, parsed, where, at)
    kept.needs_person = parsed is None
    with in_language_of(request.person or person_at(request.parsed.sender_address)):
        return _act(kept, request, word, unreadable, at=at)


def _act(kept: RawMessage, request: MailRequest, word: str, unreadable: str, *, at: datetime) -> Received:
    """Do what the mail asks, and answer its sender."""
    is_asked = request.person is not None and word != DEFAULT
    try:
        with transaction.atomic():
            reply = COMMANDS[word](request)
    except (RuleBroken, NotAllowed) as refused:
        kept.outcome = refused.rule
        kept.save()
        _answer(kept, request, _refusal(refused), is_asked=is_asked, at=at)
        return Received(None, "", refused.rule, refused.text)
    kept.outcome = unreadable or (
        "id_reused" if _is_reused(kept, request.process_key, reply.number) else "received"
    )
    kept.process_key, kept.number = request.process_key, reply.number
    kept.save()
    _answer(kept, request, reply, is_asked=is_asked or reply.number is not None, at=at)
    return Received(reply.number, reply.receipt, "", "\n".join(reply.lines))


def _is_reused(kept: RawMessage, key: str, number: int | None) -> bool:
    """Tell whether another mail came under this Message-ID before: other words, so another number."""
    if not kept.message_id:
        return False
    # Asked by Message-ID alone: with the process in it, SQLite would go through all mails of the process.
    others = RawMessage.objects.filter(message_id=kept.message_id).exclude(pk=kept.pk)
    given = set(others.values_list("process_key", "number"))
    return any(process == key and other not in (None, number) for process, other in given)


def _addressed(to: str, parsed: ParsedMail | None) -> OurAddress:
    """Return the parts of `to`, or else of the one of the mail's own recipients that is ours.

    Of these, the one with a token comes first, then one at our own domain, then any.
    """
    where = tokens.split_local(to.partition("@")[0])
    if where.token or where.tag or parsed is None:
        return where
    read = [(tokens.split_local(local), domain) for local, _at, domain in map(_parted, parsed.to)]
    fitting = [(ours, domain) for ours, domain in read if ours.key and where.key in ("", ours.key)]
    fitting.sort(key=lambda row: (not row[0].token, row[1] != outbox.domain.lower()))
    return fitting[0][0] if fitting else where


def _parted(address: str) -> tuple[str, str, str]:
    return address.rpartition("@")


def _request(
    raw: bytes, parsed: ParsedMail | None, where: OurAddress, at: datetime
) -> tuple[MailRequest, str]:
    if parsed is None:
        parsed = _unreadable(raw)
        return MailRequest(parsed, where.key, parsed.text, CLAIMED, None, None, _raw_key(raw), at), DEFAULT
    row = _proof(parsed, where, at)
    said, quoted = unquoted(parsed.text)
    spoken, meant = _spoken(parsed, said, row, where)
    # What somebody passes on is theirs to say; our own letter, sent back without a word, is not.
    passed_on = "" if where.token or parsed.in_reply_to or spoken.word != meant else quoted
    request = MailRequest(
        parsed=parsed,
        process_key=where.key,
        text=spoken.text.strip() or passed_on.strip(),
        grade=PROVEN if row else CLAIMED,
        person=row.person if row else None,
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
    meant, about = asked or PLACES.get(where.tag, DEFAULT), row.number if row else None
    if asked == UNSUBSCRIBE:  # an address with this one purpose, whatever a mail program writes to it
        return Spoken(asked, None, ""), meant
    spoken = understand(said, key=where.key, about=about, otherwise=meant)
    if spoken.word == meant and not said.strip():
        by_subject = understand(parsed.subject, key=where.key, about=about, otherwise=meant)
        spoken = by_subject if by_subject.word != meant else spoken
    is_yes = asked and about is None and spoken.word in CONFIRMING
    if is_yes or (words and spoken == Spoken(meant, None, said)):
        return Spoken(asked, None, words or spoken.text), meant
    return spoken, meant


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
    """Stand in for a mail that no program could read: a person will; the raw mail is kept."""
    return ParsedMail(
        message_id="",
        sender_name=_("Unknown sender"),
        sender_address="",
        to=(),
        subject=_("A mail that could not be read by program"),
        sent_at=None,
        in_reply_to="",
        references=(),
        text=_("This mail is kept as it came, %(size)s bytes. The secretariat reads it by hand.")
        % {"size": len(raw)},
        attachments=(),
        auto_submitted=True,
        list_id="",
        charset_notes=(),
    )


def _refusal(refused: RuleBroken | NotAllowed) -> MailReply:
    return MailReply(
        subject=_("Your mail was not accepted"),
        lines=(*wrapped(refused.text), "", _("Code: %(code)s") % {"code": refused.rule}),
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
    headers = {"Auto-Submitted": "auto-replied", **_thread(request.parsed), **reply.extra}
    queue_mail(
        key=f"answer-{kept.sha256[:32]}",
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
