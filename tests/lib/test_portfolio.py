"""What is awarded is added up so that nobody is told by a sum of few."""

from talanoa.lib.portfolio import WITHHELD, Awarded, Total, totals


def awarded(group: str, people: range, currency: str = "EUR") -> list[Awarded]:
    return [Awarded(person, group, "africa", currency, 1000, 100) for person in people]


def test_groups_of_five_persons_and_more_are_told_by_currency() -> None:
    rows = [
        *awarded("academia", range(5)),
        *awarded("government", range(10, 17)),
        *awarded("academia", range(5), "KES"),
    ]
    assert totals(rows, lambda row: row.group) == (
        Total("EUR", "government", 7, 7000, 700),
        Total("EUR", "academia", 5, 5000, 500),
        Total("KES", "academia", 5, 5000, 500),
    )


def test_a_small_group_is_withheld_with_the_next_smallest_one() -> None:
    rows = [
        *awarded("academia", range(5)),
        *awarded("government", range(10, 17)),
        *awarded("other", range(20, 24)),
    ]
    assert totals(rows, lambda row: row.group) == (
        Total("EUR", "government", 7, 7000, 700),
        Total("EUR", WITHHELD, 9, 9000, 900),
    )


def test_awards_of_one_person_count_as_one_person() -> None:
    rows = awarded("academia", range(4)) + awarded("academia", range(4))
    assert totals(rows, lambda row: row.group) == (Total("EUR", WITHHELD, 8, 8000, 800),)


def test_nothing_is_told_of_no_award() -> None:
    assert totals([], lambda row: row.region) == ()
