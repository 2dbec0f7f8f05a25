"""Opinion groups on the map, the same ones every time: k-means from fixed starts, the number chosen by silhouette.

Up to `EXACT` points each counts by itself. Above, points are gathered in the cells of a grid, which count as often as
they have points: time then depends on the cells, not on the room. Silhouette: Rousseeuw (1987), J. Comp. Appl. Math.
20; k-means: Lloyd (1982), IEEE Trans. Inf. Theory 28. Ties go to the smaller number, the earlier start, the
lower label.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.spatial.distance import cdist

from talanoa.lib.opinion.tables import Floats, Integers, Small

Labels = Integers | Small
EXACT, GRID, MOST = 2500, 48, 5
ROUNDS = 100
WEIGHED = 2
"""Of the places where k-means settles, the two with the least spread are weighed by their silhouette."""
FEW = 5
"""Starts that are enough where the number of groups is known already."""
TAIL = 0.5
"""Per cent of points on each side of an axis that the grid gathers at its edge: a few far ones must not coarsen it."""
CACHED = 128
"""Spots whose distances to all are held at once: few enough for the cache of a processor."""


@dataclass(frozen=True, slots=True, eq=False)
class Clustering:
    """A label for each point, labels by falling size, the centers, and the silhouette (0 for one group)."""

    labels: Integers
    centers: Floats
    silhouette: float


def clustered(points: Floats, most: int = MOST) -> Clustering:
    """Return the clustering of points (n x 2) with the best silhouette for 2 up to `most` groups."""
    return _best(points, range(2, most + 1))


def clustered_in(points: Floats, n_groups: int) -> Clustering:
    """Return the clustering in so many groups."""
    return _best(points, (n_groups,))


def gathered(points: Floats) -> tuple[Floats, Floats]:
    """Return the middle and the number of points of each cell of the grid that has any."""
    low, high = np.percentile(points, (TAIL, 100 - TAIL), axis=0)
    width = np.where(high > low, high - low, 1.0)
    at = np.clip((points - low) / width * GRID, 0, GRID - 1).astype(np.int64)
    cell = at[:, 0] * GRID + at[:, 1]
    weight = np.bincount(cell, minlength=GRID * GRID).astype(np.float64)
    middle = np.column_stack([np.bincount(cell, axis, GRID * GRID) for axis in points.T])
    used = weight > 0
    return middle[used] / weight[used, None], weight[used]


def _best(points: Floats, numbers: range | tuple[int, ...]) -> Clustering:
    spots, weight = (points, np.ones(len(points))) if len(points) <= EXACT else gathered(points)
    distinct = len(np.unique(spots, axis=0))
    is_open = len(numbers) > 1
    places = [
        centers
        for number in numbers
        if number <= distinct
        for centers in _settled(spots, weight, number, None if is_open else FEW)[:WEIGHED]
    ]
    ways = [_nearest(_across(spots), one) for one in places]
    scores = silhouettes(spots, weight, ways) if is_open and ways else [0.0] * len(ways)
    chosen: tuple[float, Floats] | None = None
    for score, centers in zip(scores, places, strict=True):
        if chosen is None or score > chosen[0] + 1e-9:
            chosen = (score, centers)
    if chosen is None:
        return Clustering(np.zeros(len(points), dtype=np.int64), points[:1], 0.0)
    return _by_size(points, *chosen)


def _by_size(points: Floats, score: float, centers: Floats) -> Clustering:
    """Label the largest group 0; of groups of one size the one further left, then lower, comes first."""
    labels = _nearest(_across(points), centers)
    counts = np.bincount(labels, minlength=len(centers))
    order = np.lexsort((centers[:, 1], centers[:, 0], -counts))
    rank = np.argsort(order)
    return Clustering(rank[labels], centers[order], score)


def _across(points: Floats) -> Floats:
    """Return the points as columns above a row of ones, so that one product holds them against all centers."""
    return np.vstack((points.T, np.ones(len(points))))


def _nearest(across: Floats, centers: Floats) -> Small:
    """Return the label of the nearest center of each point, for each of several sets of centers if so given.

    What is compared is |c|^2 - 2 p c: the term |p|^2 is common to all. For few centers six times as fast as argmin.
    """
    held = np.concatenate((-2 * centers, (centers**2).sum(axis=-1, keepdims=True)), axis=-1)
    least = held[..., 0, :] @ across
    nearest = np.zeros(least.shape, dtype=np.int8)
    for label in range(1, centers.shape[-2]):
        one = held[..., label, :] @ across
        closer = (one < least).view(np.int8)
        np.maximum(nearest, closer * np.int8(label), out=nearest)
        np.minimum(least, one, out=least)
    return nearest


def _settled(spots: Floats, weight: Floats, number: int, n_starts: int | None) -> list[Floats]:
    """Return where the starts settle, each place once, the least spread first."""
    centers = _lloyd(spots, weight, np.array(_starts(spots, weight, number)[:n_starts]))
    settled: list[tuple[float, Floats]] = []
    for place, labels in zip(centers, _nearest(_across(spots), centers), strict=True):
        spread = float(weight @ ((spots - place[labels]) ** 2).sum(axis=1))
        if all(abs(spread - other) > 1e-9 * other for other, _place in settled):
            settled.append((spread, place))
    settled.sort(key=lambda one: one[0])
    return [place for _spread, place in settled]


def _starts(spots: Floats, weight: Floats, number: int) -> list[Floats]:
    """Return starting centers: slices of equal weight along three directions, and far points from nine beginnings."""
    middle = weight @ spots / weight.sum()
    x, y = (spots - middle).T
    scale = max(float(np.abs(x).max()), 1e-12) / max(float(np.abs(y).max()), 1e-12)
    ends = [int(np.argmax(key)) for key in (x, -x, y, -y, x + scale * y, x - scale * y, -x - scale * y)]
    beginnings = dict.fromkeys([int(np.argmax(x**2 + y**2)), int(np.argmin(x**2 + y**2)), *ends])
    return [
        *(_slices(spots, weight, key, number) for key in (x, y, np.arctan2(scale * y, x))),
        *(_far(spots, begin, number) for begin in beginnings),
    ]


def _slices(spots: Floats, weight: Floats, key: Floats, number: int) -> Floats:
    """Return the means of `number` slices of equal weight along `key`."""
    order = np.argsort(key, kind="stable")
    before = np.cumsum(weight[order]) - weight[order] / 2
    part = np.empty(len(spots), dtype=np.int64)
    part[order] = np.minimum((before / weight.sum() * number).astype(np.int64), number - 1)
    kept = spots[order[:: max(1, len(order) // number)]][:number]
    (means,) = _means(_weighted(spots, weight, 1), part[None], kept[None])
    return np.asarray(means)


def _far(spots: Floats, begin: int, number: int) -> Floats:
    """Return a spot, then always the one furthest from all chosen."""
    chosen = [begin]
    away = np.full(len(spots), np.inf)
    while len(chosen) < number:
        away = np.minimum(away, ((spots - spots[chosen[-1]]) ** 2).sum(axis=1))
        chosen.append(int(np.argmax(away)))
    return spots[chosen]


def _lloyd(spots: Floats, weight: Floats, starts: Floats) -> Floats:
    """Return where k-means settles from each of the starts (starts x groups x 2), all going on side by side."""
    weighted = _weighted(spots, weight, len(starts))
    across = _across(spots)
    settled, going, labels = starts.copy(), np.arange(len(starts)), _nearest(across, starts)
    for _ in range(ROUNDS):
        settled[going] = _means(weighted, labels, settled[going])
        again = _nearest(across, settled[going])
        has_moved = (again != labels).any(axis=1)
        going, labels = going[has_moved], again[has_moved]
        if not len(going):
            break
    return settled


def _weighted(spots: Floats, weight: Floats, times: int) -> tuple[Floats, ...]:
    """Return the weights, and both coordinates times them, so many times over."""
    return tuple(np.tile(one, times) for one in (weight, *(weight * axis for axis in spots.T)))


def _means(weighted: tuple[Floats, ...], labels: Labels, kept: Floats) -> Floats:
    """Return the mean of each label's spots, for each row of labels; a label without any keeps its center."""
    n_rows, number, _axes = kept.shape
    key = (labels + number * np.arange(n_rows)[:, None]).ravel()
    total, *sums = (np.bincount(key, one[: len(key)], n_rows * number) for one in weighted)
    means = np.column_stack(sums) / np.maximum(total, 1e-300)[:, None]
    return np.where(total[:, None] > 0, means, kept.reshape(-1, 2)).reshape(kept.shape)


