"""The shape of our commands: `--json` gives one object on stdout, refusals have codes and exit codes.

Exit codes: 0 done, 2 wrong usage, 3 a rule forbids it, 4 not allowed, 5 a file cannot be read, 6 the disk
is full (the act can be repeated once there is space).
"""

import errno
import json
import os
import select
import signal
import threading
from argparse import ArgumentTypeError
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _

from talanoa.kernel import clock
from talanoa.kernel.errors import NotAllowed, RuleBroken

RULE, NOT_ALLOWED, UNREADABLE, DISK_FULL = 3, 4, 5, 6
# What SQLite, PostgreSQL and the system call it when nothing more can be written: full, or over a quota.
_SQLITE_FULL = frozenset({"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE"})
_SQLSTATE_FULL, _SQLSTATE_NO_TABLE = "53100", "42P01"
_SYSTEM_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@dataclass(frozen=True, slots=True)
class Told:
    """What a command answers: the object for `--json`, the lines for people, the exit code."""

    data: dict[str, Any]
    lines: tuple[str, ...] = ()
    code: int = 0


class Verb(BaseCommand):
    """Base of the commands with verbs, such as `talanoa process create`: one method `act_VERB` for each."""

    requires_system_checks: list[str] = []
    verbs: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Give every verb `--json` and `--at`; a subclass adds the verbs' own arguments in `describe`."""
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        for name in self.verbs:
            sub = verbs.add_parser(name, help=(self.act(name).__doc__ or "").split("\n")[0])
            self.common(sub)
            self.describe(name, sub)

    def common(self, parser: CommandParser) -> None:
        """Add the arguments that all verbs share."""
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
        parser.add_argument("--at", type=instant, help="UTC time of the act; in demonstration mode only")

    def describe(self, verb: str, parser: CommandParser) -> None:
        """Add the arguments of one verb."""

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - the signature is Django's
        """Run the verb; turn a refusal into a message with its code."""
        if options["at"] and not settings.TALANOA_DEMONSTRATION:
            raise CommandError(
                "--at is for demonstrations: on a real installation the clock decides.", returncode=2
            )
        options["at"] = options["at"] or clock.now()
        try:
            told = self.act(options["verb"])(options)
        except RuleBroken as broken:
            told = self._refused(broken.rule, broken.text, RULE, subjects=list(broken.subjects))
        except NotAllowed as refused:
            told = self._refused(refused.rule, refused.text, NOT_ALLOWED)
        except (OSError, UnicodeDecodeError, DatabaseError) as failed:
            told = self._failed(failed)
        self._tell(told, as_json=options["json"])
        if told.code:
            raise SystemExit(told.code)

    def act(self, verb: str) -> Callable[[dict[str, Any]], Told]:
        """Return the method `act_VERB` that does the verb; a hyphen in it stands as an underscore there."""
        method: Callable[[dict[str, Any]], Told] = getattr(self, f"act_{verb.replace('-', '_')}")
        return method

    def _refused(self, code: str, message: str, exit_code: int, **more: Any) -> Told:
        return Told({"code": code, "message": message, **more}, (f"{message} [{code}]",), exit_code)

    def _failed(self, failed: Exception) -> Told:
        if is_disk_full(failed):
            told = _("The disk is full. Nothing is half done: make space, then do this again.")
            return self._refused("disk_full", told, DISK_FULL)
        if is_unprepared(failed):
            told = _("This installation has no record yet: run `talanoa init` first.")
            return self._refused("log_missing", told, RULE)
        if isinstance(failed, DatabaseError):
            raise failed
        return self._refused("file_unreadable", _unreadable(failed), UNREADABLE)

    def _tell(self, told: Told, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(told.data, ensure_ascii=False, default=str))
            return
        stream = self.stderr if told.code else self.stdout
        for line in told.lines:
            stream.write(line)


def _unreadable(failed: Exception) -> str:
    """Say in words why a file cannot be read."""
    name = getattr(failed, "filename", None) or "-"
    if isinstance(failed, FileNotFoundError):
        return _("There is no file %(name)s.") % {"name": name}
    if isinstance(failed, IsADirectoryError):
        return _("%(name)s is a folder, not a file.") % {"name": name}
    if isinstance(failed, PermissionError):
        return _("%(name)s cannot be read: its permissions forbid it.") % {"name": name}
    if isinstance(failed, UnicodeDecodeError):
        return _("The file is no text in UTF-8.")
    return str(failed)


def stop_asked() -> threading.Event:
    """Return what is set once a signal asks this program to end, or the one that started it is gone."""
    stop, parent = threading.Event(), os.getppid()
    asked, asks = os.pipe()
    os.set_blocking(asks, False)
    # Set in a thread that the signal wakes: a handler runs in the midst of whatever the main thread does, and where
    # that is waiting for `stop` itself, it would wait for the lock of `stop` for ever.
    signal.set_wakeup_fd(asks)
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: None)

    def watch() -> None:
        while not select.select([asked], [], [], 1)[0] and os.getppid() == parent:
            continue
        stop.set()

    threading.Thread(target=watch, daemon=True).start()
    return stop


def is_disk_full(failed: Exception) -> bool:
    """Tell whether `failed` says that nothing more can be written: no space, or a quota reached."""
    cause = failed.__cause__
    return (
        getattr(failed, "errno", None) in _SYSTEM_FULL
        or getattr(cause, "sqlite_errorname", None) in _SQLITE_FULL
        or getattr(cause, "sqlstate", None) == _SQLSTATE_FULL
    )


def is_unprepared(failed: Exception) -> bool:
    """Tell whether `failed` says that the tables are not there yet."""
    missing = getattr(failed.__cause__, "sqlstate", None) == _SQLSTATE_NO_TABLE
    return isinstance(failed, DatabaseError) and (missing or "no such table" in str(failed))


def instant(value: str) -> datetime:
    """Read an aware UTC time such as 2017-07-19T00:00Z."""
    try:
        when = datetime.fromisoformat(value)
    except ValueError as wrong:
        raise ArgumentTypeError("write a time as 2017-07-19T00:00Z") from wrong
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def read_bytes(name: str, stdin: Any, *, most: int = -1) -> bytes:
    """Return the bytes of a file, or of standard input for `-`; no more than `most` of them, where it is given."""
    if name == "-":
        return bytes(stdin.buffer.read(most))
    with Path(name).open("rb") as file:
        return file.read(most)
