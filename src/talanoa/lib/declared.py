"""What the charter of the place declares in lines: funders with amounts and dates, seats for each stakeholder group.

A line holds its parts with semicolons between them: `Example Fund; 20000 CHF; 2026-01-01; 2026-12-31`, and
`civil_society; 2; chosen by its networks`.
"""

from dataclasses import dataclass
from datetime import date

MOST_SEATS = 99


@dataclass(frozen=True, slots=True)
class Funder:
    """Who gives how much, from which day to which; `ends` is None where no end is set."""

    name: str
    amount: str
    begins: date
    ends: date | None


@dataclass(frozen=True, slots=True)
class Seat:
    """How many seats a stakeholder group has where the place is advised, and who fills them."""

    group: str
    seats: int
    filled_by: str


def funder(line: str) -> Funder:
    """Read `name; amount; first day; last day`, the last day may be empty. Raises ValueError."""
    name, amount, begins, ends = _parts(line, 4)
    if not name or not any(sign.isdecimal() for sign in amount):
        raise ValueError(line)
    first, last = date.fromisoformat(begins), date.fromisoformat(ends) if ends else None
    if last is not None and last < first:
        raise ValueError(line)
    return Funder(name, amount, first, last)


def seat(line: str) -> Seat:
    """Read `group; number of seats; who fills them`. Raises ValueError."""
    group, seats, filled_by = _parts(line, 3)
    if not (group and filled_by and seats.isascii() and seats.isdecimal() and int(seats) <= MOST_SEATS):
        raise ValueError(line)
    return Seat(group, int(seats), filled_by)


def _parts(line: str, count: int) -> list[str]:
    parts = [part.strip() for part in line.split(";")]
    if len(parts) == count - 1:
        parts.append("")
    if len(parts) != count:
        raise ValueError(line)
    return parts
