"""The clock of the skins. Nothing below them reads it: time comes in as `at=`.

A demonstration has its own time: a file says by how many seconds it differs from the world's.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

_shift: list[Path] = []


def now() -> datetime:
    """Return the present instant, aware, in UTC; in a demonstration, the demonstration's."""
    present = datetime.now(UTC)  # noqa: TID251 - this is the one clock
    return present + timedelta(seconds=_shift_seconds()) if _shift else present


def running_from(at: datetime) -> Callable[[], datetime]:
    """Return a clock that shows `at` now and goes on from there, whatever happens to the machine's own."""
    began = time.monotonic()
    return lambda: at + timedelta(seconds=time.monotonic() - began)


def follow(path: Path) -> None:
    """Read the demonstration's shift from `path` from now on."""
    _shift[:] = [path]


def set_to(at: datetime) -> None:
    """Set the demonstration's clock to `at`. Raises RuntimeError on a real installation."""
    if not _shift:
        raise RuntimeError("Only a demonstration's clock can be set.")
    seconds = _shift_seconds() + (at - now()).total_seconds()
    _shift[0].write_text(f"{seconds:.0f}", encoding="ascii")


def _shift_seconds() -> float:
    try:
        return float(_shift[0].read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return 0.0
