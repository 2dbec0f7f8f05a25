"""Fetches what waits in a mailbox or a maildir: mails are received first, and only then marked or moved."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from django.db import Error

from talanoa.kernel.faults import fault_point
from talanoa.lib.rfc5322 import MAX_MESSAGE
from talanoa.lib.rfc5322.limits import MAX_HEADER_BLOCK
from talanoa.mail.mailbox import Mailbox, opened
from talanoa.mail.posting import Account
from talanoa.mail.receiving import MOST_TOGETHER, Arrival, Received, receive_all

TOO_LARGE = "mail_too_large"
MOST_OCTETS = 4_000_000
"""Of mails that are held in memory at once, beside the last of them."""
MOST_FAILED = 5
"""Mails that cannot be kept now before a poll ends: the next one will find them again."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Polled:
    """What a poll found: mails that got a number, commands done, refusals, mails that could not be kept now."""

    numbered: int = 0
    done: int = 0
    refused: int = 0
    failed: int = 0

    def __add__(self, other: "Polled") -> "Polled":
        return Polled(
            self.numbered + other.numbered,
            self.done + other.done,
            self.refused + other.refused,
            self.failed + other.failed,
        )


@dataclass(frozen=True, slots=True)
class Clerk:
    """What a poll is handed: the clock, and what to call after each commit to hand the answers on."""

    now: Callable[[], datetime]
    write: Callable[[], object]


@dataclass(frozen=True, slots=True)
class _Found:
    """A mail that waits, and what marks or moves it once it is received."""

    arrival: Arrival
    done: Callable[[], object]


def poll_mailbox(place: Account, clerk: Clerk) -> Polled:
    """Receive every mail that waits in the folder. Raises MailboxTrouble.

    Those that cannot be kept now stay where they are, and those behind them are received all the same.
    """
    with opened(place) as mailbox:
        return _take_in(_in_mailbox(mailbox), clerk)


def _in_mailbox(mailbox: Mailbox) -> Iterator[_Found]:
    for waiting in mailbox.waiting():
        is_large = waiting.size > MAX_MESSAGE
        raw = mailbox.head(waiting.uid) if is_large else mailbox.raw(waiting.uid)
        if raw is not None:  # otherwise somebody else took it away meanwhile
            yield _Found(_arrival(raw, is_large), partial(mailbox.done, waiting.uid))


def poll_maildir(folder: Path, clerk: Clerk) -> Polled:
    """Receive every mail in `new` of a maildir, and move each to `cur` after its commit. Raises OSError."""
    return _take_in(_in_maildir(folder), clerk)


def _in_maildir(folder: Path) -> Iterator[_Found]:
    paths = sorted(path for path in (folder / "new").iterdir() if path.is_file() and path.name[:1] != ".")
    for path in paths:
        try:
            is_large = path.stat().st_size > MAX_MESSAGE
            with path.open("rb") as file:
                raw = file.read(MAX_HEADER_BLOCK if is_large else MAX_MESSAGE)
        except FileNotFoundError:  # another program took it meanwhile
            continue
        yield _Found(_arrival(raw, is_large), partial(_move, folder, path))


def _move(folder: Path, path: Path) -> None:
    fault_point("before-move")
    path.replace(folder / "cur" / f"{path.name}:2,S")
    fault_point("after-move")


def _arrival(raw: bytes, is_large: bool) -> Arrival:
    return Arrival(raw, unread=TOO_LARGE if is_large else "")


def _take_in(waiting: Iterable[_Found], clerk: Clerk) -> Polled:
    """Receive what waits, some at once, until too much fails."""
    total = Polled()
    for some in _armfuls(waiting):
        total += _taken(some, clerk)
        if total.failed >= MOST_FAILED:
            break
    return total


def _taken(some: Sequence[_Found], clerk: Clerk) -> Polled:
    """Receive mails at once, or else each by itself: what fails is the database's or the disk's trouble."""
    try:
        got = receive_all([one.arrival for one in some], at=clerk.now(), write=clerk.write)
        for one in some:
            one.done()
    except (Error, OSError):
        if len(some) > 1:
            return sum((_taken([one], clerk) for one in some), Polled())
        logger.exception("A mail could not be kept now; it stays where it is")
        return Polled(failed=1)
    return sum(map(_counted, got), Polled())


def _armfuls(waiting: Iterable[_Found]) -> Iterator[list[_Found]]:
    """Part what waits into as many mails as are taken in at once, and not much more than MOST_OCTETS."""
    some: list[_Found] = []
    for one in waiting:
        some.append(one)
        if len(some) >= MOST_TOGETHER or sum(len(each.arrival.raw) for each in some) >= MOST_OCTETS:
            yield some
            some = []
    if some:
        yield some


def _counted(got: Received) -> Polled:
    if got.code:
        return Polled(refused=1)
    return Polled(numbered=1) if got.number else Polled(done=1)
