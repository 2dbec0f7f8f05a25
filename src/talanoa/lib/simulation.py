"""A whole room in memory: one player, scripts in the other seats, from the first day to the designation."""

from collections.abc import Callable

from talanoa.lib.practice_acts import Act
from talanoa.lib.scenarios import Scenario

Player = Callable[[Scenario, str, tuple[Act, ...], int], tuple[Act, ...]]
"""What the player in a seat does on a day, after all acts so far."""


def play(scenario: Scenario, seed: bytes, player: Player, seat: str = "") -> tuple[Act, ...]:
    """Return all acts of a room with a player in one seat (else in that of the learner)."""
    raise NotImplementedError
