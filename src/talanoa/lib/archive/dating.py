"""The moment of a Date field, the usual form of it fast; all others as `talanoa.lib.rfc5322.dates` reads them."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from talanoa.lib.rfc5322.dates import moment_of

_MONTHS = {
    name: number
    for number, name in enumerate(
        (b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec"), 1
    )
}
_USUAL = re.compile(
    rb"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )? ?(\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
    rb"\d{4}) (\d\d):(\d\d):([0-5]\d) ([+-])(\d\d)([0-5]\d)(?: \([A-Za-z ]*\))?"
)
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_LARGEST_OFFSET = 14 * 3600
_DAY = timedelta(days=2)
_HOURS, _MINUTES = 24, 60
_NUMBER = {b"%02d" % number: number for number in range(100)}
"""Two digits are looked up in a third of the time that `int` takes for them."""


def moment(value: bytes, notes: list[str]) -> datetime | None:
    """Return the moment as aware UTC; None, with a note, where there is none, or one before 1970."""
    found = _USUAL.fullmatch(value)
    if found:
        day, hour, minute, second, sign, hours, minutes = found.groups()
        midnight, offset = _midnight(day), _NUMBER[hours] * 3600 + _NUMBER[minutes] * 60
        h, m = _NUMBER[hour], _NUMBER[minute]
        if midnight and offset <= _LARGEST_OFFSET and h < _HOURS and m < _MINUTES:
            since = h * 3600 + m * 60 + _NUMBER[second]
            told = midnight + timedelta(seconds=since + offset if sign == b"-" else since - offset)
            if told >= _EARLIEST:
                return told
    return moment_of(value.decode("latin-1"), notes)


@lru_cache(maxsize=1024)
def _midnight(day: bytes) -> datetime | None:
    """Return when a day such as `3 Mar 2014` begins; None where there is no such day, or it ends all time."""
    number, month, year = day.split(b" ")
    try:
        return datetime(int(year), _MONTHS[month], int(number), tzinfo=UTC) + _DAY - _DAY
    except (ValueError, OverflowError):
        return None
