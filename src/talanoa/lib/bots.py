"""Four players that check a scenario before people play it: who listens must get further than who counts.

`silent` says nothing; `stubborn` repeats its wish and objects without remedy; `vote_counter` joins the offer that most
can live with; `listener` asks, repairs, and then offers what serves the worst-off best, by what it was told.
"""

from collections.abc import Iterable

from talanoa.lib.interests import MOST_WORTH, acceptable, packages, share
from talanoa.lib.practice_acts import (
    AGREE,
    ASK,
    LIVE,
    OBJECT,
    PROPOSE,
    READ,
    REPAIR,
    TELL,
    WITHDRAW,
    Act,
    Package,
)
from talanoa.lib.room_state import memory, standing
from talanoa.lib.scenarios import Scenario, Seat
from talanoa.lib.simulation import Player
from talanoa.lib.stances import stance

_GUESSED = 1
"""What a listener thinks that an option is worth to a seat that wished for another and was not asked."""


def silent(_scenario: Scenario, _seat: str, _acts: tuple[Act, ...], _day: int) -> tuple[Act, ...]:
    """Do nothing."""
    return ()


def stubborn(scenario: Scenario, seat: str, acts: tuple[Act, ...], day: int) -> tuple[Act, ...]:
    """Suggest the own wish every day, and object to everything else without a remedy."""
    here = standing(scenario, acts)
    wish = scenario.seat(seat).wish
    suggested = (Act(day, seat, PROPOSE, package=wish, text="This is what we want. Nothing else."),)
    if here.is_called and here.positions.get(seat) != OBJECT and here.package != wish:
        return (*suggested, Act(day, seat, OBJECT, slot=scenario.slots[0].id, text="We do not agree."))
    return suggested


def vote_counter(scenario: Scenario, seat: str, acts: tuple[Act, ...], day: int) -> tuple[Act, ...]:
    """Suggest the own wish once; then join whatever offer of others most groups are for."""
    if day == 1:
        return (Act(day, seat, PROPOSE, package=scenario.seat(seat).wish, text="This is what we want."),)
    offers = [act.package for act in acts if act.kind == PROPOSE and act.seat != seat and act.package]
    if not offers:
        return ()
    said = memory(scenario, acts).said
    best = max(
        offers,
        key=lambda offer: (sum(is_for for (_, package), is_for in said.items() if package == offer), offer),
    )
    joined = (Act(day, seat, AGREE, package=best, text="Most of us are for this. So are we."),)
    return (*joined, Act(day, seat, LIVE)) if standing(scenario, acts).is_called else joined


def listener(questions: int = 2, *, repairs: bool = True) -> Player:
    """Return a player that asks so many questions a day, and says sorry where somebody was hurt if it `repairs`."""

    def player(scenario: Scenario, seat: str, acts: tuple[Act, ...], day: int) -> tuple[Act, ...]:
        read = tuple(Act(day, seat, READ, to=what) for what in ("charter", "draft")) if day == 1 else ()
        done = read + tuple(_answers(seat, acts, day))
        if day < scenario.call_day:
            done += tuple(_questions(scenario, seat, acts, day, questions, repairs=repairs))
        if day >= scenario.call_day - 1:
            done += _offer(scenario, seat, acts, day)
        return done + _position(scenario, seat, acts, day)

    return player


def _answers(seat: str, acts: tuple[Act, ...], day: int) -> Iterable[Act]:
    answered = {act.to for act in acts if act.kind == TELL and act.seat == seat}
    for act in acts:
        if act.kind == ASK and act.to == seat and act.day == day - 1 and act.seat not in answered:
            yield Act(
                day,
                seat,
                TELL,
                to=act.seat,
                slot=act.slot,
                text="Thank you for asking. Here is what we need.",
            )


