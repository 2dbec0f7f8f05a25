"""What changed between two revisions, block by block and word by word, ready for pages without scripts.

Errors: AnchorsBroken of paragraphs, where an anchor is missing or stands twice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from talanoa.lib.paragraphs import Paragraph, check_anchors, longest_common, pieces, words

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
    """

    kind: str
    anchor: str
    old_text: str
    new_text: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of one block on both sides; on both the same text where `equal`."""

    equal: bool
    old: str
    new: str


def compare(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> tuple[Change, ...]:
    """Return every block of both revisions once, in the order of `new`; a removed one stands where it stood.

    Blocks are the same by their anchors. Those outside a longest common subsequence have moved; they stand at
    their new place. Raises AnchorsBroken.
    """
    check_anchors(old)
    check_anchors(new)
    return tuple(_changes(old, new))


def _changes(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[Change]:
    kept = longest_common([block.anchor for block in old], [block.anchor for block in new])
    stays = {after: before for before, after in kept}
    texts = {block.anchor: block.text for block in old}
    remaining = {block.anchor for block in new}
    done = 0
    for position, block in enumerate(new):
        if position in stays:
            yield from _removed(old[done : stays[position]], remaining)
            done = stays[position] + 1
        yield _change(block, texts.get(block.anchor), stays=position in stays)
    yield from _removed(old[done:], remaining)


def _removed(old: Sequence[Paragraph], remaining: set[str]) -> Iterator[Change]:
    for block in old:
        if block.anchor not in remaining:
            yield Change("removed", block.anchor, block.text, "", (Word("removed", block.text),))


def _change(block: Paragraph, before: str | None, *, stays: bool) -> Change:
    if before is None:
        return Change("added", block.anchor, "", block.text, (Word("added", block.text),))
    kind = "moved" if not stays else "same" if before == block.text else "changed"
    return Change(kind, block.anchor, before, block.text, compare_words(before, block.text))


def compare_words(old: str, new: str) -> tuple[Word, ...]:
    """Return `old` and `new` as one row of words, the removed before the added.

    Words are compared without the blanks after them. An equal run of one or two words between changes of more
    words on both sides is shown as changed; two texts that share less than 30 % of their words are shown one
    after the other: a reader follows phrases, not letters.
    """
    runs = _joined(_runs(old, new))
    shared = sum(len(words(run.old)) for run in runs if run.equal)
    if 2 * shared < _LEGIBLE * (len(words(old)) + len(words(new))):
        runs = [_Run(old == new, old, new)]
    return tuple(_words(_joined(_without_islands(runs))))


def _runs(old: str, new: str) -> Iterator[_Run]:
    before, after = pieces(old), pieces(new)
    i = j = 0
    common = longest_common([piece.rstrip() for piece in before], [piece.rstrip() for piece in after])
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
