"""Text from people as the platform keeps it."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talanoa.kernel.text import clean_line, clean_text, slug, without_controls

HOSTILE = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\x00\x07\x1b\x7f\x9f\ud800"
ANY = st.text(st.one_of(st.characters(), st.sampled_from(" \t\n\r\u2028\u0301\u0323é")), max_size=60)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("  Amina \t\n Diallo ", "Amina Diallo"),
        ("Ame\u0301lie", "Am\u00e9lie"),
        (f"a{HOSTILE}b", "ab"),
        ("a \u202e b", "a b"),
        ("a\u2028b\x85c\x0bd", "a b c d"),
        ("\u3000東京\u00a0", "東京"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("שלום\u200f!", "שלום\u200f!"),
        ("👩\u200d🔬", "👩\u200d🔬"),
        ("", ""),
    ],
)
def test_a_line_is_one_composed_line(value: str, expected: str) -> None:
    assert clean_line(value, 100) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a\r\nb\rc\u2029d", "a\nb\nc\nd"),
        ("a  \t\nb \u00a0", "a\nb"),
        ("a\n\n\nb", "a\n\n\nb"),
        ("a\n\n\n\nb", "a\n\n\nb"),
        ("a\n\n\n\n\n \n\nb", "a\n\n\nb"),
        ("\n\n    code\n\n", "    code"),
        ("a\tb", "a\tb"),
        (f"a{HOSTILE}b\x0cc", "ab\nc"),
        ("Ame\u0301lie", "Am\u00e9lie"),
        ("\n \n", ""),
    ],
)
def test_a_text_keeps_its_lines_and_two_blank_ones_at_most(value: str, expected: str) -> None:
    assert clean_text(value, 100) == expected


@pytest.mark.parametrize("clean", [clean_line, clean_text])
def test_the_limit_counts_what_is_kept_and_nothing_is_cut(clean: object) -> None:
    assert clean("abcde\u202e  ", 5) == "abcde"
    assert clean("e\u0301" * 5, 5) == "é" * 5
    with pytest.raises(ValueError, match=r"^6 characters; at most 5$"):
        clean("abcdef", 5)
    with pytest.raises(ValueError, match=r"^1000000 characters; at most 5$"):
        clean("x" * 1_000_000, 5)


def test_marks_past_the_thirtieth_on_one_letter_are_dropped() -> None:
    assert len(clean_text("x" + "\u0323" * 31 + "x" + "\u0323" * 29, 100)) == 1 + 30 + 1 + 29


def test_four_times_the_limit_is_refused_before_any_work() -> None:
    with pytest.raises(ValueError, match=r"^401 characters; at most 100$"):
        clean_text("x" + "\u0323" * 400, 100)


def test_two_hundred_thousand_marks_are_no_work() -> None:
    assert len(clean_text("x" + "\u0301\u0323" * 100_000, 100_000)) == 31


@settings(max_examples=300, deadline=None)
@given(ANY)
def test_cleaning_is_done_once_and_for_all(value: str) -> None:
    for clean in (clean_line, clean_text):
        once = clean(value, 1_000)
        assert clean(once, 1_000) == once
        assert unicodedata.is_normalized("NFC", once)
        assert not [c for c in once if unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\t"]


@settings(max_examples=200, deadline=None)
@given(ANY)
def test_a_line_has_no_blank_but_single_spaces(value: str) -> None:
    line = clean_line(value, 1_000)
    assert line == " ".join(line.split())


def test_without_controls_keeps_words_and_line_ends() -> None:
    assert without_controls("a\r\nb\tc\u202e d") == "a\nb\tc d"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Access & Affordability!", "access-affordability"),
        ("Łódź, Ünïté, Straße, København", "lodz-unite-strasse-kobenhavn"),
        ("  --Already--a-slug--  ", "already-a-slug"),
        ("IPv6 / 2026", "ipv6-2026"),
        ("الوصول", ""),
        ("", ""),
        ("x" * 39 + " yz", "x" * 39),
        ("é" * 1_000_000, "e" * 40),
    ],
)
def test_a_slug_is_short_ascii(value: str, expected: str) -> None:
    assert slug(value) == expected


def test_a_slug_has_a_limit_of_its_own() -> None:
    assert slug("one two three", 8) == "one-two"


@settings(max_examples=200, deadline=None)
@given(ANY)
def test_a_slug_of_a_slug_is_itself(value: str) -> None:
    assert slug(slug(value)) == slug(value)
