"""What the scripted seats and the chair do in the evening of a day. Pure: same pack, seed and acts, same answer."""

from talanoa.lib.practice_acts import Act
from talanoa.lib.scenarios import Scenario


def reactions(
    scenario: Scenario, *, seed: bytes, acts: tuple[Act, ...], day: int, humans: frozenset[str]
) -> tuple[Act, ...]:
    """Return what all seats but `humans` do in the evening of `day`, in order; append them to `acts` as they stand.

    Day 0 is the evening before the room opens: nothing happens. After `end` nothing happens either.
    """
    raise NotImplementedError


def why(scenario: Scenario, act: Act, acts: tuple[Act, ...]) -> str:
    """Return in one or two sentences why a script did `act`, for the debrief; "" for the act of a person."""
    raise NotImplementedError
