"""The header of a mail or of one of its parts, taken from raw bytes within limits."""

import re
from dataclasses import dataclass

from talanoa.lib.rfc5322.limits import (
    MAX_COMMENT_DEPTH,
    MAX_HEADER,
    MAX_HEADER_BLOCK,
    MAX_HEADERS,
    MailUnparsable,
)

# RFC 5322, section 3.6.8; white space before the colon is the obsolete form of section 4.5.
_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_POSTMARK = re.compile(rb">?From ")
_NEUTRAL = bytes.maketrans(b"\0\r", b"  ")
_PARENTHESES = re.compile(rb"[()]")
_WITH_COMMENTS = frozenset({
    "from", "sender", "reply-to", "to", "cc", "bcc", "date", "message-id", "in-reply-to", "return-path",
    "auto-submitted", "content-type", "content-disposition", "content-transfer-encoding", "mime-version",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Header:
    """Fields in their order: lower-case name and unfolded bytes without line ends, CR or NUL."""

    fields: tuple[tuple[str, bytes], ...]
    ends_early: bool
    """A line that is no field ended the header; what follows was taken as body."""

    def all(self, name: str) -> list[bytes]:
        """Every value of `name`, in order."""
        return [value for key, value in self.fields if key == name]

    def first(self, name: str) -> bytes:
        """The first value of `name`, empty where there is none."""
        return next(iter(self.all(name)), b"")


def read_header(raw: bytes, start: int, stop: int) -> tuple[Header, int]:
    """Return the header that begins at `start` and the offset where its body begins.

    Only LF and CRLF end a line: a lone CR or a NUL becomes a space, so neither can end a field and smuggle
    another one in. Raises MailUnparsable: mail_header_limit, mail_too_deep.
    """
    lines: list[bytes] = []
    position, ends_early = start, False
    while position < stop:
        end = _line_end(raw, position, stop)
        if end - start > MAX_HEADER_BLOCK:
            raise _over("The header is larger than 64 kB.")
        line = raw[position:end].removesuffix(b"\n").removesuffix(b"\r").translate(_NEUTRAL)
        if not line:
            position = end
            break
        if line[:1] in b" \t" and lines:
            lines[-1] += line
        elif _FIELD.match(line):
            lines.append(line)
        elif position > start or not _POSTMARK.match(line):
            ends_early = True
            break
        position = end
    return Header(_checked(lines), ends_early), position


def _line_end(raw: bytes, position: int, stop: int) -> int:
    found = raw.find(b"\n", position, stop)
    return stop if found < 0 else found + 1


def _checked(lines: list[bytes]) -> tuple[tuple[str, bytes], ...]:
    if len(lines) > MAX_HEADERS:
        raise _over("The mail has more than 200 header fields.")
    fields = []
    for line in lines:
        name, value = line.split(b":", 1)
        key = name.strip().lower().decode("ascii")
        # References grows with its thread; only its last ids are read.
        if len(line) > MAX_HEADER and key != "references":
            raise _over("A header field is longer than 8 kB.")
        if key in _WITH_COMMENTS:
            _check_comments(value)
        fields.append((key, value.strip()))
    return tuple(fields)


def _check_comments(value: bytes) -> None:
    depth = 0
    for match in _PARENTHESES.finditer(value):
        depth = depth + 1 if match.group() == b"(" else max(depth - 1, 0)
        if depth > MAX_COMMENT_DEPTH:
            raise MailUnparsable("mail_too_deep", "A header field nests comments more than 5 deep.")


def _over(message: str) -> MailUnparsable:
    return MailUnparsable("mail_header_limit", message)
