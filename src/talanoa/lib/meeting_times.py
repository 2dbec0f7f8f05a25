"""One instant by the clocks of many places, and the instant that a clock on a wall means. Zones are those of IANA."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

EVERYWHERE = (
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/New_York",
    "America/Sao_Paulo",
    "Africa/Lagos",
    "Europe/Zurich",
    "Africa/Nairobi",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Fiji",
)
"""Clocks that a meeting is shown by, from west to east: some in each region of the world."""


class ZoneUnknown(ValueError):
    """No zone of the IANA list is called so."""


class TimeUnclear(ValueError):
    """A clock of the zone never shows this time on that day, or shows it twice."""


@dataclass(frozen=True, slots=True)
class LocalTime:
    """What the clocks of one place show: zone, city, time on the wall (naive), how far that is from UTC (`+05:30`)."""

    zone: str
    city: str
    at: datetime
    offset: str


@cache
def zones() -> tuple[str, ...]:
    """Return the names of all zones, in order."""
    return tuple(sorted(available_timezones()))


def utc_of(local: datetime, zone: str) -> datetime:
    """Return the instant (aware, UTC) that `local` (naive) means in `zone`.

    Raises ZoneUnknown; TimeUnclear where the clocks are put forward over it, or back so that it comes twice.
    """
    if zone not in zones():
        raise ZoneUnknown(zone)
    told = {local.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1)}
    if len(told) > 1:
        raise TimeUnclear(f"{local:%Y-%m-%d %H:%M} {zone}")
    return told.pop()


def local_time(at: datetime, zone: str) -> LocalTime:
    """Return what the clocks of `zone` show at `at` (aware)."""
    local = at.astimezone(ZoneInfo(zone))
    offset = f"{local:%z}"
    city = zone.rpartition("/")[2].replace("_", " ")
    return LocalTime(zone, city, local.replace(tzinfo=None), f"{offset[:3]}:{offset[3:5]}")


def everywhere(at: datetime) -> list[LocalTime]:
    """Return what clocks all over the world show at `at` (aware), from west to east."""
    return [local_time(at, zone) for zone in EVERYWHERE]
