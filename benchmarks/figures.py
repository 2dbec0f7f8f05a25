"""What a benchmark prints: our figure, the peer's in the same run, and whether the goal is met."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time
from typing import TypeVar

T = TypeVar("T")
MARKS = {True: "met", False: "MISSED", None: ""}


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: what was measured, ours, the goal and whether it is met (None without one), against what."""

    what: str
    ours: str
    goal: str = ""
    is_met: bool | None = None
    against: str = ""

    def __str__(self) -> str:
        return f"  {self.what:<46}{self.ours:>13}  {self.goal:<14}{MARKS[self.is_met]:<7} {self.against}".rstrip()


def at_least(goal: float, what: str, reached: float, unit: str = "/s", against: str = "") -> Figure:
    """Return the line of a figure that should reach `goal`."""
    return Figure(what, f"{shown(reached)}{unit}", f">= {shown(goal)}{unit}", reached >= goal, against)


def at_most(goal: float, what: str, reached: float, unit: str, against: str = "") -> Figure:
    """Return the line of a figure that should not pass `goal`."""
    return Figure(what, f"{shown(reached)}{unit}", f"<= {shown(goal)}{unit}", reached <= goal, against)


def shown(number: float) -> str:
    """Return `number` with three digits that count, thousands with commas."""
    before = len(str(int(number)))
    return f"{number:,.{0 if number == int(number) else max(0, 3 - before)}f}"


def seconds(act: Callable[[], object]) -> float:
    """Return how long `act` takes."""
    begun = perf_counter()
    act()
    return perf_counter() - begun


def rate(act: Callable[[T], object], given: Sequence[T]) -> float:
    """Return how often per second `act` runs, called once with each of what is given."""
    return pace(act, given).rate


@dataclass(frozen=True, slots=True)
class Pace:
    """How often per second something runs, and how much of this program's processor time it takes, in ms."""

    rate: float
    processor: float


def pace(act: Callable[[T], object], given: Sequence[T]) -> Pace:
    """Return the pace of `act`, called once with each of what is given.

    The processor's part hardly changes with what else the machine does; the rest is waiting for disk or database.
    """
    begun, used = perf_counter(), process_time()
    for each in given:
        act(each)
    took = perf_counter() - begun
    return Pace(len(given) / took, 1000 * (process_time() - used) / len(given))


def in_turn(rounds: int, *sides: Callable[[range], float], size: int) -> list[list[float]]:
    """Measure every side in each round, so that a noisy machine slows all of them; return each side's figures.

    A side gets the numbers of its round: none comes twice.
    """
    spans = [range(size * number, size * (number + 1)) for number in range(rounds)]
    return [
        list(figures) for figures in zip(*([side(span) for side in sides] for span in spans), strict=True)
    ]


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the median of the rounds' ratios."""
    return median(a / b for a, b in zip(ours, theirs, strict=True))
