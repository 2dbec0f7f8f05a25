"""What the scripted seats and the chair do in the evening of a day. Pure: same pack, seed and acts, same answer.

First everybody reacts to what was said, all at once; then the chair may revise the draft and call; then come the
positions in the call; on the last day the chair closes and finds. First match by priority for each act and seat.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from talanoa.lib.chairing import call, ending, revision
from talanoa.lib.practice_acts import (
    AGREE,
    CHAIR,
    DOUBT,
    OBJECT,
    PROPOSE,
    STATE,
    WITHDRAW,
    Act,
    Package,
)
from talanoa.lib.reasons import OPENING, why
from talanoa.lib.room_state import memory, standing
from talanoa.lib.scenarios import Rule, Scenario, Seat
from talanoa.lib.script_rules import DAY, EVENTS, PATIENCE, POSITION, Scene, holds, is_due, matches
from talanoa.lib.script_texts import filled, reason, said, values
from talanoa.lib.stances import stance

__all__ = ["opening", "reactions", "why"]
Numbered = tuple[int, Act]
_UNCOUNTED = (AGREE, DOUBT)
"""Short answers to a suggestion do not use up what a seat says in a day."""
_CHAIR = Seat(CHAIR, "Chair", "", (), "", "", "", (), (), 0, 0, 2, is_silent=False)


def opening(scenario: Scenario, *, humans: frozenset[str]) -> tuple[Act, ...]:
    """Return the inputs with which the scripted seats open day 1, before any person acts."""
    return tuple(
        Act(1, seat.id, STATE, package=seat.wish, text=seat.opening, rule=OPENING)
        for seat in scenario.seats
        if seat.id not in humans
    )


def reactions(
    scenario: Scenario, *, seed: bytes, acts: tuple[Act, ...], day: int, humans: frozenset[str]
) -> tuple[Act, ...]:
    """Return what all seats but `humans` do in the evening of `day`, in order; append them to `acts` as they stand.

    Nothing happens after the end, or on a day that the room does not have.
    """
    if standing(scenario, acts).is_ended or not 1 <= day <= scenario.days:
        return ()
    done = acts
    now = _scene(scenario, seed, done, day, humans)
    heard = _heard(scenario, acts, day)
    scripted = [seat for seat in scenario.seats if seat.id not in humans]
    for seat in [*scripted, _CHAIR]:
        done += tuple(_replies(replace(now, seat=seat), heard))
    revised = revision(_scene(scenario, seed, done, day, humans), done)
    done += revised
    done += _withdrawn(_scene(scenario, seed, done, day, humans), done, scripted)
    done += call(_scene(scenario, seed, done, day, humans), done, is_new=bool(revised))
    done += _positions(_scene(scenario, seed, done, day, humans), scripted)
    done += ending(_scene(scenario, seed, done, day, humans), done)
    return done[len(acts) :]


def _scene(scenario: Scenario, seed: bytes, acts: tuple[Act, ...], day: int, humans: frozenset[str]) -> Scene:
    return Scene(scenario, seed, day, humans, memory(scenario, acts), standing(scenario, acts), _CHAIR)


def _replies(scene: Scene, heard: list[Numbered]) -> Iterator[Act]:
    """Yield what one seat does about the acts of others and on its own, as far as its day goes."""
    counted = 0
    fired: Counter[str] = Counter()
    pairs = sorted(_due(scene, heard), key=lambda pair: (-pair[0].priority, _in_turn(pair[1])))
    for rule, at in pairs:
        is_counted = rule.do not in _UNCOUNTED
        if (is_counted and counted >= scene.seat.acts_a_day) or (rule.times and fired[rule.id] >= rule.times):
            continue
        made = _reply(rule, at, fired[rule.id])
        if made is not None and not _was_said(made, scene):
            counted += is_counted
            fired[rule.id] += 1
            yield made


def _was_said(made: Act, scene: Scene) -> bool:
    """Tell whether a seat said the same about the same suggestion before: it does not repeat itself."""
    if made.kind not in _UNCOUNTED or made.package is None:
        return False
    return scene.memory.said.get((made.seat, made.package)) is (made.kind == AGREE)


def _due(scene: Scene, heard: list[Numbered]) -> Iterator[tuple[Rule, Scene]]:
    """Yield the rule that fires for each act, and those of the day itself."""
    rules = [rule for rule in scene.scenario.rules if rule.seat in {"", scene.seat.id}]
    rules = [rule for rule in rules if rule.seat or scene.seat.id != CHAIR]
    rules.sort(key=lambda rule: -rule.priority)
    for number, act in heard:
        if act.seat == scene.seat.id or (scene.seat.id, number) in scene.memory.answered:
            continue
        at = replace(scene, event=act, number=number)
        found = next((rule for rule in rules if rule.when.act == act.kind and matches(rule, at)), None)
        if found and is_due(found, at):
            yield found, at
    yield from ((rule, scene) for rule in rules if rule.when.act == DAY and matches(rule, scene))


def _heard(scenario: Scenario, acts: tuple[Act, ...], day: int) -> list[Numbered]:
    """Return what can be reacted to on a day; of what somebody did again, the newest."""
    found: dict[tuple[object, ...], Numbered] = {}
    for number, act in enumerate(acts, 1):
        is_clear = act.kind != PROPOSE or scenario.is_package(act.package)
        if act.kind in EVENTS and is_clear and act.day >= day - PATIENCE:
            before = found.get(_asked(act))
            if before is None or (act.day, act.text) > (before[1].day, before[1].text):
                found[_asked(act)] = number, act
    return list(found.values())


def _asked(act: Act) -> tuple[object, ...]:
    return act.seat, act.kind, act.to, act.slot, act.package


def _in_turn(scene: Scene) -> tuple[object, ...]:
    """Return a key that is the same in whatever order the acts of one day were done."""
    act = scene.event
    return (act.day, act.seat, act.kind, act.to, act.slot, act.package or (), act.text) if act else (0,)


def _reply(rule: Rule, scene: Scene, n: int) -> Act | None:
    """Return the act of a rule; None where it is for a person and there is none."""
    to = _to(rule, scene)
    if not to and rule.to == "person":
        return None
    slot, package, better = rule.slot or scene.slot, rule.package, None
    if rule.do in _UNCOUNTED and scene.event and scene.event.package:
        package = scene.event.package
        hurts = scene.stance if rule.do == DOUBT else None
        slot, better = (hurts.slot, hurts.package) if hurts else ("", None)
    told = values(scene, slot, better)
    text, remedy = said(rule, scene, n, told), told.get("remedy", "")
    day, number = scene.day, scene.number
    return Act(
        day, scene.seat.id, rule.do, to, slot, package, text=text, remedy=remedy, rule=rule.id, answers=number
    )


def _to(rule: Rule, scene: Scene) -> str:
    """Return whom a rule addresses: who acted, the first person, or the seat that it names."""
    if rule.to == "person":
        persons = sorted(scene.humans - {scene.seat.id})
        return persons[0] if persons else ""
    return scene.event.seat if rule.to == "asker" and scene.event else rule.to


def _withdrawn(scene: Scene, acts: tuple[Act, ...], scripted: list[Seat]) -> tuple[Act, ...]:
    """Return which scripts take their objections back: the draft now has what they asked for, or enough."""
    slots = {slot.id for slot in scene.scenario.slots}
    by = {seat.id: seat for seat in scripted}
    found = []
    for number in scene.standing.objections:
        raised = acts[number - 1]
        if raised.seat not in by:
            continue
        here = stance(scene.scenario, raised.seat, scene.standing.package, scene.memory)
        if here.kind != OBJECT or here.slot != raised.slot:
            slot = raised.slot if raised.slot in slots else scene.scenario.slots[0].id
            at = replace(scene, seat=by[raised.seat])
            found.append(_said_in_call(at, WITHDRAW, slot, objection=number))
    return tuple(found)


def _positions(scene: Scene, scripted: list[Seat]) -> tuple[Act, ...]:
    """Return the positions that scripts take in the open call; each once for each text."""
    if not scene.standing.is_called:
        return ()
    found = []
    for seat in scripted:
        here = stance(scene.scenario, seat.id, scene.standing.package, scene.memory)
        if scene.standing.positions.get(seat.id) == here.kind:
            continue
        better = here.package if here.kind == OBJECT else None
        found.append(_said_in_call(replace(scene, seat=seat), here.kind, here.slot, package=better))
    return tuple(found)


def _said_in_call(
    scene: Scene, kind: str, slot: str, *, package: Package | None = None, objection: int = 0
) -> Act:
    rule = _position_rule(scene, kind, slot)
    told = values(scene, slot, package)
    if kind == OBJECT:
        told["why"] = reason(scene.seat, slot, scene.standing.package[scene.scenario.place(slot)])
    return Act(
        scene.day,
        scene.seat.id,
        kind,
        slot=slot if kind in {OBJECT, WITHDRAW} else "",
        package=package,
        objection=objection,
        text=said(rule, scene, 0, told),
        remedy=filled(rule.remedy, told) if kind == OBJECT else "",
        rule=rule.id,
    )


def _position_rule(scene: Scene, kind: str, slot: str) -> Rule:
    """Return the rule with the words of a position; lib.script_files sees to it that everybody has one."""
    rules = sorted(scene.scenario.rules, key=lambda rule: -rule.priority)
    return next(
        rule
        for rule in rules
        if rule.seat in {"", scene.seat.id}
        and (rule.when.act, rule.do) == (POSITION, kind)
        and rule.when.slot in {"", slot}
        and holds(rule, scene)
    )
