"""A mailing list's file to pages, threaded and searchable, beside HyperKitty's own import of the same messages.

Both get the same messages, the first with identifiers of their own only, which all are kept; all of them would take
HyperKitty minutes. It makes no search index meanwhile (its is a program apart and is off); we do. Its database is one
of SQLite, so we are held beside it where ours is too.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import perf_counter, process_time

from django.db import connection

from benchmarks.apart import NotHere, run
from benchmarks.figures import Figure, at_least, at_most, shown
from benchmarks.hyperkitty import VERSION, installed
from benchmarks.installation import OPENED, open_one
from benchmarks.mailboxes import mailbox_file
from benchmarks.serving import ROOT
from talanoa.archives.actions.importing import About, counts_of
from talanoa.archives.importing import import_files
from talanoa.lib.archive.reading import read
from talanoa.lib.archive.sources import Reading, Source
from talanoa.people.actions import appoint_convenor, know_person
from talanoa.people.models import Person

GOAL, TIMES = 1500, 35


@dataclass(frozen=True, slots=True)
class Size:
    """How many messages to make (0: the real ones, where they are), and how many both get beside HyperKitty."""

    made: int = 0
    theirs: int = 2000
    rounds: int = 2


TINY = Size(made=60, theirs=0, rounds=1)


def figures(size: Size, folder: Path) -> Iterator[Figure]:
    """Yield our pace and its ratio to HyperKitty's, in wall time and in processor time."""
    open_one()
    keeper = appoint_convenor(
        know_person(name="Keeper", address="keeper@talanoa.example"), at=OPENED, channel="cli"
    )
    path = mailbox_file(folder, size.made)
    ours, processor, count = _ours(keeper, path, "all")
    told = f"{count:,} messages; {shown(count / processor)}/s of processor time"
    yield at_least(GOAL, "from mbox to pages, messages", count / ours, against=told)
    first = _distinct(path, size.theirs)
    for number in range(size.rounds if size.theirs and connection.vendor == "sqlite" else 0):
        ours, processor, count = _ours(keeper, first, f"distinct-{number}")
        try:
            theirs = _theirs(first, folder / f"hyperkitty-{number}")
        except NotHere as missing:
            yield Figure("HyperKitty", "not here", against=str(missing))
            return
        pace = theirs["messages"] / theirs["seconds"]
        by_processor = (count / processor) / (theirs["messages"] / theirs["processor"])
        told = f"{shown(count / ours)}/s and {shown(pace)}/s; by processor time {shown(by_processor)} times"
        yield at_least(TIMES, f"times faster than HyperKitty {VERSION}", count / ours / pace, "", told)
    again, processor, count = _ours(keeper, path, "all")
    yield Figure("the same file again, messages", f"{shown(count / again)}/s")
    yield at_most(300, "memory at the most", _memory(), " MB")


def _ours(keeper: Person, path: Path, name: str) -> tuple[float, float, int]:
    begun, used = perf_counter(), process_time()
    made = import_files(About(name), [path], by=keeper, at=OPENED, channel="cli")
    return perf_counter() - begun, process_time() - used, counts_of(made)["read"]


def _distinct(path: Path, count: int) -> Path:
    """Return a file with the first `count` messages of `path` that have an identifier of their own."""
    data, kept = path.read_bytes(), dict[str, bytes]()
    for raw in Reading(Source(path)):
        if len(kept) < count:
            kept.setdefault(read(raw).message_id, data[raw.begins : raw.ends])
    file = path.with_name("first.mbox")
    file.write_bytes(b"".join(kept.values()))
    return file


def _theirs(path: Path, home: Path) -> dict[str, float]:
    home.mkdir()
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT / "benchmarks" / "peers"),
        "HYPERKITTY_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "hyperkitty_site.settings",
    }
    printed = run([installed(), "-m", "hyperkitty_site.bring", str(path)], environment)
    told: dict[str, float] = json.loads(printed.splitlines()[-1])
    return told


def _memory() -> float:
    """Return the most that this program held, in MB."""
    return getrusage(RUSAGE_SELF).ru_maxrss / 1024
