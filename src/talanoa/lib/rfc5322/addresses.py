"""Mailboxes in address fields (RFC 5322, section 3.4), read so that none can pass for another.

Notes: `sender_missing`, `sender_ambiguous` (From names several different addresses, or one that cannot be
told apart from another), `recipients_cut`, and those of `words`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from talanoa.lib.rfc5322.limits import MAX_RECIPIENTS
from talanoa.lib.rfc5322.words import decoded_words, header_text

_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,128}@[^\s@<>()\[\],;:\"\\?=!&%#*]{1,255}")
# An unterminated quote takes the rest of the field.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\\?\Z)|<[^<>]*>|[,;:()<>]|[^",;:()<>]+', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One mailbox; `address` is lower-case, and empty where none can be read."""

    name: str
    address: str
    ambiguous: bool = False


@dataclass(slots=True)
class _Pieces:
    words: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    angles: list[str] = field(default_factory=list)


def sender_of(fields: list[bytes], notes: list[str]) -> Mailbox:
    """Return the one mailbox of all From fields together, without an address where they name several.

    Verifiers and readers disagree on which of two From fields counts, so neither does (RFC 5322, section
    3.6, allows one; RFC 7489, section 6.6.1, knows the problem).
    """
    boxes = [box for raw in fields for box in _mailboxes(header_text(raw, notes), notes)]
    if any(box.ambiguous for box in boxes) or len({box.address for box in boxes if box.address}) > 1:
        notes.append("sender_ambiguous")
        return Mailbox(boxes[0].name, "")
    chosen = next((box for box in boxes if box.address), boxes[0] if boxes else Mailbox("", ""))
    if not chosen.address:
        notes.append("sender_missing")
    return chosen


def recipients_of(fields: list[bytes], notes: list[str]) -> tuple[str, ...]:
    """Return the addresses in `fields` once each, in their order: the first 50."""
    found: dict[str, None] = {}
    for raw in fields:
        for box in _mailboxes(header_text(raw, notes), notes):
            if len(found) >= MAX_RECIPIENTS:
                notes.append("recipients_cut")
                return tuple(found)
            if box.address:
                found[box.address] = None
    return tuple(found)


def _mailboxes(value: str, notes: list[str]) -> Iterator[Mailbox]:
    """Yield the mailboxes of one field; a group counts as its members."""
    pieces, depth = _Pieces(), 0
    for piece in _TOKEN.findall(value):
        depth_before = depth
        if piece in "()":
            depth = depth + 1 if piece == "(" else max(depth - 1, 0)
        if depth_before and depth:
            pieces.comments.append(piece)
        elif piece in "()":
            continue
        elif piece == ":":
            pieces.words.clear()
        elif piece in ",;":
            yield from _mailbox(pieces, notes)
            pieces = _Pieces()
        elif piece.startswith("<") and piece != "<":
            pieces.angles.append(piece[1:-1].strip())
        elif piece not in "<>":
            pieces.words.append(piece)
    yield from _mailbox(pieces, notes)


def _mailbox(pieces: _Pieces, notes: list[str]) -> Iterator[Mailbox]:
    """Yield the mailbox that the pieces between two commas make, if they say anything."""
    plain = "".join(pieces.words)
    if pieces.angles:
        # What stands before the colon is an obsolete route (RFC 5322, section 4.4).
        given = [pieces.angles[0].rpartition(":")[2]]
        shown = "".join(_unquoted(word) for word in pieces.words)
    else:
        given = plain.split()
        shown = "".join(pieces.comments)
    addresses = [text for text in given if _ADDRESS.fullmatch(text) and text.isprintable()]
    if plain.strip() or pieces.angles:
        several = len(addresses) > 1 or len(pieces.angles) > 1
        address = addresses[0].lower() if addresses else ""
        yield Mailbox(decoded_words(shown, notes), address, ambiguous=several)


def _unquoted(word: str) -> str:
    if not word.startswith('"'):
        return word
    return re.sub(r"\\(.)", r"\1", word[1:].removesuffix('"'))
