"""Bars with intervals, as SVG that stands in a page: each is told in words too, and the table stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, LABEL, BAR, GAP = 420, 160, 14, 8
LONGEST = 25
"""Letters of a label that fit before its bar."""
MOST = 30
"""Bars in one figure; what the table has beyond these stands in the table alone."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A share of 0 to 1 with its interval, and what it is of."""

    label: str
    share: float
    low: float
    high: float


def bars(title: str, rows: Sequence[Bar]) -> str:
    """Return the figure, or nothing where there is no bar."""
    rows = rows[:MOST]
    if not rows:
        return ""
    height = len(rows) * (BAR + GAP) + GAP
    drawn = "".join(_bar(row, GAP + place * (BAR + GAP)) for place, row in enumerate(rows))
    told = "; ".join(f"{row.label} {row.share:.0%}" for row in rows)
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{escape(title)}</title><desc>{escape(told)}</desc>{drawn}</svg>"
    )


def _bar(row: Bar, top: int) -> str:
    room = WIDTH - LABEL - 44
    middle = top + BAR / 2
    start, part = LABEL, row.share * room
    low, high = LABEL + row.low * room, LABEL + row.high * room
    return (
        f'<text x="{LABEL - 8}" y="{top + BAR - 3}" text-anchor="end">{escape(_short(row.label))}</text>'
        f'<rect x="{start}" y="{top}" width="{part:.1f}" height="{BAR}"/>'
        f'<line x1="{low:.1f}" y1="{middle}" x2="{high:.1f}" y2="{middle}"/>'
        f'<text x="{max(high, LABEL + part) + 6:.1f}" y="{top + BAR - 3}">{row.share:.0%}</text>'
    )


def _short(label: str) -> str:
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"
