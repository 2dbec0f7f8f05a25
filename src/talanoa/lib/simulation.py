"""A whole room in memory: one player, scripts in the other seats, from the first day to the designation."""

from collections.abc import Callable
from dataclasses import dataclass

from talanoa.lib.counterparts import opening, reactions
from talanoa.lib.interests import accepting
from talanoa.lib.practice_acts import Act, Package
from talanoa.lib.room_state import standing
from talanoa.lib.scenarios import Scenario

Player = Callable[[Scenario, str, tuple[Act, ...], int], tuple[Act, ...]]
"""What the player in a seat does on a day, after all acts so far."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a room ended: the last draft, who can live with it, and whether no objection stands.

    Who is a script and objects all the same, because it was hurt, cannot live with it.
    """

    package: Package
    accepting: frozenset[str]
    is_agreed: bool


def play(scenario: Scenario, seed: bytes, player: Player, seat: str = "") -> tuple[Act, ...]:
    """Return all acts of a room with a player in one seat (else in that of the learner)."""
    held = seat or scenario.learner
    humans = frozenset({held})
    acts = opening(scenario, humans=humans)
    for day in range(1, scenario.days + 1):
        acts += player(scenario, held, acts, day)
        acts += reactions(scenario, seed=seed, acts=acts, day=day, humans=humans)
    return acts


def outcome(scenario: Scenario, acts: tuple[Act, ...]) -> Outcome:
    """Return how a room ended, or how it would if it ended now."""
    here = standing(scenario, acts)
    hurt = {acts[number - 1].seat for number in here.objections if acts[number - 1].rule}
    return Outcome(here.package, accepting(scenario, here.package) - hurt, not here.objections)