def silhouettes(spots: Floats, weight: Floats, ways: Sequence[Labels]) -> list[float]:
    """Return the mean silhouette of weighted spots for each way to label them; who is alone in a group counts 0."""
    members = [_member(labels, weight) for labels in ways]
    every = np.hstack(members)
    rows = (spots[first : first + CACHED] for first in range(0, len(spots), CACHED))
    sums = np.concatenate([cdist(some, spots) @ every for some in rows])
    edges = np.cumsum([member.shape[1] for member in members])[:-1]
    return [
        _silhouette(of_group, member.sum(axis=0), weight, labels)
        for of_group, member, labels in zip(np.split(sums, edges, axis=1), members, ways, strict=True)
    ]


def _member(labels: Labels, weight: Floats) -> Floats:
    """Return the weight of each spot in the column of its group, 0 in the others."""
    member = np.zeros((len(weight), int(labels.max()) + 1))
    member[np.arange(len(weight)), labels] = weight
    return member


def _silhouette(sums: Floats, total: Floats, weight: Floats, labels: Labels) -> float:
    """Return the mean silhouette, given each spot's distances to each group in sum, and the weight of each group."""
    at = np.arange(len(weight))
    own = total[labels]
    inside = sums[at, labels] / np.maximum(own - 1, 1e-300)
    with np.errstate(divide="ignore", invalid="ignore"):
        others = np.where(total > 0, sums / total, np.inf)
    others[at, labels] = np.inf
    outside = others.min(axis=1)
    larger = np.maximum(inside, outside)
    with np.errstate(invalid="ignore"):
        each = np.where((own > 1) & (larger > 0) & np.isfinite(outside), (outside - inside) / larger, 0.0)
    return float(weight @ each / weight.sum())
