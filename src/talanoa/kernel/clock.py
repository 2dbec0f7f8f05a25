"""The clock of the skins. Nothing below them reads it: time comes in as `at=`."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - this is the one clock
