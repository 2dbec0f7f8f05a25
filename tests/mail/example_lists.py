"""Mails as a mailing list hands them on: shapes of Mailman 3 with HyperKitty, words of our own."""

from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from hashlib import sha256

from mail.example_mails import mail, words

LIST_ID, POST = "talk.lists.garissa.example", "talk@lists.garissa.example"
ARCHIVE = "https://lists.garissa.example/archives/list/talk@lists.garissa.example/"
FOOTER = f"""
_______________________________________________
talk mailing list -- {POST}
To unsubscribe send an email to talk-leave@lists.garissa.example
"""


def head(*, archived_at: str = "", list_id: str = LIST_ID, post: str = POST) -> str:
    """The fields that the list adds."""
    at = f"Archived-At: <{archived_at}>\n" if archived_at else ""
    return (
        "Precedence: list\n"
        f"List-Id: Talk of the radio people <{list_id}>\n"
        f"{at}List-Archive: <{ARCHIVE}>\n"
        f"List-Help: <mailto:talk-request@lists.garissa.example?subject=help>\n"
        f"List-Post: <mailto:{post}>\n"
        f"List-Unsubscribe: <mailto:talk-leave@lists.garissa.example>\n"
    )


def listed(
    text: str,
    *,
    sender: str,
    answers: str = "",
    name: str = "",
    headers: str = "",
    subject: str = "[talk] Re: Training",
    to: str = POST,
    **more: str,
) -> bytes:
    """A mail that somebody wrote to the list, as its members get it."""
    threaded = f"In-Reply-To: <{answers}>\nReferences: <{answers}>\n" if answers else ""
    identifier = name or f"{sha256(f'{sender}{text}'.encode()).hexdigest()[:12]}@mail.example"
    return mail(
        text + "\n" + FOOTER,
        sender=sender,
        to=to,
        subject=subject,
        name=identifier,
        headers=threaded + headers + head(**more),
    )


def munged(name: str, address: str) -> tuple[str, str]:
    """From and further fields of a mail whose list protects its author from DMARC."""
    return f"{name} via talk <{POST}>", f"Reply-To: {name} <{address}>\n"


def carried(letter: EmailMessage, **more: str) -> bytes:
    """A mail of ours as the list hands it on: its own Message-ID, From and text, the list's fields on top."""
    raw = letter.as_bytes()
    top = head(**more).replace("\n", "\r\n").encode()
    return b"Received: from lists.garissa.example by mx.talanoa.example\r\n" + top + raw


def parsed(raw: bytes) -> EmailMessage:
    return BytesParser(policy=default).parsebytes(raw)  # type: ignore[return-value]


__all__ = ["ARCHIVE", "FOOTER", "LIST_ID", "POST", "carried", "head", "listed", "munged", "parsed", "words"]
