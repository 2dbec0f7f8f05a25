"""What a charter declares in lines: who shall be in the room; for the place, its funders and its seats.

A line holds its parts with semicolons between them: `government; 10-30; 3` (a group or region, the range of its share
in percent, the fewest of it who must speak), `civil_society; Consumer organizations` (a part of a group),
`Example Fund; 20000 CHF; 2026-01-01; 2026-12-31`, and `civil_society; 2; chosen by its networks`.
"""

from dataclasses import dataclass
from datetime import date

MOST_SEATS = 99
MOST_SPEAKERS = 9999
WHOLE = 100
SUBGROUP_LIMIT = 80


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


@dataclass(frozen=True, slots=True)
class Subgroup:
    """A part of a stakeholder group that a process tells apart, such as consumer organizations."""

    group: str
    name: str


def subgroup(line: str) -> Subgroup:
    """Read `group; name of the part`. Raises ValueError."""
    group, _semicolon, name = (part.strip() for part in line.partition(";"))
    if not group or not name or ";" in name or len(name) > SUBGROUP_LIMIT:
        raise ValueError(line)
    return Subgroup(group, name)


@dataclass(frozen=True, slots=True)
class Target:
    """Who shall be heard: a group or region, its share of the speakers in percent, and the fewest of it who speak.

    A range of 0 to 100 asks for nothing, and so does a floor of 0.
    """

    code: str
    low: int = 0
    high: int = WHOLE
    floor: int = 0


def target(line: str) -> Target:
    """Read `group or region; from-to in percent; floor`, of which the last two may be empty. Raises ValueError."""
    code, share, floor = ([part.strip() for part in line.split(";")] + ["", ""])[:3]
    low, dash, high = share.replace("%", "").replace("\u2013", "-").partition("-")
    if not code or line.count(";") > 2 or (share and not dash):  # noqa: PLR2004 - three parts
        raise ValueError(line)
    made = Target(code, _whole(low, 0, WHOLE), _whole(high, WHOLE, WHOLE), _whole(floor, 0, MOST_SPEAKERS))
    if made.low > made.high or made == Target(code):
        raise ValueError(line)
    return made


def _whole(value: str, empty: int, most: int) -> int:
    """Read a whole number from 0 to `most`; `empty` where nothing stands. Raises ValueError."""
    text = value.strip()
    if not text:
        return empty
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(most)) and int(text) <= most):
        raise ValueError(value)
    return int(text)


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
