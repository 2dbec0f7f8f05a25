"""When a rule of a script fires: its pattern of an act, and its conditions over counters, slots and days.

A rule sees the act of another seat, or the day itself; what it does is in lib.counterparts.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass

from talanoa.lib.interests import crossed
from talanoa.lib.practice_acts import (
    AGREE,
    ASK,
    DOUBT,
    OBJECT,
    PROPOSE,
    REPAIR,
    STATE,
    TELL,
    Act,
    paragraphs_named,
)
from talanoa.lib.room_state import Memory, Standing
from talanoa.lib.scenarios import Interest, Predicate, Rule, Scenario, Seat
from talanoa.lib.stances import HURT, UNHEARD, Stance, stance

DAY, POSITION, CHAIRED = "day", "position", "chair"
"""What a rule waits for beside acts: the day itself, a position in the call, a step of the chair."""
EVENTS = (ASK, TELL, REPAIR, PROPOSE, AGREE, DOUBT, OBJECT, STATE)
"""Acts that a rule can wait for."""
PATIENCE = 2
"""An act that was not reacted to within so many days is not reacted to at all."""
_WHOLE = 2**32


@dataclass(frozen=True, slots=True)
class Scene:
    """What a rule sees: the room on a day, whose rule it is, and the act that it may react to, with its number."""

    scenario: Scenario
    seed: bytes
    day: int
    humans: frozenset[str]
    memory: Memory
    standing: Standing
    seat: Seat
    event: Act | None = None
    number: int = 0

    @property
    def slot(self) -> str:
        """What the act is about, "" where about no slot of the scenario."""
        key = self.event.slot if self.event else ""
        return key if key in {slot.id for slot in self.scenario.slots} else ""

    @property
    def interest(self) -> Interest | None:
        """The seat's interest in what the act is about."""
        return next((one for one in self.seat.interests if one.slot == self.slot), None)

    @property
    def stance(self) -> Stance | None:
        """What the seat says to the package of the act, or in the call to today's draft; None where there is none."""
        package = self.event.package if self.event else self.standing.package
        if package is None or not self.seat.interests or not self.scenario.is_package(package):
            return None
        return stance(self.scenario, self.seat.id, package, self.memory)

    @property
    def trust(self) -> int:
        """How far the seat trusts who acted."""
        return self.memory.trust[self.seat.id, self.event.seat if self.event else ""]


def draw(seed: bytes, seat: str, day: int, rule: str, n: int) -> float:
    """Return a number from 0 to below 1: the same for the same seed and label, whatever else was drawn."""
    drawn = hmac.digest(seed, f"{seat}|{day}|{rule}|{n}".encode(), hashlib.sha256)
    return int.from_bytes(drawn[:4], "big") / _WHOLE


def matches(rule: Rule, scene: Scene) -> bool:
    """Tell whether a rule fires now, on the act of the scene or, without one, on the day."""
    if rule.times and scene.memory.fired[scene.seat.id, rule.id] >= rule.times:
        return False
    return (_fits(rule, scene) if scene.event else True) and holds(rule, scene)


def is_due(rule: Rule, scene: Scene) -> bool:
    """Tell whether a rule that matches has waited for as many days as it says; until then no other takes its place."""
    return scene.event is None or scene.event.day + rule.after <= scene.day


def holds(rule: Rule, scene: Scene) -> bool:
    """Tell whether all conditions of a rule hold."""
    return all(_holds(condition, rule, scene) for condition in rule.when.conditions)


def _fits(rule: Rule, scene: Scene) -> bool:
    event, when = scene.event, rule.when
    if event is None or event.kind != when.act:
        return False
    addressed = {"any": True, "me": event.to == scene.seat.id, "other": event.to != scene.seat.id}
    return addressed[when.to] and when.slot in {"", event.slot}


def _holds(condition: Predicate, rule: Rule, scene: Scene) -> bool:
    return PREDICATES[condition.name](scene, rule, condition.value) != condition.is_negated


def _names_paragraph(scene: Scene, _rule: Rule, _value: int) -> bool:
    if not scene.slot or scene.event is None:
        return False
    return scene.scenario.slot(scene.slot).paragraph in paragraphs_named(scene.event.text)


def _accepts(scene: Scene, _rule: Rule, _value: int) -> bool:
    said = scene.stance
    return said is not None and said.kind != OBJECT


def _holds_on(why: str) -> Callable[[Scene, Rule, int], bool]:
    def holds_on(scene: Scene, _rule: Rule, _value: int) -> bool:
        said = scene.stance
        return said is not None and said.held == why

    return holds_on


def _crosses(scene: Scene, _rule: Rule, _value: int) -> bool:
    package = scene.event.package if scene.event else None
    if package is None or not scene.scenario.is_package(package):
        return False
    return bool(crossed(scene.scenario, scene.seat.id, package))


def _chance(scene: Scene, rule: Rule, value: int) -> bool:
    drawn = draw(scene.seed, scene.seat.id, scene.day, f"{rule.id} {scene.slot}", 0)
    return drawn * 100 < value


PREDICATES: dict[str, Callable[[Scene, Rule, int], bool]] = {
    "person": lambda scene, _rule, _n: scene.event is not None and scene.event.seat in scene.humans,
    "about": lambda scene, _rule, _n: bool(scene.slot),
    "named": _names_paragraph,
    "trusted": lambda scene, _rule, _n: scene.trust >= scene.seat.trust_needed,
    "guarded": lambda scene, _rule, _n: scene.interest is not None and scene.interest.after_repair,
    "repaired": lambda scene, _rule, _n: (
        scene.event is not None and (scene.seat.id, scene.event.seat) in scene.memory.repaired
    ),
    "addressed": lambda scene, _rule, _n: scene.seat.id in scene.memory.addressed,
    "told": lambda scene, _rule, _n: (scene.seat.id, scene.slot) in scene.memory.told,
    "accepts": _accepts,
    "crosses": _crosses,
    "hurt": _holds_on(HURT),
    "unheard": _holds_on(UNHEARD),
    "remedied": lambda scene, _rule, _n: scene.event is not None and bool(scene.event.remedy.strip()),
    "called": lambda scene, _rule, _n: scene.standing.is_called,
    "agreed": lambda scene, _rule, _n: not scene.standing.objections,
    "trust": lambda scene, _rule, n: scene.trust >= n,
    "weight": lambda scene, _rule, n: scene.interest is not None and scene.interest.weight >= n,
    "day": lambda scene, _rule, n: scene.day >= n,
    "chance": _chance,
}
"""Conditions by name; those of NUMBERED take a number."""
NUMBERED = frozenset({"trust", "weight", "day", "chance"})
