"""Numbers in short form: written, read back, and never more than can be held."""

import pytest

from talanoa.lib.processkeys import MOST_NUMBERS, numbers_in, ranges


@pytest.mark.parametrize("numbers", [[], [7], [1, 2, 3, 9], [2, 501, 502]])
def test_what_is_written_in_short_form_is_read_back(numbers: list[int]) -> None:
    assert numbers_in(ranges(numbers)) == numbers


@pytest.mark.parametrize("typed", ["", "-", "a-b", "3-", "-3", "٣", "9" * 5000, "1-2-3", "9-1"])
def test_what_was_not_written_so_names_nothing(typed: str) -> None:
    assert numbers_in(typed) == []


def test_a_range_without_end_is_cut() -> None:
    assert numbers_in("1-9999999,5") == list(range(1, MOST_NUMBERS + 1))
