"""What surely supports, held against published figures and against counting all ways."""

from fractions import Fraction
from math import comb

import numpy as np
import pytest

from talanoa.lib.opinion.bounds import bounds, least_agree, least_seen

HALF = Fraction(1, 2)


def low(part: int, seen: int, roster: int | None = None) -> float:
    return float(bounds(np.array([part]), np.array([seen]), roster)[0][0])


@pytest.mark.parametrize(("people", "said"), [(1, 0.378), (2, 0.549), (3, 0.646), (5, 0.753), (10, 0.859)])
def test_unanimous_groups_without_a_roster_support_as_the_study_says(people: int, said: float) -> None:
    assert round(low(people, people), 3) == said


def test_a_roster_that_was_heard_as_a_whole_is_certain() -> None:
    assert bounds(np.array([3, 0, 7]), np.array([7, 7, 7]), 7)[0].tolist() == [3 / 7, 0, 1]
    assert bounds(np.array([3, 0, 7]), np.array([7, 7, 7]), 7)[1].tolist() == [3 / 7, 0, 1]
    assert low(2, 3, 2) == 2 / 3  # more were heard than the roster has: it counts as complete


@pytest.mark.parametrize(("agree", "seen", "roster"), [(1, 2, 5), (3, 4, 9), (2, 6, 30), (9, 10, 60)])
def test_the_bound_of_a_roster_is_the_quantile_of_exact_counting(agree: int, seen: int, roster: int) -> None:
    unheard, a, b = roster - seen, agree + 1, seen - agree + 1
    ways = [comb(k + a - 1, k) * comb(unheard - k + b - 1, unheard - k) for k in range(unheard + 1)]
    least = next(k for k in range(unheard + 1) if 10 * sum(ways[: k + 1]) >= sum(ways))
    assert low(agree, seen, roster) == pytest.approx((agree + least) / roster, abs=1e-15)


def test_nobody_and_nobody_who_agrees_support_nothing() -> None:
    assert low(0, 0) == low(0, 5) == low(0, 0, 9) == low(0, 5, 9) == 0.0


@pytest.mark.parametrize("roster", [None, 40])
def test_as_many_must_agree_as_lift_the_bound_over_the_threshold(roster: int | None) -> None:
    for seen in range(1, 40):
        least = int(least_agree(np.array([seen]), roster, HALF)[0])
        assert [agree for agree in range(seen + 1) if low(agree, seen, roster) > 0.5] == list(
            range(least, seen + 1)
        )
    assert least_seen(roster, HALF) == next(n for n in range(1, 40) if low(n, n, roster) > 0.5)
