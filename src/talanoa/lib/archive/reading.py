"""One archived message, read: a fast way for the header and a plain body, the standard library for the rest.

Notes: `message_id_missing`, `message_id_damaged`, `line_ends_crlf`, `message_cut`, `html_only`, `mime_damaged`,
and those of `senders`, `dating` and `talanoa.lib.rfc5322` (words, charsets). REPAIRED and BAD_DATES tell which
notes are counted as what.
Errors: Unreadable, with a code: `header_missing`, `message_empty`.
"""

import binascii
import hashlib
import re
from datetime import datetime
from typing import NamedTuple

from talanoa.lib.archive.bodies import Body, body_of
from talanoa.lib.archive.dating import moment
from talanoa.lib.archive.senders import sender
from talanoa.lib.archive.splitting import Raw
from talanoa.lib.messageids import LONGEST
from talanoa.lib.rfc5322 import charsets
from talanoa.lib.rfc5322.words import decoded_words, header_text

REPAIRED = ("charset_", "header_8bit", "encoded_word_damaged", "base64_damaged", "transfer_encoding_unknown")
"""How the notes begin that say that an encoding was repaired."""
BAD_DATES = ("date_",)
MAX_REFERENCES = 50
MAX_IDENTITY = 300

_WANTED = frozenset({
    b"from", b"date", b"subject", b"message-id", b"in-reply-to", b"references",
    b"content-type", b"content-transfer-encoding",
})  # fmt: skip
_TELLING = (b"from", b"date", b"subject", b"message-id")
_USUAL = {
    name: name.lower()
    for name in (
        b"From", b"Date", b"Subject", b"Message-ID", b"Message-Id", b"In-Reply-To", b"References", b"Content-Type",
        b"Content-Transfer-Encoding",
    )
}  # fmt: skip
_NAME = re.compile(rb"[!-9;-~]{1,200}")
_ANGLED = re.compile(rb"<\s*([!-;=?-~]{1,998})\s*>")
_BARE = re.compile(rb"[!-;=?-~]{1,250}")
_ORDINARY = re.compile(rb"[ -~]*")
_PLAIN = re.compile(rb"text/plain\s*(?:;[^;\"]*(?:\"[^\"]*\")?\s*)*", re.IGNORECASE)
_CHARSET = re.compile(rb";\s*charset\s*=\s*(?:\"([^\"]*)\"|([^\s;\"]+))", re.IGNORECASE)
_IDENTITY = frozenset({b"", b"7bit", b"8bit", b"binary"})
_ESCAPED = re.compile(rb"(?m)^>+From ")