def _questions(
    scenario: Scenario, seat: str, acts: tuple[Act, ...], day: int, most: int, *, repairs: bool
) -> Iterable[Act]:
    """Yield what mends, and the next questions: every seat about what weighs most for it, then about the next."""
    told = memory(scenario, acts).told
    mended = {act.to for act in acts if act.kind == REPAIR and act.seat == seat}
    asked = {(act.to, act.slot): act.day for act in acts if act.kind == ASK and act.seat == seat}
    if repairs:
        yield from (
            Act(
                day,
                seat,
                REPAIR,
                to=other,
                text="We were rude to you. We are sorry, and we would like to hear you.",
            )
            for other in sorted(_hurt(scenario, asked, told) - mended)
        )
    left = [key for key in _of_weight(scenario, seat) if key not in told and asked.get(key, 0) < day - 1]
    waiting = [key for key in _of_weight(scenario, seat) if key not in told and key in asked]
    for other, slot in [*waiting, *(key for key in left if key not in waiting)][:most]:
        text = f"What does paragraph {scenario.slot(slot).paragraph} mean for you?"
        yield Act(day, seat, ASK, to=other, slot=slot, text=text)


def _of_weight(scenario: Scenario, seat: str) -> list[tuple[str, str]]:
    """Return what can be asked, whom about which slot, as the opening inputs make it clear: the heaviest first."""
    rows = [
        (-interest.weight, other.id, interest.slot)
        for other in scenario.seats
        if other.id != seat
        for interest in sorted(other.interests, key=lambda one: -one.weight)
    ]
    return [(other, slot) for _weight, other, slot in sorted(rows)]


def _hurt(scenario: Scenario, asked: Iterable[tuple[str, str]], told: frozenset[tuple[str, str]]) -> set[str]:
    """Return who was asked about what it says only after a repair, and did not say it."""
    guarded = {
        (seat.id, interest.slot)
        for seat in scenario.seats
        for interest in seat.interests
        if interest.after_repair
    }
    return {key[0] for key in asked if key in guarded and key not in told}


def _offer(scenario: Scenario, seat: str, acts: tuple[Act, ...], day: int) -> tuple[Act, ...]:
    """Return a suggestion: of all that the own seat can live with, what serves the worst-off best by what is known."""
    told = memory(scenario, acts).told
    asked_for = [act for act in acts if act.kind == OBJECT and act.package and act.seat != seat]
    others = [other for other in scenario.seats if other.id != seat]
    mine = [package for package in packages(scenario) if acceptable(scenario, seat, package)]
    best = max(
        mine,
        key=lambda package: (
            min(_thought(scenario, other, package, told) for other in others),
            sum(_thought(scenario, other, package, told) for other in others),
            share(scenario, seat, package),
        ),
    )
    if asked_for and standing(scenario, acts).package == best:
        return ()
    return (Act(day, seat, PROPOSE, package=best, text="This is what we think all of you can live with."),)


def _thought(scenario: Scenario, seat: Seat, package: Package, told: frozenset[tuple[str, str]]) -> float:
    """Return the share that a package has for a seat as a listener sees it: what was told, else its public wish."""
    got = most = 0
    red = {(line.slot, line.option) for line in seat.red_lines}
    for place, slot in enumerate(scenario.slots):
        interest = next(one for one in seat.interests if one.slot == slot.id)
        if (seat.id, slot.id) in told:
            if (slot.id, package[place]) in red:
                return 0.0
            ids = [option.id for option in slot.options]
            got += interest.weight * interest.worth[ids.index(package[place])]
            most += interest.weight * MOST_WORTH
        else:
            got += MOST_WORTH if package[place] == seat.wish[place] else _GUESSED
            most += MOST_WORTH
    return got / most


def _position(scenario: Scenario, seat: str, acts: tuple[Act, ...], day: int) -> tuple[Act, ...]:
    """Return a position in the open call: live with what one can, else object with what would resolve it."""
    here = standing(scenario, acts)
    if not here.is_called:
        return ()
    own = [number for number in here.objections if acts[number - 1].seat == seat]
    said = stance(scenario, seat, here.package)
    if said.kind != OBJECT:
        taken_back = tuple(
            Act(day, seat, WITHDRAW, objection=number, text="This is met now.") for number in own
        )
        return (*taken_back, Act(day, seat, LIVE, text="We can live with it."))
    paragraph = scenario.slot(said.slot).paragraph
    words = f"We cannot live with paragraph {paragraph} as it stands."
    remedy = scenario.slot(said.slot).option(said.package[scenario.place(said.slot)]).text
    made = Act(day, seat, OBJECT, slot=said.slot, package=said.package, text=words, remedy=remedy)
    return () if own else (made,)
