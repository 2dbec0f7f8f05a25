"""Signs that one hand cast many votes: near-identical ballots, bursts of newcomers, votes faster than reading.

They are counts and reasons to look, never deletions: people who follow the same recommendation vote alike too. Near-
identical: of all (statement, vote) pairs that two ballots have, nine in ten are in both (Jaccard), each having 20 or
more. Candidates come from MinHash bands (Broder 1997), with fixed mixing; the share itself decides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from talanoa.lib.opinion.polis_csv import Casting, Conversation
from talanoa.lib.opinion.tables import Integers, Marks, VoteTable

LEAST_VOTES, ALIKE = 20, 0.9
BANDS, WIDTH = 4, 6
"""Identical ballots are always found; of pairs just at the limit, 19 of 20."""
STEP = 8_000
"""Ballots that are read at once: few enough for the cache of a processor."""
BURST_SECONDS, BURST_TIMES, BURST_LEAST = 3600, 10, 20
FAST_VOTES, FAST_SECONDS = 30, 60
_MS = 1000


@dataclass(frozen=True, slots=True)
class Burst:
    """A stretch of time (ms since 1970, UTC) in which far more people came than usual, and who they are."""

    begins_at: int
    ends_at: int
    participants: tuple[int, ...]


def near_identical(table: VoteTable) -> Integers:
    """Return for each participant the pile they are in, named by the row of its first ballot; -1 for none."""
    pile = np.full(len(table.participants), -1, dtype=np.int64)
    long = np.flatnonzero(table.seen >= LEAST_VOTES)
    if len(long) < 2:  # noqa: PLR2004 - two can be alike
        return pile
    for signature in _signatures(table, long):
        order = np.argsort(signature, kind="stable")
        edges = np.concatenate(([0], np.flatnonzero(np.diff(signature[order])) + 1, [len(order)]))
        for at in np.flatnonzero(np.diff(edges) > 1).tolist():
            _pile_up(table, long[order[edges[at] : edges[at + 1]]], pile)
    return pile


def _signatures(table: VoteTable, rows: Integers) -> NDArray[np.uint64]:
    """Return numbers of ballots (bands x rows); two alike ones have the same in some band nearly always.

    Ballots of about one length are read together, one vote of each at a time, against all orders at once.
    """
    ranks = _ranks(len(table.statements) * 3)
    tokens = _tokens(table, ranks.dtype)
    whole = np.zeros((BANDS, len(rows)), dtype=np.uint64)
    by_size = np.argsort(-table.seen[rows], kind="stable")
    for first in range(0, len(rows), STEP):
        at = by_size[first : first + STEP]
        least = _least(tokens, table.starts[rows[at]], table.seen[rows[at]], ranks)
        for band in range(BANDS):
            mixed = np.zeros(len(at), dtype=np.uint64)
            for place in range(band * WIDTH, (band + 1) * WIDTH):
                mixed = _mixed(mixed ^ least[:, place])
            whole[band, at] = mixed
    return whole


def _tokens(table: VoteTable, kind: np.dtype[Any]) -> NDArray[Any]:
    """Return a number for each vote, the same for the same vote on the same statement."""
    tokens = np.multiply(table.columns, 3, dtype=kind, casting="unsafe")
    tokens += 1
    return np.add(tokens, table.values, out=tokens, dtype=kind, casting="unsafe")


def _least(tokens: NDArray[Any], begins: Integers, sizes: Integers, ranks: NDArray[Any]) -> NDArray[Any]:
    """Return the least rank of any vote of each ballot in each order (ballots x orders), the longest coming first."""
    least = np.full((len(sizes), ranks.shape[1]), len(ranks), dtype=ranks.dtype)
    there = np.empty_like(least)
    n_longer = np.searchsorted(-sizes, -np.arange(sizes[0]))
    for at, number in enumerate(n_longer.tolist()):
        token = tokens[begins[:number] + at]
        ranks.take(
            token, axis=0, out=there[:number], mode="clip"
        )  # without a look at each token first: half the time
        np.minimum(least[:number], there[:number], out=least[:number])
    return least


def _ranks(size: int) -> NDArray[Any]:
    """Return the place of each of `size` tokens in mixed orders (tokens x orders), in as few bytes as will do."""
    ranks = np.empty((size, BANDS * WIDTH), dtype=np.min_scalar_type(size))
    for number, rank in enumerate(ranks.T):
        mixed = _mixed(np.arange(size, dtype=np.uint64) + np.uint64(size * number + 1))
        rank[np.argsort(mixed, kind="stable")] = np.arange(size)
    return ranks


def _mixed(number: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return numbers mixed as in SplitMix64."""
    mixed = number * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    return mixed ^ (mixed >> np.uint64(31))


def _pile_up(table: VoteTable, rows: Integers, pile: Integers) -> None:
    """Put those of a bucket into the pile of its first ballot that they are alike with."""
    first = int(rows[0])
    own = _ballot(table, first)
    for row in rows[1:].tolist():
        other = _ballot(table, row)
        common = len(np.intersect1d(own, other, assume_unique=True))
        if common >= ALIKE * (len(own) + len(other) - common):
            head = pile[first] if pile[first] >= 0 else first
            pile[first] = head
            pile[row] = head


def _ballot(table: VoteTable, row: int) -> Integers:
    part = slice(table.starts[row], table.starts[row + 1])
    return table.columns[part].astype(np.int64) * 3 + table.values[part]


def bursts(first_votes: Mapping[int, int]) -> tuple[Burst, ...]:
    """Return the hours in which ten times as many (and 20 or more) first voted as in the median hour with anybody."""
    hours: dict[int, list[int]] = {}
    for participant, at in first_votes.items():
        hours.setdefault(at // (BURST_SECONDS * _MS), []).append(participant)
    if not hours:
        return ()
    most = max(BURST_LEAST, BURST_TIMES * median(len(who) for who in hours.values()))
    span = BURST_SECONDS * _MS
    return tuple(
        Burst(hour * span, (hour + 1) * span, tuple(sorted(who)))
        for hour, who in sorted(hours.items())
        if len(who) >= most
    )


def conversation_marks(conversation: Conversation) -> Marks:
    """Return who came in a burst, by the times in the files; nobody where they have none."""
    first: dict[int, int] = {}
    for one in conversation.castings:
        first[one.participant] = min(one.at, first.get(one.participant, one.at))
    return Marks(burst=frozenset(person for burst in bursts(first) for person in burst.participants))


def fast_voters(castings: Iterable[Casting]) -> tuple[int, ...]:
    """Return who cast 30 votes or more within a minute."""
    times: dict[int, list[int]] = {}
    for one in castings:
        times.setdefault(one.participant, []).append(one.at)
    found = []
    for participant, at in sorted(times.items()):
        at.sort()
        if any(
            later - earlier < FAST_SECONDS * _MS
            for earlier, later in zip(at, at[FAST_VOTES - 1 :], strict=False)
        ):
            found.append(participant)
    return tuple(found)
