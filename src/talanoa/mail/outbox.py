"""Writes the queued mails as files into the outbox directory, each as a complete message.

Sending them to a mail server comes with issue 2 of 8; until then an operator (or a test) reads the files.
"""

import os
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from talanoa.kernel.faults import fault_point
from talanoa.mail.models import OutgoingMessage
from talanoa.mail.posting import outbox


def write_outbox(*, at: datetime | None = None) -> int:
    """Write every queued mail as a file and mark it; return how many. `at` defaults to each mail's own time."""
    n_written = 0
    if outbox.directory is None:
        return n_written
    for message in OutgoingMessage.objects.filter(written_at__isnull=True):
        fault_point("before-file")
        _write(message, outbox.directory)
        fault_point("after-file")
        message.written_at = at or message.created_at
        message.save(update_fields=["written_at"])
        n_written += 1
    return n_written


def _write(message: OutgoingMessage, directory: Path) -> None:
    """Write one file whole or not at all: first under a name of this program's own, then renamed."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = directory / f"{message.pk:08d}.{os.getpid()}.part"
    part.write_bytes(as_email(message).as_bytes(policy=SMTP))
    part.replace(directory / f"{message.pk:08d}.eml")


def as_email(message: OutgoingMessage) -> EmailMessage:
    """Return the mail with all its headers; the reply token, if any, stands in Reply-To only."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = outbox.sender
    mail["To"] = message.to
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(message.created_at)
    mail["Message-ID"] = f"<{message.pk}.{message.key[:40]}@{outbox.domain}>"
    headers = dict(message.headers)
    token = headers.pop("X-Reply-Token", "")
    if message.process_key:
        plus = f"+{token}" if token else ""
        mail["Reply-To"] = f"{message.process_key}{plus}@{outbox.domain}"
    for name, value in headers.items():
        mail[name] = value
    mail.set_content(message.text, cte="quoted-printable")
    return mail


def file_of(message: OutgoingMessage) -> Path | None:
    """Return where the mail stands as a file, once written."""
    return outbox.directory / f"{message.pk:08d}.eml" if outbox.directory else None
