"""The map of a room: where everybody stands, which opinion groups are found, and whether either can be relied on.

A map is refused ("no stable map") where the eigenvalues are too close to tell the axes apart, where the groups are not
apart (silhouette), or where two halves of the room, drawn by the public seed, find different groups (Rand index: the
share of pairs of people on whom both agree whether they belong together; Rand 1971, JASA 66).
"""

import hashlib

import numpy as np

from talanoa.lib.opinion.axes import Axes, axes_of, centered, means, positions
from talanoa.lib.opinion.clusters import Clustering, clustered, clustered_in
from talanoa.lib.opinion.counts import totals
from talanoa.lib.opinion.results import OpinionMap, Reason
from talanoa.lib.opinion.tables import NONE_OUT, Flags, Floats, Integers, Moderation, VoteTable

LEAST_VOTES, LEAST_PEOPLE = 7, 15
GAP, SILHOUETTE, STABILITY = 0.01, 0.3, 0.75
HALF = 20_000
"""People of a half at most: the halves need not grow with the room."""
SPLITS, SMALL_ROOM = 4, 1000
"""A small room is halved four times, since the luck of one draw tells there."""


def live_statements(table: VoteTable, moderation: Moderation) -> Flags:
    """Return which statements are not moderated out."""
    out = np.fromiter(sorted(moderation.out), dtype=np.int64)
    live: Flags = ~np.isin(table.statements, out)
    return live


def opinion_map(
    table: VoteTable, moderation: Moderation = NONE_OUT, *, seed: str = "", as_polis: bool = False
) -> OpinionMap:
    """Return the map. With `as_polis`, moderated-out statements count as seen by everybody, as in Polis."""
    live = live_statements(table, moderation)
    counts = totals(table)
    mean = means(counts, live)
    rows = centered(table, mean, live)
    seen = _seen(table, live)
    found = axes_of(rows, mean)
    n_live, n_out = _with_votes(counts, live)
    where = (
        positions(rows, seen + n_out, found, n_live + n_out)
        if as_polis
        else positions(rows, seen, found, n_live)
    )
    placed = (table.seen if as_polis else seen) >= min(LEAST_VOTES, max(n_live, 1))
    grouped = clustered(where[placed])
    labels = np.full(len(seen), -1, dtype=np.int64)
    labels[placed] = grouped.labels
    number = len(grouped.centers)
    del rows
    stability = _stability(table, live, placed, number, seed) if int(placed.sum()) >= LEAST_PEOPLE else 0.0
    doubts = _doubts(found, grouped, int(placed.sum()), stability)
    return OpinionMap(
        mean,
        found.axes,
        found.eigenvalues,
        where,
        placed,
        labels,
        number,
        grouped.silhouette,
        stability,
        doubts,
    )


def _seen(table: VoteTable, live: Flags) -> Floats:
    """Return how many live statements each participant has seen."""
    if live.all():
        return table.seen.astype(np.float64)
    before = np.concatenate(([0], np.cumsum(live[table.columns])))
    return np.diff(before[table.starts]).astype(np.float64)


def _with_votes(counts: Integers, live: Flags) -> tuple[int, int]:
    """Return how many statements have votes, live ones and those moderated out."""
    has_votes = counts.sum(axis=1) > 0
    return int((has_votes & live).sum()), int((has_votes & ~live).sum())


def _doubts(found: Axes, grouped: Clustering, n_placed: int, stability: float) -> tuple[Reason, ...]:
    """Return why there is no stable map."""
    first, second, third = found.eigenvalues
    doubts = []
    if n_placed < LEAST_PEOPLE:
        doubts.append(
            Reason("too_few", f"{n_placed} people voted on enough statements; a map needs {LEAST_PEOPLE}.")
        )
    if first <= 0 or (first - second) / first < GAP or (second - third) / first < GAP:
        doubts.append(Reason("axes_tied", "The directions in which opinions differ cannot be told apart."))
    if grouped.silhouette < SILHOUETTE:
        doubts.append(Reason("groups_blurred", "Opinions do not fall into groups that stand apart."))
    if n_placed >= LEAST_PEOPLE and stability < STABILITY:
        share = f"{100 * stability:.0f}"
        doubts.append(
            Reason(
                "groups_unstable",
                f"Two halves of the room agree on {share} of 100 pairs only; 75 are needed.",
            )
        )
    return tuple(doubts)


def _stability(table: VoteTable, live: Flags, placed: Flags, number: int, seed: str) -> float:
    """Return the mean Rand index of the groups that two halves of the room find, over both halves."""
    if number < 2:  # noqa: PLR2004 - one group is no grouping
        return 0.0
    times = SPLITS if int(placed.sum()) <= SMALL_ROOM else 1
    orders = (drawn(table.participants, f"{seed}|{time}") for time in range(times))
    return sum(_agreement(table, live, order[placed[order]], number) for order in orders) / times


def _agreement(table: VoteTable, live: Flags, order: Integers, number: int) -> float:
    """Return the Rand index of two halves, the participants being in the order that was drawn."""
    half = min(len(order) // 2, HALF)
    flags = np.zeros(len(table.participants), dtype=bool)
    flags[order[: 2 * half]] = True
    both = table.only(flags)
    first = np.zeros(len(table.participants), dtype=bool)
    first[order[:half]] = True
    is_first = first[flags]
    one, other = (_labels(both, both.only(part), live, number) for part in (is_first, ~is_first))
    return rand_index(one, other)


def _labels(table: VoteTable, half: VoteTable, live: Flags, number: int) -> Integers:
    """Return the groups that a half finds, for everybody in `table`."""
    mean = means(totals(half), live)
    found = axes_of(centered(half, mean, live), mean)
    where = positions(centered(table, mean, live), _seen(table, live), found, int(live.sum()))
    return clustered_in(where, number).labels


def drawn(participants: Integers, seed: str) -> Integers:
    """Return the order of participants that a public seed draws: by a mixed number of seed and participant.

    The mixing is SplitMix64 (Steele, Lea, Flood 2014), the key the first 64 bits of SHA-256 of the seed.
    """
    key = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big")
    mixed = participants.astype(np.uint64) + np.uint64(key)
    mixed *= np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    order: Integers = np.lexsort((participants, mixed))
    return order


def rand_index(one: Integers, other: Integers) -> float:
    """Return the share of pairs that both put together or both put apart; 1 where there is no pair."""
    number = len(one)
    if number < 2:  # noqa: PLR2004 - a pair
        return 1.0
    table = np.zeros((int(one.max()) + 1, int(other.max()) + 1), dtype=np.int64)
    np.add.at(table, (one, other), 1)
    same = sum(int(n) ** 2 for n in table.flat)
    alone = [sum(int(n) ** 2 for n in table.sum(axis=axis)) for axis in (0, 1)]
    return (number**2 + 2 * same - sum(alone) - number) / (number**2 - number)
