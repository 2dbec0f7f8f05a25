"""Who could live with what: shares, red lines and floors over all packages of a scenario."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from talanoa.lib.practice_acts import Package
from talanoa.lib.scenarios import Scenario, Seat

MOST_WORTH = 3
KEPT = 20_000
"""So many answers are kept: a room asks the same few things of its packages all the time."""
AGREEMENTS = 10
"""At most so many of 100 packages suit every seat: else there is nothing to find."""


@dataclass(frozen=True, slots=True)
class Place:
    """One package on the map: who accepts it, and the least share among all seats, 0 to 1."""

    package: Package
    accepting: frozenset[str]
    least: float


@dataclass(frozen=True, slots=True)
class SpaceMap:
    """All packages, those that most accept first, and of them those with the greatest least share.

    `agreements` all seats accept; `traps` more than half of them and not all. `counts[n]` is how many packages n seats
    accept; `pivots` how many packages a seat alone stands against.
    """

    places: tuple[Place, ...]
    agreements: tuple[Place, ...]
    traps: tuple[Place, ...]
    counts: tuple[int, ...]
    pivots: dict[str, int]

    @property
    def trap_share(self) -> int:
        """What share of all packages is a trap, in whole percent."""
        return round(100 * len(self.traps) / len(self.places))


def share(scenario: Scenario, seat: str, package: Package) -> float:
    """Return what share of all that a seat wants a package gives it, 0 to 1: sum of weight x worth over the most."""
    got, most = _worth(scenario, scenario.seat(seat), package)
    return got / most


def percent(scenario: Scenario, seat: str, package: Package) -> int:
    """Return the share in whole percent, rounded down, so that it is never below a floor that is met."""
    got, most = _worth(scenario, scenario.seat(seat), package)
    return 100 * got // most


@lru_cache(maxsize=KEPT)
def crossed(scenario: Scenario, seat: str, package: Package) -> str:
    """Return the first slot in which a package crosses a red line of a seat, "" where it crosses none."""
    lines = {(line.slot, line.option) for line in scenario.seat(seat).red_lines}
    slots = zip(scenario.slots, package, strict=True)
    return next((slot.id for slot, option in slots if (slot.id, option) in lines), "")


@lru_cache(maxsize=KEPT)
def acceptable(scenario: Scenario, seat: str, package: Package) -> bool:
    """Tell whether a seat can live with a package: no red line is crossed, and its floor is met."""
    sits = scenario.seat(seat)
    got, most = _worth(scenario, sits, package)
    return not crossed(scenario, seat, package) and 100 * got >= sits.floor * most


def accepting(scenario: Scenario, package: Package) -> frozenset[str]:
    """Return the seats that could live with a package."""
    return frozenset(seat.id for seat in scenario.seats if acceptable(scenario, seat.id, package))


def least_share(scenario: Scenario, package: Package) -> float:
    """Return the share of the seat that a package serves worst, 0 to 1."""
    return min(share(scenario, seat.id, package) for seat in scenario.seats)


def packages(scenario: Scenario) -> tuple[Package, ...]:
    """Return every package there is, in the order of the options."""
    return tuple(product(*(tuple(option.id for option in slot.options) for slot in scenario.slots)))


def space_map(scenario: Scenario) -> SpaceMap:
    """Return all packages with who could live with each."""
    found = [
        Place(package, accepting(scenario, package), least_share(scenario, package))
        for package in packages(scenario)
    ]
    places = tuple(sorted(found, key=lambda place: (-len(place.accepting), -place.least, place.package)))
    seats = frozenset(seat.id for seat in scenario.seats)
    counts = Counter(len(place.accepting) for place in places)
    alone = Counter(
        next(iter(seats - place.accepting)) for place in places if len(place.accepting) == len(seats) - 1
    )
    return SpaceMap(
        places=places,
        agreements=tuple(place for place in places if place.accepting == seats),
        traps=tuple(place for place in places if len(seats) / 2 < len(place.accepting) < len(seats)),
        counts=tuple(counts[n] for n in range(len(seats) + 1)),
        pivots={seat.id: alone[seat.id] for seat in scenario.seats},
    )


def solvability(scenario: Scenario) -> tuple[str, ...]:
    """Return what makes a scenario no fair exercise, one sentence each; none where it is one."""
    seen = space_map(scenario)
    most = AGREEMENTS * len(seen.places) // 100
    found = []
    if not seen.agreements:
        found.append("No package suits every seat: lower a floor, or take a red line away.")
    if len(seen.agreements) > most:
        found.append(
            f"{len(seen.agreements)} of {len(seen.places)} packages suit every seat; {most} are the most:"
            " raise a floor."
        )
    found += [
        f"The seat {seat} never stands alone against a package: raise its floor, or give it a red line."
        for seat, times in seen.pivots.items()
        if not times
    ]
    if seen.trap_share != scenario.traps:
        found.append(
            f"{seen.trap_share} of 100 packages suit most seats and not all; traps in scenario.yaml says"
            f" {scenario.traps}."
        )
    if accepting(scenario, scenario.draft) == frozenset(seat.id for seat in scenario.seats):
        found.append("The first draft suits every seat: there is nothing to do.")
    return tuple(found)


def _worth(scenario: Scenario, seat: Seat, package: Package) -> tuple[int, int]:
    """Return what a package is worth to a seat, and the most that any could be worth."""
    got = most = 0
    for interest in seat.interests:
        place = scenario.place(interest.slot)
        ids = [option.id for option in scenario.slots[place].options]
        got += interest.weight * interest.worth[ids.index(package[place])]
        most += interest.weight * MOST_WORTH
    return got, most
