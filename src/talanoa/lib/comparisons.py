"""A comparison of two revisions as a reader takes it in: rows of old and new, with what stayed folded away.

To what `diffs.compare` tells, block by block, this adds that a block was split into several or several were
joined into one, and it folds what did not change, naming the last heading within, so that one knows where one is.

Errors: AnchorsBroken of paragraphs.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from talanoa.lib.diffs import MOST_STEPS, Change, Word, compare, compare_within
from talanoa.lib.paragraphs import Paragraph, words

BREAK = "¶\n\n"
"""Stands where one block ends and the next begins, in the words of a split or a join."""

_AROUND = 1
_LEAST_FOLDED = 2
_ALIKE = 0.75
_GAIN = 0.1
_MOST_PARTS = 4
_LONGEST_RUN = 12


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a page.

    `kind`: same, changed, added, removed, moved, split, joined, or folded. `n` counts the blocks of a folded row,
    and those that a block was split into or joined from; else 1. `heading` is the last one inside a folded row,
    or empty. `is_heading` tells that the block is one. `is_whole` as in Change.
    """

    kind: str
    anchor: str
    words: tuple[Word, ...]
    n: int = 1
    heading: str = ""
    is_heading: bool = False
    is_whole: bool = False

    @property
    def has_old(self) -> bool:
        """Tell whether the older revision has words here."""
        return any(word.kind != "added" for word in self.words)

    @property
    def has_new(self) -> bool:
        """Tell whether the newer revision has words here."""
        return any(word.kind != "removed" for word in self.words)


def rows(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> tuple[Row, ...]:
    """Return the rows of a page that shows what changed from `old` to `new`, in the order of `new`.

    One block that stayed is shown on each side of a change; more of them fold into one row. Raises AnchorsBroken.
    """
    headings = {block.anchor for block in (*old, *new) if block.kind == "heading"}
    return tuple(_folded(list(_told(compare(old, new), headings))))


def _told(changes: Sequence[Change], headings: set[str]) -> Iterator[Row]:
    """Yield a row for each change, and one for those that are one block on one side and several on the other."""
    for rewritten, group in groupby(changes, lambda change: change.kind in {"changed", "added", "removed"}):
        run = list(group)
        parted = dict(_parted(run)) if rewritten and 1 < len(run) <= _LONGEST_RUN else {}
        gone = {n for members in parted.values() for n in members}
        for n, change in enumerate(run):
            if n in parted:
                yield _parted_row([run[member] for member in parted[n]])
            elif n not in gone:
                is_heading = change.anchor in headings
                yield Row(change.kind, change.anchor, change.words, 1, "", is_heading, change.is_whole)


def _parted(run: Sequence[Change]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield what was split or joined in a run: the first of its changes, and all of them."""
    old, new = [_phrases(change.old_text) for change in run], [_phrases(change.new_text) for change in run]
    taken: set[int] = set()
    for alone, kind, wholes, parts in (("removed", "added", old, new), ("added", "removed", new, old)):
        for n, change in enumerate(run):
            if n in taken or change.kind not in {alone, "changed"}:
                continue
            may = [m for m, other in enumerate(run) if m not in taken and (other.kind == kind or m == n)]
            if change.kind == alone:
                may.remove(n)
            members = _parts(n, wholes[n], {m: parts[m] for m in may})
            if members:
                taken |= members
                yield min(members), tuple(sorted(members))


def _parts(n: int, whole: Counter[str], may: dict[int, Counter[str]]) -> set[int]:
    """Return change `n` and those of `may` that its other side went to, or nothing.

    They are neighbors, two to four. Together they are alike what they come from, more so than what `n` itself
    became. Alike is 2c / (m + n), where c of m and n phrases are common.
    """
    shared = {m: sum((whole & part).values()) for m, part in may.items()}
    size = {m: part.total() for m, part in may.items()}
    best = 2 * shared.get(n, 0) / max(1, whole.total() + size.get(n, 0))
    found: set[int] = set()
    for window in _windows(list(may)):
        if n in may and n not in window:
            continue
        alike = 2 * sum(shared[m] for m in window) / max(1, whole.total() + sum(size[m] for m in window))
        if alike >= max(_ALIKE, best + _GAIN):
            best, found = alike, {n, *window}
    return found


def _windows(members: Sequence[int]) -> Iterator[Sequence[int]]:
    for size in range(2, _MOST_PARTS + 1):
        yield from (members[at : at + size] for at in range(len(members) - size + 1))


def _phrases(text: str) -> Counter[str]:
    """Count the words of `text` two by two; single words are common to texts that have nothing in common."""
    found = words(text.casefold())
    return Counter(map(" ".join, pairwise(found))) if len(found) > 1 else Counter(found)


def _parted_row(members: Sequence[Change]) -> Row:
    old = [change.old_text for change in members if change.old_text]
    new = [change.new_text for change in members if change.new_text]
    compared = compare_within(_with_breaks(old), _with_breaks(new), MOST_STEPS)
    return Row(
        "split" if len(new) > len(old) else "joined",
        next(change.anchor for change in members if change.new_text),
        compared.words,
        n=max(len(old), len(new)),
        is_whole=compared.is_whole,
    )


def _with_breaks(texts: Sequence[str]) -> str:
    return f" {BREAK}".join(texts)


def _folded(told: Sequence[Row]) -> Iterator[Row]:
    """Fold what did not change, but for one row beside each change; a single row is not folded."""
    for same, group in groupby(enumerate(told), lambda each: each[1].kind == "same"):
        run = list(group)
        first = run[0][0] if same else 0
        before = _AROUND if first else 0
        after = _AROUND if same and run[-1][0] < len(told) - 1 else 0
        inner = run[before : len(run) - after]
        if not same or len(inner) < _LEAST_FOLDED:
            yield from (row for _, row in run)
            continue
        yield from (row for _, row in run[:before])
        headings = [row.words[0].text for _, row in inner if row.is_heading]
        yield Row("folded", "", (), len(inner), headings[-1].strip("# ") if headings else "")
        yield from (row for _, row in run[len(run) - after :])
