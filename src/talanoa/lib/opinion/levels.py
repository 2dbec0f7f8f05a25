"""Which level the numbers suggest, and how many votes it is away from another one.

The levels are those of the ICANN GNSO Working Group Guidelines, 3.6, read per stakeholder group:
full consensus: W above the threshold of support, nobody disagrees, no open objection; consensus: W above it, the share
that disagrees in every group at most the threshold of opposition, no open objection; strong support: neither, and the
mean of the groups' shares that agree at least the threshold of strong support; divergence otherwise. A silent group
supports nothing. Counting closes no objection: while one is open, votes lead no further up than strong support.
"""

from collections.abc import Iterable

import numpy as np

from talanoa.lib.opinion.bounds import least_agree, least_seen
from talanoa.lib.opinion.lenses import Lens
from talanoa.lib.opinion.results import CONSENSUS, DIVERGENCE, FULL, LEVELS, STRONG, Distance
from talanoa.lib.opinion.tables import Flags, Integers, Thresholds

_SLACK = 1e-9


class Ladder:
    """The levels of all statements of a lens, with what each group lacks; built once, asked per statement."""

    def __init__(self, seen_by: Lens, objections: Integers, thresholds: Thresholds) -> None:
        """`objections` are how many are open on each statement."""
        self.lens, self.thresholds, self.objections = seen_by, thresholds, objections
        self.seen, self.raw = seen_by.seen, seen_by.raw
        self.least = self._least(self.seen)
        self.supports: Flags = seen_by.agree >= self.least
        self.may_oppose = self._may_oppose(self.seen)
        self.opposes: Flags = seen_by.disagree > self.may_oppose
        self.mean = self.raw.mean(axis=0)
        self.levels = self._levels()

    def _least(self, seen: Integers) -> Integers:
        rows = [
            least_agree(row, N, self.thresholds.support)
            for row, N in zip(seen, self.lens.rosters, strict=True)
        ]
        return np.array(rows).reshape(seen.shape)

    def _may_oppose(self, seen: Integers) -> Integers:
        share = self.thresholds.opposition
        most: Integers = seen * share.numerator // share.denominator
        return most

    def _levels(self) -> Integers:
        is_carried = self.supports.all(axis=0) & (self.objections == 0)
        is_consensus = is_carried & ~self.opposes.any(axis=0)
        is_full = is_carried & (self.lens.disagree.sum(axis=0) == 0)
        is_strong = self.mean >= float(self.thresholds.strong) - _SLACK
        ranks = [LEVELS.index(level) for level in (FULL, CONSENSUS, STRONG)]
        levels: Integers = np.select([is_full, is_consensus, is_strong], ranks, LEVELS.index(DIVERGENCE))
        return levels

    def level(self, statement: int) -> str:
        """Return the level of one statement, counted from 0."""
        return LEVELS[int(self.levels[statement])]

    def up(self, statement: int) -> Distance | None:
        """Return the fewest votes that lead further up, or None where votes alone do not."""
        level = self.level(statement)
        if level == FULL:
            return None
        ways: list[Distance | None] = [self._to_strong(statement)] if level == DIVERGENCE else []
        if not self.objections[statement]:
            ways.append(self._to_full(statement) if level == CONSENSUS else self._to_consensus(statement))
        return min((way for way in ways if way), key=lambda way: way.votes, default=None)

    def down(self, statement: int) -> Distance | None:
        """Return the fewest votes that lead further down."""
        level = self.level(statement)
        if level == DIVERGENCE:
            return None
        if level == STRONG:
            return self._to_divergence(statement)
        return self._from_consensus(statement) if level == CONSENSUS else self._from_full(statement)

    def _to_full(self, statement: int) -> Distance:
        return self._distance(FULL, enumerate(self.lens.disagree[:, statement].tolist()))

    def _to_consensus(self, statement: int) -> Distance | None:
        """Each group on its own: first those who disagree or pass agree, then people who have not voted."""
        changes, additions = {}, {}
        for group, roster in enumerate(self.lens.rosters):
            agree, disagree, seen = self._counts(group, statement)
            lacking = max(
                int(self.least[group, statement]) - agree,
                disagree - int(self.may_oppose[group, statement]),
                0,
            )
            more = 0
            if lacking > seen - agree:
                more = least_seen(roster, self.thresholds.support) - seen
                lacking = seen - agree
            if more == 0 and lacking and self._additions_do(group, agree, disagree, seen, lacking):
                lacking, more = 0, lacking
            if roster is not None and seen + more > roster:
                return None
            changes[group], additions[group] = lacking, more
        return self._distance(CONSENSUS, changes.items(), additions.items())

    def _additions_do(self, group: int, agree: int, disagree: int, seen: int, number: int) -> bool:
        """Tell whether so many people who have not voted yet do it too, when all of them agree."""
        roster, then = self.lens.rosters[group], np.array([seen + number])
        if roster is not None and seen + number > roster:
            return False
        least = int(least_agree(then, roster, self.thresholds.support)[0])
        return agree + number >= least and disagree <= int(self._may_oppose(then)[0])

    def _to_strong(self, statement: int) -> Distance:
        """The smallest groups weigh most, vote by vote; a silent one gains all with its first vote."""
        lacking = float(self.thresholds.strong) * len(self.lens.groups) - self.mean[statement] * len(
            self.lens.groups
        )
        changes: dict[int, int] = {}
        additions: dict[int, int] = {}
        for group in np.argsort(self.seen[:, statement], kind="stable").tolist():
            agree, _disagree, seen = self._counts(group, statement)
            number = min(
                int(np.ceil(max(lacking, 0) * max(seen, 1) - _SLACK)), max(seen - agree, int(seen == 0))
            )
            lacking -= number / max(seen, 1)
            (changes if seen else additions)[group] = number
        return self._distance(STRONG, changes.items(), additions.items())

    def _to_divergence(self, statement: int) -> Distance:
        above = (self.mean[statement] - float(self.thresholds.strong)) * len(self.lens.groups)
        changes = {}
        for group in np.argsort(self.seen[:, statement], kind="stable").tolist():
            agree, _disagree, seen = self._counts(group, statement)
            if seen and above > -_SLACK:
                changes[group] = min(int(np.floor(above * seen + _SLACK)) + 1, agree)
                above -= changes[group] / seen
        return self._distance(DIVERGENCE, changes.items())

    def _from_full(self, statement: int) -> Distance:
        """One who disagrees is enough; it leads to consensus or further down."""
        group = int(np.argmin(self.seen[:, statement]))
        agree = int(self.lens.agree[group, statement])
        holds = agree - 1 >= int(self.least[group, statement]) and int(self.may_oppose[group, statement]) >= 1
        return self._distance(CONSENSUS if holds else self._below(statement, group, 1), [(group, 1)])

    def _from_consensus(self, statement: int) -> Distance:
        lost = self.lens.agree[:, statement] - self.least[:, statement] + 1
        opposed = self.may_oppose[:, statement] - self.lens.disagree[:, statement] + 1
        fewest = np.minimum(lost, opposed)
        group = int(np.argmin(fewest))
        number = int(fewest[group])
        return self._distance(self._below(statement, group, number), [(group, number)])

    def _below(self, statement: int, group: int, lost: int) -> str:
        """Return the level without consensus when so many of a group no longer agree."""
        rest = self.mean[statement] - lost / max(int(self.seen[group, statement]), 1) / len(self.lens.groups)
        return STRONG if rest >= float(self.thresholds.strong) - _SLACK else DIVERGENCE

    def _counts(self, group: int, statement: int) -> tuple[int, int, int]:
        return (
            int(self.lens.agree[group, statement]),
            int(self.lens.disagree[group, statement]),
            int(self.seen[group, statement]),
        )

    def _distance(
        self, level: str, changes: Iterable[tuple[int, int]], additions: Iterable[tuple[int, int]] = ()
    ) -> Distance:
        moved, added = (
            tuple((self.lens.groups[group], number) for group, number in sorted(part) if number)
            for part in (changes, additions)
        )
        return Distance(level, sum(number for _group, number in (*moved, *added)), moved, added)
