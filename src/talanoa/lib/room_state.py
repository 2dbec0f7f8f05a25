"""Where a room stands after its acts: the draft, the call, the objections, who trusts whom, what was told."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from talanoa.lib.interests import acceptable, crossed
from talanoa.lib.practice_acts import (
    AGREE,
    ASK,
    CALL,
    CHAIR,
    CLOSE,
    CONCERN,
    DOUBT,
    END,
    LIVE,
    OBJECT,
    POSITIONS,
    PROPOSE,
    REPAIR,
    REVISE,
    SUPPORT,
    WITHDRAW,
    Act,
    Package,
)
from talanoa.lib.scenarios import Scenario

TRUST = ("ask", "repair", "good_offer", "red_line", "bare_objection")
"""What moves trust: a question to me (once for each slot), a repair to me, an offer I can live with or that crosses
my red line, an objection without remedy."""
_YES, _NO = (PROPOSE, AGREE, SUPPORT, LIVE), (DOUBT, OBJECT, CONCERN)


@dataclass(frozen=True, slots=True)
class Standing:
    """`package` is what today's draft stands for; `objections` the numbers of those that stand, in order.

    `positions` has the last position of each seat in the newest call; `object` where an objection of it stands.
    """

    package: Package
    is_called: bool
    is_closed: bool
    is_ended: bool
    objections: tuple[int, ...]
    positions: dict[str, str]


@dataclass(frozen=True, slots=True)
class Memory:
    """What scripts remember: trust of one seat in another; `told` are (seat, slot), `repaired` (seat, by whom).

    `fired` counts (seat, rule); `answered` has (seat, number of an act). `said` is whether somebody's last word
    on a package was that they can live with it.
    """

    trust: Counter[tuple[str, str]]
    told: frozenset[tuple[str, str]]
    repaired: frozenset[tuple[str, str]]
    addressed: frozenset[str]
    fired: Counter[tuple[str, str]]
    answered: frozenset[tuple[str, int]]
    said: dict[tuple[str, Package], bool]


def standing(scenario: Scenario, acts: tuple[Act, ...]) -> Standing:
    """Return where a room stands after `acts`."""
    package = scenario.draft
    objections: dict[int, str] = {}
    positions: dict[str, str] = {}
    for number, act in enumerate(acts, 1):
        if act.kind == REVISE and act.seat == CHAIR and act.package:
            package = act.package
        elif act.kind == CALL and act.seat == CHAIR:
            positions = dict.fromkeys(objections.values(), OBJECT)
        elif act.kind == OBJECT:
            objections[number] = act.seat
            positions[act.seat] = OBJECT
        elif act.kind == WITHDRAW and objections.get(act.objection) == act.seat:
            del objections[act.objection]
            if act.seat not in objections.values():
                positions.pop(act.seat, None)
        elif act.kind in POSITIONS and act.seat not in objections.values():
            positions[act.seat] = act.kind
    kinds = {act.kind for act in acts if act.seat == CHAIR}
    return Standing(
        package, CALL in kinds, CLOSE in kinds, END in kinds, tuple(sorted(objections)), positions
    )


def memory(scenario: Scenario, acts: tuple[Act, ...]) -> Memory:
    """Return what scripts remember of `acts`; the order of the acts of one day makes no difference to trust."""
    discloses = {rule.id for rule in scenario.rules if rule.discloses}
    return Memory(
        trust=_trust(scenario, acts),
        told=frozenset((act.seat, act.slot) for act in acts if act.rule in discloses),
        repaired=frozenset((act.to, act.seat) for act in acts if act.kind == REPAIR),
        addressed=frozenset(act.to for act in acts if act.to),
        fired=Counter((act.seat, act.rule) for act in acts if act.rule),
        answered=frozenset((act.seat, act.answers) for act in acts if act.answers),
        said=_said(scenario, acts),
    )


def _trust(scenario: Scenario, acts: Iterable[Act]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    asked = {(act.to, act.seat, act.slot) for act in acts if act.kind == ASK and act.to}
    repaired = {(act.to, act.seat) for act in acts if act.kind == REPAIR and act.to}
    offered = {(act.seat, act.package) for act in acts if act.kind == PROPOSE}
    bare = {act.seat for act in acts if act.kind == OBJECT and not act.remedy}
    for to, seat, _slot in asked:
        found[to, seat] += scenario.trust.get("ask", 0)
    for to, seat in repaired:
        found[to, seat] += scenario.trust.get("repair", 0)
    for sits in scenario.seats:
        for seat, package in offered:
            found[sits.id, seat] += _moved(scenario, sits.id, package)
        for seat in bare:
            found[sits.id, seat] += scenario.trust.get("bare_objection", 0)
    return found


def _moved(scenario: Scenario, seat: str, package: Package | None) -> int:
    if package is None or not scenario.is_package(package):
        return 0
    if crossed(scenario, seat, package):
        return scenario.trust.get("red_line", 0)
    return scenario.trust.get("good_offer", 0) if acceptable(scenario, seat, package) else 0


def _said(scenario: Scenario, acts: tuple[Act, ...]) -> dict[tuple[str, Package], bool]:
    found: dict[tuple[str, Package], bool] = {}
    here = scenario.draft
    for act in acts:
        if act.kind == REVISE and act.seat == CHAIR and act.package:
            here = act.package
        about = act.package if act.kind in {PROPOSE, AGREE, DOUBT} else here
        if about and (act.kind in _YES or act.kind in _NO):
            found[act.seat, about] = act.kind in _YES
    return found
