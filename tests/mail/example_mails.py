"""Mails that people write to us, and the letters that they find in their mailbox."""

from collections.abc import Callable
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime
from hashlib import sha256
from pathlib import Path

import pytest

from talanoa.mail.outbox import write_outbox
from talanoa.mail.posting import outbox
from talanoa.mail.receiving import Received, receive

YUSUF = "Yusuf Abdi <yusuf@garissa.example>"
LUCIA = "=?utf-8?q?Luc=C3=ADa_Pereira?= <lucia@nic.example>"
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
DIGEST = "nm: what happened"
Write = Callable[..., bytes]


def mail(
    text: str | bytes = "Please keep mail only courses.",
    *,
    sender: str = YUSUF,
    to: str = "nm@talanoa.example",
    subject: str = "Training by mail",
    name: str = "",
    headers: str = "",
    sent_at: datetime = MONDAY,
) -> bytes:
    """A mail in plain text with CRLF line ends; `headers` are whole lines, `name` its Message-ID."""
    body = text.encode() if isinstance(text, str) else text
    identifier = name or f"{sha256(body).hexdigest()[:12]}@garissa.example"
    head = f"From: {sender}\nTo: {to}\nSubject: {subject}\nDate: {format_datetime(sent_at)}\n"
    head += f"Message-ID: <{identifier}>\n{headers}"
    return head.encode().replace(b"\n", b"\r\n") + b"\r\n" + body.replace(b"\n", b"\r\n") + b"\r\n"


def answer(letter: EmailMessage, text: str, *, sender: str = YUSUF, headers: str = "") -> bytes:
    """The answer to a letter as a mail program writes it: to its Reply-To, quoting it below."""
    quoted = "\n".join(f"> {line}".rstrip() for line in words(letter).splitlines())
    named = str(letter["Message-ID"]).strip()
    body = f"{text}\n\nOn Mon, 2 Mar 2026 at 10:00, Talanoa <talanoa@localhost> wrote:\n{quoted}\n"
    return mail(
        body,
        sender=sender,
        to=str(letter["Reply-To"]),
        subject=f"Re: {letter['Subject']}",
        name=f"re.{sha256(body.encode()).hexdigest()[:12]}@garissa.example",
        headers=f"In-Reply-To: {named}\nReferences: {named}\n{headers}",
    )


def words(letter: EmailMessage) -> str:
    """What a letter says, with plain line ends."""
    return str(letter.get_content()).replace("\r\n", "\n")


class Postbox:
    """The outbox directory as the people see it who get its letters."""

    def __init__(self, directory: Path, patch: pytest.MonkeyPatch) -> None:
        self.directory = directory / "outbox"
        patch.setattr(outbox, "directory", self.directory)
        patch.setattr(outbox, "domain", "talanoa.example")

    def receive(self, raw: bytes, *, at: datetime, to: str = "") -> Received:
        """Take in a mail and hand on the answer; without `to`, for the mail's own recipients."""
        return receive(raw, to=to, at=at, write=write_outbox)

    def files(self) -> list[Path]:
        return sorted(path for path in self.directory.rglob("*") if path.is_file())

    def letters(self, address: str = "") -> list[EmailMessage]:
        """The letters to `address`, or to everybody, oldest first."""
        read = [message_from_bytes(path.read_bytes(), policy=default) for path in self.files()]
        return [letter for letter in read if address in ("", str(letter["To"]))]  # type: ignore[misc]

    def last(self, address: str = "yusuf@garissa.example") -> EmailMessage:
        """The newest letter to `address` that is no digest."""
        told = [one for one in self.letters(address) if one["Subject"] != DIGEST]
        return told[-1]
