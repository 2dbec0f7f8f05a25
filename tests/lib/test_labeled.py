"""Words under labels are read as people write them."""

from datetime import date

import pytest

from talanoa.lib.labeled import LineUnreadable, amount_in, day_in, labeled

KNOWN = {"title", "budget people"}


def test_a_label_begins_what_stands_under_it_until_the_next_one() -> None:
    text = "Hello,\nTitle: Who stays?\nAnd why: nobody knows.\n\nBudget people： 9,000"
    assert list(labeled(text, KNOWN.__contains__)) == [
        ("title", "Who stays?\nAnd why: nobody knows.\n"),
        ("budget people", "9,000"),
    ]


def test_an_amount_is_whole_units_in_groups_or_not() -> None:
    assert [amount_in(said) for said in ("9000", " 9 000", "9,000")] == [9000] * 3


@pytest.mark.parametrize("said", ["much", "9.5", "-1", "", "1234567890", "٣"])
def test_what_is_no_amount_is_told(said: str) -> None:
    with pytest.raises(LineUnreadable):
        amount_in(said)


def test_a_day_is_written_year_first() -> None:
    assert day_in(" 2027-06-01") == date(2027, 6, 1)
    with pytest.raises(LineUnreadable):
        day_in("1 June")
