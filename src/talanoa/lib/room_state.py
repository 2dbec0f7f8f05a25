"""Where a room stands after its acts: the draft, the call, the objections, who trusts whom, what was told."""

from dataclasses import dataclass

from talanoa.lib.practice_acts import Act, Package
from talanoa.lib.scenarios import Scenario


@dataclass(frozen=True, slots=True)
class Standing:
    """`package` is what today's draft stands for; `objections` the numbers of those that stand, in order.

    `positions` has the last position of each seat in the call (`object` where its objection stands).
    """

    package: Package
    is_called: bool
    is_closed: bool
    is_ended: bool
    objections: tuple[int, ...]
    positions: dict[str, str]


def standing(scenario: Scenario, acts: tuple[Act, ...]) -> Standing:
    """Return where a room stands after `acts`."""
    raise NotImplementedError
