"""The interval of a share, held against published figures."""

import pytest

from talanoa.lib.intervals import wilson


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    # Newcombe 1998, table I: the score method without continuity correction.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_it_agrees_with_newcombe(part: int, whole: int, low: float, high: float) -> None:
    found = wilson(part, whole)
    assert (round(found[0], 4), round(found[1], 4)) == (low, high)


def test_all_and_nothing_stay_between_none_and_all() -> None:
    assert wilson(7, 7)[1] == 1.0
    assert wilson(0, 7)[0] == pytest.approx(0.0, abs=1e-12)
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(("part", "whole"), [(-1, 4), (5, 4)])
def test_what_is_no_part_is_refused(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="no part of"):
        wilson(part, whole)
