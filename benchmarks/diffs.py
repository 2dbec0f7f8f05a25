"""What changed between two revisions of 200 pages, beside difflib on the same words and Git's own word diff.

Words are drawn from a vocabulary in which few are common and most are rare, as in natural texts, with a fixed seed. A
tenth of the paragraphs is edited, some move, are split or joined. Then texts that are made to cost much.
"""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from random import Random
from statistics import median

from benchmarks.figures import Figure, at_most, seconds, shown
from talanoa.lib.comparisons import rows
from talanoa.lib.paragraphs import Paragraph, carry_anchors, first_anchors, pieces, split

SEED = 4
VOCABULARY = 5_000
EDITED, MOVED, PARTED = 0.1, 0.01, 0.01
EDITS = 5
GOAL_S, HOSTILE_GOAL_S = 1, 3


@dataclass(frozen=True, slots=True)
class Size:
    """How long the text is, and how often it is compared by each."""

    paragraphs: int = 2_000
    words: int = 50
    rounds: int = 5
    peer_rounds: int = 1
    hostile: int = 1


TINY = Size(paragraphs=40, words=20, rounds=1, hostile=50)
Pair = tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]


def figures(size: Size, folder: Path) -> Iterator[Figure]:
    """Yield how long a comparison takes, the ratios to the peers, and the worst of the hostile texts."""
    chance = Random(SEED)
    old = [paragraph(chance, size.words) for _ in range(size.paragraphs)]
    new = edited(old, chance)
    pair = anchored(old, new)
    ours = median(seconds(lambda: rows(*pair)) for _ in range(size.rounds))
    kinds = sorted({row.kind for row in rows(*pair)})
    told = f"{size.paragraphs * size.words:,} words; rows: {', '.join(kinds)}"
    yield at_most(GOAL_S, f"{size.paragraphs:,} paragraphs compared", ours, " s", told)
    marked = median(seconds(lambda: anchored(old, new)) for _ in range(size.rounds))
    yield Figure("both cut into paragraphs with anchors", f"{shown(marked)} s", against="once, when saved")
    theirs = median(seconds(lambda: by_difflib(old, new)) for _ in range(size.peer_rounds))
    yield Figure("times faster than difflib, all words", shown(theirs / ours), against=f"{shown(theirs)} s")
    if git := shutil.which("git"):
        theirs = median(by_git(git, old, new, folder) for _ in range(size.rounds))
        told = f"{shown(theirs)} s, with its start; it knows no moved, split or joined paragraph"
        yield Figure("times faster than git diff --word-diff", shown(theirs / ours), against=told)
    for name, (before, after) in hostile(size, chance):
        took = seconds(lambda: rows(*anchored(before, after)))  # noqa: B023 - called at once
        yield at_most(HOSTILE_GOAL_S, name, took, " s", "with anchors")


def word(chance: Random) -> str:
    """Return a word; the n-th of the vocabulary is about as frequent as 1/n."""
    return f"w{int(VOCABULARY ** chance.random())}"


def paragraph(chance: Random, n_words: int) -> str:
    """Return a paragraph of `n_words`."""
    return " ".join(word(chance) for _ in range(n_words)).capitalize() + "."


def edited(old: list[str], chance: Random) -> list[str]:
    """Return the next revision: some paragraphs with other words, some elsewhere, some split, some joined."""
    new = list(old)
    for at in chance.sample(range(len(new)), int(EDITED * len(new))):
        words = new[at].split()
        for _ in range(EDITS):
            words[chance.randrange(len(words))] = word(chance)
        new[at] = " ".join(words)
    for _ in range(max(1, int(MOVED * len(new)))):
        new.insert(chance.randrange(len(new)), new.pop(chance.randrange(len(new))))
    for _ in range(max(1, int(PARTED * len(new)))):
        at = chance.randrange(len(new))
        words = new[at].split()
        new[at : at + 1] = [" ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])]
        at = chance.randrange(len(new) - 1)
        new[at : at + 2] = [" ".join(new[at : at + 2])]
    return new


def anchored(old: list[str], new: list[str]) -> Pair:
    """Return both as revisions are kept."""
    before, free = first_anchors(split("\n\n".join(old)))
    return before, carry_anchors(before, split("\n\n".join(new)), free)[0]


def by_difflib(old: list[str], new: list[str]) -> object:
    """Compare by the matcher of the standard library, word by word over the whole text."""
    return SequenceMatcher(None, pieces("\n\n".join(old)), pieces("\n\n".join(new))).get_opcodes()


def by_git(git: str, old: list[str], new: list[str], folder: Path) -> float:
    """Return how long Git takes, word by word within lines; a paragraph is a line."""
    paths = folder / "old.txt", folder / "new.txt"
    for path, texts in zip(paths, (old, new), strict=True):
        path.write_text("\n\n".join(texts), encoding="utf-8")
    words = [git, "diff", "--no-index", "--word-diff=porcelain", *map(str, paths)]
    return seconds(lambda: subprocess.run(words, check=False, capture_output=True))


def hostile(size: Size, chance: Random) -> Iterator[tuple[str, tuple[list[str], list[str]]]]:
    """Yield texts at the limits of a document that are made to cost much; `size.hostile` makes them smaller."""

    def letters(number: int) -> str:
        return " ".join(chance.choice("abcdefghij") for _ in range(number))

    n = size.hostile
    yield "everything changed", ([paragraph(chance, 20) for _ in range(4500 // n)] for _ in range(2))
    yield "all paragraphs equal", (["a b c"] * (4900 // n), ["a b c"] * (4800 // n))
    yield "one paragraph of 400,000 characters", ([letters(200_000 // n)] for _ in range(2))
    yield (
        "100 paragraphs of 2,000 one-letter words",
        ([letters(2000 // n) for _ in range(100)] for _ in range(2)),
    )
