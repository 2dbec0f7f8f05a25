"""Takes the pages out of a plain text that was laid out in pages: their heads, their feet, and the form feeds.

Source of the layout: RFC 7994, section 4 and RFC 2223, sections 3a and 4 (58 lines a page, a head and a foot on each).
"""

import re
from collections import Counter

_FOOT = re.compile(r"\[?\bPage \d{1,4}(?: of \d{1,4})?\]?\s*$|^\s*-? ?\d{1,4} ?-?\s*$")
_COLUMNS = re.compile(r"\S.*? {3,}\S.*? {3,}\S.*")
_LONGEST_HEAD = 100
_DIGITS = re.compile(r"\d+")
_END = re.compile(r"[.:;!?][\"')\]”’]*$")


def without_pages(text: str) -> list[str]:
    r"""Return the lines of `text`; a paragraph that runs over the end of a page goes on.

    Pages end with a form feed, or with a line such as `Author   Informational   [Page 3]`. A head is the first line
    of a page after the first that stands, but for its digits, on other pages too, or is set in three columns.
    Without pages, all lines are given back.
    """
    pages = [_lines(page) for page in _cut(re.sub("\r\n?", "\n", text))]
    pages = [page for page in pages if page]
    if len(pages) < 2:  # noqa: PLR2004 - one page is no layout in pages
        return pages[0] if pages else []
    heads = Counter(_DIGITS.sub("0", page[0]) for page in pages)
    kept: list[str] = []
    for number, page in enumerate(pages):
        first = page[0]
        is_head = number > 0 and (heads[_DIGITS.sub("0", first)] > 1 or _has_columns(first))
        lines = page[1:] if is_head else page
        lines = _lines("\n".join(lines[:-1] if lines and _FOOT.search(lines[-1]) else lines))
        kept += lines if _goes_on(kept, lines) else ["", *lines]
    return kept


def _has_columns(line: str) -> bool:
    return len(line) <= _LONGEST_HEAD and _COLUMNS.fullmatch(line) is not None


def _cut(text: str) -> list[str]:
    if "\f" in text:
        return text.split("\f")
    pages, lines = [], []
    for line in text.split("\n"):
        lines.append(line)
        if "Page" in line and _FOOT.search(line):
            pages.append("\n".join(lines))
            lines = []
    return [*pages, "\n".join(lines)]


def _lines(page: str) -> list[str]:
    """Return the lines without the blank ones at both ends, and without blanks at their ends."""
    lines = [line.rstrip() for line in page.expandtabs(8).split("\n")]
    filled = [number for number, line in enumerate(lines) if line]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _goes_on(kept: list[str], lines: list[str]) -> bool:
    """Tell whether the first line of a page goes on with the last paragraph of the page before."""
    if not kept or not lines or not kept[-1] or _END.search(kept[-1]):
        return False
    return indent(kept[-1]) == indent(lines[0]) and not lines[0].strip()[0].isdigit()


def indent(line: str) -> int:
    """Return how many blanks a line begins with."""
    return len(line) - len(line.lstrip())
