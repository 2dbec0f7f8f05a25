"""The moment in a Date field (RFC 5322, section 3.3), however it is written.

Notes: `date_missing`, `date_unreadable`, `date_zone_unreadable` (then read as UTC).
"""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz

_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_LARGEST_OFFSET = 14 * 3600
_ZERO_ZONE = re.compile(r"[+-]0000\b|\b(?:UTC?|GMT|Z)\b", re.IGNORECASE)


def moment_of(value: str, notes: list[str]) -> datetime | None:
    """Return the moment as aware UTC; None where there is no date or one before 1970."""
    if not value:
        notes.append("date_missing")
        return None
    try:
        moment = _moment(value, notes)
    except (ValueError, TypeError, IndexError, OverflowError):
        moment = None
    if moment is None or moment < _EARLIEST:
        notes.append("date_unreadable")
        return None
    return moment


def _moment(value: str, notes: list[str]) -> datetime | None:
    parsed = parsedate_tz(value)
    if parsed is None:
        return None
    year, month, day, hour, minute, second = parsed[:6]
    # A leap second has no place in datetime; -0000 and an unknown zone both come as 0 or None.
    local = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    offset = parsed[9] or 0
    if abs(offset) > _LARGEST_OFFSET or (offset == 0 and not _ZERO_ZONE.search(value)):
        notes.append("date_zone_unreadable")
        offset = 0
    return local - timedelta(seconds=offset)
