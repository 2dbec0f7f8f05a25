"""Fetches what waits in a mailbox or a maildir: each mail is received first, and only then marked or moved."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from django.db import Error

from talanoa.kernel.faults import fault_point
from talanoa.lib.rfc5322 import MAX_MESSAGE
from talanoa.lib.rfc5322.limits import MAX_HEADER_BLOCK
from talanoa.mail.mailbox import Mailbox, Waiting, opened
from talanoa.mail.posting import Account
from talanoa.mail.receiving import Received, receive_anyway

TOO_LARGE = "mail_too_large"
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

    def take(self, raw: bytes, *, unread: str = "") -> Polled:
        """Receive one mail for whom it names. Raises what the database or the disk raises."""
        return _counted(receive_anyway(raw, to="", at=self.now(), write=self.write, unread=unread))


def poll_mailbox(place: Account, clerk: Clerk) -> Polled:
    """Receive every mail that waits in the folder. Raises MailboxTrouble.

    One that cannot be kept now stays where it is, and those behind it are received all the same.
    """
    with opened(place) as mailbox:
        return _each(partial(_from_mailbox, mailbox, waiting, clerk) for waiting in mailbox.waiting())


def _from_mailbox(mailbox: Mailbox, waiting: Waiting, clerk: Clerk) -> Polled:
    is_large = waiting.size > MAX_MESSAGE
    raw = mailbox.head(waiting.uid) if is_large else mailbox.raw(waiting.uid)
    if raw is None:  # somebody else took it away meanwhile
        return Polled()
    got = clerk.take(raw, unread=TOO_LARGE if is_large else "")
    mailbox.done(waiting.uid)
    return got


def poll_maildir(folder: Path, clerk: Clerk) -> Polled:
    """Receive every mail in `new` of a maildir, and move each to `cur` after its commit. Raises OSError."""
    paths = sorted(path for path in (folder / "new").iterdir() if path.is_file() and path.name[:1] != ".")
    return _each(partial(_from_maildir, folder, path, clerk) for path in paths)


def _from_maildir(folder: Path, path: Path, clerk: Clerk) -> Polled:
    try:
        is_large = path.stat().st_size > MAX_MESSAGE
        with path.open("rb") as file:
            raw = file.read(MAX_HEADER_BLOCK if is_large else MAX_MESSAGE)
    except FileNotFoundError:  # another program took it meanwhile
        return Polled()
    got = clerk.take(raw, unread=TOO_LARGE if is_large else "")
    fault_point("before-move")
    path.replace(folder / "cur" / f"{path.name}:2,S")
    fault_point("after-move")
    return got


def _each(steps: Iterable[Callable[[], Polled]]) -> Polled:
    """Take one after another; what fails is the database's or the disk's trouble, and comes again next time."""
    total = Polled()
    for step in steps:
        try:
            total += step()
        except (Error, OSError):
            logger.exception("A mail could not be kept now; it stays where it is")
            total += Polled(failed=1)
            if total.failed >= MOST_FAILED:
                break
    return total


def _counted(got: Received) -> Polled:
    if got.code:
        return Polled(refused=1)
    return Polled(numbered=1) if got.number else Polled(done=1)
