"""A room on a map: conversations as published, then rooms of growing size, beside red-dwarf 0.4.0 in the same run.

Rooms are drawn with a fixed seed: two factors of opinion, two camps, about 28 votes each, 15 in 100 passes.
Ours is the whole analysis (map, halves, lenses, slate, near-identical ballots, JSON); theirs is its pipeline, which has
map and groups. Processor time stands beside wall time: others use the machine too.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import numpy as np
from scipy import sparse

from benchmarks.figures import Figure, at_least, at_most, shown
from talanoa.lib.opinion import Moderation, VoteTable, analyze, read_conversation, to_json_bytes
from talanoa.lib.opinion.tally import Tally, tallied

ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT / ".venv" / "peers" / "red-dwarf-0.4.0"
POLIS = ROOT.parent / "shared" / "data" / "polis"
SEED, VOTES_EACH, SPREAD, PASSES = 0, 28, 0.8, 0.15
STEP = 2_000_000
TIMES = 9
NIGHTLY = ((100_000, 150.0),) if os.environ.get("TALANOA_NIGHTLY") else ()
"""The room that takes the peer ten minutes."""


@dataclass(frozen=True, slots=True)
class Size:
    """Statements; rooms (people, seconds, MiB); rooms that the peer gets too (people, times as fast); votes cast."""

    statements: int = 1000
    rooms: tuple[tuple[int, float, float], ...] = ((100_000, 2.0, 300), (1_000_000, 8.0, 1500))
    beside: tuple[tuple[int, float], ...] = ((10_000, 1), *NIGHTLY)
    has_peer: bool = True
    casts: int = 20


TINY = Size(statements=60, rooms=((500, 2.0, 300),), beside=((300, 1),), has_peer=False, casts=3)


def figures(size: Size, folder: Path) -> Iterator[Figure]:
    """Yield the time of each conversation and room, the memory over the input, the peer's, and of one vote."""
    for one in sorted(POLIS.iterdir()) if POLIS.is_dir() else ():
        held = read_conversation(one)
        # A program that lives on has loaded what it needs. Others use the machine too: the fastest counts.
        took = sorted(timed(held.votes, held.moderation) for _time in range(TIMES))
        fastest, middle = took[0][0], took[TIMES // 2][0]
        told = f"{held.votes.n_votes:,} votes, fastest of {TIMES}; the middle one {shown(middle)} s"
        yield at_most(0.25, one.name, fastest, " s", told)
    yield from one_vote(size)
    yield from beside(size, folder)
    for people, seconds, mebibytes in size.rooms:
        table = room(people, size.statements)
        forget_peak()
        before = resident("VmRSS")
        took, worked = timed(table, Moderation())
        told = f"{table.n_votes:,} votes, processor {shown(worked)} s"
        yield at_most(seconds, f"{people:,} x {size.statements:,}", took, " s", told)
        yield at_most(mebibytes, "memory over its input", max(resident("VmHWM") - before, 0), " MiB")


def timed(table: VoteTable, moderation: Moderation) -> tuple[float, float]:
    """Return wall and processor seconds of an analysis and its JSON."""
    begun, used = perf_counter(), process_time()
    to_json_bytes(analyze(table, None, moderation))
    return perf_counter() - begun, process_time() - used


def one_vote(size: Size) -> Iterator[Figure]:
    """Yield the time from one vote to the axes and the place of who cast it."""
    tally: Tally = tallied(room(size.beside[0][0], size.statements))
    begun = perf_counter()
    for number in range(size.casts):
        tally.cast(number, number, 1)
        tally.place(number, tally.axes())
    took = 1000 * (perf_counter() - begun) / size.casts
    yield at_most(150, f"one vote to the map, {size.statements:,} statements", took, " ms")


def beside(size: Size, folder: Path) -> Iterator[Figure]:
    """Yield the time of each room that the peer gets too, and how many times the peer takes."""
    for people, times in size.beside:
        table = room(people, size.statements)
        took, worked = timed(table, Moderation())
        told = f"processor {shown(worked)} s"
        yield Figure(f"{people:,} x {size.statements:,}", f"{shown(took)} s", against=told)
        if size.has_peer:
            theirs, used, peak = peer(table, folder)
            told = f"red-dwarf {shown(theirs)} s, processor {shown(used)} s, {shown(peak)} MiB"
            yield at_least(times, "times faster than red-dwarf", theirs / took, "", told)


def peer(table: VoteTable, folder: Path) -> tuple[float, float, float]:
    """Return red-dwarf's wall and processor seconds and its peak in MiB."""
    with TemporaryDirectory(dir=folder) as place:
        path = Path(place) / "votes.npz"
        who, what = table.participants[table.rows()], table.statements[table.columns]
        np.savez(
            path, participants=who, statements=what, values=table.values, out=np.zeros(0, dtype=np.int64)
        )
        words = [installed(), "-m", "red_dwarf_run", str(path)]
        there = ROOT / "benchmarks" / "peers"
        done = subprocess.run(words, cwd=there, capture_output=True, text=True, check=True, env={})
    wall, used, peak = (float(word) for word in done.stdout.split()[-3:])
    return wall, used, peak


def installed() -> str:
    """Return the interpreter of the peer's environment, made on first use."""
    python = PLACE / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(PLACE)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "red-dwarf==0.4.0"], check=True)
    return str(python)


def resident(kind: str) -> float:
    """Return what the system says of this process's memory, in MiB; 0 where it says nothing."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{kind}:")), 0.0)


def forget_peak() -> None:
    """Let the peak of memory begin anew."""
    refs = Path("/proc/self/clear_refs")
    if refs.exists():
        refs.write_text("5", encoding="ascii")


def room(people: int, statements: int) -> VoteTable:
    """Return a room drawn with the seed."""
    chance = np.random.default_rng(SEED)
    drawn = chance.lognormal(np.log(VOTES_EACH) - SPREAD**2 / 2, SPREAD, people)
    each = np.clip(np.round(drawn), 1, statements).astype(np.int64)
    starts = np.concatenate(([0], np.cumsum(each))).astype(np.int64)
    rows = np.repeat(np.arange(people, dtype=np.int32), each)
    steps = np.array([step for step in range(1, statements) if np.gcd(step, statements) == 1])
    first, step = chance.integers(0, statements, people), chance.choice(steps, people)
    columns = ((first[rows] + (np.arange(len(rows)) - starts[rows]) * step[rows]) % statements).astype(
        np.int32
    )
    of_people = chance.normal(size=(people, 2)).astype(np.float32)
    of_people[:, 0] += np.where(chance.random(people) < 2 / 5, -1.5, 1.5)
    of_statements = chance.normal(size=(statements, 2)).astype(np.float32)
    easy = chance.normal(size=statements).astype(np.float32)
    values = np.empty(len(rows), dtype=np.int8)
    for begin in range(0, len(rows), STEP):
        part = slice(begin, begin + STEP)
        leaning = (of_people[rows[part]] * of_statements[columns[part]]).sum(axis=1) + easy[columns[part]]
        agrees = chance.random(len(leaning), dtype=np.float32) < 1 / (1 + np.exp(-leaning))
        passes = chance.random(len(leaning), dtype=np.float32) < PASSES
        values[part] = np.where(passes, 0, np.where(agrees, 1, -1))
    made = sparse.csr_array(
        (values + np.int8(2), columns, starts.astype(np.int32)), shape=(people, statements)
    )
    made.sort_indices()
    return VoteTable(np.arange(people), np.arange(statements), starts, made.indices, made.data - np.int8(2))
