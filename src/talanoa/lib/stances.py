"""What a seat says to a package by its interests: it supports it, can live with it, has a concern, or objects.

An objection names the paragraph that hurts most and the value that would resolve it. Who was asked about the paragraph
and told its interest asks for as much as it needs; who was not asks for its public wish. Who was hurt holds on to its
wish where it keeps an interest to itself, until somebody repairs; who is silent holds on where it hurts most, until
somebody speaks to it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from talanoa.lib.interests import acceptable, crossed, share
from talanoa.lib.practice_acts import CONCERN, LIVE, OBJECT, SUPPORT, Package
from talanoa.lib.room_state import Memory
from talanoa.lib.scenarios import Scenario, Seat

HURT, UNHEARD = "hurt", "unheard"
GLAD, NARROW = 0.75, 0.05
"""From this share on a seat supports a package; so little above its floor it says so."""


@dataclass(frozen=True, slots=True)
class Stance:
    """A position of POSITIONS or `object`; `slot` and `package` say what hurts and what would resolve it.

    `held` is HURT or UNHEARD where nothing else stands against it.
    """

    kind: str
    slot: str
    package: Package
    held: str = ""


def stance(scenario: Scenario, seat: str, package: Package, memory: Memory) -> Stance:
    """Return what a seat says to a package; `slot` is empty where it is content."""
    sits = scenario.seat(seat)
    if not acceptable(scenario, seat, package):
        return Stance(OBJECT, *_remedy(scenario, seat, package, memory))
    held, where = _held(scenario, sits, package, memory)
    if held:
        wish = sits.wish[scenario.place(where)]
        return Stance(OBJECT, where, changed(scenario, package, where, wish), held)
    got = share(scenario, seat, package)
    if got < GLAD and got - sits.floor / 100 < NARROW:
        return Stance(CONCERN, *_remedy(scenario, seat, package, memory))
    return Stance(SUPPORT if got >= GLAD else LIVE, "", package)


def _held(scenario: Scenario, seat: Seat, package: Package, memory: Memory) -> tuple[str, str]:
    """Return why and in which slot a seat holds on to its wish; twice "" where it does not."""
    held = []
    if not any(mended == seat.id for mended, _by in memory.repaired):
        held += [(HURT, one.slot) for one in seat.interests if one.after_repair]
    if seat.is_silent and seat.id not in memory.addressed:
        held.append((UNHEARD, max(seat.interests, key=lambda one: one.weight).slot))
    places = ((why, slot, scenario.place(slot)) for why, slot in held)
    return next(((why, slot) for why, slot, place in places if package[place] != seat.wish[place]), ("", ""))


def changed(scenario: Scenario, package: Package, slot: str, option: str) -> Package:
    """Return a package with another option in one slot."""
    place = scenario.place(slot)
    return (*package[:place], option, *package[place + 1 :])


def _remedy(scenario: Scenario, seat: str, package: Package, memory: Memory) -> tuple[str, Package]:
    """Return the slot that hurts a seat most, and the package with one value changed there.

    A red line comes first. Of the changes that make a package acceptable the smallest is asked for; where none does,
    or none is needed, the one that gives the seat most. Where it told nothing, only its public wish comes up.
    """
    rows = list(_changes(scenario, seat, package, crossed(scenario, seat, package)))
    found = [row for row in rows if row[1] or (seat, row[2]) in memory.told] or rows
    enough = [row for row in found if acceptable(scenario, seat, row[3])]
    is_small = bool(enough) and not acceptable(scenario, seat, package)
    _gain, _is_wish, slot, better = min(enough) if is_small else max(found)
    return slot, better


def _changes(
    scenario: Scenario, seat: str, package: Package, only: str
) -> Iterator[tuple[int, bool, str, Package]]:
    """Yield what each change of one value gains a seat, and whether it is the seat's wish.

    In one slot where `only` names it; never to a red line.
    """
    sits = scenario.seat(seat)
    red = {(line.slot, line.option) for line in sits.red_lines}
    for interest in sits.interests:
        slot = scenario.slot(interest.slot)
        worth = {option.id: points for option, points in zip(slot.options, interest.worth, strict=True)}
        now = package[scenario.place(slot.id)]
        for option, points in worth.items():
            if option != now and (slot.id, option) not in red and only in {"", slot.id}:
                gain = interest.weight * (points - worth[now])
                yield (
                    gain,
                    option == sits.wish[scenario.place(slot.id)],
                    slot.id,
                    changed(scenario, package, slot.id, option),
                )
