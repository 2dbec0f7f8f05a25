"""What a seat says to a package by its interests: it supports it, can live with it, has a concern, or objects.

An objection names the paragraph that hurts most and the value that would resolve it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from talanoa.lib.interests import acceptable, crossed, share
from talanoa.lib.practice_acts import CONCERN, LIVE, OBJECT, SUPPORT, Package
from talanoa.lib.scenarios import Scenario

GLAD, NARROW = 0.75, 0.05
"""From this share on a seat supports a package; so little above its floor it says so."""


@dataclass(frozen=True, slots=True)
class Stance:
    """A position of POSITIONS or `object`; `slot` and `package` say what hurts and what would resolve it."""

    kind: str
    slot: str
    package: Package


def stance(scenario: Scenario, seat: str, package: Package) -> Stance:
    """Return what a seat says to a package."""
    slot, better = _remedy(scenario, seat, package)
    if not acceptable(scenario, seat, package):
        return Stance(OBJECT, slot, better)
    got = share(scenario, seat, package)
    if got >= GLAD:
        return Stance(SUPPORT, slot, better)
    return Stance(CONCERN if got - scenario.seat(seat).floor / 100 < NARROW else LIVE, slot, better)


def changed(scenario: Scenario, package: Package, slot: str, option: str) -> Package:
    """Return a package with another option in one slot."""
    place = scenario.place(slot)
    return (*package[:place], option, *package[place + 1 :])


def _remedy(scenario: Scenario, seat: str, package: Package) -> tuple[str, Package]:
    """Return the slot that hurts a seat most, and the package with one value changed there.

    A red line comes first. Of the changes that make a package acceptable the smallest is asked for; where none does,
    or none is needed, the one that gives the seat most.
    """
    found = list(_changes(scenario, seat, package, crossed(scenario, seat, package)))
    enough = [row for row in found if acceptable(scenario, seat, row[2])]
    is_small = bool(enough) and not acceptable(scenario, seat, package)
    _gain, slot, better = min(enough) if is_small else max(found)
    return slot, better


def _changes(
    scenario: Scenario, seat: str, package: Package, only: str
) -> Iterator[tuple[int, str, Package]]:
    """Yield what each change of one value gains a seat; in one slot where `only` names it; never to a red line."""
    sits = scenario.seat(seat)
    red = {(line.slot, line.option) for line in sits.red_lines}
    for interest in sits.interests:
        slot = scenario.slot(interest.slot)
        worth = {option.id: points for option, points in zip(slot.options, interest.worth, strict=True)}
        now = package[scenario.place(slot.id)]
        for option, points in worth.items():
            if option != now and (slot.id, option) not in red and only in {"", slot.id}:
                gain = interest.weight * (points - worth[now])
                yield gain, slot.id, changed(scenario, package, slot.id, option)
