"""Web servers under measurement: started, waited for, asked by another process, stopped with all they began."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 120
TICKS = os.sysconf("SC_CLK_TCK")
Told = dict[str, float]


@dataclass(frozen=True, slots=True)
class Served:
    """A page of a running server."""

    address: str
    process: subprocess.Popen[bytes]

    def load(self, *, rate: float = 0, seconds: float, clients: int = 8) -> Told:
        """Ask again and again: `rate` times a second on a fixed schedule, or as fast as `clients` are answered."""
        words = ["--rate", str(rate), "--seconds", str(seconds), "--clients", str(clients)]
        asking = [sys.executable, "-m", "benchmarks.load", self.address, *words]
        told: Told = json.loads(subprocess.run(asking, cwd=ROOT, check=True, capture_output=True).stdout)
        return told

    def processor(self) -> float:
        """Return the seconds of processor time that the server and its children used so far (Linux)."""
        return sum(map(_used, _family(self.process.pid)))

    def saturate(self, seconds: float) -> Told:
        """Ask as fast as answers come; adds `processor`, the server's ms for each page."""
        before = self.processor()
        told = self.load(seconds=seconds)
        return told | {"processor": 1000 * (self.processor() - before) / told["asked"]}


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@contextmanager
def serving(
    words: Sequence[str], address: str, environment: Mapping[str, str], folder: Path
) -> Iterator[Served]:
    """Run a server until the page at `address` is there; give it; stop it and what it started."""
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(
            words, env=environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
        )
    try:
        _wait(address, process, folder / "server.log")
        yield Served(address, process)
    finally:
        _stop(process)


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = monotonic() + PATIENCE
    while monotonic() < until and process.poll() is None:
        try:
            urlopen(Request(address, headers={"Host": "localhost"}), timeout=PATIENCE).close()
        except (URLError, OSError):
            sleep(0.2)
        else:
            return
    raise RuntimeError(f"{address} did not come up: {log.read_text(errors='replace')[-600:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the server to end, and after a while make it, together with whatever it left in its session."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=20)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [pid, *(each for child in children for each in _family(int(child)))]


def _used(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
