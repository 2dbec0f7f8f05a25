"""A Markdown text as plain text: lines of 72 characters, headings underlined, lists with their numbers."""

import textwrap
from collections.abc import Iterator

from talanoa.lib.exporting.parts import Part, parts
from talanoa.lib.spans import Span

WIDTH = 72
_UNDERLINES = {1: "=", 2: "-"}
_RULE = "* * *"


def as_plain(markdown: str) -> str:
    """Return `markdown` as plain text that ends with a line end; no line is longer than WIDTH, save for long words."""
    made = ""
    before = ""
    for part in parts(markdown):
        tight = part.kind == before == "item" and (part.level > 0 or not part.is_first)
        between = "" if tight or not made else ">\n" if part.kind == before == "quote" else "\n"
        made += between + "\n".join(_lines(part)) + "\n"
        before = part.kind
    return made


def _lines(part: Part) -> Iterator[str]:
    words = _words(part.spans)
    match part.kind:
        case "heading":
            lines = _wrapped(words, "", "")
            yield from lines
            yield _UNDERLINES.get(part.level, "~") * min(WIDTH, max(map(len, lines), default=0))
        case "item":
            mark = f"{part.number}. " if part.number else "- "
            indent = "   " * part.level
            yield from _wrapped(words, indent + mark, indent + " " * len(mark))
        case "quote":
            yield from _wrapped(words, "> ", "> ")
        case "code":
            yield from (f"    {line}" for line in part.text.split("\n"))
        case "table":
            yield from _table(part)
        case "rule":
            yield _RULE.center(WIDTH).rstrip()
        case _:
            yield from _wrapped(words, "   " * (part.level + 1) if part.level else "", "")


def _words(spans: tuple[Span, ...]) -> str:
    """Return the words, each link with its address behind it where it does not say it itself."""
    return "".join(
        f"{span.text} <{span.link}>" if span.link and span.text != span.link else span.text for span in spans
    )


def _wrapped(words: str, first: str, rest: str) -> list[str]:
    lines: list[str] = []
    for line in words.split("\n"):
        lines += textwrap.wrap(
            line,
            WIDTH,
            initial_indent=rest if lines else first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return lines


def _table(part: Part) -> Iterator[str]:
    """Yield a table in columns where it fits; else each row as lines of head and cell."""
    rows = [[_words(cell) for cell in row] for row in part.rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    if sum(widths) + 3 * (len(widths) - 1) <= WIDTH:
        for number, row in enumerate(rows):
            yield " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            if number == 0:
                yield "-+-".join("-" * width for width in widths)
        return
    for row in rows[1:]:
        for head, cell in zip(rows[0], row, strict=True):
            yield from _wrapped(f"{head}: {cell}", "", "  ")
        yield ""
