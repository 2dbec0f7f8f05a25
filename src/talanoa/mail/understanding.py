"""What a mail asks, and who is proven to ask it: by its address, its words, its token, its sender's domain."""

import hashlib
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from talanoa.lib.authentication import domain_of
from talanoa.lib.messageids import nearest_first
from talanoa.lib.quoting import unquoted
from talanoa.lib.rfc5322 import MailUnparsable, ParsedMail, dedup_key, essential_head, parse_bounded
from talanoa.mail import tokens
from talanoa.mail.grades import CLAIMED, PROVEN, grade, is_vouched
from talanoa.mail.letters import UNSUBSCRIBE
from talanoa.mail.loops import is_at_once, is_automatic
from talanoa.mail.models import ReplyToken
from talanoa.mail.posting import outbox
from talanoa.mail.registry import (
    ADDRESSES,
    CONFIRMING,
    DEFAULT,
    HELP,
    PLACES,
    MailRequest,
    Spoken,
    called,
    continued,
    understand,
)
from talanoa.mail.tokens import OurAddress
from talanoa.people.actions import prove_address
from talanoa.people.models import Person
from talanoa.people.queries import person_at

NAMED_FOR_HELP = frozenset({HELP, "talanoa"})
"""Our own addresses that answer with the help."""
_NOBODY = ParsedMail("", "", "", (), "", None, "", (), "", (), True, "", ())


def asked(raw: bytes, parsed: ParsedMail, where: OurAddress, at: datetime) -> tuple[MailRequest, str]:
    """Return what a mail asks for that came to `where` at `at` (aware, UTC), and the command for it."""
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


def asked_by_hand(raw: bytes, parsed: ParsedMail, where: OurAddress, at: datetime) -> tuple[MailRequest, str]:
    """Ask for a mail that no program could read to be numbered as an input: a person will read it."""
    return MailRequest(parsed, where.key, parsed.text, CLAIMED, None, None, _raw_key(raw), at), DEFAULT


def _raw_key(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def stand_in(raw: bytes) -> ParsedMail:
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
