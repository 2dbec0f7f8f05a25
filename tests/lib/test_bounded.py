"""A child that reads hostile bytes has limits, and nothing of its parent's."""

import io
import json
import resource
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from talanoa.lib import bounded

CHILDREN = {
    "echo": "print(json.dumps({'size': len(sys.stdin.buffer.read()), 'arguments': sys.argv[3:]}))",
    "environment": "print(json.dumps({'names': sorted(name for name in os.environ if name != 'LC_CTYPE')}))",
    "dies": "sys.exit(3)",
    "mumbles": "print('no json')",
    "lists": "print('[]')",
    "sleeps": "time.sleep(60)",
    "spins": "bounded.serve(lambda data, arguments: {'size': sum(iter(int, 1))}, sys.argv)",
    "grows": "bounded.serve(lambda data, arguments: {'size': len(bytearray(1 << 30))}, sys.argv)",
    "writes": (
        "def answer(data, arguments):\n"
        "    return {'size': os.write(os.open(arguments[0], os.O_CREAT | os.O_WRONLY), b'x')}\n"
        "bounded.serve(answer, sys.argv)"
    ),
}


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a module whose behavior is chosen by its argument `CHILDREN[...]`, written beside the source."""
    source = Path(bounded.__file__).parents[2]
    for name, body in CHILDREN.items():
        heading = (
            f"import json, os, sys, time\nsys.path.append({str(source)!r})\nfrom talanoa.lib import bounded\n"
        )
        (tmp_path / f"child_{name}.py").write_text(heading + body + "\n")
    monkeypatch.setattr(bounded, "_SOURCE_ROOT", tmp_path)
    return "child_"


def test_the_bytes_go_in_and_an_object_comes_out(child: str) -> None:
    answer = bounded.run(child + "echo", b"\0" * 1000, ["notes.odt"], seconds=5, memory_mb=256)
    assert answer == {"size": 1000, "arguments": ["notes.odt"]}


def test_an_argument_of_any_shape_reaches_the_child_within_255_characters(child: str) -> None:
    answer = bounded.run(child + "echo", b"", ["a" * 9000 + "\0\ud800.pdf"], seconds=5, memory_mb=256)
    assert answer == {"size": 0, "arguments": ["a" * 249 + "?.pdf"]}


def test_the_child_sees_no_secret_of_its_parent(child: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALANOA_SECRET_KEY", "do-not-tell")
    assert bounded.run(child + "environment", b"", seconds=5, memory_mb=256) == {"names": ["PYTHONPATH"]}


@pytest.mark.parametrize("way", ["dies", "mumbles", "lists", "sleeps", "spins", "grows"])
def test_a_child_that_fails_in_any_way_is_one_kind_of_failure(child: str, way: str) -> None:
    with pytest.raises(bounded.Exceeded):
        bounded.run(child + way, b"", seconds=1, memory_mb=256)


def test_the_child_cannot_write_a_file(child: str, tmp_path: Path) -> None:
    target = tmp_path / "left-behind"
    with pytest.raises(bounded.Exceeded):
        bounded.run(child + "writes", b"", [str(target)], seconds=5, memory_mb=256)
    assert target.read_bytes() == b""


def test_the_limits_stand_before_the_first_byte_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, tuple[int, int]] | str] = []

    class Input:
        @property
        def buffer(self) -> io.BytesIO:
            told.append("read")
            return io.BytesIO(b"mail")

    def answer(data: bytes, arguments: Sequence[str]) -> dict[str, object]:
        return {"data": data.decode(), "arguments": list(arguments)}

    output = io.StringIO()
    monkeypatch.setattr(resource, "setrlimit", lambda kind, limits: told.append((kind, limits)))
    monkeypatch.setattr(sys, "stdin", Input())
    monkeypatch.setattr(sys, "stdout", output)
    bounded.serve(answer, ["module", "7", "64", "x.txt"])
    assert told == [
        (resource.RLIMIT_AS, (64 << 20, 64 << 20)),
        (resource.RLIMIT_CPU, (7, 8)),
        (resource.RLIMIT_FSIZE, (0, 0)),
        (resource.RLIMIT_CORE, (0, 0)),
        (resource.RLIMIT_NOFILE, (64, 64)),
        "read",
    ]
    assert json.loads(output.getvalue()) == {"data": "mail", "arguments": ["x.txt"]}
