"""Mails that are made to cost much: each a name and its bytes, made only when it is asked for.

The first are those of which Python's own parser is known to suffer; then nine megabytes of one thing, the largest that
is read; then texts of nearly two million characters, the longest that are taken apart; then attachments.
"""

import io
import zipfile
from base64 import encodebytes
from collections.abc import Callable

HEAD = b"From: A <a@hostile.example>\r\nTo: nm@talanoa.example\r\nMessage-ID: <1@hostile.example>\r\n"
PLAIN = b"Content-Type: text/plain; charset=utf-8\r\n"
HTML = b"Content-Type: text/html; charset=utf-8\r\n"
WIDE, LONG = 9_400_000, 1_990_000


def mail(body: bytes, head: bytes = PLAIN) -> bytes:
    """Return a mail with these further lines of its head."""
    return HEAD + head + b"\r\n" + body


def of(piece: bytes, size: int, head: bytes = PLAIN) -> bytes:
    """Return a mail whose body is one piece again and again."""
    return mail(piece * (size // len(piece)), head)


def nested(depth: int) -> bytes:
    """Return a mail of so many multiparts, each in the one before."""
    part = "Content-Type: multipart/mixed; boundary=b{0}\r\n\r\n--b{0}\r\n"
    return HEAD + "".join(part.format(n) for n in range(depth)).encode()


def attached(name: str, data: bytes) -> bytes:
    """Return a mail without words whose one attachment is to be read."""
    head = b"Content-Type: multipart/mixed; boundary=b\r\n"
    part = f'--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="{name}"\r\n'
    return mail(
        part.encode() + b"Content-Transfer-Encoding: base64\r\n\r\n" + encodebytes(data) + b"--b--\r\n", head
    )


def many(name: str, data: bytes, count: int) -> bytes:
    """Return a mail without words that has the same attachment so often."""
    once = attached(name, data)
    at = once.index(b"--b\r\n")
    return once[:at] + once[at : -len(b"--b--\r\n")] * count


def zipped(name: str, data: bytes) -> bytes:
    """Return an archive of one file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return made.getvalue()


def entities() -> bytes:
    """Return XML whose entities stand for a billion letters."""
    more = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE a [<!ENTITY x0 "lol">{more}]><a>&x9;</a>'.encode()


SAMPLES: dict[str, Callable[[], bytes]] = {
    "800 nested comments": lambda: mail(b"x", b"Cc: " + b"(" * 800 + b"a@hostile.example\r\n"),
    "1,500 nested multiparts": lambda: nested(1500),
    "3,000 nested messages": lambda: mail(
        b"Content-Type: message/rfc822\r\n\r\n" * 3000, b"Content-Type: message/rfc822\r\n"
    ),
    "4,000 parameters": lambda: mail(
        b"x", b"Content-Type: text/plain" + b"".join(b"; p%d=1" % n for n in range(4000)) + b"\r\n"
    ),
    "8,000 recipients": lambda: mail(b"x", b"Cc: " + b", ".join([b"a@hostile.example"] * 8000) + b"\r\n"),
    "8,000 encoded words": lambda: mail(b"x", b"Subject: " + b" ".join([b"=?utf-8?q?a?="] * 8000) + b"\r\n"),
    "a charset that is none": lambda: mail(b"\xff", b"Content-Type: text/plain; charset=x-none\r\n"),
    "NUL and CR in the subject": lambda: mail(b"x", b"Subject: a\0b\rBcc: c\r\n"),
    "50 MB": lambda: mail(b"x" * 50_000_000),
    "12 MB": lambda: of(b"word ", 12_000_000),
    "9 MB of line ends": lambda: of(b"\n", WIDE),
    "9 MB of marks": lambda: of(b"\xcc\x96", WIDE),
    "9 MB in one line": lambda: of(b"x", WIDE),
    "9 MB of quotes, flowed": lambda: of(b">", WIDE, b"Content-Type: text/plain; format=flowed\r\n"),
    "9 MB of tags": lambda: of(b"<a ", WIDE, HTML),
    "9 MB of nested elements": lambda: of(b"<div>", WIDE, HTML),
    "9 MB of character references": lambda: of(b"&#x202e;", WIDE, HTML),
    "9 MB of comments": lambda: of(b"<!--", WIDE, HTML),
    "9 MB of padding": lambda: of(b"A=", WIDE, PLAIN + b"Content-Transfer-Encoding: base64\r\n"),
    "9 MB of base64": lambda: of(b"QUJD\r\n", WIDE, PLAIN + b"Content-Transfer-Encoding: base64\r\n"),
    "9 MB of equal signs": lambda: of(
        b"=3D", WIDE, PLAIN + b"Content-Transfer-Encoding: quoted-printable\r\n"
    ),
    "9 MB of UTF-7": lambda: of(b"+AGE-", WIDE, b"Content-Type: text/plain; charset=utf-7\r\n"),
    "9 MB in 199 parts": lambda: of(
        b"--b\r\n\r\n" + b"x" * 47_000 + b"\r\n", WIDE, b"Content-Type: multipart/mixed; boundary=b\r\n"
    ),
    "2 million letters": lambda: of(b"x", LONG),
    "2 million line ends": lambda: of(b"\n", LONG),
    "20,000 lines of quotes": lambda: of(b"> " + b"x" * 96 + b"\n", LONG),
    "quotes and answers in turn": lambda: of(b"> " + b"x" * 96 + b"\n" + b"y" * 98 + b"\n", LONG),
    "attributions without end": lambda: of(
        b"On 1 Jan 2026, A <a@hostile.example> wrote:\n" + b"z" * 53 + b"\n", LONG
    ),
    "copied heads without end": lambda: of(
        b"From: a\nSent: b\nTo: c\nSubject: d\n\n" + b"z" * 300 + b"\n", LONG
    ),
    "signatures without end": lambda: of(b"-- \n" + b"z" * 196 + b"\n", LONG),
    "numbers of others": lambda: of(b"nm-1 ", 190_000),
    "addresses": lambda: of(b"https://a.example/b ", 190_000),
    "lines that declare": lambda: of(b"name: a\n", 150_000),
    "an archive of 200 MB of zeros": lambda: attached(
        "a.docx", zipped("word/document.xml", b"\0" * 200_000_000)
    ),
    "entities that grow": lambda: attached("a.docx", zipped("word/document.xml", entities())),
    "6 MB that is no PDF": lambda: attached("a.pdf", b"%PDF-1.7\n" + b"1 0 obj <<" * 600_000),
    "199 attachments that are no text": lambda: many("a.png", b"x", 199),
    "199 archives that are none": lambda: many("a.docx", b"x", 199),
    "99 documents of damaged pages": lambda: many("a.pdf", b"%PDF-1.7\n" + b"1 0 obj <<" * 6_000, 99),
    "2 million brackets in a text": lambda: attached("a.txt", b"[" * LONG),
}
