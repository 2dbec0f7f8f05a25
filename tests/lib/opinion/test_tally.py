"""Sums kept vote by vote are those of all votes at once, to the last integer, in any order and with votes changed."""

import numpy as np
import pytest

from lib.opinion.rooms import two_camps
from talanoa.lib.opinion import Tally, VotesUnfit
from talanoa.lib.opinion.axes import axes_of, centered, means, positions
from talanoa.lib.opinion.counts import totals
from talanoa.lib.opinion.tally import tallied

SUMS = ("votes_votes", "votes_seen", "seen_seen")


@pytest.mark.parametrize("seed", range(4))
def test_votes_one_by_one_in_any_order_give_the_sums_of_the_table(seed: int) -> None:
    table = two_camps()
    chance = np.random.default_rng(seed)
    made = Tally(tuple(table.statements.tolist()))
    rows, order = table.rows(), chance.permutation(table.n_votes)
    for at in order.tolist():  # some vote otherwise first
        if chance.random() < 0.3:
            made.cast(int(table.participants[rows[at]]), int(table.statements[table.columns[at]]), 0)
    for at in order.tolist():
        made.cast(
            int(table.participants[rows[at]]), int(table.statements[table.columns[at]]), int(table.values[at])
        )
    whole = tallied(table)
    assert all((getattr(made, name) == getattr(whole, name)).all() for name in SUMS)


@pytest.mark.parametrize("statements", [12, 60])
def test_the_map_after_a_vote_is_the_map_of_the_table(statements: int) -> None:
    table = two_camps(120, statements)
    live = np.ones(statements, dtype=bool)
    mean = means(totals(table), live)
    rows = centered(table, mean, live)
    found = axes_of(rows, mean)
    made = tallied(table)
    after = made.axes()
    assert np.abs(np.abs((after.axes * found.axes).sum(axis=1)) - 1).max() < 1e-9
    assert np.allclose(after.eigenvalues, found.eigenvalues, rtol=1e-6)
    where = positions(rows, table.seen.astype(float), found, statements)
    assert np.allclose(made.place(int(table.participants[5]), after), where[5], atol=1e-8)
    assert made.place(10_000, after) == (0.0, 0.0)


def test_coordinates_are_those_of_all_eigenvalues_at_once() -> None:
    table = two_camps(120, 60)
    live = np.ones(60, dtype=bool)
    mean = means(totals(table), live)
    rows = centered(table, mean, live)
    vectors = np.linalg.eigh((rows.T @ rows).toarray())[1][:, [-1, -2]]
    cosines = np.abs((axes_of(rows, mean).axes * vectors.T).sum(axis=1))
    assert np.abs(cosines - 1).max() < 1e-12


@pytest.mark.parametrize(("statement", "value"), [(99, 1), (1, 2)])
def test_a_vote_on_nothing_or_of_no_kind_is_refused(statement: int, value: int) -> None:
    with pytest.raises(VotesUnfit):
        Tally((1, 2)).cast(1, statement, value)
