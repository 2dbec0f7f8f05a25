"""A real installation for each journey, and real mail servers for those that go by mail alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from journeys.installation import Installation, drop, found
from journeys.mail_servers import PASSWORD, Dovecot, dovecot, free_port
from journeys.post_office import OFFICE, OURS, Post
from talanoa.lib.smtp_url import SmtpServer
from talanoa.mail.posting import account, mailbox, outbox


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One for all journeys, which work on copies: to found it takes longer than most of them."""
    made = found(tmp_path_factory.mktemp("founded") / "home")
    yield made
    drop([made])


@pytest.fixture
def here(founded: Installation, tmp_path: Path) -> Iterator[Installation]:
    """An installation with the open process `nm` and no input yet."""
    made = founded.copy(tmp_path / "home")
    yield made
    drop([made])


@pytest.fixture(scope="module")
def imap() -> Iterator[Dovecot]:
    with dovecot() as running:
        yield running


@pytest.fixture
def post(imap: Dovecot, db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    made = Post(imap, free_port())
    controller = Controller(made, hostname="127.0.0.1", port=made.port)
    controller.start()
    at = account(f"127.0.0.1:{imap.port}", user=OFFICE, password=PASSWORD, folder="")
    monkeypatch.setattr(mailbox, "account", at)
    monkeypatch.setattr(outbox, "smtp", SmtpServer("127.0.0.1", made.port))
    monkeypatch.setattr(outbox, "directory", None)
    monkeypatch.setattr(outbox, "domain", OURS)
    try:
        yield made
    finally:
        controller.stop()
