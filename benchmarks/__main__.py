"""Runs the benchmarks: `python -m benchmarks [NAME ...] [--tiny]`; without a name, all of them.

Each runs in a process with a home of its own, and those that keep a record run on SQLite and on PostgreSQL.
The figures are of this machine in this hour: what carries over is the ratio to the peer in the same run.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from benchmarks import postgres

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A module of this package, what it answers, and whether it runs on PostgreSQL too."""

    name: str
    title: str
    on_both: bool = False


ALL = (
    Benchmark("log", "The log alone"),
    Benchmark("record", "The record", on_both=True),
    Benchmark("ingest", "Mail", on_both=True),
    Benchmark("burst", "Mail by LMTP", on_both=True),
    Benchmark("search", "Search over 100,000 inputs", on_both=True),
    Benchmark("hostile", "Hostile mail"),
    Benchmark("archive", "A mailing list to a table for studies"),
    Benchmark("archive_threads", "The threads of a mailing list"),
    Benchmark("measures", "Measures over 100,000 messages"),
    Benchmark("archive_web", "A mailing list to pages", on_both=True),
    Benchmark("archive_search", "Search in an archive of a million messages", on_both=True),
    Benchmark("diffs", "What changed in a text of 200 pages"),
    Benchmark("assignment", "Reviewers for 300 applications"),
    Benchmark("page", "A process with 5,000 inputs"),
    Benchmark("opinion", "Opinion groups and agreement across groups"),
    Benchmark("ballots", "Ballots over HTTP, and their results", on_both=True),
)


def main() -> int:
    """Run what is asked for; return how many benchmarks failed to run (a goal that is missed is no failure)."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(one.name for one in ALL))
    parser.add_argument("--tiny", action="store_true", help="a few rows each, to see that all of it runs")
    asked = parser.parse_args()
    unknown = set(asked.names) - {one.name for one in ALL}
    if unknown:
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    begun = monotonic()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before we begin", flush=True)
    chosen = [one for one in ALL if not asked.names or one.name in asked.names]
    failed = sum(measure(one, is_tiny=asked.tiny) for one in chosen)
    print(f"\n{monotonic() - begun:,.0f} s in all")
    return failed


def measure(one: Benchmark, *, is_tiny: bool) -> int:
    """Run one benchmark on each database it is for; return how many runs failed."""
    failed = run(one, "SQLite" if one.on_both else "", "", is_tiny=is_tiny)
    if not one.on_both:
        return failed
    try:
        with postgres.server() as server, postgres.database(server) as address:
            return failed + run(one, "PostgreSQL", address, is_tiny=is_tiny)
    except postgres.NoServer as missing:
        print(f"\n{one.title}, PostgreSQL: skipped, {missing}", flush=True)
        return failed


def run(one: Benchmark, database: str, address: str, *, is_tiny: bool) -> int:
    """Run one benchmark in a child; return 1 where it failed."""
    print(f"\n{one.title}{f', {database}' if database else ''}", flush=True)
    with home() as folder:
        environment = {
            **os.environ,
            "TALANOA_HOME": str(folder),
            "TALANOA_MAIL_DOMAIN": "talanoa.example",
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "talanoa.conf.settings",
            "OPENBLAS_NUM_THREADS": "1",  # as the program does
        }
        words = [sys.executable, "-m", "benchmarks.one", one.name, *(["--tiny"] if is_tiny else [])]
        return int(subprocess.run(words, cwd=ROOT, env=environment, check=False).returncode != 0)


@contextmanager
def home() -> Iterator[Path]:
    """Give a folder on the disk that the benchmark may fill."""
    with TemporaryDirectory(prefix="talanoa-benchmark-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


if __name__ == "__main__":
    raise SystemExit(main())
