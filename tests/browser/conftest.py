"""Installations that serve themselves on a free port, and browsers that look at them; nothing is installed here.

Each installation has a temporary home and a process group of its own. It is stopped by its process id, and
stopping it must leave no process behind.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from browser.eye import CHROMIUM, Eye

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
STEP = 0.2
OPERATOR = "operator@talanoa.example"


@dataclass(slots=True)
class Place:
    """One installation: where its state lives, where it is served."""

    home: Path
    demonstration: str = "yes"
    port: int = 0
    server: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TALANOA_")}
        kept.pop("DATABASE_URL", None)
        return kept | {
            "TALANOA_HOME": str(self.home),
            "TALANOA_DEMONSTRATION": self.demonstration,
            "TALANOA_URL": self.url,
            "TALANOA_OPERATOR": OPERATOR,
            "TALANOA_MAIL_DOMAIN": "talanoa.example",
            "TALANOA_TICK_SECONDS": "1",
            "TALANOA_WORKERS": "1",
        }

    def run(self, *words: str) -> tuple[int, dict[str, Any]]:
        """Run `talanoa WORDS --json`; return its exit code and its answer."""
        command = [sys.executable, "-m", "talanoa", *words, "--json"]
        done = subprocess.run(
            command, env=self.environment(), capture_output=True, text=True, timeout=120, check=False
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, json.loads(done.stdout) if done.stdout.strip() else {}

    def load(self) -> None:
        """Load the demonstration, or make an empty installation ready."""
        command = [sys.executable, "-m", "talanoa", "demo" if self.demonstration == "yes" else "init"]
        subprocess.run(command, env=self.environment(), capture_output=True, timeout=300, check=True)

    def start(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "talanoa", "serve", "--port", str(self.port)]
        with (self.home / "server.log").open("ab") as log:
            self.server = subprocess.Popen(
                command, env=self.environment(), stdout=log, stderr=log, start_new_session=True
            )
        self._wait(self._answers, "the server does not answer")

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/rules/", timeout=2) as page:
                return bool(page.status == 200)
        except OSError:
            return False

    def stop(self) -> None:
        """Stop the server as Ctrl-C does; every process of its group must be gone."""
        if self.server is None:
            return
        self.server.send_signal(signal.SIGINT)
        self.server.wait(timeout=30)
        try:
            self._wait(lambda: not _is_alive(self.server), "a process was left behind")
        finally:
            if _is_alive(self.server):
                os.killpg(self.server.pid, signal.SIGKILL)

    def _wait(self, condition: Any, otherwise: str) -> None:
        for _step in range(300):
            if condition():
                return
            time.sleep(STEP)
        raise AssertionError(f"{otherwise}: {(self.home / 'server.log').read_text()[-2000:]}")

    def mails(self, address: str) -> list[str]:
        """What was written to `address`, oldest first."""
        files = sorted((self.home / "outbox").glob("*.eml"))
        read = [message_from_bytes(file.read_bytes(), policy=default) for file in files]
        return [str(mail.get_content()) for mail in read if mail["To"] == address]

    def code(self, address: str) -> str:
        """The sign-in code that was mailed last."""
        return code_in(self.mails(address)[-1])


def code_in(mail: str) -> str:
    return re.findall(r"^[A-Z0-9]{3,}-?[A-Z0-9]{3,}\r?$", mail, re.MULTILINE)[0].strip()


def _is_alive(server: subprocess.Popen[bytes] | None) -> bool:
    try:
        os.killpg(server.pid if server else 0, 0)
    except ProcessLookupError:
        return False
    return server is not None


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a demonstration that was loaded once; every other one is a copy of it."""
    place = Place(tmp_path_factory.mktemp("loaded"))
    place.load()
    return place.home


def _served(place: Place) -> Iterator[Place]:
    place.start()
    try:
        yield place
    finally:
        place.stop()


@pytest.fixture(scope="module")
def demonstration(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A demonstration of this module's own."""
    home = tmp_path_factory.mktemp("demonstration") / "home"
    shutil.copytree(loaded, home)
    yield from _served(Place(home))


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A real installation with one open process, `nm`, whose convenor is the operator."""
    place = Place(tmp_path_factory.mktemp("installation"), demonstration="no")
    place.load()
    created = ("process", "create", "--template", "open-consultation", "--key", "nm", "--title", "Training")
    assert place.run(*created, "--open")[0] == 0
    yield from _served(place)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The only browser of a worker: a second one would find the event loop of the first running."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def eye(chromium: Any, demonstration: Place) -> Iterator[Eye]:
    made = Eye(chromium, demonstration.url)
    yield made
    made.context.close()
    assert made.wrong == {}
