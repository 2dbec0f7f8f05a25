"""What is made of the counts: shares with their intervals, and what stays unknown."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from talanoa.lib.intervals import wilson
from talanoa.lib.measures.definitions import Found, Row
from talanoa.lib.measures.inequality import Histogram, entropy, gini, hhi, jackknife, top_share
from talanoa.lib.measures.waiting import Waited, waited_for

UNKNOWN = "unknown"
DIGITS = 6
"""Shares and indices are told to so many digits; what floating point does behind them differs between machines."""
Finish = Callable[[Sequence[Row]], Found]


def counts(rows: Sequence[Row], at: int) -> int:
    """Return the sum of a column of counts."""
    return sum(int(row[at] or 0) for row in rows)


def share(part: int, whole: int) -> tuple[float | None, float | None, float | None]:
    """Return the share with its 95 % interval (Wilson), or three times None where there is no whole."""
    if not whole:
        return None, None, None
    low, high = wilson(part, whole)
    return round(part / whole, DIGITS), round(low, DIGITS), round(high, DIGITS)


def shares_of_whole(rows: Sequence[Row]) -> Found:
    """Finish (name, persons, acts): the share of the acts, and of the persons with its interval."""
    persons, acts = counts(rows, 1), counts(rows, 2)
    made = tuple(
        (name, n, *share(int(n or 0), persons), done, share(int(done or 0), acts)[0])
        for name, n, done in rows
    )
    unknown = sum(int(done or 0) for name, _n, done in rows if name == UNKNOWN)
    return Found(made, acts, unknown)


def shares_of_years(rows: Sequence[Row]) -> Found:
    """Finish (year, group, persons, acts): the share of the persons of the year, with its interval."""
    whole: dict[Any, int] = defaultdict(int)
    for year, _group, persons, _acts in rows:
        whole[year] += int(persons or 0)
    made = tuple((*row, *share(int(row[2] or 0), whole[row[0]])) for row in rows)
    unknown = sum(int(row[3] or 0) for row in rows if row[1] == UNKNOWN)
    return Found(made, counts(rows, 3), unknown)


def shares_of_answers(rows: Sequence[Row]) -> Found:
    """Finish (answering group, asking group, persons, replies): the share of all replies of the answering group."""
    whole: dict[Any, int] = defaultdict(int)
    for answering, _asking, _persons, replies in rows:
        whole[answering] += int(replies or 0)
    made = tuple((*row, *share(int(row[3] or 0), whole[row[0]])) for row in rows)
    unknown = sum(int(row[3] or 0) for row in rows if UNKNOWN in row[:2])
    return Found(made, counts(rows, 3), unknown)


def unequal(histogram: Histogram) -> tuple[Row, ...]:
    """Return each index with its interval, and how many there are that have anything."""
    n = sum(histogram.values())
    if not n:
        return ()
    kinds = (("gini", gini), ("hhi", hhi), ("entropy", entropy), ("share_of_top_tenth", top_share))
    made: list[Row] = []
    for name, index in kinds:
        value, low, high = jackknife(index, histogram)
        most = 1.0 if name != "entropy" else high
        made.append(
            (name, n, round(value, DIGITS), round(max(0.0, low), DIGITS), round(min(most, high), DIGITS))
        )
    return tuple(made)


def unequal_persons(rows: Sequence[Row]) -> Found:
    """Finish (acts, persons with so many)."""
    histogram = {int(value or 0): int(n or 0) for value, n in rows}
    return Found(unequal(histogram), sum(value * n for value, n in histogram.items()))


def unequal_organizations(rows: Sequence[Row]) -> Found:
    """Finish (acts, organizations with so many, whether they are known)."""
    histogram = {int(value or 0): int(n or 0) for value, n, is_known in rows if is_known}
    unknown = sum(int(value or 0) for value, _n, is_known in rows if not is_known)
    known = sum(value * n for value, n in histogram.items())
    return Found(unequal(histogram), known + unknown, unknown)


def waits(rows: Sequence[Row]) -> Found:
    """Finish (group, hours, answered, cut off, persons): after how long a quarter, half and three quarters have one."""
    groups: dict[str, list[Waited]] = defaultdict(list)
    persons: dict[str, int] = {}
    for group, hours, answered, cut_off, n in rows:
        groups[str(group)].append(Waited(int(hours or 0), int(answered or 0), int(cut_off or 0)))
        persons[str(group)] = int(n or 0)
    made = tuple(
        (
            group,
            persons[group],
            sum(row.answered + row.cut_off for row in waited),
            sum(row.cut_off for row in waited),
            *(waited_for(waited, part) for part in (0.25, 0.5, 0.75)),
        )
        for group, waited in sorted(groups.items())
    )
    of = counts(rows, 2) + counts(rows, 3)
    unknown = sum(row.answered + row.cut_off for row in groups.get(UNKNOWN, []))
    return Found(made, of, unknown)


def parts(part: int, whole: int, *, of: int, group: int | None = None) -> Finish:
    """Return what adds the share of column `part` in column `whole` to each row; `of` is the column that is summed.

    Where `group` is a column, what stands at "unknown" there is the unknown share.
    """

    def finish(rows: Sequence[Row]) -> Found:
        made = tuple((*row, *share(int(row[part] or 0), int(row[whole] or 0))) for row in rows)
        unknown = None if group is None else sum(int(row[of] or 0) for row in rows if row[group] == UNKNOWN)
        return Found(made, counts(rows, of), unknown)

    return finish


def traced(rows: Sequence[Row]) -> Found:
    """Finish (process, persons, inputs, answered, changing, decided): the share of each step in all inputs."""
    made = tuple(
        (
            *row,
            *(share(int(row[at] or 0), int(row[2] or 0))[0] for at in (3, 4, 5)),
        )  # one share for each step
        for row in rows
    )
    return Found(made, counts(rows, 2))


def as_counted(rows: Sequence[Row]) -> Found:
    """Leave rows as they are."""
    return Found(tuple(rows), len(rows))


def shares_of_all(rows: Sequence[Row]) -> Found:
    """Finish (name, number): the share of all, with its interval."""
    whole = counts(rows, 1)
    return Found(tuple((*row, *share(int(row[1] or 0), whole)) for row in rows), whole)
