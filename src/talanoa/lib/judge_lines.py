"""Judgments as they come by mail: `judge 57: a2 b1 c3 Your remedy is exact.`, several in one answer to a digest.

Read with patience: any case, `#57`, `a=2`, `a: 2`; the sentence may go on below, until the next judgment. What is
quoted is left out.
"""

import re
from dataclasses import dataclass

_BEGINS = re.compile(r"\s*judge\s+(?:number\s+)?#?(\d{1,18})\s*[.):]*\s*", re.IGNORECASE)
_LEVEL = re.compile(r"\s*([a-z])\s*[=:]?\s*(\d)(?!\w)[,;.]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class JudgeLine:
    """What a mail says of the text with a number: a level for each letter, and a sentence."""

    number: int
    levels: dict[str, int]
    comment: str


def read(text: str) -> list[JudgeLine]:
    """Return the judgments in a mail, in order."""
    said: list[tuple[int, list[str]]] = []
    for line in text.splitlines():
        if line.lstrip().startswith(">"):
            continue
        begins = _BEGINS.match(line)
        if begins:
            said.append((int(begins[1]), [line[begins.end() :]]))
        elif said:
            said[-1][1].append(line)
    return [_one(number, "\n".join(lines)) for number, lines in said]


def _one(number: int, rest: str) -> JudgeLine:
    levels: dict[str, int] = {}
    at = 0
    while (found := _LEVEL.match(rest, at)) and found[1].lower() not in levels:
        levels[found[1].lower()] = int(found[2])
        at = found.end()
    return JudgeLine(number, levels, rest[at:].strip(" \t\n:-–"))
