"""The words of a script: which of its variants is said, and what is put in for `{paragraph}` and the like."""

import re
from collections.abc import Iterable

from talanoa.lib.practice_acts import Package
from talanoa.lib.scenarios import Rule, Scenario, Seat
from talanoa.lib.script_rules import Scene, draw

PLACES = (
    "paragraph", "slot", "asker", "most", "wish", "why", "remedy", "changes", "objections",
)  # fmt: skip
"""What may stand between `{ }`: number and title of the slot; who acted; the number of the paragraph that weighs most;
what I wish for; my interest; what would resolve my objection; what a revision changed; which objections stand."""
PLACE = re.compile(r"\{([a-z_]*)\}")


def said(rule: Rule, scene: Scene, n: int, values: dict[str, str]) -> str:
    """Return the variant that the seed chooses for the n-th firing of a rule on a day, with its places filled."""
    drawn = draw(scene.seed, scene.seat.id, scene.day, rule.id, n)
    return filled(rule.texts[int(drawn * len(rule.texts))], values)


def filled(text: str, values: dict[str, str]) -> str:
    """Return a text with its places filled once; what is put in is not looked into."""
    return PLACE.sub(lambda found: values.get(found[1], found[0]), text)


def values(scene: Scene, slot: str, package: Package | None = None) -> dict[str, str]:
    """Return what the places of a text stand for, about a slot; `package` is what would resolve an objection."""
    scenario, seat = scene.scenario, scene.seat
    most = max(seat.interests, key=lambda one: one.weight).slot if seat.interests else slot
    told = {
        "asker": name(scenario, scene.event.seat) if scene.event else "",
        "most": str(scenario.slot(most).paragraph) if most else "",
    }
    if slot:
        place = scenario.place(slot)
        told |= {
            "paragraph": str(scenario.slots[place].paragraph),
            "slot": scenario.slots[place].title,
            "wish": option_text(scenario, slot, seat.wish[place]) if seat.wish else "",
            "why": reason(seat, slot),
            "remedy": option_text(scenario, slot, package[place]) if package else "",
        }
    return told


def reason(seat: Seat, slot: str, option: str = "") -> str:
    """Return in the seat's own words why a slot matters to it; that of a red line where `option` crosses it."""
    lines = [line.why for line in seat.red_lines if (line.slot, line.option) == (slot, option)]
    return next(iter(lines + [one.why for one in seat.interests if one.slot == slot]), "")


def name(scenario: Scenario, seat: str) -> str:
    """Return what a seat is called."""
    return next((one.name for one in scenario.seats if one.id == seat), seat)


def option_text(scenario: Scenario, slot: str, option: str) -> str:
    """Return an option in a few words."""
    return scenario.slot(slot).option(option).text


def differences(scenario: Scenario, before: Package, after: Package) -> str:
    """Return what a revision changed, such as `paragraph 1: within 7 days; paragraph 3: totals only`."""
    return listed(
        f"paragraph {slot.paragraph}: {slot.option(new).text}"
        for slot, old, new in zip(scenario.slots, before, after, strict=True)
        if old != new
    )


def listed(parts: Iterable[str]) -> str:
    """Return parts as one text."""
    return "; ".join(parts)
