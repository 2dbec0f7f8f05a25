"""The parts of a mail: an iterative reading of MIME structure (RFC 2046, section 5.1) on raw bytes.

Attached messages stay closed: they are attachments, whatever they hold. Notes: `header_ends_early`,
`boundary_missing` (a multipart without one, read as text), `boundary_unclosed`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from talanoa.lib.rfc5322.header import Header, read_header
from talanoa.lib.rfc5322.limits import MAX_DEPTH, MAX_HEADER_BLOCK, MAX_PARTS, MailUnparsable
from talanoa.lib.rfc5322.parameters import media_type_of, parameters_of
from talanoa.lib.rfc5322.words import header_text

_MAX_BOUNDARY = 200


@dataclass(slots=True)
class Part:
    """One part: a leaf with its bytes as sent, or a multipart with children."""

    header: Header
    media_type: str
    parameters: dict[str, str]
    disposition: dict[str, str]
    body: bytes = b""
    children: list["Part"] = field(default_factory=list)

    def leaves(self) -> Iterator["Part"]:
        """Yield the leaves in their order."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


def read_parts(raw: bytes, notes: list[str]) -> Part:
    """Return the tree of parts of a whole mail.

    Raises MailUnparsable: mail_header_limit, mail_too_deep, mail_too_many_parts.
    """
    root = _Reader(raw, notes).read()
    for leaf in root.leaves():
        if leaf.media_type.startswith("multipart/"):
            leaf.media_type = "text/plain"
            notes.append("boundary_missing")
    return root


class _Reader:
    """Goes once from delimiter line to delimiter line; the multiparts that are open stand on a stack."""

    def __init__(self, raw: bytes, notes: list[str]) -> None:
        self._raw = raw
        self._notes = notes
        self._count = 0
        self._open: list[tuple[bytes, Part]] = []

    def read(self) -> Part:
        root, position = self._begin(0, len(self._raw), "text/plain")
        part: Part | None = root
        if not self._open:
            root.body = self._raw[position:]
        while self._open:
            found = self._delimiter(position, len(self._raw))
            if part is not None:
                part.body = self._raw[position : found.start() if found else None].removesuffix(b"\r")
            if found is None:
                self._notes.append("boundary_unclosed")
                break
            part, position = self._after(found)
        return root

    def _after(self, found: re.Match[bytes]) -> tuple[Part | None, int]:
        """Return the part that the delimiter line opens, None if it closes one, and where to go on."""
        while self._open[-1][0] != found[1]:
            self._open.pop()
        if found[2]:
            self._open.pop()
            return None, found.end()
        parent = self._open[-1][1]
        default = "message/rfc822" if parent.media_type == "multipart/digest" else "text/plain"
        window = min(len(self._raw), found.end() + MAX_HEADER_BLOCK + 1)
        following = self._delimiter(found.end(), window)
        part, position = self._begin(found.end(), following.start() + 1 if following else window, default)
        parent.children.append(part)
        return part, position

    def _begin(self, start: int, stop: int, default: str) -> tuple[Part, int]:
        """Return the part whose header begins at `start`, opened if it is a multipart."""
        self._count += 1
        if self._count > MAX_PARTS:
            raise MailUnparsable("mail_too_many_parts", "The mail has more than 200 parts.")
        header, position = read_header(self._raw, start, stop)
        if header.ends_early:
            self._notes.append("header_ends_early")
        declared = header.first("content-type")
        # A type that cannot be read means plain text (RFC 2045, section 5.2).
        media_type = (media_type_of(header_text(declared, [])) or "text/plain") if declared else default
        disposition = parameters_of(header.first("content-disposition"), self._notes)
        part = Part(header, media_type, parameters_of(declared, self._notes), disposition)
        if media_type.startswith("multipart/"):
            self._push(part)
        return part, position

    def _push(self, part: Part) -> None:
        boundary = part.parameters.get("boundary", "").encode("utf-8", "replace")
        if not 0 < len(boundary) <= _MAX_BOUNDARY:
            return
        if len(self._open) >= MAX_DEPTH:
            raise MailUnparsable("mail_too_deep", "The mail nests parts more than 20 deep.")
        self._open.append((boundary, part))

    def _delimiter(self, position: int, stop: int) -> re.Match[bytes] | None:
        # The line end before a delimiter belongs to it (RFC 2046, section 5.1.1); a header always leaves one.
        names = b"|".join(re.escape(name) for name, _part in self._open)
        return re.compile(rb"\n--(" + names + rb")(--)?[ \t]*(?:\r?\n|\Z)").search(
            self._raw, position - 1, stop
        )
