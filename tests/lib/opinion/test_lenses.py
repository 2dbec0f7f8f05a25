"""The numbers over all groups, as by hand."""

from math import isclose

import numpy as np

from talanoa.lib.opinion.lenses import cells, lens, over

ROOM = np.array([[[1, 1, 6]], [[0, 0, 2]], [[0, 0, 0]]])
NAMES = ("Government", "Academia", "Civil society")


def test_the_weakest_group_is_named_and_the_means_are_of_groups_not_of_heads() -> None:
    seen_by = lens(NAMES, (None, 2, None), ROOM)
    found = over(seen_by).of(0, NAMES)
    support = (7 / 10, 3 / 4, 1 / 2)
    assert (found.weakest, found.weakest_group) == (0.0, "Civil society")
    assert found.second == seen_by.low[0, 0]
    assert isclose(found.bridging, (support[0] * support[1] * support[2]) ** (1 / 3))
    assert isclose(found.equal_weight, sum(support) / 3)
    assert isclose(found.equality, found.bridging / found.equal_weight)


def test_bridging_can_be_compared_whatever_the_number_of_groups() -> None:
    found = [
        over(lens(tuple("abcde"[:number]), (None,) * number, np.array([[[2, 0, 8]]] * number))).bridging[0]
        for number in (2, 5)
    ]
    assert isclose(found[0], found[1])
    assert isclose(found[0], 9 / 12)


def test_a_cell_has_the_counts_of_its_group_and_its_roster() -> None:
    government, academia, society = cells(lens(NAMES, (None, 2, None), ROOM), 0)
    assert (government.agree, government.disagree, government.passed, government.seen) == (6, 1, 1, 8)
    assert (academia.roster, academia.low, academia.high, academia.opposition_high) == (2, 1.0, 1.0, 0.0)
    assert (society.seen, society.support, society.low, society.high) == (0, 0.5, 0.0, 1.0)
