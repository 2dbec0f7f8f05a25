"""What somebody published with others, as lines: `On reefs; 2025-03; Ana Lopes; 0000-0002-1825-0097`.

After the title come the time (a year, a month or a day, ISO 8601), and who wrote it too: names, addresses, ORCID iDs.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from talanoa.lib.conflicts import Work

MOST, MOST_AUTHORS = 200, 50
TITLE_LIMIT = 300


class WorkUnreadable(ValueError):
    """A line cannot be read; its text is the argument."""


def read(text: str) -> tuple[Work, ...]:
    """Return the works that lines tell, in their order.

    A work of a year or a month counts until its last day. Raises WorkUnreadable: a line without a title, a time or an
    author, or beyond the limits.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST:
        raise WorkUnreadable(lines[MOST][:100])
    return tuple(_work(line) for line in lines)


def _work(line: str) -> Work:
    title, *rest = [part.strip() for part in line.split(";")]
    day = _last_day(rest[0]) if rest else None
    by = tuple(one for one in rest[1:] if one)
    if day is None or not by or not 0 < len(title) <= TITLE_LIMIT or len(by) > MOST_AUTHORS:
        raise WorkUnreadable(line[:100])
    return Work(title, day, by)


def _last_day(time: str) -> date | None:
    """Return the last day of a year, a month or a day of the calendar; None where it is none of these."""
    parts = time.split("-")
    if not time.isascii() or not all(part.isdigit() for part in parts) or len(time) not in (4, 7, 10):
        return None
    try:
        year, month, day = [*map(int, parts), 0, 0][:3]
        month = month or (12 if len(parts) == 1 else 0)
        return date(year, month, day or (monthrange(year, month)[1] if len(parts) < len("ymd") else 0))
    except ValueError:
        return None


def with_author(works: Iterable[Work], *said: str) -> tuple[Work, ...]:
    """Return the works with whoever stated them among their authors, by all that they are called."""
    return tuple(replace(work, by=(*work.by, *(one for one in said if one))) for work in works)
