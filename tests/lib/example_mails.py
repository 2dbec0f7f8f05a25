"""Mails as they really come, each with one thing wrong: raw bytes by the name of what is wrong."""

import base64

PLAIN = """\
Message-ID: <1@mail.example.org>
From: Amina Odhiambo <Amina@Example.org>
To: Desk <input@talanoa.example>, second@example.org
Cc: Third <third@example.org>
Date: Mon, 2 Nov 2026 10:00:00 +0300
Subject: On languages
In-Reply-To: <0@talanoa.example>
References: <a@talanoa.example> <0@talanoa.example>

Please answer in Swahili too.
"""

_TO_US = "From: amina@example.org\nTo: input@talanoa.example\n"
_SENT = "Message-ID: <1@mail.example.org>\nDate: Mon, 2 Nov 2026 07:00:00 +0000\nSubject: On languages\n"
FROM_AMINA = _TO_US + _SENT


def mail(headers: str = "", body: str | bytes = "Please answer.\n", start: str = FROM_AMINA) -> bytes:
    """A mail by Amina with further `headers` (whole lines); CRLF line ends, `body` as it is."""
    data = body.encode() if isinstance(body, str) else body
    return (start + headers).encode().replace(b"\n", b"\r\n") + b"\r\n" + data


def typed(media_type: str, body: str | bytes, more: str = "") -> bytes:
    """A mail whose one part has `media_type`."""
    return mail(f"Content-Type: {media_type}\n{more}", body)


def parted(kind: str, *parts: str) -> bytes:
    """A multipart mail; each part is its headers, a blank line and its body."""
    body = "".join(f"--=b\n{part}\n" for part in parts) + "--=b--\n"
    return typed(f'multipart/{kind}; boundary="=b"', body)


def html(markup: str) -> bytes:
    """A mail that is HTML only."""
    return typed("text/html; charset=utf-8", markup)


_PDF = base64.encodebytes(b"%PDF-1.4 words").decode()

NASTY: dict[str, bytes] = {
    "unknown charset": typed("text/plain; charset=x-klingon", "Réponse".encode()),
    "windows-1252 declared as us-ascii": typed("text/plain; charset=us-ascii", "It’s late".encode("cp1252")),
    "windows-1252 declared as iso-8859-1": typed("text/plain; charset=iso-8859-1", "It’s".encode("cp1252")),
    "windows-1252 not declared": mail(body="Réponse – oui".encode("cp1252")),
    "utf-8 cut in a character": typed("text/plain; charset=utf-8", "ответ".encode()[:-1]),
    "gb2312 with a later character": typed("text/plain; charset=gb2312", "朱镕基".encode("gb18030")),
    "a codec that is no charset": typed("text/plain; charset=zlib", "Please"),
    "a charset of nonsense": typed('text/plain; charset="é"', "Please"),
    "subject folded inside a word": mail("X: y\n", start=FROM_AMINA.replace(
        "On languages", "On\n\tlanguages =?utf-8?B?w6k?=\n =?utf-8?Q?=C3?= =?utf-8?Q?=A9?="
    )),
    "message id folded": mail(start=_TO_US + "Message-ID:\n <1@\n mail.example.org>\n"),
    "header that ends early": mail(start="From: amina@example.org\nthis is no field\nSubject: lost\n"),
    "in-reply-to in prose": mail('In-Reply-To: Your message of "Mon, 2 Nov" <0@talanoa.example>\n'),
    "in-reply-to without an id": mail("In-Reply-To: Amina's message of Monday\n"),
    "date in an unknown zone": mail(start=_TO_US + "Date: Mon, 2 Nov 2026 10:00:00 XYZ\n"),
    "date with a zone of two days": mail(start=_TO_US + "Date: Mon, 2 Nov 2026 10:00:00 +4800\n"),
    "date that is none": mail(start=_TO_US + "Date: yesterday evening\n"),
    "date on no day": mail(start=_TO_US + "Date: Mon, 99 Nov 2026 10:00:00 +0000\n"),
    "date with a leap second": mail(start=_TO_US + "Date: Sat, 31 Dec 2016 23:59:60 +0000\n"),
    "date before all mail": mail(start=_TO_US + "Date: Thu, 1 Jan 1601 00:00:00 +0000\n"),
    "header in utf-8": mail(start="From: Zoé <zoe@example.org>\nSubject: Été\n"),
    "header in windows-1252": mail().replace(b"On languages", "Été".encode("cp1252")),
    "html only": html("<style>p{}</style><p>One&nbsp;&amp; two<br>three</p><!-- x --><ul><li>four</ul>"),
    "winmail.dat": parted(
        "mixed", "\nPlease.", "Content-Type: application/ms-tnef; name=winmail.dat\n\nx"
    ),
    "empty body": mail(body=""),
    "no blank line": FROM_AMINA.encode(),
    "only an attachment": typed("application/pdf; name=view.pdf", _PDF, "Content-Transfer-Encoding: base64\n"),
    "name that turns itself around": mail(
        start="From: =?utf-8?B?4oCuZ3JvLmVsYm1heGU=?= <amina@example.org>\n"
        "Content-Type: application/pdf; name*=utf-8''view%E2%80%AEfdp.exe\n"
    ),
    "file name with a path": typed('application/pdf; name="..\\\\..\\\\etc/pass\x07wd"', "x"),
    "file name in pieces": typed(
        "application/pdf; name*0*=utf-8''r%C3%A9; name*1=po; name*2*=nse.pdf", "x"
    ),
    "uuencoded in the text": mail(body="See below.\nbegin 644 view.txt\n#0V%T\n`\nend\nBye.\n"),
    "uuencoded as a whole": mail("Content-Transfer-Encoding: x-uuencode\n", "begin 644 a\n#0V%T\n`\nend\n"),
    "message in a message": parted(
        "mixed", "\nSee below.", "Content-Type: message/rfc822\n\nSubject: inner\n\nInner words."
    ),
    "nothing but a forwarded message": typed("message/rfc822", "Subject: inner\n\nInner words."),
    "base64 with a footer": mail("Content-Transfer-Encoding: base64\n", "UGxlYXNlLg==\n____\nThe list\n"),
    "base64 in pieces": mail("Content-Transfer-Encoding: base64\n", "UGxl\nYXNlLg==\nWWVzLg==\n"),
    "base64 without its end": mail("Content-Transfer-Encoding: base64\n", "UGxlYXNlL"),
    "quoted-printable with loose ends": mail("Content-Transfer-Encoding: quoted-printable\n", "a=\r\nb=ZZ="),
    "a transfer encoding of its own": mail("Content-Transfer-Encoding: x-rot13\n"),
    "multipart without a boundary": typed("multipart/mixed", "Please."),
    "multipart whose boundary never comes": typed("multipart/mixed; boundary=never", "Please."),
    "multipart without its end": typed("multipart/mixed; boundary=b", "--b\n\nPlease."),
    "signed": parted("signed", "\nPlease.", "Content-Type: application/pgp-signature\n\nx"),
    "encrypted": parted(
        "encrypted",
        "Content-Type: application/pgp-encrypted\n\nVersion: 1",
        "Content-Type: application/octet-stream\n\nx",
    ),
    "two senders": mail("From: tevita@example.org\n"),
    "no sender": mail(start="Subject: On languages\n"),
    "postmark of an mbox": b"From amina Mon Nov  2 10:00:00 2026\n" + mail(),
    "NUL and CR in the subject": mail().replace(b"On languages", b"On\0\rBcc: x@example.org\r languages"),
}  # fmt: skip
