"""Ties to organizations, as people write them in lines."""

from datetime import date

import pytest

from talanoa.lib.ties import Tie, holds, read, tie


def test_a_line_names_the_tie_the_organization_the_times_and_what_shows_it() -> None:
    line = "Speaks for: Access Providers of Tonga; 2024-01; 2026; https://minutes.example/7; page 2"
    made = Tie("mandate", "Access Providers of Tonga", "2024-01", "2026", "https://minutes.example/7; page 2")
    assert tie(line) == made
    assert tie(made.as_line()) == made


def test_all_but_the_organization_may_be_left_out() -> None:
    assert tie("employer: Garissa University") == Tie("employer", "Garissa University")


def test_lines_that_name_no_tie_are_words() -> None:
    ties, words = read(["Funded by: Example Fund; 2025", "", "My sister works there: too.", "No shares."])
    assert (ties, words) == (
        (Tie("funder", "Example Fund", "2025"),),
        "My sister works there: too.\nNo shares.",
    )


@pytest.mark.parametrize(
    "line",
    [
        "employer:",
        "employer: X; last year",
        "employer: X; 2019-13",
        "employer: X; 2023-02-30",
        "employer: X; 0000",
        "employer: X; 2020; 2019",
        "employer: X; 2020-05; 2020-04-30",
        "employer: X; ٢٠١٩",
        "employer: " + "x" * 201,
        "mandate: X; 2020; ; " + "x" * 501,
    ],
)
def test_a_line_that_cannot_be_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"(?s).*"):
        tie(line)


@pytest.mark.parametrize(
    ("since", "until", "day", "expected"),
    [
        ("2019", "2021", date(2021, 12, 31), True),
        ("2019", "2021", date(2022, 1, 1), False),
        ("2019-03", "", date(2019, 3, 1), True),
        ("2019-03", "", date(2019, 2, 28), False),
        ("", "2020-05-04", date(2020, 5, 4), True),
        ("", "2020-05-04", date(2020, 5, 5), False),
        ("", "", date(1, 1, 1), True),
    ],
)
def test_a_tie_holds_from_its_first_to_its_last_day(
    since: str, until: str, day: date, expected: bool
) -> None:
    assert holds(since, until, day) is expected
