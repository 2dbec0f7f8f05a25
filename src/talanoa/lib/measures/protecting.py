"""Small cells: a row behind which fewer than five persons stand is not shown.

Where one row alone is hidden within a total, the total minus the others would tell it: the next smallest one goes with
it (complementary suppression; Hundepool et al. 2012, “Statistical Disclosure Control”).
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby

from talanoa.lib.measures.definitions import LEAST_CELL, Measure, Row


def shown_rows(measure: Measure, rows: Iterable[Row]) -> tuple[tuple[Row, ...], int]:
    """Return the rows that may be shown, in their order, and how many were hidden."""
    rows = tuple(rows)
    if not measure.persons:
        return rows, 0
    at = list(measure.columns).index(measure.persons)
    found: set[int] = set()
    for _margin, places in groupby(range(len(rows)), key=_margin_of(measure, rows)):
        found |= hidden({place: _count(rows[place][at]) for place in places})
    return tuple(row for place, row in enumerate(rows) if place not in found), len(found)


def _margin_of(measure: Measure, rows: tuple[Row, ...]) -> Callable[[int], object]:
    """Return what tells of a row to which total it belongs."""
    return lambda place: rows[place][: measure.n_keys - 1]


def hidden(counts: Mapping[int, int]) -> set[int]:
    """Return the places that are not shown, of persons counted by place: the small ones, and what would tell of one."""
    small = {place for place, n in counts.items() if 0 < n < LEAST_CELL}
    others = [place for place, n in counts.items() if place not in small and n > 0]
    if small and others and sum(counts[place] for place in small) < LEAST_CELL:
        small.add(min(others, key=lambda place: (counts[place], place)))
    return small


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0
