"""A burst of mails at the end of a call: each kept raw, numbered, put on the record and answered with its receipt.

Measured with the parser in its child process, as mail is received, and without the child, which tells what it
costs. Afterwards everything is counted: one number, one entry, one raw mail and one answer for each mail, also
for those that came twice. TALANOA_NIGHTLY=1 makes the burst 10,000.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from django.db import connection

from benchmarks.figures import Figure, Pace, at_least, at_most, pace, shown
from benchmarks.handing import written
from benchmarks.installation import OPENED, open_one
from talanoa.contributions.models import Contribution
from talanoa.lib.rfc5322 import parse
from talanoa.mail.models import OutgoingMessage, RawMessage
from talanoa.mail.receiving import receive
from talanoa.record.models import Entry

GOALS = {"sqlite": 50, "postgresql": 100}
ARRIVED = OPENED + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Size:
    """How many mails go which way, and every how manieth comes twice."""

    burst: int = 10_000 if os.environ.get("TALANOA_NIGHTLY") else 1000
    with_child: int = 150
    twice: int = 20


TINY = Size(burst=6, with_child=2, twice=3)


def figures(size: Size, _folder: Path) -> Iterator[Figure]:
    """Yield the rates of both ways, and what was lost or doubled."""
    open_one()
    goal = GOALS[connection.vendor]
    total = size.with_child + size.burst
    child = pace(deliver, range(size.with_child))
    yield at_least(goal, f"{size.with_child:,} mails, parser in a child", child.rate, against=told(child))
    with patch("talanoa.mail.receiving.parse_bounded", parse):
        burst = pace(deliver, range(size.with_child, total))
        yield at_least(goal, f"{size.burst:,} mails, parser in the program", burst.rate, against=told(burst))
        for number in range(0, total, size.twice):
            deliver(number)
    yield at_most(5, "10,000 of them, parser in a child", 10_000 / child.rate / 60, " min")
    yield from counted(total)


def told(one: Pace) -> str:
    """Say what a mail costs this program, without its child."""
    return f"{shown(one.processor)} ms of this program's processor each"


def deliver(number: int) -> None:
    """Take in one mail."""
    got = receive(written(number), to="nm", at=ARRIVED)
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
