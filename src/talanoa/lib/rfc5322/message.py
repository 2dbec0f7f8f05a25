"""One mail, read: who sent it to whom and when, what it says, what it carries."""

import re
from dataclasses import dataclass
from datetime import datetime

from talanoa.lib.rfc5322.addresses import recipients_of, sender_of
from talanoa.lib.rfc5322.automatic import is_automatic, loops_of, sounds_automatic
from talanoa.lib.rfc5322.body import MailAttachment, read_body
from talanoa.lib.rfc5322.dates import moment_of
from talanoa.lib.rfc5322.limits import MAX_MESSAGE, MAX_REFERENCES, MailUnparsable
from talanoa.lib.rfc5322.lists import address_in, list_id, listed_address
from talanoa.lib.rfc5322.parts import read_parts
from talanoa.lib.rfc5322.words import decoded_words, header_text

MAX_NOTES = 50
MAX_RESULTS = 5

_ANGLED = re.compile(rb"<([^<>]{1,998})>")


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """A mail in plain values; text fields are NFC without control characters, "" where there is nothing.

    Message identifiers stand without their angle brackets. `to` holds the addresses of To and Cc, in order,
    once each. `sent_at` is aware UTC. `charset_notes` says what had to be repaired. `authentication` holds the
    values of Authentication-Results (RFC 8601), the newest first: only those of a server of ours can be believed.
    `is_single_sender` tells whether exactly one From names exactly one address. Of a list that carried it,
    `list_post` is the address that takes mail for it, `list_archive` its archive (RFC 2369), `archived_at` where this
    very mail stands (RFC 5064). `behind` holds the addresses of Reply-To and X-Original-From, where a list that puts
    its own address into From says who wrote.
    """

    message_id: str
    sender_name: str
    sender_address: str
    to: tuple[str, ...]
    subject: str
    sent_at: datetime | None
    in_reply_to: str
    references: tuple[str, ...]
    text: str
    attachments: tuple[MailAttachment, ...]
    auto_submitted: bool
    list_id: str
    charset_notes: tuple[str, ...]
    authentication: tuple[str, ...] = ()
    is_single_sender: bool = False
    loops: tuple[str, ...] = ()
    list_post: str = ""
    list_archive: str = ""
    archived_at: str = ""
    behind: tuple[str, ...] = ()


def parse(raw: bytes) -> ParsedMail:
    """Return what a raw mail says; hostile and broken mail gives its best text with notes.

    Raises MailUnparsable and nothing else: mail_too_large (10 MiB), mail_header_limit (header 64 kB, 200
    fields, 8 kB each), mail_too_deep (20 multiparts, comments 5 deep), mail_too_many_parts (200),
    mail_damaged (no header at all), mail_too_complex (2,000,000 characters of text, or out of memory).
    """
    if len(raw) > MAX_MESSAGE:
        raise MailUnparsable("mail_too_large", "The mail is larger than 10 MB.")
    try:
        return _parsed(raw)
    except (MemoryError, RecursionError) as problem:
        raise MailUnparsable("mail_too_complex", "The mail took too much memory to read.") from problem


def _parsed(raw: bytes) -> ParsedMail:
    notes: list[str] = []
    root = read_parts(raw, notes)
    header = root.header
    if not header.fields:
        raise MailUnparsable("mail_damaged", "The mail has no header.")
    sender = sender_of(header.all("from"), notes)
    results = [header_text(value, []) for value in header.all("authentication-results")[:MAX_RESULTS]]
    text, attachments = read_body(root, notes)
    subject = decoded_words(header_text(header.first("subject"), notes), notes)
    return ParsedMail(
        message_id=_first_id(header.first("message-id")),
        sender_name=sender.name,
        sender_address=sender.address,
        to=recipients_of([*header.all("to"), *header.all("cc")], notes),
        subject=subject,
        sent_at=moment_of(header_text(header.first("date"), []), notes),
        in_reply_to=_first_id(header.first("in-reply-to")),
        references=_ids(b" ".join(header.all("references")))[-MAX_REFERENCES:],
        text=text,
        attachments=attachments,
        auto_submitted=is_automatic(header, root.media_type) or sounds_automatic(subject),
        list_id=list_id(header),
        charset_notes=tuple(dict.fromkeys(notes))[:MAX_NOTES],
        authentication=tuple(results),
        is_single_sender=len(header.all("from")) == len(recipients_of(header.all("from"), [])) == 1,
        loops=loops_of(header),
        list_post=listed_address(header),
        list_archive=address_in(header, "list-archive"),
        archived_at=address_in(header, "archived-at"),
        behind=recipients_of([*header.all("reply-to"), *header.all("x-original-from")], []),
    )


def _first_id(value: bytes) -> str:
    """Return the first identifier; old senders write prose around it, or leave the brackets away."""
    found = _ids(value)
    if found:
        return found[0]
    words = value.split()
    return _id(words[0]) if len(words) == 1 and b"@" in words[0] else ""


def _ids(value: bytes) -> tuple[str, ...]:
    return tuple(found for found in map(_id, _ANGLED.findall(value)) if found)


def _id(value: bytes) -> str:
    # Folding may have broken an identifier: it holds no white space (RFC 5322, section 3.6.4).
    return decoded_words(header_text(b"".join(value.split()), []), [])
