"""What the chair does in the evening: revise, call, close, and find by the objections that stand, never by counts.

A suggestion is taken up once another seat than its author said that it can live with it, and more seats can than with
today's draft. On the last day nothing is changed: nobody is asked about words they had no time to read.
"""

from talanoa.lib.interests import least_share
from talanoa.lib.practice_acts import (
    AGREE,
    ASK,
    CALL,
    CHAIR,
    CLOSE,
    DESIGNATE,
    END,
    LIVE,
    OBJECT,
    PROPOSE,
    REVISE,
    SUPPORT,
    Act,
    Package,
)
from talanoa.lib.room_state import Memory
from talanoa.lib.scenarios import Rule, Scenario
from talanoa.lib.script_rules import CHAIRED, Scene, holds
from talanoa.lib.script_texts import differences, listed, name, said
from talanoa.lib.stances import stance


def can_live(
    scenario: Scenario, package: Package, memory: Memory, humans: frozenset[str], *, is_draft: bool
) -> frozenset[str]:
    """Return the seats that can live with a package: scripts by their stance, persons by their last word on it.

    Who said nothing about today's draft lets it stand; who said nothing about a suggestion did not agree to it.
    """
    return frozenset(
        seat.id
        for seat in scenario.seats
        if (
            memory.said.get((seat.id, package), is_draft)
            if seat.id in humans
            else stance(scenario, seat.id, package, memory).kind != OBJECT
        )
    )


def suggestion(
    scenario: Scenario, acts: tuple[Act, ...], here: Package, memory: Memory, humans: frozenset[str]
) -> Act | None:
    """Return the suggestion that the chair takes up, None where none is better than today's draft."""
    most = len(can_live(scenario, here, memory, humans, is_draft=True))
    found = []
    for act in acts:
        if act.kind != PROPOSE or act.package is None or not _is_seconded(scenario, act, acts):
            continue
        fans = len(can_live(scenario, act.package, memory, humans, is_draft=False))
        if act.package != here and fans > most:
            found.append((fans, least_share(scenario, act.package), act.package, act))
    return max(found, key=lambda row: row[:3])[3] if found else None


def _is_seconded(scenario: Scenario, made: Act, acts: tuple[Act, ...]) -> bool:
    return scenario.is_package(made.package) and any(
        act.kind in {AGREE, SUPPORT, LIVE, PROPOSE} and act.package == made.package and act.seat != made.seat
        for act in acts
    )


def revision(scene: Scene, acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """Return the chair's revision of the draft, where one is due."""
    if scene.day >= scene.scenario.days:
        return ()
    here = scene.standing.package
    taken = suggestion(scene.scenario, acts, here, scene.memory, scene.humans)
    if taken is None or taken.package is None:
        return ()
    told = {
        "asker": name(scene.scenario, taken.seat),
        "changes": differences(scene.scenario, here, taken.package),
    }
    return (_act(scene, REVISE, told, package=taken.package, answers=_number(acts, taken)),)


def call(scene: Scene, acts: tuple[Act, ...], *, is_new: bool) -> tuple[Act, ...]:
    """Return the chair's call: in time, when a person asked for it, and anew about a text that `is_new`."""
    if scene.standing.is_called:
        return (_act(scene, CALL, {}, package=scene.standing.package),) if is_new else ()
    asked = next((act for act in acts if _asks_for_call(act, scene.humans)), None)
    if asked is None and scene.day < scene.scenario.call_day - 1:
        return ()
    answers = _number(acts, asked) if asked else 0
    return (_act(scene, CALL, {}, package=scene.standing.package, answers=answers),)


def ending(scene: Scene, acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """Return how the last day ends: the call closes, and the chair finds by the objections that stand."""
    if scene.day < scene.scenario.days:
        return ()
    told = {
        "objections": listed(
            _stands(scene.scenario, acts[number - 1]) for number in scene.standing.objections
        )
    }
    return tuple(_act(scene, step, told, package=scene.standing.package) for step in (CLOSE, DESIGNATE, END))


def _asks_for_call(act: Act, humans: frozenset[str]) -> bool:
    return act.kind == ASK and act.to == CHAIR and not act.slot and act.seat in humans


def _stands(scenario: Scenario, act: Act) -> str:
    paragraph = next((f", paragraph {slot.paragraph}" for slot in scenario.slots if slot.id == act.slot), "")
    return f"{name(scenario, act.seat)}{paragraph}"


def _act(scene: Scene, step: str, told: dict[str, str], *, package: Package, answers: int = 0) -> Act:
    rule = _rule(scene, step)
    text = said(rule, scene, 0, told)
    return Act(scene.day, CHAIR, step, package=package, text=text, rule=rule.id, answers=answers)


def _rule(scene: Scene, step: str) -> Rule:
    """Return the first rule for a step of the chair; lib.script_files sees to it that there is one."""
    rules = (
        rule for rule in scene.scenario.rules if (rule.seat, rule.when.act, rule.do) == (CHAIR, CHAIRED, step)
    )
    return next(rule for rule in rules if holds(rule, scene))


def _number(acts: tuple[Act, ...], act: Act) -> int:
    return acts.index(act) + 1
