"""What changed between two revisions, block by block and word by word, ready for pages without scripts.

Errors: AnchorsBroken of paragraphs, where an anchor is missing or stands twice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from talanoa.lib.paragraphs import (
    ALIGNED,
    Paragraph,
    check_anchors,
    common_ends,
    longest_common,
    pieces,
    words,
)

MOST_STEPS = 1_000_000_000
"""Words of the old text times words of the new one, over all blocks: about half a second of a processor."""

_ISLAND_WORDS = 2
_LEGIBLE = 0.3


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of text that is `same`, `added` or `removed`, with the blanks and signs in it."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one block: `same`, `changed`, `added`, `removed` or `moved` (its words may differ too).

    The words that are not added, joined, are exactly `old_text`; those that are not removed, `new_text`.
    `is_whole` where the words were too many to be compared: what lies between the common beginning and the
    common end stands as removed and added.
    """

    kind: str
    anchor: str
    old_text: str
    new_text: str
    words: tuple[Word, ...]
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """The words of two texts, the steps that it took to compare them, and whether those were too many."""

    words: tuple[Word, ...]
    n_steps: int
    is_whole: bool


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of one block on both sides; on both the same text where `equal`."""

    equal: bool
    old: str
    new: str


def compare(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> tuple[Change, ...]:
    """Return every block of both revisions once, in the order of `new`; a removed one stands where it stood.

    Blocks are the same by their anchors. Those outside a longest common subsequence have moved; they stand at
    their new place. Words are compared until MOST_STEPS are used up; blocks after that are whole.
    Raises AnchorsBroken.
    """
    check_anchors(old)
    check_anchors(new)
    return tuple(_changes(old, new))


def _changes(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[Change]:
    kept = longest_common([block.anchor for block in old], [block.anchor for block in new])
    stays = {after: before for before, after in kept}
    texts = {block.anchor: block.text for block in old}
    remaining = {block.anchor for block in new}
    done, steps = 0, MOST_STEPS
    for position, block in enumerate(new):
        if position in stays:
            yield from _removed(old[done : stays[position]], remaining)
            done = stays[position] + 1
        before = texts.get(block.anchor)
        if before is None:
            yield Change("added", block.anchor, "", block.text, (Word("added", block.text),))
            continue
        compared = compare_within(before, block.text, steps)
        steps -= compared.n_steps
        kind = "moved" if position not in stays else "same" if before == block.text else "changed"
        yield Change(kind, block.anchor, before, block.text, compared.words, compared.is_whole)
    yield from _removed(old[done:], remaining)


def _removed(old: Sequence[Paragraph], remaining: set[str]) -> Iterator[Change]:
    for block in old:
        if block.anchor not in remaining:
            yield Change("removed", block.anchor, block.text, "", (Word("removed", block.text),))


def compare_words(old: str, new: str) -> tuple[Word, ...]:
    """Return `old` and `new` as one row of words, the removed before the added.

    Words are compared without the blanks after them. An equal run of one or two words between changes of more
    words on both sides is shown as changed; two texts that share less than 30 % of their words are shown one
    after the other: a reader follows phrases, not letters.
    """
    return compare_within(old, new, MOST_STEPS).words


def compare_within(old: str, new: str, most_steps: int) -> Compared:
    """Return what `compare_words` does, as long as it takes no more than `most_steps`."""
    if old == new:
        return Compared((Word("same", old),) if old else (), 0, is_whole=False)
    before, after = pieces(old), pieces(new)
    bare = [piece.rstrip() for piece in before], [piece.rstrip() for piece in after]
    ends = sum(common_ends(*bare))
    inner = len(before) - ends, len(after) - ends
    n_steps = inner[0] * inner[1]
    is_whole = n_steps > 0 and (max(inner) > ALIGNED or n_steps > most_steps)
    runs = _joined(_runs(before, after, longest_common(*bare, most_steps)))
    shared = sum(len(words(run.old)) for run in runs if run.equal)
    if 2 * shared < _LEGIBLE * (len(words(old)) + len(words(new))):
        runs = [_Run(False, old, new)]
    return Compared(tuple(_words(_joined(_without_islands(runs)))), 0 if is_whole else n_steps, is_whole)


def _runs(before: Sequence[str], after: Sequence[str], common: Sequence[tuple[int, int]]) -> Iterator[_Run]:
    i = j = 0
    for at_old, at_new in common:
        yield _Run(False, "".join(before[i:at_old]), "".join(after[j:at_new]))
        yield from _same_word(before[at_old], after[at_new])
        i, j = at_old + 1, at_new + 1
    yield _Run(False, "".join(before[i:]), "".join(after[j:]))


def _same_word(before: str, after: str) -> Iterator[_Run]:
    """Yield a word, and the blanks after it as a change of their own where they differ."""
    if before == after:
        yield _Run(True, before, after)
        return
    word = before.rstrip()
    yield _Run(True, word, word)
    yield _Run(False, before[len(word) :], after[len(word) :])


def _joined(runs: Iterator[_Run]) -> list[_Run]:
    """Join neighbors of one sort and drop empty runs, so that equal and changed ones alternate."""
    filled = [run for run in runs if run.old or run.new]
    return [
        _Run(equal, "".join(run.old for run in group), "".join(run.new for run in group))
        for equal, group in ((equal, list(found)) for equal, found in groupby(filled, lambda run: run.equal))
    ]


def _without_islands(runs: list[_Run]) -> Iterator[_Run]:
    sizes = [max(len(words(run.old)), len(words(run.new))) for run in runs]
    for at, run in enumerate(runs):
        between = run.equal and 0 < at < len(runs) - 1
        tiny = between and sizes[at] <= _ISLAND_WORDS and sizes[at] < min(sizes[at - 1], sizes[at + 1])
        yield _Run(False, run.old, run.new) if tiny else run


def _words(runs: list[_Run]) -> Iterator[Word]:
    for run in runs:
        if run.equal:
            yield Word("same", run.old)
            continue
        if run.old:
            yield Word("removed", run.old)
        if run.new:
            yield Word("added", run.new)
