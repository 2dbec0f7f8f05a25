"""How many agree, pass and disagree: one pass over all votes, for every group of people at once."""

from itertools import pairwise

import numpy as np

from talanoa.lib.opinion.tables import Integers, VoteTable

STEP = 2_000_000
"""Votes that are read at once."""


def counted(table: VoteTable, labels: Integers, n_labels: int) -> Integers:
    """Return counts (labels x statements x 3: disagree, pass, agree); `labels` run from 0."""
    size = len(table.statements)
    total = np.zeros(n_labels * size * 3, dtype=np.int64)
    base = labels * (size * 3) + 1
    for first, last in spans(table):
        part = slice(table.starts[first], table.starts[last])
        key = np.repeat(base[first:last], table.seen[first:last])
        key += table.columns[part] * np.int64(3)
        key += table.values[part]
        total += np.bincount(key, minlength=len(total))
    return total.reshape(n_labels, size, 3)


def totals(table: VoteTable) -> Integers:
    """Return counts over everybody (statements x 3: disagree, pass, agree)."""
    size = len(table.statements) * 3
    total = np.zeros(size, dtype=np.int64)
    for first in range(0, table.n_votes, STEP):
        part = slice(first, first + STEP)
        key = table.columns[part] * np.int64(3)
        key += table.values[part]
        key += 1
        total += np.bincount(key, minlength=size)
    return total.reshape(-1, 3)


def spans(table: VoteTable, step: int = STEP) -> list[tuple[int, int]]:
    """Return spans of participants with about `step` votes each."""
    edges = np.searchsorted(table.starts, np.arange(0, table.n_votes, step))
    rows = sorted({0, *edges.tolist(), len(table.participants)})
    return list(pairwise(rows))
