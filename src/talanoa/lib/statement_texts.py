"""Texts to vote on: whether one holds a single idea, and which others say the same.

A vote on two ideas tells nothing about either, so a statement is one sentence that is no question: no second
sentence, no semicolon, no list. Two statements say the same where their words are the same whatever case, accents and
punctuation; they are near where `nearcopies` says so (85 in 100 words in common, the same figures, the same number of
noes). The rule of one idea is Polis' advice to its conveners; the rest is ours.
"""

import re
from collections.abc import Mapping

from talanoa.lib.nearcopies import are_near, common, essential

_BREAK = re.compile(r"[;；؛?？؟]|\n\s*\n|^\s*(?:[-*•]|\d+[.)])\s", re.MULTILINE)
_END = re.compile(r"(\w+)?[.!。！۔]+(?:[\"'”’»)]*)(?:\s+|(?<=[。！]))(?=\w)")
_ABBREVIATION = 3
"""Letters of the longest word before a full stop that is read as an abbreviation, where it begins with a capital."""


def says_one_thing(text: str) -> bool:
    """Tell whether a text is one sentence and no question."""
    said = text.strip()
    return not _BREAK.search(said) and all(_is_abbreviated(found[1] or "") for found in _END.finditer(said))


def _is_abbreviated(word: str) -> bool:
    """Tell whether a full stop behind `word` ends no sentence, such as in Art. 5 and Dr. Otieno."""
    return 0 < len(word) <= _ABBREVIATION and (word[0].isupper() or word.isdigit())


def same(text: str, others: Mapping[int, str]) -> int | None:
    """Return the first number whose text has the same words as `text`, in order."""
    words = essential(text)
    return next((number for number, other in sorted(others.items()) if essential(other) == words), None)


def nearest(text: str, others: Mapping[int, str]) -> int | None:
    """Return the number whose text is nearly `text`, the one that has most in common with it; the lower of two."""
    words = essential(text)
    near = {number: other for number, text in others.items() if are_near(words, other := essential(text))}
    return min(near, key=lambda number: (-common(words, near[number]), number), default=None)
