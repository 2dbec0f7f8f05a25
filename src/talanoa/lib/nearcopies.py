"""Which texts say the same in nearly the same words: a campaign's letter, sent by many with their own names below it.

Two texts are near copies where all of this holds, greeting and signature set aside:

- of their words, folded and in order, at least 85 in 100 are common: 2 * LCS / (m + n) >= 0.85, where LCS is the
  length of the longest common subsequence of the m and n words;
- nowhere do more than three words stand together that the other one lacks: a sentence of somebody's own is theirs;
- they name the same figures and say no equally often: one word can turn a demand round.

Finding the pairs is left to MinHash over pairs of neighboring words (Broder 1997, “On the resemblance and containment
of documents”); the rule above decides. The thresholds are ours: a letter of a hundred words may differ in fifteen of
them, one here and one there.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Indel
from rensa import RMinHash, RMinHashLSH

from talanoa.lib.stemming import fold

COMMON = 0.85
OWN_WORDS = 3
SHORTEST = 5
"""Words that a text has at least; what is shorter is said by many without any campaign."""
HASHES, BANDS, SEED = 128, 64, 20170719
SAMPLE = 12
"""Texts of a pile, about so many, of which the middle one is sought."""
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_GREETINGS = fold(
    "dear hello hi greetings bonjour cher chère madame monsieur hola estimado estimada estimados caro cara prezado "
    "prezada ndugu habari mpendwa السلام عزيزي السيد السيدة تحية уважаемые уважаемый здравствуйте"
).split()
_FAREWELLS = fold(
    "regards sincerely faithfully yours best thanks respectfully cordialement salutations respectueusement saludos "
    "atentamente cordialmente atenciosamente wako wenu asante تحياتي احترام уважением"
).split()
_NEGATIONS = fold(
    "no not never none neither nor without ne pas non jamais aucun sans ni nunca jamás não sem nem si sio hapana bila "
    "usi لا ليس لم لن غير بدون не нет без 不 没 无"
).split()
_LONGEST_GREETING, _LONGEST_SIGNATURE, _WORDS_OF_A_LINE = 8, 5, 8


@dataclass(frozen=True, slots=True)
class Pile:
    """A text, by its key, and its near copies in the order given, each with what is common (0 to 1)."""

    leading: int
    copies: tuple[tuple[int, float], ...]


def essential(text: str) -> tuple[str, ...]:
    """Return the folded words of `text` in order, without greeting and signature; single signs of unspaced scripts."""
    lines = [words for line in text.splitlines() if (words := _words(line))]
    lines = _without_signature(_without_greeting(lines))
    return tuple(word for line in lines for word in line)


def _words(line: str) -> list[str]:
    spaced = _UNSPACED.sub(lambda letter: f" {letter[0]} ", line)
    return _WORD.findall(fold(spaced))


def _without_greeting(lines: list[list[str]]) -> list[list[str]]:
    is_greeting = (
        len(lines) > 1
        and len(lines[0]) <= _LONGEST_GREETING
        and any(word in _GREETINGS for word in lines[0][:2])
    )
    return lines[1:] if is_greeting else lines


def _without_signature(lines: list[list[str]]) -> list[list[str]]:
    """Leave out what follows a word of farewell near the end, if it is all short."""
    for back in range(1, min(_LONGEST_SIGNATURE, len(lines) - 1) + 1):
        tail = lines[-back:]
        if len(tail[0]) <= _LONGEST_GREETING and any(word in _FAREWELLS for word in tail[0]):
            is_short = all(len(line) <= _WORDS_OF_A_LINE for line in tail)
            return lines[:-back] if is_short else lines
    return lines


def common(one: Sequence[str], other: Sequence[str]) -> float:
    """Return 2 * LCS / (m + n), from 0 to 1; of two that are empty, 1."""
    return Indel.normalized_similarity(one, other)


def are_near(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two texts, given by their `essential` words, are near copies by the rule of this module."""
    if min(len(one), len(other)) < SHORTEST or common(one, other) < COMMON:
        return False
    return _turning(one) == _turning(other) and _longest_difference(one, other) <= OWN_WORDS


def _turning(words: Iterable[str]) -> Counter[str]:
    """Count the words of which one alone changes what is said: figures, and every no."""
    return Counter("no" if word in _NEGATIONS else word for word in words if _turns(word))


def _turns(word: str) -> bool:
    return word in _NEGATIONS or any(letter.isdigit() for letter in word)


def _longest_difference(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words stand together at most that only one of both has."""
    longest = here = there = 0
    for step in Indel.opcodes(one, other):
        if step.tag == "equal":
            here = there = 0
        else:
            here += step.src_end - step.src_start
            there += step.dest_end - step.dest_start
            longest = max(longest, here, there)
    return longest


def piles(texts: Mapping[int, str]) -> list[Pile]:
    """Return every text that has near copies among `texts`, with them, by key.

    The first text of a kind leads at first; then the one in the middle, which most of a sample is closest to, so that
    no copy is lost because the first one was changed most. A text stands in one pile, that of the leading text with
    which most is common. Deterministic: the hashes have a fixed seed. Time grows with the number of texts and of pairs
    that resemble each other, not with all pairs.
    """
    words = {key: said for key, text in texts.items() if len(said := essential(text)) >= SHORTEST}
    middles = [_middle(pile, words) for pile in _gathered(words)]
    again = {key: words[key] for key in dict.fromkeys([*middles, *words])}
    found = [Pile(pile.leading, tuple(sorted(pile.copies))) for pile in _gathered(again)]
    return sorted(found, key=lambda pile: pile.leading)


def _gathered(words: Mapping[int, tuple[str, ...]]) -> list[Pile]:
    """Put each text to the leading one before it that it is closest to, or let it lead."""
    nearby = RMinHashLSH(threshold=0.5, num_perm=HASHES, num_bands=BANDS)
    found: dict[int, list[tuple[int, float]]] = {}
    for key, said in words.items():
        sketch = RMinHash(num_perm=HASHES, seed=SEED)
        sketch.update([f"{first} {second}" for first, second in pairwise(said)])
        near = [at for at in nearby.query(sketch) if are_near(words[at], said)]
        if near:
            best = max(near, key=lambda at: (common(words[at], said), -at))
            found[best].append((key, common(words[best], said)))
        else:
            found[key] = []
            nearby.insert(key, sketch)
    return [Pile(key, tuple(copies)) for key, copies in found.items() if copies]


def _middle(pile: Pile, words: Mapping[int, tuple[str, ...]]) -> int:
    """Return the text of a sample of the pile that has most in common with the others of the sample."""
    keys = [pile.leading, *(key for key, _common in pile.copies)]
    sample = keys[:: max(1, len(keys) // SAMPLE)]
    return max(sample, key=lambda key: (sum(common(words[key], words[other]) for other in sample), -key))


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of words that is `same`, `added` in the copy or `removed` from the text that leads."""

    kind: str
    text: str


def differences(leading: str, copy: str) -> tuple[Difference, ...]:
    """Return the words of `copy` beside those of `leading`, as they are written, with what differs marked."""
    one, other = leading.split(), copy.split()
    found: list[Difference] = []
    for step in Indel.opcodes(one, other):
        gone, came = one[step.src_start : step.src_end], other[step.dest_start : step.dest_end]
        parts = [("same", came)] if step.tag == "equal" else [("removed", gone), ("added", came)]
        found += [Difference(kind, " ".join(words) + " ") for kind, words in parts if words]
    return tuple(found)
