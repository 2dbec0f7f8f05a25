"""Why a script did what it did, in one or two plain sentences: for the debrief, when all interests are open."""

from talanoa.lib.interests import crossed, share
from talanoa.lib.practice_acts import OBJECT, POSITIONS, REVISE, WITHDRAW, Act
from talanoa.lib.room_state import standing
from talanoa.lib.scenarios import Scenario
from talanoa.lib.script_texts import name, option_text
from talanoa.lib.stances import HURT, UNHEARD

OPENING = "opening"
"""The rule of the opening inputs; it stands in no script."""
_OPENED = "Every group hands in its input on the first day. It asks for what its group wishes most."


def why(scenario: Scenario, act: Act, acts: tuple[Act, ...]) -> str:
    """Return why a script did `act`, one of `acts`; "" for the act of a person."""
    if act.rule == OPENING:
        return _OPENED
    rule = next((rule for rule in scenario.rules if rule.id == act.rule), None)
    if rule is None:
        return ""
    holds_on = any(one.name in {HURT, UNHEARD} and not one.is_negated for one in rule.when.conditions)
    if act.kind in {OBJECT, WITHDRAW, *POSITIONS} and not holds_on:
        return f"{rule.why} {_measured(scenario, act, acts)}"
    if act.kind == REVISE and act.answers:
        return f"{rule.why} It took up act {act.answers} of {name(scenario, acts[act.answers - 1].seat)}."
    return f"{rule.why} It answers act {act.answers}." if act.answers else rule.why


def _measured(scenario: Scenario, act: Act, acts: tuple[Act, ...]) -> str:
    """Return how the draft of that moment stood with the interests of a seat."""
    package = standing(scenario, acts[: acts.index(act)]).package
    got = int(100 * share(scenario, act.seat, package))
    slot = crossed(scenario, act.seat, package)
    if slot:
        option = package[scenario.place(slot)]
        said = option_text(scenario, slot, option)
        return f"In paragraph {scenario.slot(slot).paragraph}, “{said}” is a red line for it."
    return f"The draft gave it {got} of 100 of what it wants; its limit is {scenario.seat(act.seat).floor}."
