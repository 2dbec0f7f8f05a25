"""Real mail servers for those journeys that go by mail alone."""

from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller

from journeys.mail_servers import PASSWORD, Dovecot, dovecot, free_port
from journeys.post_office import OFFICE, OURS, Post
from talanoa.lib.smtp_url import SmtpServer
from talanoa.mail.posting import account, mailbox, outbox


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
