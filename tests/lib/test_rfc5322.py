"""A mail is read as its sender meant it, whatever their program did to it."""

import json
import lzma
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lib.example_mails import NASTY, PLAIN, mail, parted, typed
from talanoa.lib.rfc5322 import MailAttachment, ParsedMail, parse, parse_bounded
from talanoa.lib.rfc5322.isolation import answer

ARCHIVE = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "mail" / "r-devel-slice.mbox.xz"
TEN_UTC = datetime(2026, 11, 2, 10, tzinfo=UTC)
CAT = MailAttachment("view.txt", "application/octet-stream", b"Cat")
INNER = MailAttachment("", "message/rfc822", b"Subject: inner\n\nInner words.")


def pdf(name: str, data: bytes = b"x") -> MailAttachment:
    return MailAttachment(name, "application/pdf", data)


def test_a_plain_mail_is_read_whole() -> None:
    assert parse(PLAIN.encode()) == ParsedMail(
        message_id="1@mail.example.org",
        sender_name="Amina Odhiambo",
        sender_address="amina@example.org",
        to=("input@talanoa.example", "second@example.org", "third@example.org"),
        subject="On languages",
        sent_at=datetime(2026, 11, 2, 7, tzinfo=UTC),
        in_reply_to="0@talanoa.example",
        references=("a@talanoa.example", "0@talanoa.example"),
        text="Please answer in Swahili too.",
        attachments=(),
        auto_submitted=False,
        list_id="",
        charset_notes=(),
        is_single_sender=True,
    )


@pytest.mark.parametrize(
    ("name", "text", "notes"),
    [
        ("unknown charset", "Réponse", ("charset_unknown:x-klingon",)),
        ("windows-1252 declared as us-ascii", "It’s late", ("charset_wrong:us-ascii",)),
        ("windows-1252 declared as iso-8859-1", "It’s", ("charset_wrong:iso-8859-1",)),
        ("windows-1252 not declared", "Réponse – oui", ("charset_wrong:us-ascii",)),
        ("utf-8 cut in a character", "отве\ufffd", ("charset_wrong:utf-8",)),
        ("gb2312 with a later character", "朱镕基", ()),
        ("a codec that is no charset", "Please", ("charset_unknown:zlib",)),
        ("a charset of nonsense", "Please", ("charset_unknown:?",)),
        ("html only", "One & two\nthree\n\n- four", ("html_only",)),
        ("empty body", "", ()),
        ("no blank line", "", ()),
        ("header that ends early", "this is no field\nSubject: lost\n\nPlease answer.", None),
        ("base64 with a footer", "Please.", ("base64_damaged",)),
        ("base64 in pieces", "Please.Yes.", ()),
        ("base64 without its end", "Please", ()),
        ("quoted-printable with loose ends", "ab=ZZ", ()),
        ("a transfer encoding of its own", "Please answer.", ("transfer_encoding_unknown",)),
        ("uuencoded as a whole", "Cat", ()),
        ("multipart without a boundary", "Please.", ("boundary_missing",)),
        ("multipart whose boundary never comes", "Please.", ("boundary_unclosed", "boundary_missing")),
        ("multipart without its end", "Please.", ("boundary_unclosed",)),
        ("postmark of an mbox", "Please answer.", ()),
    ],
)
def test_the_best_text_is_given_with_notes(name: str, text: str, notes: tuple[str, ...] | None) -> None:
    found = parse(NASTY[name])
    assert found.text == text
    assert notes is None or found.charset_notes == notes


@pytest.mark.parametrize(
    ("name", "attachments", "text"),
    [
        ("winmail.dat", [MailAttachment("winmail.dat", "application/ms-tnef", b"x")], "Please."),
        ("only an attachment", [pdf("view.pdf", b"%PDF-1.4 words")], ""),
        ("name that turns itself around", [pdf("viewfdp.exe", b"Please answer.\n")], ""),
        ("file name with a path", [pdf("passwd")], ""),
        ("file name in pieces", [pdf("réponse.pdf")], ""),
        ("uuencoded in the text", [CAT], "See below.\nBye."),
        ("message in a message", [INNER], "See below."),
        ("nothing but a forwarded message", [INNER], ""),
        ("signed", [MailAttachment("", "application/pgp-signature", b"x")], "Please."),
    ],
)
def test_attachments_are_listed_and_never_opened(
    name: str, attachments: list[MailAttachment], text: str
) -> None:
    found = parse(NASTY[name])
    assert (list(found.attachments), found.text) == (attachments, text)


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("subject folded inside a word", "On languages éé"),
        ("header in utf-8", "Été"),
        ("header in windows-1252", "Été"),
        ("NUL and CR in the subject", "On Bcc: x@example.org languages"),
    ],
)
def test_the_subject_is_one_readable_line(name: str, subject: str) -> None:
    assert parse(NASTY[name]).subject == subject


