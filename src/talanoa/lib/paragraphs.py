"""The blocks of a Markdown text, its numbered recommendations, and the anchors blocks keep over revisions.

Errors, all ValueError: TextTooLong (`text_too_long`), RecommendationsOutOfOrder (`recommendation_numbers`),
AnchorsBroken (`anchors_broken`).
"""

import re
from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.rules_block import StateBlock, blockquote, list_block

MAX_CHARS = 2_000_000
MAX_BLOCKS = 5_000
SIMILAR = 0.6
_DEPTH = 18
_SCHEMES = frozenset({"http", "https", "mailto"})
_NEAR = 32
_TRIED = 5
_WORDS_COMPARED = 2_000
ALIGNED = 10_000
"""Words or blocks up to which two rows are aligned one by one."""
_SECTION_LEVELS = 3

_KINDS = {
    "heading_open": "heading",
    "paragraph_open": "text",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "blockquote_open": "quote",
    "fence": "code",
    "code_block": "code",
    "table_open": "table",
    "hr": "text",
}
_RECOMMENDATION = re.compile(
    r" {0,3}(?P<mark>[*_]{0,3})Recommendation[ \t\u00a0]+(?P<number>[0-9]{1,9})"
    r"(?:[.:](?=\s|[*_]|$)|(?P=mark)[.:](?=\s|$))"
)
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_SIGNS = (
    r"!-&(-,./:-@\[-`{-~\u00a1\u00ab\u00bb\u00bf\u060c\u061b\u061f\u06d4\u0964\u0965"
    r"\u2012-\u2018\u201a-\u2027\u2030-\u205e\u3001-\u3011\uff01-\uff0f\uff1a-\uff20"
)
_PIECE = re.compile(rf"(?:[{_CJK}]|[{_SIGNS}]|[^\s{_CJK}{_SIGNS}]+)\s*|\s+")


class TextTooLong(ValueError):
    """The text has more than MAX_CHARS characters or MAX_BLOCKS blocks."""

    code = "text_too_long"


class RecommendationsOutOfOrder(ValueError):
    """The recommendations are not numbered 1, 2, 3 ... in the order in which they stand."""

    code = "recommendation_numbers"

    def __init__(self, expected: int, found: int) -> None:
        super().__init__(f"recommendation {expected} should come here, found {found}")
        self.expected = expected
        self.found = found


class AnchorsBroken(ValueError):
    """The anchors of a revision are not `p1`, `p2` ..., each once and below the next free number."""

    code = "anchors_broken"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of a text; `text` is its Markdown source.

    `kind`: heading, text, list, quote, code, table or recommendation. `position` counts from 0. `level` is
    1 to 3 for a heading, else 0; `number` is a recommendation's, else 0; `anchor` is empty until it is given.
    """

    anchor: str
    position: int
    kind: str
    level: int
    number: int
    text: str


class _CommonMark(MarkdownIt):
    """CommonMark that links to the web, to mail and to its own site only."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the name is the library's
        """Tell whether a link may lead to `url`, which the library has percent-encoded."""
        scheme, colon, _ = re.split("[/?#]", url, maxsplit=1)[0].partition(":")
        return scheme.lower() in _SCHEMES if colon else not url.startswith("//")


def commonmark() -> MarkdownIt:
    """Return the one reading of Markdown in this project: CommonMark with tables, without HTML.

    Links lead to http, https, mailto or the same site; others stay text. Quotes and lists that are nested
    deeper than 18 levels stay text, because the library's own limit would drop their words.
    """
    reader = _CommonMark("commonmark", {"html": False}).enable("table")
    ends = ["paragraph", "reference", "blockquote"]
    reader.block.ruler.at("blockquote", _shallow(blockquote), {"alt": [*ends, "list"]})
    reader.block.ruler.at("list", _shallow(list_block), {"alt": ends})
    return reader


