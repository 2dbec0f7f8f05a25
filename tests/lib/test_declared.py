"""Lines of the place's charter: funders have amount and dates, seats their group."""

from datetime import date

import pytest

from talanoa.lib.declared import Funder, Seat, Target, funder, seat, target


def test_a_funder_may_have_no_end() -> None:
    assert funder("Lagoon Fund; 20000 CHF; 2026-01-01") == Funder(
        "Lagoon Fund", "20000 CHF", date(2026, 1, 1), None
    )
    assert funder("صندوق; ٢٠٠ د.م.; 2026-01-01; 2026-01-01").ends == date(2026, 1, 1)


@pytest.mark.parametrize(
    "line", ["", "a;b", "Fund; much; 2026-01-01", "; 1 CHF; 2026-01-01", "F; 1; 1 May; ", "a;1;;"]
)
def test_a_funder_without_name_amount_or_first_day_is_none(line: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - its words are for nobody
        funder(line)


def test_a_seat_says_who_fills_it() -> None:
    assert seat("academia; 2; a draw") == Seat("academia", 2, "a draw")


@pytest.mark.parametrize(
    "line", ["academia; 2", "academia; two; a draw", "academia; ²; a draw", "; 2; a draw", "a; 100; b"]
)
def test_a_seat_without_group_number_or_who_fills_it_is_none(line: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - its words are for nobody
        seat(line)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("government; 10-30; 3", Target("government", 10, 30, 3)),
        ("africa; ; 5", Target("africa", floor=5)),
        ("academia; 20 \u2013 40 %", Target("academia", 20, 40)),
        ("academia; -40", Target("academia", 0, 40)),
    ],
)
def test_a_target_is_a_range_a_floor_or_both(line: str, expected: Target) -> None:
    assert target(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "",
        "government",
        "government; ;",
        "; 10-30; 3",
        "a; 30-10",
        "a; 10-101",
        "a; 10",
        "a; 1-2; -3",
        "a; 1-2; 3; 4",
        "a; 1-2; \u0663",
        "a; ; 10000",
    ],
)
def test_a_target_that_asks_for_nothing_or_the_impossible_is_none(line: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - its words are for nobody
        target(line)
