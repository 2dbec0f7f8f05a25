"""One archived message, read; and held against Python's own parser."""

from datetime import UTC, datetime
from email import message_from_bytes
from io import BytesIO
from pathlib import Path

import pytest

from lib.archive.example_list import LIST, plain
from talanoa.lib.archive.reading import ArchivedMail, Unreadable, digest_of, header_of, read
from talanoa.lib.archive.sources import Reading, Source
from talanoa.lib.archive.splitting import Raw, split
from talanoa.lib.rfc5322 import charsets

SLICE = Path(__file__).parents[4] / "shared" / "data" / "mail" / "r-devel-slice.mbox.xz"
FIELDS = ("From", "Date", "Subject", "Message-ID", "In-Reply-To", "References")


def mail(data: bytes) -> ArchivedMail:
    return read(Raw(data, 0, len(data)))


def test_a_list_is_read_with_its_repairs() -> None:
    amina, joao, mere = (read(raw) for raw in split(BytesIO(LIST)))

    assert (amina.name, amina.address) == ("Amina Diallo", "amina@radio.example")
    assert amina.notes == ("address_obscured",)
    assert (joao.name, joao.text) == ("João Lima", "A société of users could.\n")
    assert (joao.in_reply_to, joao.references) == ("mast-1@radio.example", ("mast-1@radio.example",))
    assert joao.sent_at == datetime(2014, 3, 3, 12, 30, tzinfo=UTC)
    assert joao.notes == ("address_obscured", "charset_wrong:us-ascii")
    assert (mere.sent_at, mere.date, mere.notes) == (None, "the day after", ("date_unreadable",))


def test_what_has_no_header_is_refused_with_a_code() -> None:
    for data, code in ((b"Only words.\nMore of them.\n", "header_missing"), (b"\n \n", "message_empty")):
        with pytest.raises(Unreadable) as refused:
            mail(data)
        assert refused.value.code == code


def test_windows_line_ends_lose_no_body_and_change_no_digest() -> None:
    windows = mail(plain(1).replace(b"\n", b"\r\n"))

    assert windows.text == mail(plain(1)).text == "Number 1.\n"
    assert windows.notes == ("line_ends_crlf",)


def digest(data: bytes) -> bytes:
    raw = Raw(data, 0, len(data))
    return digest_of(raw, read(raw))


def test_the_digest_ignores_escapes_and_line_ends_and_hears_every_word() -> None:
    said = plain(1) + b"\nFrom now on.\n"

    assert digest(said) == digest(plain(1) + b"\n>From now on.\n\n") == digest(said.replace(b"\n", b"\r\n"))
    assert len({digest(one) for one in (said, plain(1), plain(2), plain(1, subject="Other"))}) == 4


def test_an_identifier_that_is_missing_or_damaged_is_noted() -> None:
    assert mail(b"From: a@b.example\nDate: x\n\nHi\n").notes[0] == "message_id_missing"
    assert mail(b"From: a@b.example\nMessage-ID: <>\n\nHi\n").notes[0] == "message_id_damaged"


def test_parts_are_taken_apart_and_the_files_counted() -> None:
    more = 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n'
    body = (
        b"\n--b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nVMSBbG9mYQ==\n"
        b"--b\nContent-Type: image/png\n\nxx\n--b--\n"
    )
    read_mail = mail(plain(1, more=more) + body)

    assert (read_mail.text, read_mail.n_attachments, read_mail.is_fallback) == ("Tālofa", 1, True)


def test_a_mail_in_html_alone_is_read_as_text() -> None:
    read_mail = mail(plain(1, more="Content-Type: text/html; charset=utf-8\n") + b"<p>Bula <b>vinaka</b></p>")

    assert "Bula vinaka" in read_mail.text
    assert "html_only" in read_mail.notes


def test_quoted_printable_needs_no_fallback() -> None:
    more = "Content-Type: text/plain; charset=ISO-8859-1\nContent-Transfer-Encoding: quoted-printable\n"
    read_mail = mail(plain(1, more=more) + b"caf=E9 =\nau lait\n")

    assert (read_mail.text, read_mail.is_fallback) == ("Number 1.\ncafé au lait\n", False)


def test_parts_nested_without_end_keep_their_body() -> None:
    nested = b"".join(
        b'--%d\nContent-Type: multipart/mixed; boundary="%d"\n\n' % (n, n + 1) for n in range(2000)
    )
    read_mail = mail(plain(1, more='Content-Type: multipart/mixed; boundary="0"\n') + nested + b"Hello")

    assert read_mail.text != "" or read_mail.n_attachments


def test_a_message_cut_by_its_length_is_marked() -> None:
    assert read(Raw(plain(1), 0, 9, is_cut=True)).notes == ("message_cut",)


HEADS = [
    b"Subject: folded\n over\n\ttwo lines\nFrom: a@b.example\nSubject: second\n\nBody\n",
    b"From: a@b.example\nno field at all\n\nBody\n",
    b"From: a@b.example\nSubject: no blank line\nThen words: yes they are\n",
    b"From : a@b.example\nSubject: blank before the colon\n\nBody\n",
    b"Subject:\nFrom: a@b.example\n\n\n\nBody after blank lines\n",
]


@pytest.mark.parametrize("data", [*HEADS, *(raw.data for raw in split(BytesIO(LIST)))])
def test_the_fast_way_reads_what_the_standard_library_reads(data: bytes) -> None:
    assert differences(data) == []


def test_a_second_from_line_before_the_header_hides_no_header() -> None:
    assert mail(b">From b@c.example Mon Mar 3 09:00:00 2014\nFrom: a@b.example\n\nBody\n").text == "Body\n"


def differences(data: bytes) -> list[str]:
    """Return in which fields, or in the body, we differ from Python's parser."""
    theirs, ours = message_from_bytes(data), header_of(data).values
    raw = {name.lower(): str(value) for name, value in reversed(list(theirs.raw_items()))}
    found = [
        name
        for name in FIELDS
        if raw.get(name.lower(), "").encode("ascii", "surrogateescape").split()
        != ours.get(name.lower().encode(), b"").split()
    ]
    payload = theirs.get_payload(decode=True)
    if isinstance(payload, bytes) and charsets.decode(payload, "", []) != mail(data).text:
        found.append("body")
    return found


@pytest.mark.shared_data
def test_of_the_slice_everything_is_accounted_for_and_equal_to_the_standard_library() -> None:
    if not SLICE.exists():
        pytest.skip("../shared/data/mail is not here")
    raws = list(Reading(Source(SLICE)))
    unequal = sum(bool(differences(raw.data)) for raw in raws)

    assert len(raws) == 17_260
    assert unequal <= len(raws) // 1000
