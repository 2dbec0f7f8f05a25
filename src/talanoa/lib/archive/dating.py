"""The moment of a Date field, the usual form of it fast; all others as `talanoa.lib.rfc5322.dates` reads them."""

import re
from datetime import UTC, datetime, timedelta

from talanoa.lib.rfc5322.dates import moment_of

_MONTHS = {
    name: number
    for number, name in enumerate(
        (b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec"), 1
    )
}
_USUAL = re.compile(
    rb"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )? ?(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
    rb"(\d{4}) (\d\d):(\d\d):([0-5]\d) ([+-])(\d\d)([0-5]\d)(?: \([A-Za-z ]*\))?"
)
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_LARGEST_OFFSET = 14 * 3600


def moment(value: bytes, notes: list[str]) -> datetime | None:
    """Return the moment as aware UTC; None, with a note, where there is none, or one before 1970."""
    found = _USUAL.fullmatch(value)
    if found:
        day, month, year, hour, minute, second, sign, hours, minutes = found.groups()
        offset = (int(hours) * 60 + int(minutes)) * 60
        try:
            local = datetime(
                int(year), _MONTHS[month], int(day), int(hour), int(minute), int(second), tzinfo=UTC
            )
            told = local + timedelta(seconds=offset if sign == b"-" else -offset)
        except (ValueError, OverflowError):
            offset = _LARGEST_OFFSET + 1
        if offset <= _LARGEST_OFFSET and told >= _EARLIEST:
            return told
    return moment_of(value.decode("latin-1"), notes)
