"""People state what they published with others, one work in a line."""

from datetime import date

import pytest

from talanoa.lib.works import MOST, WorkUnreadable, read, with_author


@pytest.mark.parametrize(
    ("time", "last"),
    [("2024", date(2024, 12, 31)), ("2024-02", date(2024, 2, 29)), ("2024-02-07", date(2024, 2, 7))],
)
def test_a_work_counts_until_the_last_day_of_its_time(time: str, last: date) -> None:
    [work] = read(f"On reefs; {time}; Ana Lopes; 0000-0002-1825-0097\n\n")
    assert (work.title, work.day, work.by) == ("On reefs", last, ("Ana Lopes", "0000-0002-1825-0097"))


@pytest.mark.parametrize(
    "line",
    [
        "On reefs",
        "On reefs; 2024",
        "On reefs; ; Ana",
        "On reefs; 24; Ana",
        "On reefs; 2024-13; Ana",
        "On reefs; 2024-00; Ana",
        "On reefs; 2023-02-29; Ana",
        "On reefs; 2024-1-22; Ana",
        "On reefs; 20２4; Ana",
        "; 2024; Ana",
        f"{'x' * 301}; 2024; Ana",
        "On reefs; 2024; " + "; ".join(f"A{n}" for n in range(51)),
    ],
)
def test_a_line_without_title_time_or_author_is_refused(line: str) -> None:
    with pytest.raises(WorkUnreadable):
        read(line)


def test_a_list_has_its_end() -> None:
    with pytest.raises(WorkUnreadable):
        read("On reefs; 2024; Ana\n" * (MOST + 1))


def test_who_states_a_work_is_one_of_its_authors() -> None:
    [work] = with_author(read("On reefs; 2024; Ana"), "Kofi Mensah", "", "kofi@volta.example")
    assert work.by == ("Ana", "Kofi Mensah", "kofi@volta.example")
