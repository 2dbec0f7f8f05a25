"""A reader that lives on reads each thing within its own limits, keeps nothing of the last, and outlives nobody."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from talanoa.lib import bounded, workers
from talanoa.lib.bounded import Exceeded
from talanoa.lib.workers import Workers

SERVES = "workers.serve(answer, sys.argv)"
CHILDREN = {
    "obeys": f"""
def answer(data):
    word, _space, rest = data.partition(b" ")
    if word == b"spin":
        sum(iter(int, 1))
    if word == b"grow":
        bytearray(1 << 30)
    if word == b"die":
        os._exit(3)
    if word == b"burn":
        end = time.process_time() + float(rest)
        while time.process_time() < end: pass
    if word == b"write":
        os.write(os.open(rest.decode(), os.O_CREAT | os.O_WRONLY), b"x")
    return {{"pid": os.getpid(), "size": len(data), "names": sorted(n for n in os.environ if n != "LC_CTYPE")}}
{SERVES}""",
    "mumbles": "sys.stdin.buffer.read(4); sys.stdout.write('\\0\\0\\0\\2no'); sys.stdout.flush(); time.sleep(60)",
    "lists": "sys.stdin.buffer.read(4); sys.stdout.write('\\0\\0\\0\\2[]'); sys.stdout.flush(); time.sleep(60)",
    "boasts": "sys.stdin.buffer.read(4); sys.stdout.buffer.write(b'\\xff' * 4); sys.stdout.flush(); time.sleep(60)",
    "sleeps": "time.sleep(60)",
    "surrogates": f"answer = lambda data: {{'text': '\\ud800é' + chr(0x1F600)}}\n{SERVES}",
}


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The beginning of the names of the modules `CHILDREN[...]`, written beside the source."""
    source = Path(bounded.__file__).parents[2]
    for name, body in CHILDREN.items():
        heading = f"import os, sys, time\nsys.path.append({str(source)!r})\nfrom talanoa.lib import workers\n"
        (tmp_path / f"child_{name}.py").write_text(heading + body + "\n")
    monkeypatch.setattr(bounded, "_SOURCE_ROOT", tmp_path)
    return "child_"


@pytest.fixture
def readers(child: str) -> Iterator[Workers]:
    made = Workers(f"{child}obeys", seconds=1, memory_mb=256)
    yield made
    made.close()


def test_one_child_reads_one_thing_after_another(readers: Workers) -> None:
    answers = [readers.ask(b"x" * size) for size in (0, 1, 1 << 20)]
    assert [answer["size"] for answer in answers] == [0, 1, 1 << 20]
    assert len({answer["pid"] for answer in answers}) == 1


def test_the_child_sees_no_secret_of_its_parent(readers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALANOA_SECRET_KEY", "do-not-tell")
    assert readers.ask(b"")["names"] == ["PYTHONPATH"]


@pytest.mark.parametrize("way", [b"spin", b"grow", b"die"])
def test_a_child_that_fails_is_replaced_and_only_its_own_request_suffers(
    readers: Workers, way: bytes
) -> None:
    first = readers.ask(b"mail")["pid"]
    with pytest.raises(Exceeded):
        readers.ask(way)
    again = readers.ask(b"mail")
    assert (again["size"], again["pid"] != first) == (4, True)


def test_processor_time_is_counted_for_each_request_alone(readers: Workers) -> None:
    pids = {readers.ask(b"burn 0.4")["pid"] for _time in range(4)}
    assert len(pids) == 1


def test_a_child_that_died_while_it_waited_is_not_the_next_mail_s_fault(readers: Workers) -> None:
    pid = int(str(readers.ask(b"mail")["pid"]))
    os.kill(pid, signal.SIGKILL)
    assert readers.ask(b"mail")["size"] == 4


@pytest.mark.parametrize("way", ["mumbles", "lists", "boasts", "sleeps"])
def test_a_child_that_answers_wrongly_or_never_is_one_kind_of_failure(
    child: str, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "WALL_FACTOR", 0.5)
    with pytest.raises(Exceeded):
        Workers(child + way, seconds=1, memory_mb=256).ask(b"mail")


def test_text_that_is_no_text_comes_back_as_it_was(child: str) -> None:
    made = Workers(f"{child}surrogates", seconds=1, memory_mb=256)
    assert made.ask(b"")["text"] == "\ud800é\U0001f600"
    made.close()


def test_the_child_cannot_write_a_file(readers: Workers, tmp_path: Path) -> None:
    target = tmp_path / "left-behind"
    with pytest.raises(Exceeded):
        readers.ask(b"write " + str(target).encode())
    assert target.read_bytes() == b""


def test_a_child_is_replaced_after_so_many_requests(
    readers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "MOST_READ", 2)
    pids = [readers.ask(b"")["pid"] for _time in range(5)]
    assert [pids[0] == pids[1], pids[2] == pids[3], len(set(pids))] == [True, True, 3]


def test_a_child_is_replaced_after_something_large(readers: Workers) -> None:
    large = readers.ask(b"x" * (workers.LARGE + 1))
    assert readers.ask(b"")["pid"] != large["pid"]


def test_threads_that_ask_at_once_have_a_child_each_and_no_more_than_the_bound(child: str) -> None:
    made = Workers(f"{child}obeys", seconds=5, memory_mb=256, at_once=2)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda size: made.ask(b"x" * size), range(40)))
    assert [answer["size"] for answer in answers] == list(range(40))
    assert len({answer["pid"] for answer in answers}) <= 2
    made.close()


def test_a_forked_process_leaves_its_parent_s_children_alone(readers: Workers) -> None:
    pid = readers.ask(b"")["pid"]
    forked = os.fork()
    if not forked:
        os._exit(0 if readers.ask(b"mail")["pid"] not in (pid, None) else 1)
    assert os.waitpid(forked, 0)[1] == 0
    assert readers.ask(b"")["pid"] == pid


def test_no_child_outlives_a_parent_that_was_killed(child: str, tmp_path: Path) -> None:
    program = (
        f"import sys, time; from talanoa.lib import bounded; from pathlib import Path\n"
        f"bounded._SOURCE_ROOT = Path({str(tmp_path)!r})\nfrom talanoa.lib.workers import Workers\n"
        f"print(Workers('{child}obeys', seconds=1, memory_mb=256).ask(b'')['pid'], flush=True)\ntime.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        watched = os.pidfd_open(pid)
        parent.kill()
    # Readable once the process has ended.
    ended, _writable, _exceptional = select.select([watched], [], [], 30)
    os.close(watched)
    assert ended == [watched]
