"""A real SMTP server on loopback that answers as a test tells it, and keeps what it took."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import MISSING, Envelope, Session

from talanoa.lib.smtp_url import SmtpServer
from talanoa.mail.posting import outbox

OK = "250 OK"


@dataclass(slots=True)
class Taken:
    """A mail as the server took it: envelope and bytes."""

    sender: str
    recipient: str
    raw: bytes

    @property
    def letter(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=default)  # type: ignore[return-value]


@dataclass(slots=True)
class MailServer:
    """What the server says to each recipient and to each mail; `answers` are used up one by one."""

    port: int = 0
    mailboxes: dict[str, str] = field(default_factory=dict)
    answers: list[str] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    sessions: int = 0

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.sessions += 1
        session.host_name = hostname
        return responses

    async def handle_AUTH(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Session, _envelope: Envelope, args: list[str]
    ) -> Any:
        self.asked += args[:1]
        return MISSING

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self.mailboxes.get(address, OK)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.answers.pop(0) if self.answers else OK
        if answer in (OK, "hang up"):
            content = envelope.original_content or b""
            self.taken.append(Taken(envelope.mail_from or "", envelope.rcpt_tos[0], content))
        if answer == "hang up":
            server.transport.abort()
        return OK if answer == "hang up" else answer

    def addresses(self) -> list[str]:
        return [mail.recipient for mail in self.taken]


@contextmanager
def serving(patch: pytest.MonkeyPatch, **how: Any) -> Iterator[MailServer]:
    """Serve on a free port of loopback, with the outbox directed there; `how` is for the server, such as its TLS."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    handler = MailServer(port=port)
    controller = Controller(handler, hostname="127.0.0.1", port=port, enable_SMTPUTF8=True, **how)
    controller.start()
    patch.setattr(outbox, "smtp", SmtpServer("127.0.0.1", port))
    patch.setattr(outbox, "domain", "talanoa.example")
    patch.setattr(outbox, "directory", None)
    try:
        yield handler
    finally:
        controller.stop()
