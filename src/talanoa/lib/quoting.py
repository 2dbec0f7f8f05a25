"""What the sender of a mail wrote, apart from what it quotes; and the command it begins with.

Nothing is deleted: every line is in one part or the other. Text is as `talanoa.lib.plaintext.clean` gives it.
"""

import re
from enum import Enum

from talanoa.lib.attribution import MAX_ATTRIBUTION_LINES, attribution_length, begins_copied_message

MAX_SIGNATURE_LINES = 15
"""More lines than these below "-- " are no signature but text that somebody set apart."""

MAX_LINES = 20_000
"""A text of more lines is no letter; it stays as written, and holds no command."""

_DELIMITER = "-- "
_QUOTE = re.compile("[ \t\u00a0]{0,2}[>\uff1e]")
_COMMAND = re.compile("[\\s\u200b-\u200f\u2060]*([^\\s:\uff1a]+)\\s*[:\uff1a]?\\s*(.*)")


class _Kind(Enum):
    BLANK = "blank"
    OWN = "own"
    QUOTED = "quoted"
    HEADING = "heading"


def unquoted(text: str) -> tuple[str, str]:
    r"""Return (what the sender wrote, the rest to be folded away); `text` has "\n" line ends.

    Folded: the quote at the end with the line that introduces it, a message copied below its heading, the
    signature (RFC 3676, section 4.3), and a quote at the top whose answer stands whole below it. Where quotes
    and answers alternate, all stays as written, and only what comes after the last answer is folded.
    """
    if text.count("\n") >= MAX_LINES:
        return text, ""
    lines = text.split("\n")
    kinds = _kinds(lines)
    end = _end_of_own(lines, kinds)
    start = _start_of_own(kinds, end)
    folded = (_joined(lines[:start]), _joined(lines[end:]))
    return _joined(lines[start:end]), "\n\n".join(part for part in folded if part)


def first_command(text: str, words: frozenset[str]) -> tuple[str, str] | None:
    """Return (word, argument) if the first line that the sender wrote begins with one of `words`, else None.

    `words` are lower-case, and so is the word returned, without the colon that may follow it; the argument is
    the rest of its line. Quoted lines and what introduces them are passed over and never obeyed: what they
    say is somebody else's.
    """
    if text.count("\n") >= MAX_LINES:
        return None
    lines = text.split("\n")
    own = (line for line, kind in zip(lines, _kinds(lines), strict=True) if kind is _Kind.OWN)
    match = _COMMAND.match(next(own, ""))
    if match is None or match[1].lower() not in words:
        return None
    return match[1].lower(), match[2].replace("\u00a0", " ").strip()


def _kinds(lines: list[str]) -> list[_Kind]:
    """Return the kind of each line."""
    kinds = [_kind(line) for line in lines]
    for index, kind in enumerate(kinds):
        if kind is _Kind.QUOTED and (not index or kinds[index - 1] is not _Kind.QUOTED):
            _mark_heading(lines, kinds, index)
    copied = _copied_message(lines, [index for index, kind in enumerate(kinds) if kind is _Kind.OWN])
    return kinds[:copied] + [_Kind.QUOTED] * (len(lines) - copied)


def _copied_message(lines: list[str], own: list[int]) -> int:
    """Return where a message copied without ">" begins, the number of lines where there is none."""
    found = (index for index in own if begins_copied_message(lines[index : index + 4]))
    first = next(found, len(lines))
    # A copy with nothing above it is all that was sent: it stays.
    return first if own and first != own[0] else len(lines)


def _kind(line: str) -> _Kind:
    if not line.strip():
        return _Kind.BLANK
    return _Kind.QUOTED if _QUOTE.match(line) else _Kind.OWN


def _mark_heading(lines: list[str], kinds: list[_Kind], quote: int) -> None:
    """Mark the lines that introduce the quote which begins at `quote`."""
    end = quote
    while end and kinds[end - 1] is _Kind.BLANK:
        end -= 1
    start = end
    while start and end - start < MAX_ATTRIBUTION_LINES and kinds[start - 1] is _Kind.OWN:
        start -= 1
    for index in range(end - attribution_length(lines[start:end]), end):
        kinds[index] = _Kind.HEADING


def _end_of_own(lines: list[str], kinds: list[_Kind]) -> int:
    end = _signature(lines, kinds)
    while end and kinds[end - 1] is not _Kind.OWN:
        end -= 1
    return end


def _signature(lines: list[str], kinds: list[_Kind]) -> int:
    """Return where the signature begins, the number of lines where there is none."""
    begins, own_below = len(lines), 0
    for index in range(len(lines) - 1, -1, -1):
        if lines[index] == _DELIMITER:
            begins = index
        elif kinds[index] is _Kind.OWN:
            own_below += 1
        # Answers below a quote are no signature either.
        if own_below > MAX_SIGNATURE_LINES or (own_below and kinds[index] is _Kind.QUOTED):
            break
    return begins


def _start_of_own(kinds: list[_Kind], end: int) -> int:
    """Return where the text of the sender begins: below a quote only if that is the one quote there is."""
    first = next((index for index in range(end) if kinds[index] is _Kind.OWN), 0)
    return 0 if _Kind.QUOTED in kinds[first:] else first


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n")
