"""What in an application tells who applies: their own names, organizations and addresses in its text and its files.

It warns and refuses nothing: a name can be a word, and only who applies knows. What is found is told with its line.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from talanoa.lib.aliases import fold

SHORTEST = 3
"""Letters; a shorter part of a name, such as an initial, stands in every text."""
_ADDRESS = re.compile(r"[^\s<>()@,;:]+@[^\s<>()@,;:]+\.[A-Za-z]{2,}")
_ORCID = re.compile(r"\b\d{4}-\d{4}-\d{4}-\d{3}[\dXx]\b")


@dataclass(frozen=True, slots=True)
class Telling:
    """A word that tells who applies, and in which line, from 1; 0 where the file names it beside its text."""

    line: int
    word: str


def telling(text: str, who: Iterable[str], named: Sequence[str] = ()) -> tuple[Telling, ...]:
    """Return what tells who applies: words of `who` in the text, any address or ORCID iD, and whom the file names.

    `who` are names and organizations of the applicants. A name is found whole, and by each of its longer parts; letter
    case, accents and marks do not hide it.
    """
    sought = {part for name in who for part in _parts(name)}
    found = [Telling(0, name) for name in named]
    for number, line in enumerate(text.split("\n"), start=1):
        words = f" {fold(line)} "
        found += [Telling(number, part) for part in sorted(sought) if f" {part} " in words]
        found += [Telling(number, match) for match in (*_ADDRESS.findall(line), *_ORCID.findall(line))]
    return tuple(dict.fromkeys(found))


def _parts(name: str) -> set[str]:
    """Return a name as it is compared: whole, and its last part, by which people are cited."""
    whole = fold(name)
    last = whole.rpartition(" ")[2]
    return {part for part in (whole, last) if len(part) >= SHORTEST}
