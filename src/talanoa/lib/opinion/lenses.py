"""A lens: all statements counted by groups, and the numbers over these groups (W, W-1, B, M, E).

No group's numbers look at another group's votes, so that nobody moves a group by flooding another one.
"""

from dataclasses import dataclass

import numpy as np

from talanoa.lib.opinion.bounds import bounds
from talanoa.lib.opinion.results import Cell, Numbers
from talanoa.lib.opinion.tables import Floats, Integers


@dataclass(frozen=True, slots=True, eq=False)
class Lens:
    """Counts (groups x statements), the roster of each group, and shares of the same shape."""

    groups: tuple[str, ...]
    rosters: tuple[int | None, ...]
    agree: Integers
    disagree: Integers
    passed: Integers
    low: Floats
    high: Floats
    opposition_low: Floats
    opposition_high: Floats

    @property
    def seen(self) -> Integers:
        """How many of a group voted on a statement."""
        seen: Integers = self.agree + self.disagree + self.passed
        return seen

    @property
    def support(self) -> Floats:
        """Support: (a + 1) / (n + 2)."""
        return np.asarray((self.agree + 1) / (self.seen + 2))

    @property
    def raw(self) -> Floats:
        """The share that agrees, a / n; 0 of a silent group."""
        return np.asarray(self.agree / np.maximum(self.seen, 1))

    @property
    def spread(self) -> Floats:
        """The largest less the smallest share that agrees, of groups in which somebody voted: silence is not apart."""
        has_votes = self.seen > 0
        most, least = (
            np.where(has_votes, self.raw, 0).max(axis=0),
            np.where(has_votes, self.raw, 1).min(axis=0),
        )
        return np.asarray(np.maximum(most - least, 0))

    def without(self, group: int) -> "Lens":
        """Return the lens without one group."""
        kept = [at for at in range(len(self.groups)) if at != group]
        return Lens(
            tuple(self.groups[at] for at in kept),
            tuple(self.rosters[at] for at in kept),
            self.agree[kept],
            self.disagree[kept],
            self.passed[kept],
            self.low[kept],
            self.high[kept],
            self.opposition_low[kept],
            self.opposition_high[kept],
        )


def lens(groups: tuple[str, ...], rosters: tuple[int | None, ...], counts: Integers) -> Lens:
    """Return the lens of counts (groups x statements x 3: disagree, pass, agree)."""
    disagree, passed, agree = (np.ascontiguousarray(counts[:, :, at]) for at in range(3))
    seen = counts.sum(axis=2)
    sides = [
        [bounds(part[at], seen[at], rosters[at]) for at in range(len(groups))] for part in (agree, disagree)
    ]
    shares = [np.array([pair[end] for pair in side]).reshape(agree.shape) for side in sides for end in (0, 1)]
    return Lens(groups, rosters, agree, disagree, passed, *shares)


@dataclass(frozen=True, slots=True, eq=False)
class Over:
    """The numbers over all groups, for each statement."""

    weakest: Floats
    weakest_group: Integers
    second: Floats
    bridging: Floats
    equal_weight: Floats
    equality: Floats

    def of(self, statement: int, groups: tuple[str, ...]) -> Numbers:
        """Return the numbers of one statement, counted from 0."""
        return Numbers(
            float(self.weakest[statement]),
            groups[int(self.weakest_group[statement])],
            float(self.second[statement]),
            float(self.bridging[statement]),
            float(self.equal_weight[statement]),
            float(self.equality[statement]),
        )


def over(seen_by: Lens) -> Over:
    """Return the numbers over the groups of a lens, which has one at least; of a single group W-1 is W."""
    low = np.sort(seen_by.low, axis=0)
    support = seen_by.support
    mean = support.mean(axis=0)
    bridging = np.minimum(np.exp(np.log(support).mean(axis=0)), mean)
    return Over(
        low[0],
        np.argmin(seen_by.low, axis=0),
        low[min(1, len(low) - 1)],
        bridging,
        mean,
        bridging / mean,
    )


def cells(seen_by: Lens, statement: int) -> tuple[Cell, ...]:
    """Return the cells of one statement, counted from 0."""
    agree, disagree, passed = (
        part[:, statement].tolist() for part in (seen_by.agree, seen_by.disagree, seen_by.passed)
    )
    shares = zip(
        seen_by.low[:, statement].tolist(),
        seen_by.high[:, statement].tolist(),
        seen_by.opposition_low[:, statement].tolist(),
        seen_by.opposition_high[:, statement].tolist(),
        strict=True,
    )
    return tuple(
        Cell(group, a, d, p, roster, (a + 1) / (a + d + p + 2), *bounds_of)
        for group, roster, a, d, p, bounds_of in zip(
            seen_by.groups, seen_by.rosters, agree, disagree, passed, shares, strict=True
        )
    )
