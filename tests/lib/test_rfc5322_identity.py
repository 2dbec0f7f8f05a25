"""The same mail is known again; another mail under its name is not taken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.example_mails import FROM_AMINA, mail, parted
from talanoa.lib.rfc5322 import dedup_key, parse
from talanoa.lib.rfc5322.identity import _relaxed


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


@given(st.binary(max_size=60), st.sampled_from([b"", b" \t\n \r\n", b"\x0b\x0c a  b \n\n c "]))
def test_the_canonical_text_is_each_line_with_its_blanks_made_one(data: bytes, more: bytes) -> None:
    text = more + data + more
    by_line = b"\n".join(b" ".join(line.split()) for line in text.split(b"\n")).strip(b"\n")
    assert _relaxed(text) == by_line
