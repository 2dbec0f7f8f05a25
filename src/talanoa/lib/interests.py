"""Who could live with what: shares, red lines and floors over all packages of a scenario."""

from dataclasses import dataclass

from talanoa.lib.practice_acts import Package
from talanoa.lib.scenarios import Scenario


@dataclass(frozen=True, slots=True)
class Place:
    """One package on the map: who accepts it, and the least share among all seats, 0 to 1."""

    package: Package
    accepting: frozenset[str]
    least: float


@dataclass(frozen=True, slots=True)
class SpaceMap:
    """All packages, those that most accept first. `agreements` all seats accept; `traps` more than half and not all."""

    places: tuple[Place, ...]
    agreements: tuple[Place, ...]
    traps: tuple[Place, ...]
    counts: tuple[int, ...]


def share(scenario: Scenario, seat: str, package: Package) -> float:
    """Return what share of all that a seat wants a package gives it, 0 to 1."""
    raise NotImplementedError


def acceptable(scenario: Scenario, seat: str, package: Package) -> bool:
    """Tell whether a seat can live with a package: no red line is crossed, and its floor is met."""
    raise NotImplementedError


def space_map(scenario: Scenario) -> SpaceMap:
    """Return all packages with who could live with each."""
    raise NotImplementedError


def solvability(scenario: Scenario) -> tuple[str, ...]:
    """Return what makes a scenario no fair exercise, one sentence each; none where it is one."""
    raise NotImplementedError
