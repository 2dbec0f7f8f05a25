"""The same burst over the wire: a mail server hands mails to `talanoa mail listen` by LMTP, several at a time.

Counted is what the listener acknowledged, which it does after the commit, and when the last receipt lay in the outbox.
The clients run in a process of their own. TALANOA_NIGHTLY=1 makes the burst 10,000.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

from django.db import connection

from benchmarks.figures import Figure, at_least, at_most, shown
from benchmarks.ingest import GOALS, counted
from benchmarks.installation import open_one
from talanoa.mail.models import OutgoingMessage

PATIENCE = 600


@dataclass(frozen=True, slots=True)
class Size:
    """How many mails, and how many connections hand them over."""

    mails: int = 10_000 if os.environ.get("TALANOA_NIGHTLY") else 1000
    connections: int = 20  # of one mail server: Postfix, default_destination_concurrency_limit


TINY = Size(mails=6, connections=2)


def figures(size: Size, folder: Path) -> Iterator[Figure]:
    """Yield how fast mails were acknowledged and answered, and what was lost or doubled."""
    open_one()
    with listening(folder) as port:
        clients = [
            sys.executable,
            "-m",
            "benchmarks.handing",
            str(port),
            str(size.mails),
            str(size.connections),
        ]
        begun = perf_counter()
        subprocess.run(clients, check=True)
        acknowledged = perf_counter() - begun
        while OutgoingMessage.objects.filter(written_at__isnull=True).exists():
            sleep(0.1)
        answered = perf_counter() - begun
    told = f"{size.connections} connections at a time"
    yield at_least(
        GOALS[connection.vendor],
        f"{size.mails:,} by LMTP, acknowledged",
        size.mails / acknowledged,
        against=told,
    )
    against = f"{shown(answered)} s for {size.mails:,}, as files"
    yield at_most(5, "10,000, all receipts written", 10_000 * answered / size.mails / 60, " min", against)
    yield from counted(size.mails)


@contextmanager
def listening(folder: Path) -> Iterator[int]:
    """Run the listener on a port of its own; give the port."""
    words = [sys.executable, "-m", "talanoa", "mail", "listen", "--port", "0"]
    with (folder / "listener.log").open("ab") as log:
        program = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        assert program.stdout
        yield int(program.stdout.readline().rpartition(":")[2])
    finally:
        program.terminate()
        program.wait(PATIENCE)
