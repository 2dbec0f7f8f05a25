"""Mails made to cost much, one by one: each is received within two seconds and 300 MB, and nothing of it is lost.

Each is handed over in a process that has read what tells languages, as the programs do that live on, and has received
one small mail, and no other: its wall time, the most memory that this process had, and the most that any child had
which read for it. `python -m benchmarks.hostile FILE NUMBER` is that process.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from time import perf_counter
from typing import Any, Self

import django

from benchmarks.figures import Figure, at_most
from benchmarks.hostile_mails import HEAD, SAMPLES
from talanoa.kernel.commands import read_bytes
from talanoa.lib.language_detection import prepare_detection
from talanoa.lib.rfc5322 import MAX_MESSAGE
from talanoa.lib.rfc5322.limits import MAX_HEADER_BLOCK

MOST_SECONDS, MOST_MB = 2.0, 300


@dataclass(frozen=True, slots=True)
class Size:
    """How many of the samples."""

    samples: int = len(SAMPLES)


TINY = Size(samples=1)


def figures(size: Size, folder: Path) -> Iterator[Figure]:
    """Yield seconds and memory of each sample, and what became of it."""
    from benchmarks.installation import open_one  # noqa: PLC0415 - the process for one mail begins here too

    open_one()
    told = [(name, _received(number, folder)) for number, name in enumerate(list(SAMPLES)[: size.samples])]
    for name, one in told:
        memory = f"{one['program']:.0f} and {one['child']:.0f} MB"
        used = f"processor {one['processor']:.2f} and {one['read']:.2f} s"
        against = f"{used}, program and child {memory}; {one['outcome']}"
        yield at_most(MOST_SECONDS, name, one["seconds"], " s", against)
    yield at_most(
        MOST_MB, "most memory of a process", max(max(o["program"], o["child"]) for _n, o in told), " MB"
    )
    yield at_most(
        0, "not kept, or neither numbered nor refused", sum(not one["is_told"] for _n, one in told), ""
    )


def _received(number: int, folder: Path) -> dict[str, Any]:
    """Have one sample received by a process of its own."""
    file = folder / "hostile.eml"
    file.write_bytes(list(SAMPLES.values())[number]().replace(b"<1@", b"<%d@" % number, 1))
    words = [sys.executable, "-m", "benchmarks.hostile", str(file), str(number)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    assert isinstance(told, dict)
    return told


def one(file: str, number: int) -> dict[str, object]:
    """Receive a small mail, then the one in `file` as `talanoa mail receive` does, and tell what it took."""
    from benchmarks.installation import OPENED  # noqa: PLC0415 - after django.setup
    from talanoa.mail.models import RawMessage  # noqa: PLC0415
    from talanoa.mail.receiving import Arrival, receive_all  # noqa: PLC0415

    prepare_detection()
    small = HEAD.replace(b"<1@", b"<small-%d@" % number) + b"\r\nPay the trainers.\r\n"
    receive_all([Arrival(small, "nm")], at=OPENED + timedelta(days=1))
    with Watched() as children:
        begun, used = perf_counter(), os.times()
        raw = read_bytes(file, None, most=MAX_MESSAGE + 1)
        raw, unread = (raw[:MAX_HEADER_BLOCK], "mail_too_large") if len(raw) > MAX_MESSAGE else (raw, "")
        got = receive_all([Arrival(raw, "nm", unread)], at=OPENED + timedelta(days=2))[0]
        took, after = perf_counter() - begun, os.times()
    return {
        "seconds": took,
        "processor": after.user - used.user + after.system - used.system,
        "program": _most_memory("self"),
        "child": children.most,
        "read": children.processor,
        "outcome": RawMessage.objects.order_by("-pk").values_list("outcome", flat=True)[0],
        "is_told": bool(got.number or got.code or got.text),
    }


class Watched:
    """Looks every two milliseconds what the children of this process use: memory at most, processor in all."""

    def __init__(self) -> None:
        self.most, self._stop = 0.0, Event()
        self._before = {child: _processor(child) for child in _children()}
        self._used: dict[str, float] = {}
        self._thread = Thread(target=self._look, daemon=True)

    @property
    def processor(self) -> float:
        """Seconds of processor time since the watch began."""
        return sum(used - self._before.get(child, 0) for child, used in self._used.items())

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_ended: object) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stop.wait(0.002):
            for child in _children():
                self.most = max(self.most, _most_memory(child))
                self._used[child] = max(self._used.get(child, 0), _processor(child))


def _children() -> list[str]:
    return [child for task in Path("/proc/self/task").iterdir() for child in _read(task / "children").split()]


def _processor(process: str) -> float:
    """Return the processor time of a process in seconds; 0 for one that is gone."""
    fields = _read(Path("/proc") / process / "stat").rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK") if fields else 0.0


def _most_memory(process: str) -> float:
    """Return the most memory that a process had at once (VmHWM), in MB; 0 for one that is gone."""
    lines = [line.split() for line in _read(Path("/proc") / process / "status").splitlines()]
    return next((int(line[1]) / 1024 for line in lines if line[0] == "VmHWM:"), 0.0)


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:
        return ""


if __name__ == "__main__":
    django.setup()
    print(json.dumps(one(sys.argv[1], int(sys.argv[2]))))
