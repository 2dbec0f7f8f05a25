"""The items of a lesson: what is asked, what is right, and why. Pure data; lib.grading grades, lib.item_files reads."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from hashlib import sha256
from typing import TypeVar

import rfc8785

Answer = str | tuple[str, ...] | Mapping[str, str]
"""What a learner answers: a text or an id; several ids; for each thing the id of where it belongs."""
TYPES = (
    "choice", "multi", "order", "match", "classify", "short", "number", "textedit", "open", "room",
)  # fmt: skip
RULES = (
    "mentions", "avoids", "max_words", "min_words", "max_caps", "max_quoted", "begins", "has_line", "max_questions",
)  # fmt: skip
WORDED = ("mentions", "avoids", "begins", "has_line")
"""Rules that look for words; the others count, up to a value."""
GRADERS = ("self", "facilitator")


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name: a step, a class, what a thing belongs to."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Option(Named):
    """What can be chosen; `why` is told to who chose it."""

    is_right: bool
    why: str


@dataclass(frozen=True, slots=True)
class Thing(Named):
    """What belongs to the target with the id `target`; `why` is told to who put it elsewhere."""

    target: str
    why: str


@dataclass(frozen=True, slots=True)
class Check:
    """A rule that a text has to meet; `why` is told to whoever does not meet it. lib.item_files lists the rules."""

    id: str
    rule: str
    words: tuple[str, ...]
    value: int
    why: str


@dataclass(frozen=True, slots=True)
class Item:
    """What all items have; `is_case` tells that it begins with a case and not with a definition."""

    id: str
    kind: str
    objective: str
    prompt: str
    hint: str
    is_case: bool


@dataclass(frozen=True, slots=True)
class Choosing(Item):
    """Choose one option, or of kind `multi` every right one."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Ordering(Item):
    """Bring steps in order; `steps` are in the right one."""

    steps: tuple[Named, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Sorting(Item):
    """Say where each thing belongs: kinds `match` and `classify`."""

    targets: tuple[Named, ...]
    things: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Short(Item):
    """Answer in a word or two; `answers` are all right ones."""

    answers: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Number(Item):
    """Answer with a number, at most `tolerance` away from `answer`; `unit` may stand behind it."""

    answer: Decimal
    tolerance: Decimal
    unit: str
    why: str


@dataclass(frozen=True, slots=True)
class TextEdit(Item):
    """Mend a text so that it meets every check."""

    start: str
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Open(Item):
    """Write freely; judged by the rubric with the id `rubric`, by whom `graders` name."""

    rubric: str
    graders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Room(Item):
    """Play the scenario with the id `scenario` to its debrief."""

    scenario: str


@dataclass(frozen=True, slots=True)
class Criterion(Named):
    """What a judge looks at; `levels` are four sentences: not seen, tried, did, built on by others."""

    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rubric:
    """How an open answer is judged."""

    id: str
    title: str
    criteria: tuple[Criterion, ...]


Placed = TypeVar("Placed", bound=Named)


def digest(item: Item) -> str:
    """Return the SHA-256 of all that an item is, as 64 hexadecimal digits: an answer keeps it, and is never regraded.

    Source: RFC 8785 for the bytes.
    """
    told = {name: str(value) if isinstance(value, Decimal) else value for name, value in asdict(item).items()}
    return sha256(rfc8785.dumps(told)).hexdigest()


def shuffled(item: Item, rows: Iterable[Placed]) -> tuple[Placed, ...]:
    """Return `rows` in an order that tells nothing, the same on every channel: by the SHA-256 of their ids.

    Where chance made it the order of the file, the first goes last.
    """
    given = tuple(rows)
    found = tuple(sorted(given, key=lambda row: sha256(f"{item.id} {row.id}".encode()).digest()))
    return found if found != given else (*found[1:], found[0])
