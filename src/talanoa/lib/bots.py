"""Four players that check a scenario before people play it: who listens must get further than who counts.

`silent` says nothing; `stubborn` repeats its wish and objects without remedy; `vote_counter` joins the offer that most
can live with; `listener` asks, repairs, and then offers what serves the worst-off best, by what it was told.
"""

from collections.abc import Iterable

from talanoa.lib.interests import MOST_WORTH, acceptable, packages, share
from talanoa.lib.practice_acts import (
    AGREE,
    ASK,
    CHAIR,
    DOUBT,
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
_BEARABLE = 2
RED = -1


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
    left = [key for key in _of_weight(scenario, seat) if key not in told]
    waiting = [key for key in left if asked.get(key) == day - 1]
    fresh = [key for key in left if key not in waiting]
    for other, slot in [*(key for key in waiting if key[0] in mended), *fresh, *waiting][:most]:
        text = f"What does paragraph {scenario.slot(slot).paragraph} mean for you?"
        yield Act(day, seat, ASK, to=other, slot=slot, text=text)


def _of_weight(scenario: Scenario, seat: str) -> list[tuple[str, str]]:
    """Return what can be asked, whom about which slot: what weighs most for each seat, then what weighs next.

    Of what weighs the same, the later paragraph comes first: a text begins with what is easy.
    """
    rows = []
    for turn, other in enumerate(one for one in scenario.seats if one.id != seat):
        heavy = sorted(other.interests, key=lambda one: (-one.weight, -scenario.place(one.slot)))
        rows += [(rank, turn, other.id, interest.slot) for rank, interest in enumerate(heavy)]
    return [(other, slot) for _rank, _turn, other, slot in sorted(rows)]


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
    heard, said = _heard(scenario, acts), memory(scenario, acts).said
    others = [other for other in scenario.seats if other.id != seat]

    def served(package: Package) -> tuple[float, float, float]:
        thought = [
            0.0 if said.get((other.id, package)) is False else _thought(scenario, other, package, heard)
            for other in others
        ]
        return min(thought), sum(thought), share(scenario, seat, package)

    best = max((one for one in packages(scenario) if acceptable(scenario, seat, one)), key=served)
    if standing(scenario, acts).package == best:
        return ()
    return (Act(day, seat, PROPOSE, package=best, text="This is what we think all of you can live with."),)


Heard = dict[tuple[str, str], tuple[int, dict[str, int]]]
"""By seat and slot: the weight, and what each option is worth, as far as it was said; a red line is worth RED."""


def _heard(scenario: Scenario, acts: tuple[Act, ...]) -> Heard:
    """Return what was said: in answers all of an interest, in doubts and objections what hurts and what would do."""
    found: Heard = {}
    for act in acts:
        if act.kind == PROPOSE and act.package and act.seat != CHAIR:
            found |= _offered(scenario, act)
        if act.kind in {DOUBT, OBJECT} and act.remedy and act.slot and act.package:
            found[act.seat, act.slot] = (MOST_WORTH, _hinted(scenario, acts, act))
    for seat, slot in memory(scenario, acts).told:
        sits = scenario.seat(seat)
        interest = next(one for one in sits.interests if one.slot == slot)
        ids = [option.id for option in scenario.slot(slot).options]
        red = {line.option: RED for line in sits.red_lines if line.slot == slot}
        found[seat, slot] = (interest.weight, dict(zip(ids, interest.worth, strict=True)) | red)
    return found


def _offered(scenario: Scenario, act: Act) -> Heard:
    """Return what an own suggestion of a seat says: it can bear what it offers, beside its wish."""
    wish = scenario.seat(act.seat).wish
    return {
        (act.seat, slot.id): (
            1,
            {
                option.id: MOST_WORTH
                if option.id == wish[place]
                else _BEARABLE
                if option.id == offered
                else _GUESSED
                for option in slot.options
            },
        )
        for place, (slot, offered) in enumerate(zip(scenario.slots, act.package or (), strict=True))
    }


def _hinted(scenario: Scenario, acts: tuple[Act, ...], act: Act) -> dict[str, int]:
    """Return what a doubt or an objection says of the options: what is there is bad, what is asked for is good."""
    slot = scenario.slot(act.slot)
    before = standing(scenario, acts[: acts.index(act)]).package
    bad = (before if act.kind == OBJECT else act.package or before)[scenario.place(slot.id)]
    return {
        option.id: 0 if option.id == bad else MOST_WORTH if option.text in act.remedy else _GUESSED
        for option in slot.options
    }


def _thought(scenario: Scenario, seat: Seat, package: Package, heard: Heard) -> float:
    """Return the share that a package has for a seat as a listener sees it: what was said, else its public wish."""
    got = most = 0
    for place, slot in enumerate(scenario.slots):
        is_wish = package[place] == seat.wish[place]
        guess = (1, {package[place]: MOST_WORTH if is_wish else _GUESSED})
        weight, worth = heard.get((seat.id, slot.id), guess)
        if worth[package[place]] == RED:
            return 0.0
        got += weight * worth[package[place]]
        most += weight * MOST_WORTH
    return got / most


def _position(scenario: Scenario, seat: str, acts: tuple[Act, ...], day: int) -> tuple[Act, ...]:
    """Return a position in the open call: live with what one can, else object with what would resolve it."""
    here = standing(scenario, acts)
    if not here.is_called:
        return ()
    own = [number for number in here.objections if acts[number - 1].seat == seat]
    said = stance(scenario, seat, here.package, memory(scenario, ()))
    if said.kind != OBJECT or said.held:
        taken_back = tuple(
            Act(day, seat, WITHDRAW, objection=number, text="This is met now.") for number in own
        )
        return (*taken_back, Act(day, seat, LIVE, text="We can live with it."))
    paragraph = scenario.slot(said.slot).paragraph
    words = f"We cannot live with paragraph {paragraph} as it stands."
    remedy = scenario.slot(said.slot).option(said.package[scenario.place(said.slot)]).text
    made = Act(day, seat, OBJECT, slot=said.slot, package=said.package, text=words, remedy=remedy)
    return () if own else (made,)


PLAYERS: dict[str, Player] = {
    "silent": silent,
    "stubborn": stubborn,
    "vote-counter": vote_counter,
    "listener": listener(),
}
"""The four by name, from the one that must get least far to the one that must get furthest."""
