"""Would the result stand if the room were counted otherwise? Both results are shown; nobody's vote is taken away.

Counted otherwise means: without one group in turn; only those who are verified; without near-identical ballots; without
those who came in a burst. Each is a sum over counts that are there already; as
every group counts once in W and in the mean, no group need be weighed otherwise. A result is robust if its level stays.
"""

import numpy as np

from talanoa.lib.opinion.lenses import lens
from talanoa.lib.opinion.levels import Ladder
from talanoa.lib.opinion.results import Variant
from talanoa.lib.opinion.tables import Floats, Integers

IN_PILE, IN_BURST, UNVERIFIED = 1, 2, 4


class Panel:
    """W and level of every statement under every way of counting."""

    def __init__(self, ladder: Ladder, by_flag: Integers, *, has_verified: bool) -> None:
        """`by_flag` are counts by declared group, flags (bits), statement and vote."""
        self.ways: list[tuple[str, Floats, Ladder]] = []
        seen_by = ladder.lens
        if len(seen_by.groups) > 1:
            for at, name in enumerate(seen_by.groups):
                self._add(
                    f"without {name}", Ladder(seen_by.without(at), ladder.objections, ladder.thresholds)
                )
        ways = [("without near-identical", IN_PILE), ("without bursts", IN_BURST)]
        for how, bit in [*ways, *([("verified only", UNVERIFIED)] if has_verified else [])]:
            kept = (np.arange(by_flag.shape[1]) & bit) == 0
            counts = by_flag[:, kept].sum(axis=1)
            self._add(
                how,
                Ladder(lens(seen_by.groups, seen_by.rosters, counts), ladder.objections, ladder.thresholds),
            )

    def _add(self, how: str, ladder: Ladder) -> None:
        self.ways.append((how, ladder.lens.low.min(axis=0), ladder))

    def variants(self, statement: int) -> tuple[Variant, ...]:
        """Return the variants of one statement, counted from 0."""
        return tuple(
            Variant(how, float(weakest[statement]), ladder.level(statement))
            for how, weakest, ladder in self.ways
        )
