"""What a room looks like afterwards: the turning points, and a profile by competency."""

from dataclasses import dataclass

from talanoa.lib.counterparts import why
from talanoa.lib.indicators import INDICATORS
from talanoa.lib.interests import least_share
from talanoa.lib.practice_acts import READ, Act
from talanoa.lib.room_state import standing
from talanoa.lib.scenarios import Criterion, Scenario

MOST_LEVEL = 3


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

    `acts` are the numbers that show it. `level` is what counts: the facilitator's with its `sentence`, else the rule's.
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
    """Return all acts save readings, each with what it changed and why a script did it.

    A turning point changed how many objections stand, or the share of whoever is worst off.
    """
    found = []
    before = (0, least_share(scenario, scenario.draft))
    for number, act in enumerate(acts, 1):
        if act.kind == READ:
            continue
        here = standing(scenario, acts[:number])
        now = (len(here.objections), least_share(scenario, here.package))
        found.append(Turn(number, act, *now, is_turning_point=now != before, why=why(scenario, act, acts)))
        before = now
    return tuple(found)


def profile(
    scenario: Scenario, acts: tuple[Act, ...], seat: str, overrides: tuple[Override, ...] = ()
) -> tuple[Finding, ...]:
    """Return a seat's findings in the order of the rubric; there is no total.

    Raises ValueError where an override has no sentence, or names no criterion or level.
    """
    for override in overrides:
        _check(scenario, override)
    said = {override.criterion: override for override in overrides}
    return tuple(
        _finding(scenario, acts, seat, criterion, said.get(criterion.id)) for criterion in scenario.criteria
    )


def _check(scenario: Scenario, override: Override) -> None:
    if override.criterion not in {criterion.id for criterion in scenario.criteria}:
        raise ValueError(f"{override.criterion} is no criterion of this scenario")
    if not 0 <= override.level <= MOST_LEVEL:
        raise ValueError("a level is 0, 1, 2 or 3")
    if not override.sentence.strip():
        raise ValueError("whoever sets a level says why in a sentence")


def _finding(
    scenario: Scenario, acts: tuple[Act, ...], seat: str, criterion: Criterion, said: Override | None
) -> Finding:
    seen = INDICATORS[criterion.indicator](scenario, acts, seat)
    level = said.level if said else seen.level
    return Finding(criterion, seen.level, level, seen.acts, said.sentence.strip() if said else "")
