"""The whole analysis of a vote table: map, counts, slate, then every statement through both lenses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from talanoa.lib.opinion.counts import counted
from talanoa.lib.opinion.lenses import Lens, Over, cells, lens, over
from talanoa.lib.opinion.levels import Ladder
from talanoa.lib.opinion.maps import live_statements, opinion_map
from talanoa.lib.opinion.results import Analysis, Result, Stuffing, Suggestion
from talanoa.lib.opinion.robustness import Panel
from talanoa.lib.opinion.slates import slate
from talanoa.lib.opinion.stuffing import near_identical
from talanoa.lib.opinion.suggestions import suggestion
from talanoa.lib.opinion.tables import (
    BY_DEFAULT,
    NO_MARKS,
    NONE_OUT,
    Flags,
    Groups,
    Integers,
    Marks,
    Moderation,
    Thresholds,
    VoteTable,
)

SEATS = 7
NO_OBJECTIONS: Mapping[int, int] = MappingProxyType({})


def analyze(
    votes: VoteTable,
    groups: Groups | None = None,
    moderation: Moderation = NONE_OUT,
    *,
    thresholds: Thresholds = BY_DEFAULT,
    marks: Marks = NO_MARKS,
    objections: Mapping[int, int] = NO_OBJECTIONS,
    seats: int = SEATS,
    seed: str = "",
) -> Analysis:
    """Return everything that the votes say; `objections` are how many are open, by statement. See the package."""
    live = live_statements(votes, moderation)
    found_map = opinion_map(votes, moderation, seed=seed)
    names = groups.names if groups else ()
    declared = _Labels(declared_labels(votes, groups), len(names))
    found = _Labels(
        found_map.labels if found_map.is_stable else np.full(len(votes.participants), -1, dtype=np.int64),
        found_map.n_groups if found_map.is_stable else 0,
    )
    pile = near_identical(votes)
    counts = _table(votes, declared, found, _flags(votes, pile, marks))
    open_ones = np.array([objections.get(int(one), 0) for one in votes.statements], dtype=np.int64)
    ways = _Lenses(groups, counts)
    ways.judge(open_ones, thresholds, has_verified=marks.verified is not None)
    return Analysis(
        seed,
        len(votes.participants),
        int(live.sum()),
        votes.n_votes,
        tuple(votes.statements[~live].tolist()),
        found_map,
        names,
        ways.found.groups if ways.found else (),
        _contingency(names, declared, found),
        tuple(ways.results(votes, live, moderation)),
        slate(votes, live, seats),
        _stuffing(votes, pile, marks),
    )


def declared_labels(votes: VoteTable, groups: Groups | None) -> Integers:
    """Return the declared group of each participant by its place in `groups.names`; -1 for none."""
    labels = np.full(len(votes.participants), -1, dtype=np.int64)
    if groups and groups.of:
        rank = {name: at for at, name in enumerate(groups.names)}
        who = np.fromiter(groups.of.keys(), dtype=np.int64, count=len(groups.of))
        what = np.fromiter((rank[name] for name in groups.of.values()), dtype=np.int64, count=len(who))
        at = np.minimum(np.searchsorted(votes.participants, who), len(labels) - 1)
        is_here = votes.participants[at] == who if len(labels) else np.zeros(len(who), dtype=bool)
        labels[at[is_here]] = what[is_here]
    return labels


def letter(number: int) -> str:
    """Return the name of a found group: A, B, ..."""
    return chr(ord("A") + number)


def _flags(votes: VoteTable, pile: Integers, marks: Marks) -> Integers:
    """Return three bits for each participant: in a pile, in a burst, not verified."""
    in_burst = np.isin(votes.participants, np.fromiter(sorted(marks.burst), dtype=np.int64))
    flags = (pile >= 0).astype(np.int64) + 2 * in_burst
    if marks.verified is not None:
        flags += 4 * ~np.isin(votes.participants, np.fromiter(sorted(marks.verified), dtype=np.int64))
    return np.asarray(flags)


def _table(votes: VoteTable, declared: "_Labels", found: "_Labels", flags: Integers) -> Integers:
    """Return counts by declared group (the last: none), found group (the last: none), flags, statement and vote."""
    used, flag = np.unique(flags, return_inverse=True)
    label = (declared.or_last * (found.number + 1) + found.or_last) * len(used) + flag
    shape = (declared.number + 1, found.number + 1)
    counts = counted(votes, label, shape[0] * shape[1] * len(used))
    full = np.zeros((*shape, 8, len(votes.statements), 3), dtype=np.int64)
    full[:, :, used] = counts.reshape(*shape, len(used), *full.shape[3:])
    return full


def _contingency(
    names: tuple[str, ...], declared: "_Labels", found: "_Labels"
) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Return how many of each declared group are in each found one; the last number is in none."""
    if not found.number:
        return ()
    shape = (declared.number + 1, found.number + 1)
    number = np.bincount(declared.or_last * shape[1] + found.or_last, minlength=shape[0] * shape[1])
    rows = number.reshape(shape).tolist()
    return tuple((name, tuple(row)) for name, row in zip((*names, ""), rows, strict=True))


