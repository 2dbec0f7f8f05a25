"""A long text is cut into sheets that a slow line can carry."""

from hypothesis import given
from hypothesis import strategies as st

from talanoa.lib.sheets import sheet_of, sheets


def test_a_sheet_ends_before_it_is_too_large_or_holds_too_many() -> None:
    assert sheets([4, 4, 4, 1, 1, 1, 1], most=8, most_blocks=3) == (range(2), range(2, 5), range(5, 7))


def test_a_block_that_is_too_large_stands_by_itself() -> None:
    assert sheets([1, 99, 1], most=8, most_blocks=3) == (range(1), range(1, 2), range(2, 3))


def test_a_text_without_blocks_is_one_empty_sheet() -> None:
    assert sheets([], most=8, most_blocks=3) == (range(0),)


@given(st.lists(st.integers(0, 30), max_size=40))
def test_every_block_stands_on_one_sheet_in_its_order(sizes: list[int]) -> None:
    cut = sheets(sizes, most=20, most_blocks=5)
    assert [n for one in cut for n in one] == list(range(len(sizes)))
    assert [sheet_of(n, cut) for n in range(len(sizes))] == sorted(
        sheet_of(n, cut) for n in range(len(sizes))
    )


def test_what_stands_on_no_sheet_is_looked_for_on_the_first() -> None:
    assert sheet_of(99, sheets([1, 1], most=1, most_blocks=5)) == 1
