"""When nothing more can be written: one code for it, and no half-written key."""

import errno
import os
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import OperationalError, ProgrammingError

from talanoa.kernel.commands import DISK_FULL, RULE, Told, Verb, is_disk_full, is_unprepared
from talanoa.kernel.keyring import write_once


def caused(error: Exception, **cause: object) -> Exception:
    """An error of Django's with the database's own behind it."""
    error.__cause__ = type("Cause", (Exception,), cause)()
    return error


FULL = [
    OSError(errno.ENOSPC, "No space left on device"),
    OSError(errno.EDQUOT, "Disk quota exceeded"),
    OSError(errno.EFBIG, "File too large"),
    caused(OperationalError("database or disk is full"), sqlite_errorname="SQLITE_FULL"),
    caused(OperationalError("disk I/O error"), sqlite_errorname="SQLITE_IOERR_WRITE"),
    caused(OperationalError("could not extend file"), sqlstate="53100"),
]
OTHER = [
    FileNotFoundError(errno.ENOENT, "No such file"),
    caused(OperationalError("database is locked"), sqlite_errorname="SQLITE_BUSY"),
    caused(OperationalError("deadlock detected"), sqlstate="40P01"),
]


class Failing(Verb):
    """A command that meets an error."""

    verbs = ("try",)
    met: Exception

    def act_try(self, _options: dict[str, object]) -> Told:
        """Meet it."""
        raise self.met


def told(failing: Exception) -> tuple[str, int]:
    """The code that a command answers, and its exit code."""
    command = Failing()
    command.met = failing
    answer = command._failed(failing)
    return str(answer.data["code"]), answer.code


@pytest.mark.parametrize("failed", FULL, ids=str)
def test_a_full_disk_has_one_code_whoever_says_so(failed: Exception) -> None:
    assert told(failed) == ("disk_full", DISK_FULL)


@pytest.mark.parametrize("failed", OTHER, ids=str)
def test_other_failures_are_not_called_a_full_disk(failed: Exception) -> None:
    assert not is_disk_full(failed)


def test_without_tables_the_refusal_says_what_to_do() -> None:
    missing = caused(OperationalError("no such table: record_log"), sqlite_errorname="SQLITE_ERROR")
    assert told(missing) == ("log_missing", RULE)
    assert is_unprepared(caused(ProgrammingError("relation is not there"), sqlstate="42P01"))


def test_any_other_error_of_the_database_is_not_hidden() -> None:
    with pytest.raises(OperationalError):
        told(caused(OperationalError("database is locked"), sqlite_errorname="SQLITE_BUSY"))


def test_sqlite_says_full_by_the_name_that_is_looked_for(tmp_path: Path) -> None:
    file = sqlite3.connect(tmp_path / "small.sqlite3")
    file.executescript("PRAGMA max_page_count = 2; CREATE TABLE words (word TEXT)")
    with pytest.raises(sqlite3.OperationalError) as failed:
        file.execute("INSERT INTO words VALUES (hex(randomblob(20000)))")
    file.close()
    assert failed.value.sqlite_errorname == "SQLITE_FULL"


def test_a_key_that_cannot_be_written_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("talanoa.kernel.keyring.os", SimpleNamespace(**vars(os) | {"fsync": full}))
    with pytest.raises(OSError, match="No space"):
        write_once(tmp_path / "real.ed25519", b"seed")
    assert list(tmp_path.iterdir()) == []