def _stuffing(votes: VoteTable, pile: Integers, marks: Marks) -> Stuffing:
    sizes = np.bincount(pile[pile >= 0]) if (pile >= 0).any() else np.zeros(1, dtype=np.int64)
    here = set(votes.participants.tolist()) if marks.burst or marks.verified is not None else set()
    verified = None if marks.verified is None else len(here & marks.verified)
    return Stuffing(int((pile >= 0).sum()), int(sizes.max()), len(here & marks.burst), verified)


@dataclass(frozen=True, slots=True, eq=False)
class _Labels:
    """The group of each participant, from 0; -1 for none."""

    of: Integers
    number: int

    @property
    def or_last(self) -> Integers:
        """The labels with a last group for those who have none."""
        return np.where(self.of < 0, self.number, self.of)


class _Lenses:
    """Both lenses of an analysis, and what follows from them per statement."""

    def __init__(self, groups: Groups | None, counts: Integers) -> None:
        """`counts` are by declared group, found group, flags, statement and vote; the last groups are none."""
        self.everyone = counts.sum(axis=(0, 1, 2))
        self.by_flag = counts[:-1].sum(axis=1)
        self.declared: Lens | None = None
        self.found: Lens | None = None
        self.panel: Panel | None = None
        self.ladder: Ladder | None = None
        n_found = counts.shape[1] - 1
        if n_found:
            by_found = counts[:, :n_found].sum(axis=(0, 2))
            self.found = lens(tuple(letter(at) for at in range(n_found)), (None,) * n_found, by_found)
        if groups and groups.names:
            rosters = tuple(groups.rosters.get(name) for name in groups.names)
            self.declared = lens(groups.names, rosters, self.by_flag.sum(axis=1))

    def judge(self, objections: Integers, thresholds: Thresholds, *, has_verified: bool) -> None:
        """Find the levels of the declared groups, and what they would be otherwise."""
        if self.declared:
            self.ladder = Ladder(self.declared, objections, thresholds)
            self.panel = Panel(self.ladder, self.by_flag, has_verified=has_verified)

    def results(self, votes: VoteTable, live: Flags, moderation: Moderation) -> Iterator[Result]:
        """Yield the result of each live statement."""
        by_declared = over(self.declared) if self.declared else None
        by_found = over(self.found) if self.found else None
        shown = self.found or self.declared
        spread = shown.spread if shown else np.zeros(len(live))
        for at in np.flatnonzero(live).tolist():
            disagree, passed, agree = self.everyone[at].tolist()
            number = int(votes.statements[at])
            yield Result(
                number,
                number in moderation.meta,
                agree,
                disagree,
                passed,
                cells(self.declared, at) if self.declared else (),
                cells(self.found, at) if self.found else (),
                by_declared.of(at, self.declared.groups) if by_declared and self.declared else None,
                by_found.of(at, self.found.groups) if by_found and self.found else None,
                self._suggestion(at, by_declared, by_found),
                float(spread[at]),
                self.panel.variants(at) if self.panel else (),
            )

    def _suggestion(self, at: int, by_declared: Over | None, by_found: Over | None) -> Suggestion | None:
        if self.ladder is None or by_declared is None:
            return None
        half = float(self.ladder.thresholds.support)
        is_split = by_found is not None and by_declared.weakest[at] > half > by_found.weakest[at]
        return suggestion(self.ladder, self.found, at, is_split=is_split)
