"""The same mail is known again; another mail under its name is not taken for it."""

import pytest

from lib.example_mails import FROM_AMINA, mail, parted
from talanoa.lib.rfc5322 import dedup_key, parse


def key(raw: bytes) -> str:
    return dedup_key(parse(raw), raw)


@pytest.mark.parametrize(
    "again",
    [
        mail(start="Received: from relay.example\n" + FROM_AMINA, body="Please  answer. \r\n\r\n"),
        mail("Content-Transfer-Encoding: base64\n", "UGxlYXNlIGFuc3dlci4=\n"),
        mail().replace(b"1@mail", b"2@mail"),
        mail().replace(b"07:00:00 +0000", b"10:00:00 +0300"),
    ],
    ids=["received and spaces", "recoded", "other id", "other zone"],
)
def test_the_same_mail_by_another_way_has_the_same_key(again: bytes) -> None:
    assert key(again) == key(mail())


@pytest.mark.parametrize(
    "other",
    [
        mail(body="Please do not answer.\n"),
        mail().replace(b"amina@", b"tevita@"),
        mail().replace(b"On languages", b"On dates"),
        mail().replace(b"07:00:00", b"07:00:01"),
        mail().replace(b"2 Nov 2026 07:00:00 +0000", b"some day"),
    ],
    ids=["body", "sender", "subject", "date", "unreadable date"],
)
def test_the_same_id_with_other_content_has_another_key(other: bytes) -> None:
    assert parse(other).message_id == parse(mail()).message_id
    assert key(other) != key(mail())


def test_a_change_in_any_part_changes_the_key() -> None:
    one, two = (
        parted("alternative", "\nplain", f"Content-Type: text/html\n\n<p>{word}") for word in ("a", "b")
    )
    assert parse(one).text == parse(two).text
    assert key(one) != key(two)
