"""Writes the queued mails as files into the outbox directory, each as a complete message.

Sending them to a mail server comes with issue 2 of 8; until then an operator (or a test) reads the files.
"""

import os
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from talanoa.kernel.faults import fault_point
from talanoa.mail.models import OutgoingMessage
from talanoa.mail.posting import outbox

PROOF = "X-Reply-Token"
"""Under this name a queued mail holds the reply token that goes into its Reply-To."""
HERE = "{reply-token}"
"""In the confirming link of a queued mail the reply token is put here when the mail is written."""


def write_outbox(*, at: datetime | None = None) -> int:
    """Write every queued mail as a file and mark it; return how many. `at` defaults to each mail's own time.

    A mail whose words were erased meanwhile is not sent. Once written, its reply token is kept nowhere else.
    """
    n_written = 0
    if outbox.directory is None:
        return n_written
    for message in OutgoingMessage.objects.filter(written_at__isnull=True).exclude(text=""):
        fault_point("before-file")
        _write(message, outbox.directory)
        fault_point("after-file")
        message.written_at = at or message.created_at
        message.headers = {name: value for name, value in message.headers.items() if name != PROOF}
        message.save(update_fields=["written_at", "headers"])
        n_written += 1
    return n_written


def _write(message: OutgoingMessage, directory: Path) -> None:
    """Write one file whole or not at all: first under a name of this program's own, then renamed."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = directory / f"{message.pk:08d}.{os.getpid()}.part"
    part.write_bytes(as_bytes(message))
    part.replace(directory / f"{message.pk:08d}.eml")


def as_bytes(message: OutgoingMessage) -> bytes:
    """Return the mail as it goes out; the reply token stands in Reply-To, and where the text asks for it.

    Addresses and identifiers are written as they are: Python's own writer would encode long ones, and then
    no reader knows them again. An address beyond ASCII makes the header UTF-8 (RFC 6532).
    """
    headers = dict(message.headers)
    token = headers.pop(PROOF, "")
    head = {
        "From": outbox.sender,
        "To": message.to,
        "Date": format_datetime(message.created_at),
        "Message-ID": f"<{message_id(message)}>",
    }
    if message.process_key:
        plus = f"+{token}" if token else ""
        head["Reply-To"] = f"{message.process_key}{plus}@{outbox.domain}"
    body = EmailMessage(policy=SMTP)
    link = confirming_link(message.process_key)
    text = message.text.replace(link, link.replace(HERE, token))
    body.set_content(text, cte="quoted-printable")
    lines = [_field(name, value) for name, value in {**head, **headers}.items()]
    return "".join([*lines, f"Subject: {_encoded(message.subject)}\r\n"]).encode() + body.as_bytes()


def message_id(message: OutgoingMessage) -> str:
    """Return the identifier of a mail of ours, without its angle brackets; it begins with the row's own."""
    return f"{message.pk}.{message.key[:40].strip('.')}@{outbox.domain}"


def confirming_link(process_key: str) -> str:
    """Return the address that confirms a held input; a token is put only into this very address of ours."""
    return f"{outbox.site}/p/{process_key}/confirm/{HERE}/"


def _field(name: str, value: str) -> str:
    """Return one field of the header: no value can begin another one; identifiers have a line each."""
    return f"{name}: " + ("\r\n " if name == "References" else " ").join(value.split()) + "\r\n"


def _encoded(subject: str) -> str:
    """Return a subject as RFC 2047 has it; one that looks as if it were encoded already is encoded too."""
    line = " ".join(subject.split())
    if line.isascii() and "=?" not in line:
        return line
    return Header(line, "utf-8", header_name="Subject").encode(linesep="\r\n")


def file_of(message: OutgoingMessage) -> Path | None:
    """Return where the mail stands as a file, once written."""
    return outbox.directory / f"{message.pk:08d}.eml" if outbox.directory else None
