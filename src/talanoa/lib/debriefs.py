"""What a room looks like afterwards: the turning points, and a profile by competency."""

from dataclasses import dataclass

from talanoa.lib.practice_acts import Act
from talanoa.lib.scenarios import Criterion, Scenario


@dataclass(frozen=True, slots=True)
class Turn:
    """An act by number, with what it changed: open objections, and the least share among all seats (0 to 1)."""

    number: int
    act: Act
    objections: int
    least: float
    is_turning_point: bool
    why: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One criterion for one seat. `rule` is its level by rule, at most 2, None where it did not arise.

    `acts` are the numbers that show it. `level` is that of the facilitator where there is one, with `sentence`.
    """

    criterion: Criterion
    rule: int | None
    level: int | None
    acts: tuple[int, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Override:
    """The level, 0 to 3, that a facilitator sets for a criterion, and the sentence that says why."""

    criterion: str
    level: int
    sentence: str


def timeline(scenario: Scenario, acts: tuple[Act, ...]) -> tuple[Turn, ...]:
    """Return all acts save readings, each with what it changed and why a script did it."""
    raise NotImplementedError


def profile(
    scenario: Scenario, acts: tuple[Act, ...], seat: str, overrides: tuple[Override, ...] = ()
) -> tuple[Finding, ...]:
    """Return a seat's findings in the order of the rubric; there is no total.

    Raises ValueError where an override has no sentence, or names no criterion or level.
    """
    raise NotImplementedError
