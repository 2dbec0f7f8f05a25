"""The standard library's mailbox and email, with what a table needs: names, addresses, moments and words decoded."""

import mailbox
from collections.abc import Iterator
from datetime import UTC
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

from mailboxes.measuring import tell, written


def mails(path: Path) -> Iterator[tuple[object, ...]]:
    for message in mailbox.mbox(path, create=False):
        name, address = parseaddr(decoded(message["From"]))
        answered, referred = str(message["In-Reply-To"] or ""), str(message["References"] or "")
        yield (
            address or name,
            moment(str(message["Date"] or "")),
            str(message["Date"] or ""),
            str(message["Message-ID"] or "").strip("<> "),
            answered,
            referred,
            decoded(message["Subject"]),
            text(message),
        )


def decoded(value: object) -> str:
    try:
        return str(make_header(decode_header(str(value or ""))))
    except (ValueError, LookupError):
        return str(value)


def moment(value: str) -> object:
    try:
        at = parsedate_to_datetime(value)
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    except ValueError:
        return None


def text(message: "Message[str, str]") -> str:
    part = next((one for one in message.walk() if one.get_content_type() == "text/plain"), message)
    payload = part.get_payload(decode=True)
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


if __name__ == "__main__":
    tell(lambda path, folder: (written(mails(path), folder), 0))
