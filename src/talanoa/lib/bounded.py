"""Runs a reader of hostile bytes in a child process that may use only so much time and memory.

The parent calls `run`; the module it names calls `serve` under `python -m`. The bytes travel on standard
input, one JSON object comes back on standard output. `Exceeded`: the child died or passed a limit.
Each child reads one thing and ends; those of `workers` live on.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

WALL_FACTOR = 3
"""The child may be kept waiting by others: wall time allowed per second of processor time."""
MAX_ARGUMENT = 255

_SOURCE_ROOT = Path(__file__).resolve().parents[2]
_OPEN_FILES = 64


class Exceeded(Exception):
    """The child passed its limits or died before it could answer."""


def run(
    module: str, data: bytes, arguments: Sequence[str] = (), *, seconds: int, memory_mb: int
) -> dict[str, object]:
    """Return what `module` answers about `data`, read within `seconds` of processor time and `memory_mb`.

    `seconds` counts processor time; the wall clock allows `WALL_FACTOR` times as much. `memory_mb` is
    address space in MiB (RLIMIT_AS; not enforced by macOS). Arguments keep their last 255 characters.
    The child inherits no environment, so no secret of the parent is within its reach. Raises Exceeded.
    """
    with start(module, [str(seconds), str(memory_mb), *map(_argument, arguments)]) as child:
        try:
            told, _nothing = child.communicate(data, timeout=seconds * WALL_FACTOR)
            answer = json.loads(told) if child.returncode == 0 else None
        except (subprocess.SubprocessError, ValueError) as problem:
            raise Exceeded(f"{module} did not answer within its limits") from problem
        finally:
            child.kill()
    if not isinstance(answer, dict):
        raise Exceeded(f"{module} did not answer with an object")
    return answer


def start(module: str, arguments: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Start our own interpreter on `module`, with pipes to it and without any of our environment."""
    return subprocess.Popen(  # noqa: S603 (our own interpreter and module; no shell)
        [sys.executable, "-BPs", "-X", "utf8", "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": str(_SOURCE_ROOT)},
    )


def serve(answer: Callable[[bytes, Sequence[str]], Mapping[str, object]], argv: Sequence[str]) -> None:
    """Limit this process, read standard input to its end, and write the JSON of `answer(data, arguments)`.

    `argv` is `sys.argv` as `run` made it: module, seconds, MiB, arguments. The limits stand before the
    first byte is read.
    """
    limit(memory_mb=int(argv[2]), seconds=int(argv[1]))
    data = sys.stdin.buffer.read()
    json.dump(answer(data, argv[3:]), sys.stdout)


def limit(*, memory_mb: int, seconds: int = 0) -> None:
    """Bound this process: address space, no file, no core dump, few open files; processor time where given."""
    for kind, soft, hard in (
        (resource.RLIMIT_AS, memory_mb << 20, memory_mb << 20),
        *([(resource.RLIMIT_CPU, seconds, seconds + 1)] if seconds else []),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES, _OPEN_FILES),
    ):
        resource.setrlimit(kind, (soft, hard))


def _argument(text: str) -> str:
    return text[-MAX_ARGUMENT:].replace("\0", "").encode("utf-8", "replace").decode()
