"""The served program as the system sees it: it ends with its clock, and leaves no process behind."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from conf.conftest import environment

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


def answers(port: int) -> bool:
    try:
        with urlopen(f"http://localhost:{port}/rules/", timeout=WITHIN) as page:
            return bool(page.status == 200)
    except OSError:
        return False


@pytest.fixture
def port() -> int:
    return free_port()


def serve(home: Path, port: int, **settings: str) -> "subprocess.Popen[str]":
    """Start a server in a process group of its own, as a terminal does."""
    command = [sys.executable, "-m", "talanoa", "serve", "--port", str(port)]
    program = subprocess.Popen(
        command,
        env=environment(home) | settings,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert program.stdout
    assert f"is ready at http://localhost:{port} " in program.stdout.readline()
    return program


@pytest.fixture
def served(home: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    program = serve(home, port)
    yield program
    if program.poll() is None:
        os.killpg(program.pid, signal.SIGKILL)
        program.communicate()


def test_a_port_in_use_is_one_clear_line_and_no_second_server(
    served: "subprocess.Popen[str]", tmp_path: Path, port: int
) -> None:
    command = [sys.executable, "-m", "talanoa", "serve", "--port", str(port)]
    ended = subprocess.run(
        command, env=environment(tmp_path / "other"), capture_output=True, text=True, check=False
    )
    told = f"Port {port} is in use already. Give another one, such as: talanoa serve --port {port + 1}"
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.strip().endswith(told)
    assert "Traceback" not in ended.stderr
    assert served.poll() is None


def test_ctrl_c_in_a_terminal_stops_everything(served: "subprocess.Popen[str]", port: int) -> None:
    before = list(children(served.pid))
    assert any(answers(port) for _try in range(100_000))
    os.killpg(served.pid, signal.SIGINT)
    served.communicate(timeout=WITHIN)
    assert before
    assert [pid for pid in before if Path(f"/proc/{pid}").exists()] == []


@pytest.mark.parametrize("words", [("process", "show", "nm"), ("settings",), ("help",)])
def test_a_folder_without_an_installation_stays_without_one(tmp_path: Path, words: tuple[str, ...]) -> None:
    environ = {"PATH": os.environ["PATH"]}
    command = [sys.executable, "-m", "talanoa", *words]
    ended = subprocess.run(command, env=environ, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert list(tmp_path.iterdir()) == []
    if words[0] == "process":
        told = "This installation has no record yet: run `talanoa init` first. [log_missing]\n"
        assert (ended.returncode, ended.stderr) == (3, told)


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


def test_the_server_takes_in_mail_and_ends_with_what_takes_it_in(tmp_path: Path, port: int) -> None:
    lmtp = str(free_port())
    ways = {"TALANOA_LMTP_PORT": lmtp, "TALANOA_IMAP_HOST": "127.0.0.1:1", "TALANOA_MAIL_POLL_SECONDS": "1"}
    with serve(tmp_path, port, **ways) as program:
        beside = children(program.pid)
        words = [args.partition(" -m talanoa ")[2] for args in beside.values()]
        words = [each for each in words if each and not each.startswith("serve")]
        assert sorted(words) == [f"mail listen --port {lmtp}", "mail poll --every 1", "tick --every 20"]
        [listener] = [pid for pid, args in beside.items() if " listen " in args]
        os.kill(listener, signal.SIGKILL)
        program.communicate(timeout=WITHIN)
    assert [pid for pid in beside if Path(f"/proc/{pid}").exists()] == []


def test_whoever_reads_only_the_first_line_hears_no_complaint(tmp_path: Path) -> None:
    environ = {"PATH": os.environ["PATH"], "TALANOA_HOME": str(tmp_path)}
    command = f"{sys.executable} -m talanoa help | head -n 1"
    ended = subprocess.run(command, shell=True, env=environ, capture_output=True, text=True, check=False)
    assert (ended.stdout.count("\n"), ended.stderr) == (1, "")
