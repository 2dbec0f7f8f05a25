"""People with a mail program and nothing else: SMTP out, IMAP in, real servers.

What they write goes to a mail server, which files it in the mailbox that `talanoa mail poll` reads by IMAP; what
`talanoa mail send` hands to the same server is filed in theirs, where they read it by IMAP and answer it.
"""

import imaplib
import smtplib
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from hashlib import sha256
from typing import Any

from aiosmtpd.smtp import Envelope, Session

from command_line import told
from conftest import day
from journeys.mail_servers import Dovecot
from mail.example_mails import DIGEST, answer, mail
from talanoa.conf.clockwork import tick
from talanoa.mail.registry import understand

OFFICE, OURS, TAKEN_IN = "user0", "talanoa.example", ("nm@", "nm+", "help@", "bounces+", "learn@", "learn+")
MAILBOXES = {
    "yusuf@garissa.example": "user1",
    "lucia@nic.example": "user2",
    "halima@garissa.example": "user4",
}


@dataclass(slots=True)
class Post:
    """A mail server for everybody: what is sent to the process goes to the mailbox that is polled."""

    server: Dovecot
    port: int = 0

    async def handle_DATA(self, _server: Any, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        for to in envelope.rcpt_tos:
            user = OFFICE if to.startswith(TAKEN_IN) else MAILBOXES.get(to, "user3")
            self.server.put(user, envelope.original_content or b"")
        return "250 OK"


@dataclass(slots=True)
class Writer:
    """A person at their mail program; `words` are the commands that they wrote, by their first word."""

    post: Post
    sender: str
    address: str
    at: float = 1.0
    words: list[str] = field(default_factory=list)

    def writes(
        self, text: str, *, to: str = "nm", subject: str = "Training", means: str = ""
    ) -> EmailMessage:
        """Write a mail of their own; return the letter that comes back."""
        name = sha256(f"{self.at} {text}".encode()).hexdigest()[:16] + "@garissa.example"
        return self._sent(
            mail(text, sender=self.sender, to=f"{to}@{OURS}", subject=subject, name=name), text, means
        )

    def answers(self, letter: EmailMessage, text: str, *, means: str = "") -> EmailMessage:
        """Answer a letter; return the one that comes back."""
        return self._sent(answer(letter, text, sender=self.sender), text, means)

    def _sent(self, raw: bytes, text: str, means: str) -> EmailMessage:
        self.words.append(means or understand(text, key="nm", about=1).word)
        before = len(self.letters())
        to = str(message_from_bytes(raw, policy=default)["To"])
        with smtplib.SMTP("127.0.0.1", self.post.port) as line:
            line.sendmail(self.address, [to], raw)
        self.at += 0.1
        got = told("mail", "poll", "--at", f"{day(self.at):%Y-%m-%dT%H:%M:%SZ}")
        assert (got["refused"], got["failed"]) == (0, 0)
        told("mail", "send", "--at", f"{day(self.at):%Y-%m-%dT%H:%M:%SZ}")
        letters = self.letters()
        assert len(letters) == before + 1, text
        return letters[-1]

    def told_by_the_clock(self, begins: str = "", *, field: str = "Subject") -> EmailMessage:
        """Let the clock tell what happened meanwhile; return the newest letter whose field begins so, no digest."""
        self.at += 0.1
        tick(at=day(self.at))
        letters = [one for one in self.letters() if field in one and one["Subject"] != DIGEST]
        return [one for one in letters if str(one[field]).startswith(begins)][-1]

    def letters(self) -> list[EmailMessage]:
        """Every letter in their mailbox, read by IMAP."""
        with self.post.server.client(MAILBOXES[self.address]) as client:
            client.select("INBOX", readonly=True)
            found = client.search(None, "ALL")[1][0].split()
            return [_letter(client, number) for number in found]


def _letter(client: imaplib.IMAP4, number: bytes) -> EmailMessage:
    _ok, rows = client.fetch(number.decode(), "(BODY.PEEK[])")
    row = rows[0]
    assert isinstance(row, tuple)
    return message_from_bytes(row[1], policy=default)  # type: ignore[return-value]
