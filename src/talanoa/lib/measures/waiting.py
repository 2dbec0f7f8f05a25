"""How long one waits for an answer where some never get one: the curve of Kaplan and Meier.

S(t) is the share that still waits after t: the product over all times up to t of (1 - answered / waiting). Who had no
answer when the data ends left the curve at that time, unanswered and not counted as never answered (Kaplan and Meier
1958, JASA 53). Without it the quick answers alone would tell the median.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Waited:
    """After so many hours, `answered` got their answer, and the data ends for `cut_off` others."""

    hours: int
    answered: int
    cut_off: int


def waited_for(rows: Iterable[Waited], share: float) -> int | None:
    """Return after how many hours `share` (0 to 1) have an answer, or None where the data does not reach that far."""
    rows = sorted(rows, key=lambda row: row.hours)
    waiting, still = sum(row.answered + row.cut_off for row in rows), 1.0
    for row in rows:
        if waiting:
            still *= 1 - row.answered / waiting
        if still <= 1 - share + 1e-12:
            return row.hours
        waiting -= row.answered + row.cut_off
    return None
