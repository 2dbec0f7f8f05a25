"""The served program as the system sees it: it ends with its clock, and leaves no process behind."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

WITHIN = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children(pid: int) -> dict[int, str]:
    """Return the processes that `pid` started, with their command lines."""
    listed = subprocess.run(
        ["ps", "--ppid", str(pid), "-o", "pid=,args="], capture_output=True, text=True, check=False
    )
    rows = (line.strip().partition(" ") for line in listed.stdout.splitlines())
    return {int(number): args for number, _blank, args in rows}


@pytest.fixture
def served(tmp_path: Path) -> "subprocess.Popen[str]":
    return serve(tmp_path)


def serve(home: Path, **settings: str) -> "subprocess.Popen[str]":
    environ = {"PATH": os.environ["PATH"], "TALANOA_HOME": str(home), "DATABASE_URL": "", **settings}
    command = [sys.executable, "-m", "talanoa", "serve", "--port", str(free_port())]
    program = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True)
    assert program.stdout
    assert "is ready" in program.stdout.readline()
    return program


def test_when_the_clock_ends_the_server_ends_too(served: "subprocess.Popen[str]") -> None:
    [clock] = [pid for pid, args in children(served.pid).items() if " tick " in args]
    os.kill(clock, signal.SIGKILL)
    served.communicate(timeout=WITHIN)
    assert served.returncode is not None


def test_stopping_the_server_leaves_no_process_behind(served: "subprocess.Popen[str]") -> None:
    before = list(children(served.pid))
    served.send_signal(signal.SIGTERM)
    served.communicate(timeout=WITHIN)
    assert before
    assert [pid for pid in before if Path(f"/proc/{pid}").exists()] == []


def test_the_server_takes_in_mail_and_ends_with_what_takes_it_in(tmp_path: Path) -> None:
    port = str(free_port())
    ways = {"TALANOA_LMTP_PORT": port, "TALANOA_IMAP_HOST": "127.0.0.1:1", "TALANOA_MAIL_POLL_SECONDS": "1"}
    with serve(tmp_path, **ways) as program:
        beside = children(program.pid)
        words = [args.partition(" -m talanoa ")[2] for args in beside.values()]
        words = [each for each in words if each and not each.startswith("serve")]
        assert sorted(words) == [f"mail listen --port {port}", "mail poll --every 1", "tick --every 20"]
        [listener] = [pid for pid, args in beside.items() if " listen " in args]
        os.kill(listener, signal.SIGKILL)
        program.communicate(timeout=WITHIN)
    assert [pid for pid in beside if Path(f"/proc/{pid}").exists()] == []


def test_whoever_reads_only_the_first_line_hears_no_complaint(tmp_path: Path) -> None:
    environ = {"PATH": os.environ["PATH"], "TALANOA_HOME": str(tmp_path)}
    command = f"{sys.executable} -m talanoa help | head -n 1"
    ended = subprocess.run(command, shell=True, env=environ, capture_output=True, text=True, check=False)
    assert (ended.stdout.count("\n"), ended.stderr) == (1, "")