class Unreadable(ValueError):
    """The bytes are no message; `code` is stable."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Fields(NamedTuple):
    """The header fields that are read, unfolded and otherwise as sent; where the body begins; if all was regular."""

    values: dict[bytes, bytes]
    body_at: int
    is_regular: bool


class ArchivedMail(NamedTuple):
    """A message in plain values; identifiers are without brackets, `sent_at` is aware UTC, `date` as it was written.

    `is_fallback`: the standard library read the body. `body_at`: where that begins in its octets.
    """

    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    name: str
    address: str
    subject: str
    date: str
    sent_at: datetime | None
    text: str
    n_attachments: int
    notes: tuple[str, ...]
    is_fallback: bool
    body_at: int

    @property
    def identity(self) -> str:
        """What tells one sender of a list from another: the address, or the name where there is none; may be empty."""
        return self.address or (f"name {self.name.casefold()}"[:MAX_IDENTITY] if self.name else "")


def read(raw: Raw) -> ArchivedMail:
    """Return what `raw` says. Raises Unreadable: header_missing, message_empty."""
    data = raw.data
    if not data or data.isspace():
        raise Unreadable("message_empty")
    fields = header_of(data)
    get = fields.values.get
    if b"from" not in fields.values and not any(map(fields.values.__contains__, _TELLING)):
        raise Unreadable("header_missing")
    notes: list[str] = ["message_cut"] if raw.is_cut else []
    message_id = _identifier(get(b"message-id", b""), notes)
    box = sender(get(b"from", b""))
    notes += box.notes
    subject = _subject(get(b"subject", b""), notes)
    date = get(b"date", b"")
    sent_at = moment(date, notes)
    part = data[fields.body_at :]
    # One octet is found many times as fast as two.
    if b"\r" in data and b"\r\n" in data:
        notes.append("line_ends_crlf")
        part = part.replace(b"\r\n", b"\n")
    body = _simple(fields, part, notes)
    is_fallback = body is None
    if body is None:
        body = body_of(data, part, notes)
    answers = get(b"in-reply-to")
    answered = _ANGLED.search(answers) if answers else None
    return ArchivedMail(
        message_id,
        answered[1].decode("ascii") if answered and len(answered[1]) <= LONGEST else "",
        _references(get(b"references", b"")),
        box.name,
        box.address,
        subject,
        date.decode("ascii", "replace"),
        sent_at,
        body.text,
        body.n_attachments,
        tuple(dict.fromkeys(notes)) if notes else (),
        is_fallback,
        fields.body_at,
    )


def digest_of(raw: Raw, mail: ArchivedMail) -> bytes:
    """Return 16 octets that are the same for the same words of one sender under one identifier, date and subject.

    `mail` is what `raw` says. Line ends, blank lines around it and escapes of `From ` make no difference.
    """
    part = raw.data[mail.body_at :].replace(b"\r\n", b"\n")
    if b">From " in part:
        part = _ESCAPED.sub(lambda mark: mark[0].lstrip(b">"), part)
    head = f"{mail.message_id}\0{mail.address}\0{mail.subject}\0{mail.date}\0".encode()
    return hashlib.blake2b(head + part.strip(), digest_size=16).digest()


def header_of(data: bytes) -> Fields:
    """Return the first value of each field that is read; a line that is no field ends the header, as in Python's."""
    if data[:1] in (b"\n", b"\r"):
        return Fields({}, 0, is_regular=False)
    end, body_at = _header_end(data)
    values: dict[bytes, bytes] = {}
    lines, name = data[:end].split(b"\n"), b""
    for number, line in enumerate(lines):
        key, colon, value = line.partition(b":")
        usual = _USUAL.get(key)
        if usual is not None and colon:
            name = usual if usual not in values else b""  # as `_first` does, which most lines do not need
            if name:
                values[name] = value.strip()
        elif line[:1] in (b" ", b"\t") and number:
            if name:
                values[name] += b" " + line.strip()
        elif colon and _NAME.fullmatch(key):
            name = _first(values, key.lower(), value)
        elif number or not line.startswith((b">From ", b"From ")):
            return Fields(values, sum(map(len, lines[:number])) + number, is_regular=False)
    return Fields(values, body_at, is_regular=True)


def _first(values: dict[bytes, bytes], name: bytes, value: bytes) -> bytes:
    """Keep a field the first time it comes; return its name, or nothing where its folded lines are passed over."""
    if name in values or name not in _WANTED:
        return b""
    values[name] = value.strip()
    return name


def _header_end(data: bytes) -> tuple[int, int]:
    """Return where the header ends and where the body begins."""
    end = data.find(b"\n\n")
    limit = end if end >= 0 else len(data)
    if data.find(b"\r", 0, limit) >= 0 and (windows := data.find(b"\n\r\n", 0, limit)) >= 0:
        return windows, windows + 3
    return (end, end + 2) if end >= 0 else (len(data), len(data))


def _identifier(value: bytes, notes: list[str]) -> str:
    if not value:
        notes.append("message_id_missing")
        return ""
    found = _ANGLED.search(value)
    if found and len(found[1]) <= LONGEST:
        return found[1].decode("ascii")
    if not found and _BARE.fullmatch(value):
        return value.decode("ascii")
    notes.append("message_id_damaged")
    return ""


def _references(value: bytes) -> tuple[str, ...]:
    if not value:
        return ()
    found = [name.decode("ascii") for name in _ANGLED.findall(value) if len(name) <= LONGEST]
    return tuple(dict.fromkeys(found[-MAX_REFERENCES:]))


def _subject(value: bytes, notes: list[str]) -> str:
    if b"=?" not in value and _ORDINARY.fullmatch(value):
        return " ".join(value.decode("ascii").split())
    return decoded_words(header_text(value, notes), notes)


def _simple(fields: Fields, part: bytes, notes: list[str]) -> Body | None:
    """Return the body of a message that is plain text all through; None where MIME has to be taken apart."""
    declared = fields.values.get(b"content-type", b"")
    encoding = fields.values.get(b"content-transfer-encoding", b"").lower()
    if not fields.is_regular or (declared and not _PLAIN.fullmatch(declared)):
        return None
    if encoding == b"quoted-printable":
        part = binascii.a2b_qp(part)
    elif encoding not in _IDENTITY:
        return None
    if part.isascii() and not declared:
        return Body(part.decode("ascii"), 0)
    charset = _CHARSET.search(declared)
    named = (charset[1] or charset[2] or b"").decode("ascii", "replace") if charset else ""
    return Body(charsets.decode(part, named, notes), 0)
