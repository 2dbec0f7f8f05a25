"""A real installation for tests that kill programs: its own home, its own database, real processes.

The database is a SQLite file, or a new one beside DATABASE_URL where the suite runs on PostgreSQL. What
stands in it is read here with plain SQL, so that the program under test is not its own witness.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from talanoa.lib import merkle

OPENED = "2026-03-02T09:00Z"
PROGRAM = [sys.executable, "-m", "talanoa"]
SERVER = os.environ.get("DATABASE_URL", "")
KILLED = 137
_serial = count()


def kills(always: Iterable[str], *, nightly: Iterable[str]) -> pytest.MarkDecorator:
    """Give a test each `point` of `always` once; in the nightly run each of `nightly` twenty times."""
    if not os.environ.get("TALANOA_NIGHTLY"):
        return pytest.mark.parametrize("point", list(always))
    often = [
        pytest.param(point, marks=pytest.mark.nightly, id=f"{point}-{n}")
        for point in nightly
        for n in range(20)
    ]
    return pytest.mark.parametrize("point", often)


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands in an installation: counts of what must be there once, and the numbers given."""

    numbers: tuple[int, ...]
    last_number: int
    received: int
    raw: int
    queued: int
    files: int


@dataclass(frozen=True, slots=True)
class Installation:
    """One home with one database; `url` is empty for SQLite."""

    home: Path
    url: str = ""

    def start(
        self,
        *words: str,
        fail_at: str = "",
        demonstration: str = "yes",
        settings: Mapping[str, str] = MappingProxyType({}),
        **how: Any,
    ) -> subprocess.Popen[str]:
        """Start `talanoa WORDS` as a process of its own, with further `settings`."""
        environment = {
            **os.environ,
            "TALANOA_HOME": str(self.home),
            "TALANOA_DEMONSTRATION": demonstration,
            "TALANOA_FAIL_AT": fail_at,
            "DATABASE_URL": self.url,
            **settings,
        }
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen([*PROGRAM, *words], env=environment, text=True, **(pipes | how))

    def run(self, *words: str, **how: Any) -> tuple[int, dict[str, Any]]:
        """Run `talanoa WORDS --json`; return its exit code and its answer."""
        return finished(self.start(*words, "--json", **how))

    def receive(self, mail: Path, *, at: str = OPENED, **how: Any) -> tuple[int, dict[str, Any]]:
        """Deliver one mail for the process `nm`."""
        dated = () if how.get("demonstration") == "no" else ("--at", at)
        return self.run("mail", "receive", str(mail), "--to", "nm", *dated, **how)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a query gives, read past the program."""
        if self.url:
            with psycopg.connect(self.url) as server:
                return server.execute(sql).fetchall()
        with closing(sqlite3.connect(self.home / "talanoa.sqlite3")) as file:
            return file.execute(sql).fetchall()

    def rows_written(self, sql: str) -> None:
        """Change something past the program."""
        if self.url:
            with psycopg.connect(self.url) as server:
                server.execute(sql)
            return
        with closing(sqlite3.connect(self.home / "talanoa.sqlite3")) as file:
            file.execute(sql)
            file.commit()

    def one(self, sql: str) -> Any:
        return self.rows(sql)[0][0]

    def kept(self) -> Kept:
        numbers = self.rows("SELECT number FROM contributions_contribution ORDER BY number")
        return Kept(
            numbers=tuple(number for (number,) in numbers),
            last_number=self.one("SELECT last_number FROM processes_process WHERE key <> 'place'"),
            received=self.one("SELECT count(*) FROM record_entry WHERE kind = 'input.received.1'"),
            raw=self.one("SELECT count(*) FROM mail_rawmessage"),
            queued=self.one("SELECT count(*) FROM mail_outgoingmessage"),
            files=len(self.files()),
        )

    def files(self) -> list[Path]:
        """Every file of the outbox that is a mail, and what a half-done write may have left."""
        return sorted(path for path in (self.home / "outbox").rglob("*") if path.is_file())

    def tree_holds(self) -> bool:
        """Tell whether the newest checkpoint signs exactly these entries, computed from the leaves alone."""
        leaves = self.rows('SELECT leaf FROM record_entry ORDER BY "index"')
        note = self.one("SELECT note FROM record_checkpoint ORDER BY size DESC LIMIT 1")
        root = merkle.fold(merkle.leaf_hash(bytes(leaf)) for (leaf,) in leaves)
        _origin, size, signed = note.split("\n")[:3]
        return (int(size), signed) == (len(leaves), b64encode(root).decode())

    def audit(self) -> bool:
        """Tell what `talanoa record audit` finds."""
        code, told = self.run("record", "audit")
        return code == 0 and bool(told["holds"])

    def copy(self, home: Path) -> "Installation":
        """Return the same installation again, in `home`, with a database of its own."""
        shutil.copytree(self.home, home)
        if not self.url:
            return Installation(home)
        return Installation(home, new_database(template=urlsplit(self.url).path.lstrip("/")))


def finished(process: subprocess.Popen[str]) -> tuple[int, dict[str, Any]]:
    """Wait for a program; return its exit code and its answer. A traceback is a failure of the test."""
    out, told = process.communicate(timeout=300)
    assert "Traceback" not in told, told[-3000:]
    return process.returncode, json.loads(out) if out.strip() else {}


def found(home: Path, url: str = "") -> Installation:
    """Make an installation with one open process, `nm`; `url` is a database other than the run's own."""
    made = Installation(home, url or (new_database() if SERVER else ""))
    code, _told = made.run("init")
    assert code == 0
    words = ("process", "create", "--template", "open-consultation", "--key", "nm", "--title", "Training")
    code, told = made.run(*words, "--open", "--at", OPENED)
    assert (code, told["state"]) == (0, "open")
    return made


@contextmanager
def server() -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """Open a connection to the server's own database, from which others are created and dropped."""
    with psycopg.connect(beside("postgres"), autocommit=True) as connection:
        yield connection


def new_database(template: str = "template0") -> str:
    """Create a database beside DATABASE_URL; return its address."""
    name = f"talanoa_kill_{os.getpid()}_{next(_serial)}"
    with server() as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" ENCODING utf8')  # type: ignore[arg-type]
    return beside(name)


def beside(name: str) -> str:
    """Return the address of the database called `name` on the server of DATABASE_URL."""
    return urlsplit(SERVER)._replace(path=f"/{name}").geturl()


def drop(installations: Iterable[Installation]) -> None:
    """Remove the databases of these installations from the server."""
    names = [urlsplit(one.url).path.lstrip("/") for one in installations if one.url]
    if names:
        with server() as connection:
            for name in names:
                connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[arg-type]


def write_mail(folder: Path, number: int = 1, *, sender: str = "", text: str = "Pay the trainers.") -> Path:
    """Write a raw mail, the same bytes for the same arguments."""
    path = folder / f"{number}.eml"
    head = f"From: Yusuf Abdi <{sender or f'yusuf{number}@garissa.example'}>\nTo: nm@talanoa.example\n"
    path.write_text(f"{head}Subject: Money {number}\nMessage-ID: <{number}@garissa.example>\n\n{text}\n")
    return path
