"""A PostgreSQL server of our own for one run: a cluster in a temporary folder, on a socket, durable as it comes."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import quote, urlsplit
from uuid import uuid4

import psycopg

SERVER_USER = "postgres"


class NoServer(RuntimeError):
    """PostgreSQL cannot be measured here; the message says why."""


@contextmanager
def server() -> Iterator[str]:
    """Give the address of a server: that of DATABASE_URL, or a cluster started here. Raises NoServer."""
    given = os.environ.get("DATABASE_URL", "")
    if given:
        yield given
        return
    if shutil.which("initdb") is None or shutil.which("pg_ctl") is None:
        raise NoServer("no DATABASE_URL, and initdb is not installed")
    folder = Path(mkdtemp(prefix="talanoa-postgres-"))
    try:
        user = _own(folder)
        data = folder / "data"
        _run(["initdb", "--auth=trust", "--encoding=utf8", "--locale=C", "-D", str(data)], user)
        options = f"-c listen_addresses= -c unix_socket_directories={folder}"
        _run(["pg_ctl", "-w", "-D", str(data), "-l", str(folder / "log"), "-o", options, "start"], user)
        try:
            yield f"postgres://{user}@/postgres?host={quote(str(folder), safe='/')}"
        finally:
            _run(["pg_ctl", "-w", "-m", "immediate", "-D", str(data), "stop"], user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def database(address: str) -> Iterator[str]:
    """Create a database on the server at `address` and give its own address; drop it afterwards."""
    name = f"talanoa_benchmark_{uuid4().hex[:8]}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template0 ENCODING utf8')
        try:
            yield urlsplit(address)._replace(path=f"/{name}").geturl()
        finally:
            with suppress(psycopg.Error):
                connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _own(folder: Path) -> str:
    """Give the folder to whom the server may run as: PostgreSQL refuses root."""
    if os.geteuid():
        return pwd.getpwuid(os.geteuid()).pw_name
    try:
        shutil.chown(folder, SERVER_USER)
    except LookupError as missing:
        raise NoServer("PostgreSQL does not run as root, and there is no user postgres") from missing
    return SERVER_USER


def _run(command: Sequence[str], user: str) -> None:
    as_user = user if os.geteuid() == 0 else None
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd="/", user=as_user)
    if done.returncode:
        raise NoServer(f"{command[0]}: {(done.stderr or done.stdout).strip()[-200:]}")
