"""The units of a text that a person looks through before it is published, and the Markdown that they are.

A unit is a block as `paragraphs.split` finds it, so that what is shown for review is what a revision will hold.
Readers of other formats give Pieces; those that belong together become one unit.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from talanoa.lib.paragraphs import MAX_BLOCKS, TextTooLong, split
from talanoa.lib.spans import Span, write

DEEPEST_HEADING = 3
_SETEXT = re.compile(r"\n {0,3}(=+|-+)[ \t]*$")
_MARKS = re.compile(r"^#{1,6}(?: |$)| #+$")
_DEEPEST_ITEM = 6
_MOST_PIECES = 20_000
_GROUPED = frozenset({"item", "quote", "code"})


@dataclass(frozen=True, slots=True)
class Unit:
    """One block: `kind` as in Paragraph; `level` 1 to 3 of a heading, else 0; `text` its Markdown, a heading's bare."""

    kind: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """What a reader finds: heading, item, quote, code, table or text.

    `level` is that of a heading, from 1 (0 is the title of the document), or the depth of an item, from 0. `text` is
    ready Markdown of a table and plain text of code; else `spans` are the words. `number` is that of an item, 0 where
    it counts on.
    """

    kind: str
    spans: tuple[Span, ...] = ()
    level: int = 0
    is_ordered: bool = False
    text: str = ""
    number: int = 0


def units_of(markdown: str) -> tuple[Unit, ...]:
    """Return the units of a Markdown text, in order, without empty headings. Raises TextTooLong of paragraphs."""
    units = (
        Unit(block.kind, block.level, _bare(block.text) if block.kind == "heading" else block.text)
        for block in split(markdown)
    )
    return tuple(unit for unit in units if unit.text.strip())


def as_markdown(units: Iterable[Unit]) -> str:
    """Return the Markdown of `units`, with a blank line between them; `units_of` gives them back."""
    return "\n\n".join(
        f"{'#' * min(max(unit.level, 1), DEEPEST_HEADING)} {' '.join(unit.text.split())}"
        if unit.kind == "heading"
        else unit.text
        for unit in units
        if unit.text.strip()
    )


def gathered(pieces: Sequence[Piece]) -> tuple[Unit, ...]:
    """Return the units of what was found: neighboring items are one list, lines of code or of a quote one block.

    Where the document has a title of its own, its headings go one lower. Raises TextTooLong of paragraphs.
    """
    said = filled(pieces)
    blocks: list[str] = []
    for kind, group in groupby(_below_title(said), lambda piece: piece.kind):
        found = list(group)
        if kind == "item":
            blocks += map(_list, _lists(found))
        elif kind == "code":
            blocks.append(_code(found))
        elif kind == "quote":
            blocks.append("\n>\n".join("> " + write(piece.spans, "> ") for piece in found))
        else:
            blocks += map(_block, found)
    return units_of("\n\n".join(block for block in blocks if block.strip()))


def filled(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the pieces that hold words, before anything costly is done with them. Raises TextTooLong of paragraphs."""
    said = [piece for piece in pieces if piece.text.strip() or any(span.text.strip() for span in piece.spans)]
    if sum(piece.kind not in _GROUPED for piece in said) > MAX_BLOCKS or len(said) > _MOST_PIECES:
        raise TextTooLong(f"{len(said)} pieces")
    return said


def _below_title(pieces: Sequence[Piece]) -> Sequence[Piece]:
    if not any(piece.kind == "heading" and piece.level == 0 for piece in pieces):
        return pieces
    return [replace(piece, level=piece.level + 1) if piece.kind == "heading" else piece for piece in pieces]


def _block(piece: Piece) -> str:
    if piece.kind != "heading":
        return piece.text or write(piece.spans)
    opening = "#" * min(max(piece.level, 1), DEEPEST_HEADING) + " "
    # A heading is one line in Markdown.
    words = write(_one_line(piece.spans), opening)
    return opening + words if words else ""


def _lists(items: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield the lists that stand one after the other: numbers end a list of bullets, and the other way round."""
    found: list[Piece] = []
    for item in items:
        if found and not item.level and item.is_ordered != found[0].is_ordered:
            yield found
            found = []
        found.append(item)
    yield found


def _list(items: Sequence[Piece]) -> str:
    """Write items with their depth; an item is never more than one deeper than the one before."""
    lines: list[str] = []
    above: list[int] = []
    counts: list[int] = []
    for item in items:
        depth = min(item.level, len(above), _DEEPEST_ITEM)
        same = len(counts) > depth
        above, counts = above[:depth], counts[: depth + 1]
        if not same:
            counts.append(max(0, item.number - 1))
        counts[depth] += 1
        mark = f"{counts[depth]}. " if item.is_ordered else "- "
        indent = " " * sum(above)
        words = write(item.spans, mark).replace("\n", "\n" + " " * (sum(above) + len(mark)))
        if words.strip():
            lines.append(f"{indent}{mark}{words}")
            above.append(len(mark))
    return "\n".join(lines)


def _code(pieces: Sequence[Piece]) -> str:
    text = "\n".join(piece.text for piece in pieces).strip("\n")
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}" if text.strip() else ""


def table(rows: Iterable[Sequence[Sequence[Span]]]) -> Piece:
    """Return the piece of a table; the first row is its head, short rows are filled."""
    cells = [[_cell(spans) for spans in row] for row in rows]
    width = max(map(len, cells), default=0)
    if not width or not any(any(row) for row in cells):
        return Piece("text")
    full = [row + [""] * (width - len(row)) for row in cells]
    lines = [full[0], ["---"] * width, *full[1:]]
    return Piece("table", text="\n".join("| " + " | ".join(row) + " |" for row in lines))


def _cell(spans: Sequence[Span]) -> str:
    words = write([replace(span, is_code=False) for span in _one_line(spans)])
    return words.replace("\\|", "|").replace("|", "\\|")


def _one_line(spans: Sequence[Span]) -> list[Span]:
    return [span.with_text(span.text.replace("\n", " ")) for span in spans]


def _bare(heading: str) -> str:
    """Return the words of a heading without its marks."""
    return _MARKS.sub("", " ".join(_SETEXT.sub("", heading).split())).strip()
