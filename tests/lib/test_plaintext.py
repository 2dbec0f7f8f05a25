"""Text from outside comes in one form and hides nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talanoa.lib.plaintext import MAX_MARKS_IN_A_ROW, clean, clean_line


def test_a_letter_and_its_accent_become_one_character() -> None:
    assert clean("Cafe\u0301") == ("Café", ())


@pytest.mark.parametrize("end", ["\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_every_line_end_becomes_a_newline(end: str) -> None:
    assert clean(f"one{end}two") == ("one\ntwo", ())


def test_controls_are_removed_and_noted_but_tab_and_newline_stay() -> None:
    assert clean("a\0b\x1b\tc\n\x9f") == ("ab\tc\n", ("control_characters_removed",))


@pytest.mark.parametrize("code", [*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
def test_no_character_can_turn_the_reading_order(code: int) -> None:
    assert clean(f"invoice{chr(code)}fdp.exe") == ("invoicefdp.exe", ("bidi_controls_removed",))


def test_the_marks_that_arabic_needs_stay() -> None:
    assert clean("شكرا\u200f!") == ("شكرا\u200f!", ())


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert clean("a\ud800b") == ("a\ufffdb", ())


def test_a_tower_of_marks_is_cut_to_thirty() -> None:
    assert clean("x" + "\u0316" * 5000) == ("x" + "\u0316" * MAX_MARKS_IN_A_ROW, ("combining_marks_cut",))


def test_a_long_rule_of_dashes_is_no_tower_of_marks() -> None:
    assert clean("—" * 5000) == ("—" * 5000, ())


def test_a_line_has_single_spaces_and_no_breaks() -> None:
    assert clean_line(" a \t b\r\n c ") == ("a b c", ())


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once, _notes = clean(text)
    assert clean(once) == (once, ())


@given(st.text())
def test_clean_text_is_composed_and_can_be_stored(text: str) -> None:
    once, _notes = clean(text)
    assert unicodedata.is_normalized("NFC", once)
    assert once.encode().decode() == once
