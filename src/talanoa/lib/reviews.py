"""A review as lines of a mail or a file: a mark for each criterion, `confidence: 2`, then words for who applies.

A mark is `question: 4`, from 0 to 5, or `question: n/a`. All lines that are no mark are words.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

NONE = "n/a"
_LINE = re.compile(r"\s*([a-z0-9-]{1,40})\s*[:=\uff1a]\s*(\d|n/a)\s*[.,;]?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReviewText:
    """What was read: marks by criterion (None: n/a), confidence (0 where none is given), words."""

    marks: Mapping[str, int | None]
    confidence: int
    text: str


def read(text: str, criteria: Collection[str]) -> ReviewText:
    """Return the review that lines tell; whether it is whole is `scores.check`'s question."""
    marks, confidence, words = dict[str, int | None](), 0, list[str]()
    for line in text.splitlines():
        found = _LINE.fullmatch(line)
        name = found[1].lower() if found else ""
        if found and name in criteria:
            marks[name] = None if found[2].lower() == NONE else int(found[2])
        elif found and name == "confidence" and found[2].isdigit():
            confidence = int(found[2])
        else:
            words.append(line)
    return ReviewText(marks, confidence, "\n".join(words).strip())
