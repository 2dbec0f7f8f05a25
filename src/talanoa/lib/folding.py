"""Folding: named values on lines of at most 72 columns, which mail may quote and indent without loss.

A line `name: value` begins a value; a line after two spaces continues it after a space, a line after four
continues it inside a word. Columns are those of a terminal: a wide East Asian character takes two.
Errors: FoldingError, a ValueError.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

COLUMNS = 72

_INDENT = "  "
_INSIDE_WORD = "    "
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,47}")
_QUOTED = re.compile(r"[>|]")


class FoldingError(ValueError):
    """The lines are not named values, or a name or value cannot be folded."""


def fold(values: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines that hold `values`, each of them words with one space between; else FoldingError."""
    for name, value in values.items():
        if not _NAME.fullmatch(name) or value != " ".join(value.split()):
            raise FoldingError(f"{name} cannot be written on lines and read back")
        yield from _wrap(f"{name}:", value.split(), unbroken=False)


def unfold(lines: Iterable[str]) -> dict[str, str]:
    """Return the values on `lines`; FoldingError for a line that belongs to no name, or a name used twice."""
    parts: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        if not line.strip():
            continue
        if not line[0].isspace():
            name, value = _begin(line)
            if name in parts:
                raise FoldingError(f"{name} stands there twice")
            parts[name] = [value]
        elif name:
            parts[name].append(line.strip() if line.startswith(_INSIDE_WORD) else f" {line.strip()}")
        else:
            raise FoldingError("a line belongs to no name")
    return {name: " ".join("".join(value).split()) for name, value in parts.items()}


def wrap_prose(text: str) -> Iterator[str]:
    """Yield the lines of `text`, wrapped; a word of ASCII is never broken, so that an address stays one."""
    for line in text.strip("\n").split("\n"):
        yield from _wrap("", line.split(), unbroken=True)


def wrap_letters(text: str) -> list[str]:
    """Return `text`, which contains no whitespace, cut to the width of a line."""
    return _pieces(text, COLUMNS)


def unquote(lines: Iterable[str], prefix: str) -> Iterator[str]:
    """Yield `lines` without the quotation marks and the indent of `prefix`, which was before one of them."""
    depth = len(_QUOTED.findall(prefix))
    blanks = len(_QUOTED.split(prefix)[-1])
    quotation = re.compile(rf"(?:\s*[>|]){{{depth}}}[ \t]{{0,{blanks}}}")
    for line in lines:
        yield quotation.sub("", line, count=1) if quotation.match(line) else line


def _begin(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon or not _NAME.fullmatch(name):
        raise FoldingError("a line is neither “name: value” nor the continuation of one")
    return name, value.strip()


def _wrap(line: str, words: Iterable[str], *, unbroken: bool) -> Iterator[str]:
    """Fill `line` with `words`. Prose (`unbroken`) has no indents and keeps long ASCII words whole."""
    indent, inside = ("", "") if unbroken else (_INDENT, _INSIDE_WORD)
    used = _columns(line)
    for word in words:
        longer = used + bool(line) + _columns(word)
        if longer <= COLUMNS:
            line = f"{line} {word}" if line else word
            used = longer
            continue
        if line:
            yield line
        whole = _columns(word) <= COLUMNS - len(indent) or (unbroken and word.isascii())
        first, *rest = [word] if whole else _pieces(word, COLUMNS - len(inside))
        line = indent + first
        for piece in rest:
            yield line
            line = inside + piece
        used = _columns(line)
    yield line


def _pieces(word: str, columns: int) -> list[str]:
    """The word in pieces of at most `columns`."""
    if word.isascii():
        return [word[at : at + columns] for at in range(0, len(word), columns)] or [""]
    pieces, used = [""], 0
    for character in word:
        width = _columns(character)
        if used + width > columns:
            pieces.append("")
            used = 0
        pieces[-1] += character
        used += width
    return pieces


def _columns(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
