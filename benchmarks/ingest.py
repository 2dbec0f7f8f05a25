"""A burst of mails at the end of a call: each kept raw, numbered, put on the record and answered with its receipt.

Measured as a poll takes them, so many at a time, and one by one, as they come on a quiet day; the parser in its child.
Afterwards everything is counted: one number, one entry, one raw mail and one answer for each mail, also for those that
came twice. TALANOA_NIGHTLY=1 makes the burst 10,000.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from django.db import connection

from benchmarks.figures import Figure, at_least, at_most, pace, shown
from benchmarks.handing import written
from benchmarks.installation import OPENED, open_one
from talanoa.contributions.models import Contribution
from talanoa.mail.models import OutgoingMessage, RawMessage
from talanoa.mail.receiving import MOST_TOGETHER, Arrival, receive_all
from talanoa.record.models import Entry

GOALS = {"sqlite": 50, "postgresql": 100}
ARRIVED = OPENED + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Size:
    """How many mails come alone, how many in the burst, how many of it at a time, and every how manieth twice."""

    alone: int = 150
    burst: int = 10_000 if os.environ.get("TALANOA_NIGHTLY") else 1000
    at_once: int = MOST_TOGETHER
    twice: int = 20


TINY = Size(alone=2, burst=6, at_once=4, twice=3)


def figures(size: Size, _folder: Path) -> Iterator[Figure]:
    """Yield the rates of both ways, and what was lost or doubled."""
    open_one()
    total = size.alone + size.burst
    armfuls = [
        range(first, min(first + size.at_once, total)) for first in range(size.alone, total, size.at_once)
    ]
    alone = pace(deliver, [range(number, number + 1) for number in range(size.alone)])
    begun = perf_counter()
    burst = pace(deliver, armfuls)
    took = perf_counter() - begun
    told = f"{shown(burst.processor * len(armfuls) / size.burst)} ms of this program's processor each"
    yield at_least(
        GOALS[connection.vendor],
        f"{size.burst:,} mails, {size.at_once} at a time",
        size.burst / took,
        against=told,
    )
    yield Figure(
        f"{size.alone:,} mails one by one",
        f"{shown(alone.rate)}/s",
        against=f"{shown(alone.processor)} ms of this program's processor each",
    )
    yield at_most(5, "10,000 of them, so many at a time", 10_000 * took / size.burst / 60, " min")
    for number in range(0, total, size.twice):
        deliver(range(number, number + 1))
    yield from counted(total)


def deliver(numbers: range) -> None:
    """Take in the mails of `numbers` together."""
    mails = [Arrival(written(number), "nm") for number in numbers]
    for number, got in zip(numbers, receive_all(mails, at=ARRIVED), strict=True):
        if got.number != number + 1 or "== end ==" not in got.receipt:
            raise AssertionError(f"mail {number} got number {got.number}: {got.code}")


def counted(total: int) -> Iterator[Figure]:
    """Yield how many mails were lost, and how many doubled, in any of the tables that keep them."""
    kept: dict[str, Callable[[], int]] = {
        "numbers": lambda: Contribution.objects.filter(number__lte=total).count(),
        "entries": lambda: Entry.objects.filter(kind="input.received.1").count(),
        "raw mails": lambda: RawMessage.objects.exclude(number=None).count(),
        "answers": OutgoingMessage.objects.count,
    }
    found = {name: count() for name, count in kept.items()}
    told = ", ".join(f"{count:,} {name}" for name, count in found.items())
    yield at_most(0, f"lost of {total:,}", sum(max(0, total - count) for count in found.values()), "", told)
    yield at_most(0, "doubled", sum(max(0, count - total) for count in found.values()), "")
