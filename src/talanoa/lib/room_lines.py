"""What somebody writes to a practice room by mail: `ask small 4: words`, `propose 2 1 2 2 2: why`, `end day`. Pure.

A line that begins with a known word, as a command does, begins the next act; what stands below belongs to it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from talanoa.lib import practice_acts as kinds
from talanoa.lib.practice_acts import Act
from talanoa.lib.scenarios import Scenario

END_DAY, OPEN, JOIN, LEAVE, AGAIN, PROMISE = "end", "open", "join", "leave", "again", "promise"
DOING = (END_DAY, OPEN, JOIN, LEAVE, AGAIN, PROMISE)
MOST_LINES = 30
_SPOKEN = (kinds.ASK, kinds.TELL, kinds.REPAIR)
_PACKAGED = (kinds.PROPOSE, kinds.AGREE, kinds.DOUBT)
_WORDS = "|".join((*kinds.PERSON_KINDS, *DOING))
_BEGINS = re.compile(rf"(?i)\s*({_WORDS})\b([^:\n]*)(?::[ \t]*(.*))?$")
_SHAPES = {
    END_DAY: r"(my )?day",
    OPEN: r"[a-z0-9-]+ [a-z0-9-]+",
    JOIN: r"[a-z0-9]+ [a-z0-9-]+",
    LEAVE: r"([a-z0-9-]+)?",
    AGAIN: r"(from day )?\d{1,2}",
    PROMISE: "",
    kinds.STATE: "",
    kinds.READ: "|".join(kinds.READINGS),
    **dict.fromkeys(_SPOKEN, r"[a-z0-9-]+( \d)?"),
    **dict.fromkeys(_PACKAGED, r"\d( \d)*"),
    kinds.OBJECT: r"\d",
    kinds.WITHDRAW: r"\d{1,4}",
    **dict.fromkeys(kinds.POSITIONS, ""),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is asked for: its word, what stands behind it, and the words after the colon."""

    word: str
    rest: str
    text: str


def lines(text: str) -> list[Line]:
    """Return what a mail asks for, in order, at most MOST_LINES; nothing where it asks for nothing that is known."""
    found: list[Line] = []
    for row in text.splitlines():
        begun = _begun(row)
        if begun is not None:
            found.append(begun)
        elif found:
            found[-1] = Line(found[-1].word, found[-1].rest, f"{found[-1].text}\n{row}")
    return [Line(one.word, one.rest, one.text.strip()) for one in found[:MOST_LINES]]


def _begun(row: str) -> Line | None:
    matched = _BEGINS.match(row)
    if matched is None:
        return None
    word, rest = matched[1].lower(), " ".join(matched[2].lower().rstrip(" .!").split())
    return Line(word, rest, matched[3] or "") if re.fullmatch(_SHAPES[word], rest) else None


def as_act(line: Line, scenario: Scenario) -> Act:
    """Return the act that a line asks for, day and seat still open. Raises ValueError where a number names nothing."""
    return next(make(line, scenario) for words, make in _MAKES if line.word in words)


def _slot(scenario: Scenario, number: str) -> str:
    """Return the id of the paragraph with a number; "" for none."""
    if not number:
        return ""
    if not 1 <= int(number) <= len(scenario.slots):
        raise ValueError(f"There is no paragraph {number}.")
    return scenario.slots[int(number) - 1].id


def _spoken(line: Line, scenario: Scenario) -> Act:
    to, _blank, number = line.rest.partition(" ")
    return Act(0, "", line.word, to=to, slot=_slot(scenario, number), text=line.text)


def _packaged(line: Line, scenario: Scenario) -> Act:
    numbers = [int(one) for one in line.rest.split()]
    fits = len(numbers) == len(scenario.slots) and all(
        1 <= n <= len(slot.options) for n, slot in zip(numbers, scenario.slots, strict=True)
    )
    if not fits:
        raise ValueError(f"Write one number for each of the {len(scenario.slots)} paragraphs.")
    package = tuple(slot.options[n - 1].id for n, slot in zip(numbers, scenario.slots, strict=True))
    return Act(0, "", line.word, package=package, text=line.text)


def _objected(line: Line, scenario: Scenario) -> Act:
    reason, _bar, remedy = line.text.partition("|")
    return Act(0, "", line.word, slot=_slot(scenario, line.rest), text=reason.strip(), remedy=remedy.strip())


def _withdrawn(line: Line, _scenario: Scenario) -> Act:
    return Act(0, "", line.word, objection=int(line.rest), text=line.text)


def _read(line: Line, _scenario: Scenario) -> Act:
    return Act(0, "", line.word, to=line.rest)


def _plain(line: Line, _scenario: Scenario) -> Act:
    return Act(0, "", line.word, text=line.text)


_MAKES: tuple[tuple[tuple[str, ...], Callable[[Line, Scenario], Act]], ...] = (
    (_SPOKEN, _spoken),
    (_PACKAGED, _packaged),
    ((kinds.OBJECT,), _objected),
    ((kinds.WITHDRAW,), _withdrawn),
    ((kinds.READ,), _read),
    ((kinds.STATE, *kinds.POSITIONS), _plain),
)


def numbered(scenario: Scenario) -> Iterator[str]:
    """Yield the paragraphs with the numbers of their values, one line each, as a letter shows them."""
    for slot in scenario.slots:
        values = "; ".join(f"{n} {option.text}" for n, option in enumerate(slot.options, 1))
        yield f"{slot.paragraph}. {slot.title}: {values}"
