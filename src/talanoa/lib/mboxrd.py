"""Messages as one file that every mail program opens: mbox, of the kind called mboxrd (RFC 4155)."""

import re
from datetime import UTC, datetime
from email.header import Header
from email.utils import format_datetime
from typing import NamedTuple

from talanoa.lib.mailboxes import mailbox
from talanoa.lib.messageids import is_message_id

_FROM = re.compile(r"^(>*From )", re.MULTILINE)
_ONE_MORE = r">\1"


class Mail(NamedTuple):
    """One message: `address` stands in for its author's own. Identifiers are without brackets; `at` is aware."""

    address: str
    name: str
    at: datetime
    subject: str
    message_id: str
    parent: str
    references: tuple[str, ...]
    text: str


def entry(mail: Mail) -> str:
    r"""Return `mail` as it stands in the file, with "\n" line ends and a blank line after it.

    A line of the text that begins with `From `, after any number of `>`, gets one `>` more: so it can be
    read back exactly.
    """
    utc = mail.at.astimezone(UTC)
    day = utc.ctime()  # asctime of C, in UTC: RFC 4155, appendix A
    fields = {
        "From": mailbox(mail.name, mail.address),
        "Date": format_datetime(utc),
        "Subject": _encoded(mail.subject),
        "Message-ID": _bracketed((mail.message_id,)),
        "In-Reply-To": _bracketed((mail.parent,)),
        "References": _bracketed(mail.references),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    head = "".join(f"{name}: {value}\n" for name, value in fields.items() if value)
    return f"From {mail.address} {day}\n{head}\n{_FROM.sub(_ONE_MORE, mail.text)}\n\n"


def _bracketed(names: tuple[str, ...]) -> str:
    return "\n ".join(f"<{name}>" for name in names if is_message_id(name))


def _encoded(subject: str) -> str:
    line = " ".join(subject.split())
    return (
        line if line.isascii() and "=?" not in line else Header(line, "utf-8", header_name="Subject").encode()
    )
