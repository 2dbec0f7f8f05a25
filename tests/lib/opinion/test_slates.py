"""A slate leaves no large group without a statement, and its certificate says so exactly."""

from fractions import Fraction

import numpy as np
import pytest

from lib.opinion.rooms import INSTANCES
from talanoa.lib.opinion.slates import slate
from talanoa.lib.opinion.tables import VoteTable, vote_table


def room(agrees: np.ndarray) -> VoteTable:
    who, what = np.meshgrid(*(np.arange(size) for size in agrees.shape), indexing="ij")
    return vote_table(who.ravel(), what.ravel(), np.where(agrees, 1, -1).ravel())


def by_hand(agrees: np.ndarray, seats: int) -> list[int]:
    """Return the statements that sequential proportional approval voting chooses, in fractions."""
    chosen: list[int] = []
    for _ in range(min(seats, agrees.shape[1])):
        weight = [Fraction(1, 1 + int(row[chosen].sum())) for row in agrees]
        score = {
            at: sum((one for one, row in zip(weight, agrees, strict=True) if row[at]), Fraction())
            for at in range(agrees.shape[1])
            if at not in chosen
        }
        chosen.append(max(score, key=lambda at: (score[at], -at)))
    return chosen


def test_seats_go_as_they_go_in_fractions() -> None:
    chance = np.random.default_rng(4)
    for _ in range(min(INSTANCES, 1000) // 4):
        agrees = chance.random((chance.integers(1, 9), chance.integers(1, 7))) < 0.4
        found = slate(room(agrees), np.ones(agrees.shape[1], dtype=bool), 4)
        assert [one.statement for one in found.seats] == by_hand(agrees, 4)


@pytest.mark.parametrize("seats", [1, 3, 5])
def test_the_certificate_counts_those_who_are_left_without(seats: int) -> None:
    chance = np.random.default_rng(5)
    for _ in range(50):
        agrees = chance.random((20, 8)) < 0.2
        found = slate(room(agrees), np.ones(8, dtype=bool), seats)
        without = ~agrees[:, [one.statement for one in found.seats]].any(axis=1)
        most = max(int((agrees[:, at] & without).sum()) for at in range(8))
        assert (found.covered, found.left_out) == (20 - int(without.sum()), most)
        assert found.holds == (most * len(found.seats) < 20)


def test_a_minority_of_a_third_finds_its_statement_among_three() -> None:
    agrees = np.zeros((30, 6), dtype=bool)
    agrees[:20, :5] = True
    agrees[20:, 5] = True
    found = slate(room(agrees), np.ones(6, dtype=bool), 3)
    assert 5 in {one.statement for one in found.seats}
    assert (found.covered, found.holds) == (30, True)


def test_a_statement_that_is_out_or_that_few_have_seen_takes_no_seat() -> None:
    table = vote_table([1, 2, 3, 4, 1, 1, 2, 3], [1, 1, 1, 1, 2, 3, 3, 3], [1, 1, 1, -1, 1, 1, 1, 1])
    found = slate(table, np.array([True, True, False]), 3)
    assert [one.statement for one in found.seats] == [1]
