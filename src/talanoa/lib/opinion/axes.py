"""Principal axes of the votes, exactly and without filling in a single missing vote.

Polis fills a missing vote with the mean of its statement and then takes the mean away: what remains is v - mu on the
votes that there are, and 0 elsewhere, which is a sparse table as it stands (Small et al. 2021, RECERCA 26(2); source of
the recipe: compdemocracy/polis, math/src/polismath/math/conversation.clj and pca.clj). Moderated-out statements are 0
and have no part in it. Axes come from Lanczos iteration on that table (ARPACK) with a fixed start, or from the
covariance C = A - B diag(mu) - diag(mu) B' + diag(mu) N diag(mu) where the sums A = V'V, B = V'M, N = M'M are kept.

A participant stands at sqrt(S / n) * sum over what they saw of (v - mu) * axis, n being what they saw; moderated-out
statements count neither in S nor in n, so that moderation pulls nobody to the middle (with `as_polis` they count in
both, which is what Polis does).
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.linalg import eigh
from scipy.sparse.linalg import ArpackError, LinearOperator, eigsh

from talanoa.lib.opinion.tables import Flags, Floats, Integers, VoteTable

N_VALUES = 3
DENSE_BELOW = 48
"""Statements below which all eigenvalues are computed at once."""
STEPS = 16
"""Lanczos vectors that are kept."""
STEP = 4_000_000
"""Votes that are read at once, so that what is held beside the table stays small."""


@dataclass(frozen=True, slots=True, eq=False)
class Axes:
    """Means per statement, two axes (2 x S) of length 1, the three largest eigenvalues of the scatter."""

    mean: Floats
    axes: Floats
    eigenvalues: tuple[float, ...]


def means(counts: Integers, live: Flags) -> Floats:
    """Return the mean vote on each statement from its totals, passes as 0; 0 where nobody voted or it is out."""
    seen = counts.sum(axis=1)
    return np.where(live & (seen > 0), (counts[:, 2] - counts[:, 0]) / np.maximum(seen, 1), 0.0)


def centered(table: VoteTable, mean: Floats, live: Flags) -> sparse.csr_array:
    """Return v - mu on the votes there are."""
    data = np.empty(table.n_votes)
    for first in range(0, table.n_votes, STEP):
        part = slice(first, first + STEP)
        np.subtract(table.values[part], mean[table.columns[part]], out=data[part])
    if not live.all():
        data *= live[table.columns]
    return sparse.csr_array(
        (data, table.columns, table.starts.astype(np.int32)),
        shape=(len(table.participants), len(table.statements)),
    )


def axes_of(rows: sparse.csr_array, mean: Floats) -> Axes:
    """Return the axes of a centered table."""
    size = rows.shape[1]
    across = rows.T
    if size < DENSE_BELOW:
        return _whole((across @ rows).toarray(), mean)
    operator = LinearOperator((size, size), matvec=lambda v: across @ (rows @ v), dtype=np.float64)
    return _iterated(operator, mean) or _whole((across @ rows).toarray(), mean)


def leading(scatter: Floats, mean: Floats) -> Axes:
    """Return the axes of a scatter matrix (S x S)."""
    return (len(scatter) >= DENSE_BELOW and _iterated(scatter, mean)) or _whole(scatter, mean)


def _whole(scatter: Floats, mean: Floats) -> Axes:
    """Return the axes by all eigenvalues at once."""
    size = len(scatter)
    found, vectors = eigh(scatter) if size else (np.zeros(0), np.zeros((0, 0)))
    order = np.argsort(-found, kind="stable")[:N_VALUES]
    values = np.concatenate((found[order], np.zeros(N_VALUES)))[:N_VALUES]
    two = np.zeros((2, size))
    two[: min(2, size)] = vectors[:, order[:2]].T
    return Axes(mean, signed(two), tuple(float(max(0.0, value)) for value in values))


def _iterated(scatter: Floats | LinearOperator, mean: Floats) -> Axes | None:
    """Return the axes by Lanczos iteration, or None where the votes have too few directions for it.

    Start and restarts are fixed; the start has no symmetry that an opinion could have. The third eigenvalue only says
    how far the axes are from the rest. It lies close to the fourth, so it is sought apart, beside the two axes and to
    fewer digits: together they would take five times as many steps.
    """
    size = len(mean)
    start = np.sqrt(np.arange(1, size + 1) % 97 + 1.0)
    fixed = {"which": "LA", "v0": start, "ncv": STEPS, "rng": 0}
    try:
        found, vectors = eigsh(scatter, k=2, tol=1e-10, **fixed)
        order = np.argsort(-found, kind="stable")
        two = vectors[:, order]

        def beside(vector: Floats) -> Floats:
            rest = scatter @ (vector - two @ (two.T @ vector))
            return np.asarray(rest - two @ (two.T @ rest))

        operator = LinearOperator((size, size), matvec=beside, dtype=np.float64)
        third = eigsh(operator, k=1, tol=1e-4, return_eigenvectors=False, **fixed)
    except ArpackError:
        return None
    values = tuple(float(max(0.0, value)) for value in (*found[order], third[0]))
    return Axes(mean, signed(two.T), values)


def signed(axes: Floats) -> Floats:
    """Return the axes, each turned so that its largest entry is positive; the first of nearly equal ones decides."""
    turned = axes.copy()
    for row, axis in enumerate(axes if axes.size else []):
        size = np.abs(axis)
        at = int(np.flatnonzero(size >= size.max() - 1e-6)[0])
        turned[row] *= -1.0 if axis[at] < 0 else 1.0
    return turned


def positions(rows: sparse.csr_array, seen: Floats, found: Axes, n_statements: int) -> Floats:
    """Return where each participant stands (P x 2), given how many statements they saw of how many."""
    scale = np.sqrt(n_statements / np.maximum(seen, 1.0))
    return np.column_stack([(rows @ axis) * scale for axis in found.axes])


def statement_positions(found: Axes, n_statements: int) -> Floats:
    """Return where somebody would stand who agrees with one statement and has seen no other (S x 2)."""
    return np.asarray((np.sqrt(n_statements) * (1.0 - found.mean) * found.axes).T)
