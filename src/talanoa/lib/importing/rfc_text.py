"""The structure of a plain text as RFCs are written: numbered sections, indented paragraphs, lists, figures.

Also of any other plain text: paragraphs with blank lines between them, in wrapped lines or one line each.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from talanoa.lib.importing.pages import indent, without_pages
from talanoa.lib.importing.units import Piece
from talanoa.lib.spans import Span

_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,5})\.? {1,4}(?=[^\W\d_])")
_APPENDIX = re.compile(r"(?:Appendix )?([A-Z](?:\.\d{1,2}){0,5})[.:] {1,4}(?=\S)")
_BULLET = re.compile(r"(?:[-*+•·–]|o(?=  )) {1,4}(?=\S)")
_COUNT = re.compile(r"\(?(?:\d{1,3}|[a-z])[.)] {1,4}(?=\S)")
_CONTENTS = re.compile(r"(?:\.{3,}|(?:\. ){3,}\.?) *\d{1,4}$")
_CONTENTS_TITLE = re.compile(r"(?:table of )?contents", re.IGNORECASE)
_RECOMMENDATION = re.compile(r"[*_]{0,3}Recommendation \d{1,9}[.:]")
_UNDERLINE = re.compile(r"=+|-+|~+")
_FIGURE = re.compile(r"[+|][-+=_ |]{3,}|\S {3,}\S|[-=+|_\\/]{6,}")
_SENTENCE_END = re.compile(r"[.,:;!?]$")
_LONG_LINE, _LONG_TITLE, _CENTERED, _AT_TOP = 100, 72, 5, 4


def read_rfc_text(text: str) -> list[Piece]:
    """Return what stands in `text`; heads and feet of pages and tables of contents are left out.

    Wrapped lines are joined. A line with a section number, an appendix, a line that stands further left than the
    text, stands in capitals or is underlined becomes a heading; its level is the depth of the number. Lines with
    gaps or frames in them stay as they are, as code.
    """
    blocks = list(_blocks(without_pages(text)))
    body = _body_indent(blocks)
    pieces: list[Piece] = []
    in_contents = False
    for place, block in enumerate(blocks):
        if _is_contents(block):
            continue
        title = _title(block, body, is_at_top=place < _AT_TOP)
        if title is not None:
            in_contents = _CONTENTS_TITLE.fullmatch(title.spans[0].text) is not None
            pieces += [] if in_contents else [title]
        elif not in_contents:
            pieces += _pieces(block, body)
    return pieces


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []


def _body_indent(blocks: Sequence[Sequence[str]]) -> int:
    """Return the indent that most lines of longer blocks have: 3 in an RFC, 0 in most other texts."""
    counts = Counter(indent(line) for block in blocks if len(block) > 1 for line in block)
    return max(counts, key=lambda found: (counts[found], -found), default=0)


def _is_contents(block: Sequence[str]) -> bool:
    return 2 * sum(_is(_CONTENTS, line) for line in block) > len(block)


def _is(pattern: re.Pattern[str], line: str) -> bool:
    """Tell whether a short line has `pattern` in it; a long one is neither figure nor table of contents."""
    return len(line) <= 2 * _LONG_LINE and pattern.search(line.strip()) is not None


def _title(block: Sequence[str], body: int, *, is_at_top: bool) -> Piece | None:
    """Return the heading that a block is, or None. Level 0 is the title of the whole text."""
    if is_at_top and all(indent(line) >= _CENTERED + body for line in block) and len(block) < _AT_TOP:
        return Piece("heading", (Span(_joined(block)),), 0)
    if len(block) == 2 and _UNDERLINE.fullmatch(block[1].strip()):  # noqa: PLR2004 - a line and what underlines it
        return Piece("heading", (Span(block[0].strip()),), 1 + "=-~".index(block[1].strip()[0]))
    words = block[0].strip()
    if len(block) > 1 or len(words) > _LONG_TITLE or _SENTENCE_END.search(words):
        return None
    is_left = indent(block[0]) < body
    for pattern in (_NUMBERED, _APPENDIX):
        found = pattern.match(words)
        if found and (is_left or (not body and words[found.end()].isupper())):
            return Piece("heading", (Span(words),), found[1].count(".") + 1)
    if (is_left and not _BULLET.match(words)) or (words.isupper() and words[0].isalpha()):
        return Piece("heading", (Span(words),), 1)
    return None


def _pieces(block: Sequence[str], body: int) -> Iterator[Piece]:
    if all(line.lstrip().startswith(">") for line in block):
        said = [line.lstrip()[1:].strip() for line in block]
        yield from (Piece("quote", (Span(_joined(part)),)) for part in _blocks(said))
        return
    figures = sum(_is(_FIGURE, line) for line in block)
    if len(block) > 1 and 2 * figures > len(block):
        least = min(map(indent, block))
        yield Piece("code", text="\n".join(line[least:] for line in block) + "\n")
        return
    for part in _parts(block):
        words = part[0].strip()
        bullet, count = _BULLET.match(words), _COUNT.match(words)
        if found := bullet or count:
            depth = max(0, indent(part[0]) - body) // 2
            digits = "" if count is None else count[0].strip(" ().")
            number = int(digits) if digits.isdigit() else 0
            words = _joined(part)[found.end() :]
            yield Piece("item", (Span(words),), depth, is_ordered=bullet is None, number=number)
        else:
            yield Piece("text", (Span(_joined(part)),))


def _parts(block: Sequence[str]) -> Iterator[list[str]]:
    """Yield the items, the recommendations and the paragraphs of a block; where lines are long, each is one."""
    is_long = any(len(line) > _LONG_LINE for line in block)
    part: list[str] = []
    for line in block:
        words = line.strip()
        begins = _BULLET.match(words) or _COUNT.match(words) or _RECOMMENDATION.match(words)
        if part and (is_long or begins):
            yield part
            part = []
        part.append(line)
    yield part


def _joined(lines: Sequence[str]) -> str:
    """Join wrapped lines; a line that ends with a hyphen within a word is joined without a blank."""
    made = lines[0].strip()
    for line in lines[1:]:
        is_word = made.endswith("-") and made[-2:-1].isalpha() and line.strip()[:1].isalpha()
        made += ("" if is_word else " ") + line.strip()
    return made
