"""The database server is killed while mail comes in: what was acknowledged is there, once, with its number."""

import os
import shutil
import signal
import smtplib
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from journeys.installation import found
from journeys.mail_servers import Listening, listening

BIN = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
N_MAILS, CLIENTS, BEFORE_THE_KILL = 120, 4, 30
MAIL = (
    b"From: P%d <p%d@garissa.example>\r\nMessage-ID: <%d@garissa.example>\r\nSubject: Money\r\n\r\n"
    b"Pay the trainers %d.\r\n"
)

pytestmark = pytest.mark.skipif(
    BIN is None or os.geteuid() != 0, reason="PostgreSQL is not here, or not run as root: .ci/run does"
)


@dataclass(frozen=True, slots=True)
class Cluster:
    """A database server of this test's own, on a socket in a throw-away directory."""

    home: Path

    @property
    def url(self) -> str:
        return f"postgres://postgres@/postgres?host={self.home}"

    def control(self, *words: str) -> None:
        command = [
            "runuser",
            "-u",
            "postgres",
            "--",
            f"{BIN}/pg_ctl",
            "-D",
            f"{self.home}/data",
            "-s",
            "-w",
            *words,
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def start(self) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.home}'"
        self.control("-l", f"{self.home}/log", "-o", options, "start")

    def kill(self) -> None:
        """End the server and each process of it, as a power cut would."""
        pid = int((self.home / "data" / "postmaster.pid").read_text().split()[0])
        listed = subprocess.run(
            ["ps", "--ppid", str(pid), "-o", "pid="], capture_output=True, text=True, check=True
        )
        for each in (pid, *map(int, listed.stdout.split())):
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        # Where nobody buries the dead process, the next server would take it for a running one, by its locks.
        for lock in (self.home / "data" / "postmaster.pid", self.home / ".s.PGSQL.5432.lock"):
            lock.unlink()


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    home = Path(tempfile.mkdtemp(prefix="talanoa-cluster-"))
    shutil.chown(home, "postgres")
    made = ("-D", f"{home}/data", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C")
    subprocess.run(
        ["runuser", "-u", "postgres", "--", f"{BIN}/initdb", *made], check=True, capture_output=True
    )
    running = Cluster(home)
    running.start()
    yield running
    running.control("-m", "immediate", "stop")
    shutil.rmtree(home)


def handed_over(listener: Listening, number: int, back: threading.Event) -> int:
    """Deliver one mail, again and again until it is acknowledged; return the number that it was told."""
    for _try in range(50):
        client = listener.client()
        try:
            client.mail(f"p{number}@garissa.example")
            if client.rcpt("nm@talanoa.example")[0] == 250:
                code, said = client.data(MAIL % ((number,) * 4))
                if code == 250:
                    return int(said.split()[1].removeprefix(b"nm-"))
                assert code == 451, (code, said)
        except smtplib.SMTPException:
            continue
        finally:
            client.close()
        back.wait(60)
    raise AssertionError(f"mail {number} was never taken")


def test_no_acknowledged_mail_is_lost_or_doubled_when_the_database_server_is_killed(
    cluster: Cluster, tmp_path: Path
) -> None:
    here = found(tmp_path / "home", cluster.url)
    told: dict[int, int] = {}
    enough, back = threading.Event(), threading.Event()

    def hand_over(number: int) -> None:
        told[number] = handed_over(listener, number, back)
        if len(told) >= BEFORE_THE_KILL:
            enough.set()

    with listening(here) as listener, ThreadPoolExecutor(CLIENTS) as pool:
        sending = [pool.submit(hand_over, number) for number in range(N_MAILS)]
        assert enough.wait(120)
        try:
            cluster.kill()
            cluster.start()
        finally:
            back.set()
        for each in sending:
            each.result()
    rows = here.rows("SELECT message_id, number FROM mail_rawmessage")
    kept = {int(name.partition("@")[0]): number for name, number in rows}
    assert len(rows) == N_MAILS
    assert kept == told
    assert here.kept().numbers == tuple(range(1, N_MAILS + 1))
    assert here.audit()
