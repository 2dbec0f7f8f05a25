"""The page of a process with 5,000 inputs: what it asks of the database, how fast it comes at 50 requests a second.

The peer is HyperKitty's index of a list with as many threads, on the same server with as many workers: both
asked in turn, as fast as they answer. The times at 50 requests a second count from when each request was due.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.apart import NotHere
from benchmarks.figures import Figure, at_least, at_most, ratio, shown
from benchmarks.hyperkitty import hyperkitty
from benchmarks.installation import add_inputs, nothing_to_tell, open_one
from benchmarks.serving import Served, Told, free_port, serving

PAGE = "/p/nm/"


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    few: int = 50
    many: int = 5_000
    rate: float = 50
    seconds: float = 20
    rounds: int = 3
    saturated: float = 5
    with_peer: bool = True


TINY = Size(few=2, many=5, rate=5, seconds=1, rounds=1, saturated=0.5, with_peer=False)


def figures(size: Size, folder: Path) -> Iterator[Figure]:
    """Yield the figures of the page, and of the peer's where it can be had."""
    process = open_one()
    add_inputs(process, size.few)
    few = queries()
    add_inputs(process, size.many - size.few)
    many = queries()
    nothing_to_tell()
    connections.close_all()
    told = f"{few} with {size.few} inputs; counts are kept until the next act"
    yield at_most(12, f"queries with {size.many:,} inputs", many, "", told)
    with served(folder) as ours:
        yield from on_schedule(ours, size, "")
        if not size.with_peer:
            yield saturated([ours.saturate(size.saturated)])
            return
        try:
            with hyperkitty(size.many, folder) as theirs:
                yield from beside(ours, theirs, size)
        except NotHere as missing:
            yield Figure("HyperKitty", "skipped", against=str(missing))


def queries() -> int:
    """Return how many queries the page asks when nothing is counted yet."""
    with CaptureQueriesContext(connection) as asked:
        answer = Client(headers={"host": "localhost"}).get(PAGE)
    if answer.status_code != 200:  # noqa: PLR2004 - HTTP's own number
        raise AssertionError(f"{PAGE} answers {answer.status_code}")
    return len(asked)


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """Serve this installation as `talanoa serve` does."""
    port = free_port()
    words = [sys.executable, "-m", "talanoa", "serve", "--port", str(port)]
    with serving(words, f"http://127.0.0.1:{port}{PAGE}", dict(os.environ), folder) as page:
        yield page


def on_schedule(page: Served, size: Size, whose: str) -> Iterator[Figure]:
    """Yield the 95th percentile at the fixed rate, the median of the rounds."""
    runs = [page.load(rate=size.rate, seconds=size.seconds) for _round in range(size.rounds)]
    p50, p95, p99 = (median(run[name] for run in runs) for name in ("p50", "p95", "p99"))
    told = f"p50 {shown(p50)}, p99 {shown(p99)} ms; {sum(run['errors'] for run in runs):.0f} errors"
    yield at_most(150, f"{whose}p95 at {size.rate:.0f} requests/s", p95, " ms", told)


def beside(ours: Served, theirs: Served, size: Size) -> Iterator[Figure]:
    """Yield requests a second of both pages, asked in turn as fast as they answer."""
    theirs.load(seconds=size.saturated)  # fills their caches
    mine: list[Told] = []
    other: list[Told] = []
    for _round in range(size.rounds):
        mine.append(ours.saturate(size.saturated))
        other.append(theirs.saturate(size.saturated))
    yield saturated(mine)
    rates = [[run["rate"] for run in runs] for runs in (mine, other)]
    spent = [[run["processor"] for run in runs] for runs in (mine, other)]
    told = f"{median(rates[1]):,.0f}/s; {shown(median(spent[1]))} ms of processor a page"
    yield at_least(2, "requests/s, times HyperKitty's", ratio(*rates), " x", told)
    yield Figure("processor time, HyperKitty's by ours", f"{shown(ratio(spent[1], spent[0]))} x")
    run = theirs.load(rate=size.rate, seconds=size.saturated)
    late = f"p50 {shown(run['p50'])}, p99 {shown(run['p99'])} ms; {run['errors']:.0f} errors"
    yield Figure(f"HyperKitty's p95 at {size.rate:.0f} requests/s", f"{shown(run['p95'])} ms", against=late)


def saturated(runs: list[Told]) -> Figure:
    """Say what the page reaches at saturation."""
    spent = f"{shown(median(run['processor'] for run in runs))} ms of processor a page"
    errors = f"{sum(run['errors'] for run in runs):.0f} errors"
    reached = median(run["rate"] for run in runs)
    return Figure("requests/s at saturation", f"{shown(reached)}/s", against=f"{spent}; {errors}")
