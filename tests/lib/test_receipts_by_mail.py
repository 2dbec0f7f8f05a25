"""A receipt is right after a trip through mail: encodings, line ends, quotation, forwarding, copying."""

from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import product

import pytest

from lib.example_log import ExampleLog, receive
from talanoa.lib.notes import signature_line
from talanoa.lib.receipts import OK, check, parse, render

LOG = ExampleLog().grow(70)
VALUES = {
    "title": "Observations sur le projet de principes pour la coopération, l’équité et les langues d’Afrique",
    "author": "Aïssatou Ndiaye",
    "organization": "互联网治理协调小组" * 6,
    "address": "https://example.org/" + "a" * 90,
    "remark": "word: another == entry == > quoted | piped ::",
}
RECEIPT = receive(LOG, VALUES)
TEXT = render(
    RECEIPT, preface="Merci. Votre contribution porte le numéro nm-2026-17.", check_hint="Ouvrez verify.html."
)


def by_mail(text: str, **how: str) -> str:
    """The text after it was put into a message, sent as bytes with CRLF and read by another mail program."""
    message = EmailMessage(policy=policy.SMTP)
    message["Subject"] = "Receipt"
    message.set_content(text, **how)
    received = message_from_bytes(message.as_bytes(), policy=policy.default)
    assert isinstance(received, EmailMessage)
    content = received.get_content()
    assert isinstance(content, str)
    return content


def quoted(text: str, mark: str = "> ") -> str:
    return "".join(f"{mark}{line}\n" if line else f"{mark.rstrip()}\n" for line in text.splitlines())


def flowed(text: str) -> str:
    """Space-stuffing (RFC 3676, section 4.4) that nobody took off again."""
    stuffed = (f" {line}" if line.startswith((" ", ">", "From ")) else line for line in text.splitlines())
    return "\n".join(stuffed) + "\n"


def wrapped(text: str) -> str:
    """Lines broken at the last space before column 72, as mail programs do when they forward."""
    lines = []
    for line in text.splitlines():
        head, space, tail = line.rpartition(" ")
        lines += [head, tail] if space and len(line) > 72 and head.strip() else [line]
    return "\n".join(lines) + "\n"


TRIPS: dict[str, Callable[[str], str]] = {
    "quoted-printable": lambda text: by_mail(text, cte="quoted-printable"),
    "base64": lambda text: by_mail(text, cte="base64"),
    "8bit with CRLF": lambda text: by_mail(text, cte="8bit"),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "old Macintosh line ends": lambda text: text.replace("\n", "\r"),
    "quoted": quoted,
    "quoted twice": lambda text: quoted(quoted(text)),
    "quoted without a space": lambda text: quoted(text, ">"),
    "quoted, text around it": lambda text: f"Is this right?\n\n{quoted(text)}\n-- \nAnita\n> == hello ==\n",
    "indented": lambda text: quoted(text, "    "),
    "indented by a tab": lambda text: quoted(text, "\t"),
    "blanks added": lambda text: text.replace("\n", "  \t\n"),
    "blanks taken off": lambda text: "\n".join(line.rstrip() for line in text.splitlines()),
    "space-stuffed": flowed,
    "signature wrapped": wrapped,
    "quoted and wrapped": lambda text: wrapped(quoted(text)),
    "no-break spaces": lambda text: text.replace("— ", "—\u00a0").replace("\n  ", "\n\u00a0\u00a0"),
    "byte order mark": lambda text: f"\ufeff{text}",
    "blank lines doubled": lambda text: text.replace("\n", "\n\n"),
    "blank lines dropped": lambda text: "\n".join(line for line in text.splitlines() if line),
    "text around it": lambda text: (
        f"From: record\nSubject: Receipt\n\nHello,\n{text}\nBest wishes,\nthe secretariat\n"
    ),
}


def opened(text: str) -> int:
    receipt = parse(text)
    assert receipt == RECEIPT
    return check(receipt, [LOG.verifier]).code


@pytest.mark.parametrize("trip", TRIPS)
def test_a_receipt_survives_the_trip(trip: str) -> None:
    assert TRIPS[trip](TEXT) != TEXT or trip == "signature wrapped" or "8bit" in trip or "base64" in trip
    assert opened(TRIPS[trip](TEXT)) == OK


@pytest.mark.parametrize(("first", "then"), list(product(list(TRIPS)[:3], TRIPS)))
def test_a_receipt_survives_two_trips(first: str, then: str) -> None:
    assert opened(TRIPS[then](TRIPS[first](TEXT))) == OK


def test_a_receipt_with_many_signatures_survives_being_quoted_and_wrapped() -> None:
    witness = ExampleLog("witness.example/" + "w" * 60, b"\x08" * 32)
    note = RECEIPT.proof.checkpoint
    note += signature_line(
        witness.origin, witness.public, witness.key.sign(note.partition("\n\n")[0].encode() + b"\n")
    )
    text = TEXT.replace(RECEIPT.proof.checkpoint, note)
    receipt = parse(wrapped(quoted(text)))
    assert receipt.proof.checkpoint == note
    assert check(receipt, [LOG.verifier, witness.verifier]).code == OK