def _shallow(rule: RuleFuncBlockType) -> RuleFuncBlockType:
    def guarded(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return state.level < _DEPTH and rule(state, start, end, silent)

    return guarded


_BLOCKS = commonmark().disable("inline")


def split(markdown: str) -> tuple[Paragraph, ...]:
    """Return the top-level blocks of `markdown` in order, without anchors; no line with text is left out.

    A list, a quote, a table is one block. A thematic break, a heading of level 4 to 6 and link definitions
    are of kind text. A recommendation is a paragraph that begins with `Recommendation N.` or
    `Recommendation N:`, in bold or not. Raises TextTooLong.
    """
    if len(markdown) > MAX_CHARS:
        raise TextTooLong(f"{len(markdown)} characters")
    source = re.sub("\r\n?", "\n", markdown).replace("\0", "\ufffd")
    lines = source.split("\n")
    made: list[Paragraph] = []
    for kind, level, start, end in _spans(source, len(lines)):
        text = _trimmed(lines[start:end])
        if text:
            made.append(_paragraph(len(made), kind, level, text))
    if len(made) > MAX_BLOCKS:
        raise TextTooLong(f"{len(made)} blocks")
    return tuple(made)


def _spans(source: str, n_lines: int) -> Iterator[tuple[str, int, int, int]]:
    """Yield (kind, level, first line, line after) of each block and of each stretch between blocks."""
    done = 0
    for token in _BLOCKS.parse(source):
        if token.level or token.map is None or token.type not in _KINDS:
            continue
        start, end = token.map
        yield "text", 0, done, start
        depth = int(token.tag[1]) if token.type == "heading_open" else 0
        if depth > _SECTION_LEVELS:
            yield "text", 0, start, end
        else:
            yield _KINDS[token.type], depth, start, end
        done = end
    yield "text", 0, done, n_lines


def _trimmed(lines: list[str]) -> str:
    """Join `lines` without the blank ones at both ends; the indent of the first says that it is code."""
    filled = [number for number, line in enumerate(lines) if line.strip()]
    return "\n".join(lines[filled[0] : filled[-1] + 1]) if filled else ""


def _paragraph(position: int, kind: str, level: int, text: str) -> Paragraph:
    found = _RECOMMENDATION.match(text) if kind == "text" else None
    if found:
        return Paragraph("", position, "recommendation", 0, int(found["number"]), text)
    return Paragraph("", position, kind, level, 0, text)


def check_recommendations(paragraphs: Sequence[Paragraph]) -> None:
    """Raise RecommendationsOutOfOrder unless the recommendations are numbered 1, 2, 3 ... as they stand."""
    numbers = [paragraph.number for paragraph in paragraphs if paragraph.kind == "recommendation"]
    for expected, found in enumerate(numbers, start=1):
        if found != expected:
            raise RecommendationsOutOfOrder(expected, found)


def first_anchors(new: Sequence[Paragraph]) -> tuple[tuple[Paragraph, ...], int]:
    """Return the first revision with the anchors `p1`, `p2` ..., and the next free number."""
    return carry_anchors((), new, 1)


def carry_anchors(
    old: Sequence[Paragraph], new: Sequence[Paragraph], next_free: int
) -> tuple[tuple[Paragraph, ...], int]:
    """Return `new` with the anchors it takes over from `old` and fresh ones, and the next free number.

    Who keeps an anchor, each step among those still without: blocks of a longest common subsequence of equal
    texts; equal texts that moved; recommendations of equal number; in the gaps of the first step the most
    similar blocks first, if SIMILAR or more. A number is never given twice in the life of a document, as long
    as the caller stores `next_free`. Raises AnchorsBroken.
    """
    check_anchors(old, next_free)
    pairs = _pairs(old, new)
    made: list[Paragraph] = []
    for position, block in enumerate(new):
        if position in pairs:
            anchor = old[pairs[position]].anchor
        else:
            anchor = f"p{next_free}"
            next_free += 1
        made.append(replace(block, anchor=anchor))
    return tuple(made), next_free


def check_anchors(paragraphs: Sequence[Paragraph], next_free: int | None = None) -> None:
    """Raise AnchorsBroken unless each anchor is `p` and a number, stands once, and is below `next_free`."""
    anchors = {paragraph.anchor for paragraph in paragraphs}
    if len(anchors) != len(paragraphs):
        raise AnchorsBroken("an anchor stands twice")
    for anchor in anchors:
        if not re.fullmatch("p[1-9][0-9]{0,9}", anchor):
            raise AnchorsBroken(f"{anchor!r} is no anchor")
        if next_free is not None and int(anchor[1:]) >= next_free:
            raise AnchorsBroken(f"{anchor} is not below {next_free}")


def _pairs(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> dict[int, int]:
    """Return which position in `old` each position in `new` continues."""
    kept = longest_common([block.text for block in old], [block.text for block in new])
    pairs = {after: before for before, after in kept}
    _pair_by(lambda block: block.text, old, new, pairs)
    _pair_by(lambda block: block.number or None, old, new, pairs)
    taken = set(pairs.values())
    for (i, j), (next_i, next_j) in pairwise([(-1, -1), *kept, (len(old), len(new))]):
        left = [n for n in range(i + 1, next_i) if n not in taken]
        wanting = [n for n in range(j + 1, next_j) if n not in pairs]
        if left and wanting:
            pairs |= _similar_pairs(old, new, left, wanting)
    return pairs


def _pair_by(
    key: Callable[[Paragraph], Hashable | None],
    old: Sequence[Paragraph],
    new: Sequence[Paragraph],
    pairs: dict[int, int],
) -> None:
    """Add to `pairs` the blocks of equal key that are still without a partner, in order."""
    taken = set(pairs.values())
    waiting: dict[Hashable, deque[int]] = {}
    for position, block in enumerate(old):
        if position not in taken and (value := key(block)) is not None:
            waiting.setdefault(value, deque()).append(position)
    for position, block in enumerate(new):
        if position not in pairs and (found := waiting.get(key(block))):
            pairs[position] = found.popleft()


def _similar_pairs(
    old: Sequence[Paragraph], new: Sequence[Paragraph], left: list[int], wanting: list[int]
) -> dict[int, int]:
    """Pair the blocks of one gap, the most similar first; a long gap looks 32 blocks up and down only."""
    old_bags = [_bag(old[n].text) for n in left]
    new_bags = [_bag(new[n].text) for n in wanting]
    found: list[tuple[float, int, int, int]] = []
    for at, bag in enumerate(new_bags):
        middle = at * len(left) // len(wanting)
        near = range(max(0, middle - _NEAR), min(len(left), middle + _NEAR + 1))
        scored = sorted((-bag.at_most(old_bags[n]), abs(n - middle), n) for n in near)
        for most, away, n in scored[:_TRIED]:
            if -most >= SIMILAR and (score := bag.similarity(old_bags[n])) >= SIMILAR:
                found.append((-score, away, n, at))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, n, at in sorted(found):
        if wanting[at] not in pairs and left[n] not in taken:
            pairs[wanting[at]] = left[n]
            taken.add(left[n])
    return pairs


@dataclass(frozen=True, slots=True)
class _Bag:
    """The words of one block in order, and as a set in which each repetition counts."""

    words: list[str]
    counted: frozenset[tuple[str, int]]

    def at_most(self, other: "_Bag") -> float:
        """Return an upper bound of the similarity, from the words in any order."""
        return self._ratio(other, len(self.counted & other.counted))

    def similarity(self, other: "_Bag") -> float:
        """Return 2c / (m + n), where c of m and n words are common in order: the `ratio` of difflib."""
        return self._ratio(other, len(longest_common(self.words, other.words)))

    def _ratio(self, other: "_Bag", common: int) -> float:
        return 2 * common / (len(self.words) + len(other.words)) if common else 0.0


def _bag(text: str) -> _Bag:
    """Gather the first 2,000 words of `text`, without case and punctuation."""
    kept = words(text.casefold())[:_WORDS_COMPARED]
    seen: Counter[str] = Counter()
    counted: set[tuple[str, int]] = set()
    for word in kept:
        seen[word] += 1
        counted.add((word, seen[word]))
    return _Bag(kept, frozenset(counted))


def pieces(text: str) -> list[str]:
    """Cut `text` into words and signs, each with the blanks after it; joined again they are `text`.

    A Chinese or Japanese character is a piece of its own, since no blanks part the words.
    """
    return _PIECE.findall(text)


def words(text: str) -> list[str]:
    """Return the pieces of `text` that hold a letter or a digit, without blanks."""
    return [piece.rstrip() for piece in pieces(text) if any(map(str.isalnum, piece))]


def longest_common(
    old: Sequence[Hashable], new: Sequence[Hashable], most_steps: int = ALIGNED**2
) -> tuple[tuple[int, int], ...]:
    """Return the pairs of positions (in old, in new) of one longest common subsequence, in order.

    Bit-parallel, so that 2,000 against 2,000 take 2,000 steps whatever they hold; difflib's matcher is cubic
    on hostile input. Where more than ALIGNED stand between the common ends on one side, or more than
    `most_steps` on one side times those on the other, the ends alone are paired.
    Source: H. Hyyrö, Bit-parallel LCS-length computation revisited, AWOCA 2004.
    """
    head, tail = common_ends(old, new)
    inner = (old[head : len(old) - tail], new[head : len(new) - tail])
    short = max(map(len, inner)) <= ALIGNED and len(inner[0]) * len(inner[1]) <= most_steps
    return (
        *((n, n) for n in range(head)),
        *((head + i, head + j) for i, j in (_aligned(*inner) if short else ())),
        *((len(old) - n, len(new) - n) for n in range(tail, 0, -1)),
    )


def common_ends(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[int, int]:
    """Return how many are equal at the beginning, and how many of the others at the end."""
    size = min(len(old), len(new))
    head = next((n for n in range(size) if old[n] != new[n]), size)
    return head, next((n for n in range(size - head) if old[-1 - n] != new[-1 - n]), size - head)


def _aligned(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the pairs; bit i of row j is 0 where old[i] adds to what old[:i] shares with new[:j+1]."""
    where: dict[Hashable, int] = {}
    for i, value in enumerate(old):
        where[value] = where.get(value, 0) | 1 << i
    full = (1 << len(old)) - 1
    row = full
    rows: list[int] = []
    for value in new:
        hit = row & where.get(value, 0)
        row = ((row + hit) | (row - hit)) & full
        rows.append(row)
    found: list[tuple[int, int]] = []
    i, j = len(old) - 1, len(new) - 1
    while i >= 0 and j >= 0:
        if rows[j] >> i & 1:
            i -= 1
        elif j and not rows[j - 1] >> i & 1:
            j -= 1
        else:
            found.append((i, j))
            i, j = i - 1, j - 1
    return found[::-1]


def unnumbered(text: str) -> str:
    """Return the words of a recommendation after its number; other texts as they are."""
    found = _RECOMMENDATION.match(text)
    if not found:
        return text
    mark, rest = found["mark"], text[found.end() :]
    if mark and rest.startswith(mark):
        return rest.removeprefix(mark).strip()
    # Where the bold letters go on after the number, they begin with the words now.
    is_closed = found[0].rstrip(".:").endswith(mark) or not mark
    return rest.strip() if is_closed else mark + rest.strip()
