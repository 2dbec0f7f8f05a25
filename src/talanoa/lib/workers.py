"""Readers of hostile bytes that live on: a child reads one thing after another, each within its own limits.

The parent asks `Workers.ask`; the module that it names calls `serve` under `python -m`. A request is the
length of the bytes (4 octets, most significant first) and the bytes; an answer is the length of a JSON
object and the object. A child that passes a limit is killed and never asked again.
"""

import atexit
import json
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import BinaryIO

from talanoa.lib import bounded
from talanoa.lib.bounded import Exceeded

MOST_READ = 1000
"""Requests after which a child is replaced, so that nothing that grows slowly grows for ever."""
LARGE = 1 << 20
"""Octets of one request after which a child is replaced: what it left behind shall not crowd the next one."""
LONGEST_ANSWER = 64 << 20
_LENGTH = 4


class Workers:
    """Children that run one module; several threads may ask at once, each has a child of its own meanwhile."""

    def __init__(self, module: str, *, seconds: int, memory_mb: int, at_once: int = 4) -> None:
        """Name the module; no child is started yet. At most `at_once` of them read at any moment."""
        self._module, self._seconds, self._memory_mb = module, seconds, memory_mb
        self._at_once, self._places = at_once, threading.BoundedSemaphore(at_once)
        self._free: list[_Worker] = []
        atexit.register(self.close)
        os.register_at_fork(after_in_child=self._forget)

    def ask(self, data: bytes) -> dict[str, object]:
        """Return what a child answers about `data`. Raises Exceeded: it passed a limit or died.

        `seconds` of processor time count for this request alone; the wall clock allows
        `bounded.WALL_FACTOR` times as much. What a used child cannot read, a fresh one is asked too: a
        death between two requests, or what an earlier one left behind, is not this one's fault.
        """
        with self._places:
            worker = self._take()
            if worker is not None:
                try:
                    return self._asked(worker, data)
                except Exceeded:
                    pass
            return self._asked(_Worker(self._module, self._seconds, self._memory_mb), data)

    def close(self) -> None:
        """End every child that waits; the next request starts one again."""
        while (worker := self._take()) is not None:
            worker.end()

    def _take(self) -> "_Worker | None":
        try:
            return self._free.pop()  # atomic: two threads never take the same
        except IndexError:
            return None

    def _asked(self, worker: "_Worker", data: bytes) -> dict[str, object]:
        try:
            answer = worker.ask(data)
        except BaseException:
            worker.end()
            raise
        if worker.n_read >= MOST_READ or len(data) > LARGE:
            worker.end()
        else:
            self._free.append(worker)
        return answer

    def _forget(self) -> None:
        """Leave the children to the process that started them: two that ask one child mix up the answers."""
        self._places = threading.BoundedSemaphore(self._at_once)
        while (worker := self._take()) is not None:
            worker.forget()


class _Worker:
    """One child and the pipes to it."""

    def __init__(self, module: str, seconds: int, memory_mb: int) -> None:
        self.n_read = 0
        self._wall = seconds * bounded.WALL_FACTOR
        self._child = bounded.start(module, [str(seconds), str(memory_mb)])
        self._write_to, self._read_from = self._child.stdin, self._child.stdout
        for pipe in (self._child.stdin, self._child.stdout):
            os.set_blocking(_opened(pipe).fileno(), False)

    def ask(self, data: bytes) -> dict[str, object]:
        """Return the child's answer. Raises Exceeded."""
        until = time.monotonic() + self._wall
        self.n_read += 1
        try:
            self._send(len(data).to_bytes(_LENGTH, "big") + data, until)
            size = int.from_bytes(self._received(_LENGTH, until), "big")
            if size > LONGEST_ANSWER:
                raise Exceeded("The answer is too long.")
            answer = json.loads(self._received(size, until).decode("utf-8", "surrogatepass"))
        except (OSError, ValueError) as problem:
            raise Exceeded("The child died.") from problem
        if not isinstance(answer, dict):
            raise Exceeded("The child did not answer with an object.")
        return answer

    def end(self) -> None:
        """Kill the child and close the pipes."""
        self._child.kill()
        self.forget()
        self._child.wait()

    def forget(self) -> None:
        """Close the pipes; what stands at their other end is not ours."""
        for pipe in (self._child.stdin, self._child.stdout):
            try:
                _opened(pipe).close()
            except OSError:  # the child is gone, and something was still on its way to it
                continue
        self._child.returncode = 0 if self._child.returncode is None else self._child.returncode

    def _send(self, data: bytes, until: float) -> None:
        number, left = _opened(self._write_to).fileno(), memoryview(data)
        while left:
            _wait(number, select.POLLOUT, until)
            left = left[os.write(number, left[: 1 << 16]) :]

    def _received(self, size: int, until: float) -> bytes:
        number, got = _opened(self._read_from).fileno(), bytearray()
        while len(got) < size:
            _wait(number, select.POLLIN, until)
            block = os.read(number, min(size - len(got), 1 << 20))
            if not block:
                raise Exceeded("The child died.")
            got += block
        return bytes(got)


def _opened(pipe: object) -> BinaryIO:
    return pipe  # type: ignore[return-value]  # Popen's own type allows None, which ours never is


def _wait(number: int, what: int, until: float) -> None:
    """Wait until a pipe can be used. Raises Exceeded after `until`."""
    poll = select.poll()
    poll.register(number, what)
    left = until - time.monotonic()
    if left <= 0 or not poll.poll(left * 1000):
        raise Exceeded("The child did not answer in time.")


def serve(answer: Callable[[bytes], Mapping[str, object]], argv: list[str]) -> None:
    """Limit this process, then answer one request after another until standard input ends.

    `argv` is `sys.argv`: module, seconds of processor time for each request, MiB of address space. When the
    parent is gone, however it ended, its pipe is closed and this process ends.
    """
    seconds = int(argv[1])
    bounded.limit(memory_mb=int(argv[2]))
    # The default act of SIGPROF ends the process, in the midst of anything; so no handler is needed.
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    while head := requests.read(_LENGTH):
        size = int.from_bytes(head, "big")
        data = requests.read(size)
        if len(data) < size:
            return
        signal.setitimer(signal.ITIMER_PROF, seconds)
        told = json.dumps(answer(data), ensure_ascii=False).encode("utf-8", "surrogatepass")
        signal.setitimer(signal.ITIMER_PROF, 0)
        answers.write(len(told).to_bytes(_LENGTH, "big") + told)
        answers.flush()
        del data, told
