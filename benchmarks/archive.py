"""A mailing list's file to a table for studies, beside the standard library and perceval on the same file.

Each round runs every reader once in a process of its own, so that a noisy machine slows all of them; a ratio is the
median of the rounds' ratios. Each makes the same Parquet table: names, moments and words decoded, people as pseudonyms.
"""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

from benchmarks.apart import NotHere, interpreter, run
from benchmarks.figures import Figure, at_least, at_most, shown
from benchmarks.mailboxes import mailbox_file
from benchmarks.serving import ROOT

PERCEVAL = "1.6.1"
GOAL, GOAL_MB = 10_000, 300
TABLE = [f"{name}=={version(name)}" for name in ("duckdb", "numpy")]
Told = dict[str, float]


@dataclass(frozen=True, slots=True)
class Size:
    """How many rounds, and how many messages to make (0: the real ones, where they are)."""

    rounds: int = 5
    made: int = 0
    with_perceval: bool = True


TINY = Size(rounds=1, made=40, with_perceval=False)


def figures(size: Size, folder: Path) -> Iterator[Figure]:
    """Yield our pace, its share of fallback, the memory, and the ratios."""
    path = mailbox_file(folder, size.made)
    ways = {"ours": sys.executable, "standard": sys.executable}
    if size.with_perceval:
        try:
            ways["perceval_mbox"] = interpreter(f"perceval-{PERCEVAL}", [f"perceval=={PERCEVAL}", *TABLE])
        except NotHere as missing:
            yield Figure("perceval", "not here", against=str(missing))
    rounds = [
        {way: reading(way, python, path, folder) for way, python in ways.items()} for _ in range(size.rounds)
    ]
    ours = [each["ours"] for each in rounds]
    pace = median(pace_of(told) for told in ours)
    processor = median(told["messages"] / told["processor"] for told in ours)
    told = f"{ours[0]['messages']:,.0f} messages; {shown(processor)}/s of processor time"
    yield at_least(GOAL, "from mbox to Parquet, messages", pace, against=told)
    yield at_most(GOAL_MB, "memory at the most", max(told["memory"] for told in ours), " MB")
    share = 100 * ours[0]["fallback"] / ours[0]["messages"]
    yield Figure("read by the standard library (fallback)", f"{shown(share)} %")
    for way, goal, name in (
        ("standard", 2.5, "mailbox and email"),
        ("perceval_mbox", 10, f"perceval {PERCEVAL}"),
    ):
        if way in ways:
            yield compared([(each["ours"], each[way]) for each in rounds], goal, name)


def compared(pairs: list[tuple[Told, Told]], goal: float, name: str) -> Figure:
    """Return the line of our ratio to a peer."""
    ratio = median(pace_of(ours) / pace_of(theirs) for ours, theirs in pairs)
    processor = median(theirs["processor"] / ours["processor"] for ours, theirs in pairs)
    theirs = [pair[1] for pair in pairs]
    pace = median(pace_of(told) for told in theirs)
    told = (
        f"{shown(pace)}/s, {theirs[0]['messages']:,.0f} messages, {shown(max(t['memory'] for t in theirs))} MB; "
        f"by processor time {shown(processor)} times"
    )
    return at_least(goal, f"times faster than {name}", ratio, "", told)


def pace_of(told: Told) -> float:
    """Return messages per second."""
    return told["messages"] / told["seconds"]


def reading(way: str, python: str, path: Path, folder: Path) -> Told:
    """Return what one reader tells of itself."""
    given = os.pathsep.join([str(ROOT / "benchmarks" / "peers"), str(ROOT / "src")])
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": given}
    told: Told = json.loads(run([python, "-m", f"mailboxes.{way}", str(path), str(folder)], environment))
    return told
