"""Why a script did what it did, in one or two plain sentences: for the debrief, when all interests are open."""

from talanoa.lib.interests import crossed, percent
from talanoa.lib.practice_acts import AGREE, DOUBT, OBJECT, POSITIONS, REVISE, WITHDRAW, Act
from talanoa.lib.room_state import standing
from talanoa.lib.scenarios import Rule, Scenario
from talanoa.lib.script_texts import name, option_text
from talanoa.lib.stances import HURT, UNHEARD

OPENING = "opening"
"""The rule of the opening inputs; it stands in no script."""
_MEASURED = (OBJECT, WITHDRAW, AGREE, DOUBT, *POSITIONS)
_OPENED = "Every group hands in its input on the first day. It asks for what its group wishes most."


def why(scenario: Scenario, act: Act, acts: tuple[Act, ...]) -> str:
    """Return why a script did `act`, one of `acts`; "" for the act of a person."""
    if act.rule == OPENING:
        return _OPENED
    rule = next((rule for rule in scenario.rules if rule.id == act.rule), None)
    if rule is None:
        return ""
    return " ".join(
        filter(None, (rule.why, _measured(scenario, rule, act, acts), _answered(scenario, act, acts)))
    )


def _answered(scenario: Scenario, act: Act, acts: tuple[Act, ...]) -> str:
    """Return which act it reacts to."""
    if not act.answers:
        return ""
    by = name(scenario, acts[act.answers - 1].seat)
    return (
        f"It took up act {act.answers} ({by})."
        if act.kind == REVISE
        else f"It answers act {act.answers} ({by})."
    )


def _measured(scenario: Scenario, rule: Rule, act: Act, acts: tuple[Act, ...]) -> str:
    """Return how a package stood with the interests of a seat: a suggestion, or the draft of that moment."""
    if act.kind not in _MEASURED or any(
        one.name in {HURT, UNHEARD} and not one.is_negated for one in rule.when.conditions
    ):
        return ""
    is_suggestion = act.kind in {AGREE, DOUBT}
    package = act.package if is_suggestion else standing(scenario, acts[: acts.index(act)]).package
    if package is None:
        return ""
    slot = crossed(scenario, act.seat, package)
    if slot:
        said = option_text(scenario, slot, package[scenario.place(slot)])
        return f"In paragraph {scenario.slot(slot).paragraph}, “{said}” is a red line for it."
    got, limit = percent(scenario, act.seat, package), scenario.seat(act.seat).floor
    what = "suggestion" if is_suggestion else "draft"
    return f"The {what} gave it {got} of 100 of what it wants; its limit is {limit}."
