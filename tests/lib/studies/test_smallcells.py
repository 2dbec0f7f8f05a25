"""Nobody is told of by a group and a region that fewer than five share."""

from hypothesis import given
from hypothesis import strategies as st

from talanoa.lib.measures.definitions import LEAST_CELL
from talanoa.lib.studies.smallcells import WITHHELD, Cell, recoded

CELLS = st.dictionaries(
    st.tuples(
        st.sampled_from(("academia", "government", "unknown")), st.sampled_from(("africa", "asia", "unknown"))
    ),
    st.sets(st.integers(0, 40).map(str), min_size=1, max_size=12),
    max_size=9,
)
VAGUE = (WITHHELD, WITHHELD)


def people(n: int, first: int = 0) -> set[str]:
    return {f"p{number}" for number in range(first, first + n)}


@given(CELLS, CELLS)
def test_what_is_told_five_share_in_every_table(
    one: dict[Cell, set[str]], other: dict[Cell, set[str]]
) -> None:
    shown = recoded(one, other)
    assert shown.keys() == one.keys() | other.keys()
    for table in (one, other):
        for cell, who in table.items():
            assert shown[cell][1] == WITHHELD or len(who) >= LEAST_CELL
            group = set().union(*(names for old, names in table.items() if old[0] == cell[0]))
            assert shown[cell][0] == WITHHELD or len(group) >= LEAST_CELL


def test_large_cells_stay_as_they_are() -> None:
    behind = {("academia", "africa"): people(5), ("academia", "asia"): people(6, 10)}
    assert recoded(behind) == {cell: cell for cell in behind}


def test_of_a_small_region_the_group_is_told() -> None:
    behind = {("academia", "africa"): people(2), ("academia", "asia"): people(6, 10)}
    assert recoded(behind)["academia", "africa"] == ("academia", WITHHELD)
    assert recoded(behind)["academia", "asia"] == ("academia", "asia")


def test_of_a_small_group_nothing_is_told() -> None:
    assert recoded({("academia", "africa"): people(2), ("academia", "asia"): people(2, 10)}) == {
        ("academia", "africa"): VAGUE,
        ("academia", "asia"): VAGUE,
    }


def test_a_group_that_is_small_in_one_table_is_told_in_none() -> None:
    cell = ("academia", "africa")
    assert recoded({cell: people(9)}, {cell: people(4)}) == {cell: VAGUE}