def test_a_carriage_return_smuggles_no_field_in() -> None:
    assert parse(NASTY["NUL and CR in the subject"]).to == ("input@talanoa.example",)


@pytest.mark.parametrize(
    ("name", "moment", "note"),
    [
        ("date in an unknown zone", TEN_UTC, ("date_zone_unreadable",)),
        ("date with a zone of two days", TEN_UTC, ("date_zone_unreadable",)),
        ("date that is none", None, ("date_unreadable",)),
        ("date on no day", None, ("date_unreadable",)),
        ("date before all mail", None, ("date_unreadable",)),
        ("date with a leap second", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC), ()),
        ("no sender", None, ("sender_missing", "date_missing")),
    ],
)
def test_a_date_is_a_moment_or_a_note(name: str, moment: datetime | None, note: tuple[str, ...]) -> None:
    found = parse(NASTY[name])
    assert (found.sent_at, found.charset_notes) == (moment, note)


@pytest.mark.parametrize(
    ("name", "message_id", "in_reply_to"),
    [
        ("message id folded", "1@mail.example.org", ""),
        ("in-reply-to in prose", "1@mail.example.org", "0@talanoa.example"),
        ("in-reply-to without an id", "1@mail.example.org", ""),
        ("no sender", "", ""),
    ],
)
def test_identifiers_stand_without_brackets(name: str, message_id: str, in_reply_to: str) -> None:
    found = parse(NASTY[name])
    assert (found.message_id, found.in_reply_to) == (message_id, in_reply_to)


def test_an_identifier_without_brackets_is_taken_as_it_is() -> None:
    assert parse(mail(start="Message-ID: 1@mail.example.org\n")).message_id == "1@mail.example.org"


def test_what_the_child_says_is_json() -> None:
    said = json.loads(json.dumps(answer(NASTY["only an attachment"])))
    assert said["attachments"] == [["view.pdf", "application/pdf", "JVBERi0xLjQgd29yZHM="]]


def test_the_child_says_a_refusal_as_its_code() -> None:
    assert answer(b"") == {"code": "mail_damaged", "message": "The mail has no header."}


@pytest.mark.parametrize("name", NASTY)
def test_the_child_reads_every_mail_as_we_do(name: str) -> None:
    assert parse_bounded(NASTY[name]) == parse(NASTY[name])


@pytest.mark.parametrize(
    ("raw", "note"),
    [
        (NASTY["encrypted"], "encrypted"),
        (typed("application/pkcs7-mime; smime-type=enveloped-data", "x"), "encrypted"),
        (typed("application/pkcs7-mime; smime-type=signed-data", "x"), "signed_opaque"),
        (NASTY["winmail.dat"], "tnef"),
        (NASTY["uuencoded in the text"], "uuencoded"),
        (typed("text/plain; a*" + "9" * 5000 + "=x", "x"), "parameter_damaged"),
    ],
)
def test_what_only_a_person_can_open_is_noted(raw: bytes, note: str) -> None:
    assert parse(raw).charset_notes == (note,)


def test_a_digest_holds_messages() -> None:
    found = parse(parted("digest", "\nSubject: inner\n\nInner words."))
    assert found.attachments == (INNER,)


@pytest.mark.shared_data
def test_three_hundred_messages_of_a_real_archive_are_read() -> None:
    if not ARCHIVE.exists():
        pytest.skip("the archive of ../shared/data/mail is not here")
    with lzma.open(ARCHIVE) as archive:
        messages = re.split(rb"(?m)^(?=From )", archive.read(1_000_000))[1:301]
    found = [parse(message) for message in messages]
    assert sum(bool(each.text and each.sent_at and each.sender_address) for each in found) == 300
