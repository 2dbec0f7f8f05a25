"""The queued mails as complete messages, and as files in the outbox directory where no mail server takes them."""

import os
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from talanoa.kernel.faults import fault_point
from talanoa.lib.processkeys import RESERVED
from talanoa.mail.models import OutgoingMessage
from talanoa.mail.posting import outbox

PROOF = "X-Reply-Token"
"""Under this name a queued mail holds the reply token that goes into its Reply-To."""
LEAVE = "X-Leave-Token"
"""Under this name it holds the token that ends letters of its kind; it goes into List-Unsubscribe (RFC 8058)."""
BOUNCE = "X-Bounce-Token"
"""Under this name it holds the token of the address to which it comes back when nobody takes it (VERP)."""
UNFINISHED = "unfinished"
"""The folder in the outbox in which files stand while they are written."""
BATCH = 50
"""Mails that are marked as written together; whoever dies before writes them again, under the same names."""
HELD = frozenset({PROOF, LEAVE, BOUNCE})
HERE = "{reply-token}"
"""In the confirming link of a queued mail, or that of an invitation, the reply token is put here when it is written."""


def write_outbox(*, at: datetime | None = None) -> int:
    """Write every queued mail as a file and mark it; return how many. `at` defaults to each mail's own time.

    Where a mail server takes the mails, none is written.
    A mail whose words were erased meanwhile is not sent. Once written, its reply token is kept nowhere else.
    """
    n_written = 0
    if outbox.directory is None or outbox.smtp is not None:
        return n_written
    waiting = OutgoingMessage.objects.filter(written_at__isnull=True, failed_at__isnull=True).exclude(text="")
    while batch := list(waiting[:BATCH]):
        for message in batch:
            fault_point("before-file")
            _write(message, outbox.directory)
            fault_point("after-file")
            message.written_at = at or message.created_at
            message.headers = public_headers(message)
        n_written += OutgoingMessage.objects.bulk_update(batch, ["written_at", "headers"])
    return n_written


def _write(message: OutgoingMessage, directory: Path) -> None:
    """Write one file whole or not at all: first under a name of this program's own, then renamed.

    What a program left that was killed in between goes too: it holds somebody's words, and nobody else would erase it.
    """
    unfinished, whole = directory / UNFINISHED, directory / f"{message.pk:08d}.eml"
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished.mkdir(mode=0o700, exist_ok=True)
    part = unfinished / f"{message.pk:08d}.{os.getpid()}"
    part.write_bytes(as_bytes(message))
    try:
        part.replace(whole)
    except FileNotFoundError:
        # Where the letter stands, another program wrote it meanwhile, and removed what we began.
        if not whole.exists():
            raise
    for left in unfinished.glob(f"{message.pk:08d}.*"):
        left.unlink(missing_ok=True)


def as_bytes(message: OutgoingMessage) -> bytes:
    """Return the mail as it goes out; the reply token stands in Reply-To, and where the text asks for it.

    Addresses and identifiers are written as they are: Python's own writer would encode long ones, and then
    no reader knows them again. An address beyond ASCII makes the header UTF-8 (RFC 6532). A mail leaves out the
    fields to which its own headers give no value.
    """
    token, key = message.headers.get(PROOF, ""), message.process_key
    head = {
        "From": outbox.sender,
        "To": message.to,
        "Date": format_datetime(message.created_at),
        "Message-ID": f"<{message_id(message)}>",
        "X-Loop": outbox.domain,
    }
    if key:
        head["Reply-To"] = f"{key}+{token}@{outbox.domain}" if token else f"{key}@{outbox.domain}"
    if key and key not in RESERVED:
        head |= _list_headers(message)
    body = EmailMessage(policy=SMTP)
    text = message.text
    for link in (confirming_link(key), invitation_link(key)):
        text = text.replace(link, link.replace(HERE, token))
    body.set_content(text, cte="quoted-printable")
    fields = {**head, **public_headers(message)}
    lines = [_field(name, value) for name, value in fields.items() if value]
    return "".join([*lines, f"Subject: {_encoded(message.subject)}\r\n"]).encode() + body.as_bytes()


def message_id(message: OutgoingMessage) -> str:
    """Return the identifier of a mail of ours, without its angle brackets; it begins with the row's own."""
    return f"{message.pk}.{message.key[:40].strip('.')}@{outbox.domain}"


def public_headers(message: OutgoingMessage) -> dict[str, str]:
    """Return the headers that stand in the mail as they are kept: all but the tokens."""
    return {name: value for name, value in message.headers.items() if name not in HELD}


def envelope_sender(message: OutgoingMessage) -> str:
    """Return where the mail comes back to when nobody takes it: an address of this one mail (VERP)."""
    token = message.headers.get(BOUNCE, "")
    return f"bounces+{token}@{outbox.domain}" if token else f"bounces@{outbox.domain}"


def _list_headers(message: OutgoingMessage) -> dict[str, str]:
    """Return the headers of a letter about a process (RFC 2919, RFC 5064, RFC 8058).

    Only what comes to many can be ended by one click; the answer to one's own input comes at every level.
    """
    key, leave = message.process_key, message.headers.get(LEAVE, "")
    head = {"List-Id": f"<{key}.{outbox.domain}>"}
    if message.number:
        head["Archived-At"] = f"<{whole_address(message.process_key, message.number)}>"
    if leave:
        page, mail = f"{outbox.site}/p/{key}/mail/{leave}/", f"{key}+{leave}@{outbox.domain}"
        head["List-Unsubscribe"] = f"<{page}>, <mailto:{mail}?subject=unsubscribe>"
        head["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return head


def whole_address(process_key: str, number: int | None) -> str:
    """Return the page on which the whole stands of what a letter tells."""
    if not process_key:
        return f"{outbox.site}/"
    return f"{outbox.site}/p/{process_key}/" + (f"inputs/{number}/" if number else "")


def confirming_link(process_key: str) -> str:
    """Return the address that confirms a held input; a token is put only into this very address of ours."""
    return f"{outbox.site}/p/{process_key}/confirm/{HERE}/"


def invitation_link(process_key: str) -> str:
    """Return the address on which somebody who was invited answers; the token is put into it as into the one above."""
    return f"{outbox.site}/p/{process_key}/invitation/{HERE}/"


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
