"""Damaged text becomes readable, every repair is named, and what is not damaged stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talanoa.lib.text_repair import (
    Notes,
    NotText,
    clean,
    decode,
    has_lost_signs,
    lexicon,
    readable,
    restore_letters,
    restore_marks,
    unwrap,
)


@pytest.mark.parametrize(
    ("raw", "text", "codes"),
    [
        (b"plain", "plain", []),
        ("Łódź".encode(), "Łódź", []),
        (b"\xef\xbb\xbfmark", "mark", []),
        ("“São”".encode("cp1252"), "“São”", ["encoding_cp1252"]),
        (b"caf\xe9\x81", "café", ["encoding_cp1252", "byte_undefined"]),
    ],
)
def test_bytes_are_utf_8_where_they_can_be_and_windows_1252_otherwise(
    raw: bytes, text: str, codes: list[str]
) -> None:
    notes = Notes()

    assert decode(raw, notes) == text
    assert list(notes.codes) == codes


def test_a_zero_byte_is_no_text() -> None:
    with pytest.raises(NotText):
        decode(b"PK\x00\x03", Notes())


def test_line_ends_controls_and_spaces_become_plain() -> None:
    notes = Notes()

    text = clean(
        " one \t two\r\n\r\n\r\n\r\nthree\x0cfour\x07 \u202ecinco\u202c trust\xad-building \r\n", notes
    )

    assert text == "one two\n\nthree\nfour cinco trust-building"
    assert list(notes.codes) == ["line_ends", "controls_removed", "spaces_collapsed"]


def test_letters_and_their_accents_are_put_together() -> None:
    assert clean("Cafe\u0301", Notes()) == "Café"


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("? first\n? second", "• first\n• second"),
        ("·one\n•two\n•= three", "• one\n• two\n• three"),
        ("Ø in Denmark", "• in Denmark"),
        ("§ point\n§ 5 of the law", "• point\n§ 5 of the law"),
        ("ÎÎ\nJoin us", "• Join us"),
        ("above\n?\nbelow", "above\n\nbelow"),
    ],
)
def test_signs_that_stood_for_a_bullet_become_one(damaged: str, whole: str) -> None:
    notes = Notes()

    assert readable(damaged, notes) == whole
    assert list(notes.codes) == ["bullets_restored"]


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [("today?s needs", "today’s needs"), ("they?re many", "they’re many"), ("the ??values", "the values")],
)
def test_apostrophes_and_invisible_signs_of_a_document_are_put_right(damaged: str, whole: str) -> None:
    assert readable(damaged, Notes()) == whole


def test_a_document_of_single_words_becomes_lines_again() -> None:
    words = "\n".join(["we", "support", "self-", "rule", "now."] * 30)
    notes = Notes()

    text = readable(f"{words}\n• A\npoint\nThis is a full line.", notes)

    assert text == " ".join(["we support self-rule now."] * 30) + "\n• A point This is a full line."
    assert list(notes.codes) == ["words_rejoined"]


def test_a_short_list_of_words_is_left_alone() -> None:
    assert readable("one\ntwo\nthree", Notes()) == "one\ntwo\nthree"


def test_a_wrapped_value_is_joined_and_a_cut_word_closed() -> None:
    notes = Notes()

    assert unwrap("Free-Libre-Open-\nSource  \n software - \nthere", notes) == (
        "Free-Libre-Open-Source software - there"
    )
    assert list(notes.codes) == ["lines_joined"]


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("Understanding ICANN?s growth", "Understanding ICANN’s growth"),
        ("the ?how to? question", "the “how to” question"),
        ("What is a ?roadmap for all??", "What is a “roadmap for all”?"),
        ("A report for the meeting ? part two", "A report for the meeting – part two"),
        ("For ?rules that ? in the end ? bind?", "For “rules that – in the end – bind”"),
        ("A framework for nations? policy", "A framework for nations’ policy"),
    ],
)
def test_question_marks_that_are_none_are_replaced(damaged: str, whole: str) -> None:
    notes = Notes()

    assert restore_marks(damaged, "On nations' policy.", notes) == whole
    assert list(notes.codes) == ["marks_restored"]


@pytest.mark.parametrize(
    "value",
    [
        "Can trade set information free? Agreements and freedom",
        "Qui doit payer la formation ? À notre avis, chacun",
        "Internet governance: what next ?",
        "Is this for us ? The text has it so",
        "See http://a.example/?id=7&so=1",
    ],
)
def test_true_question_marks_stay(value: str) -> None:
    notes = Notes()

    assert restore_marks(value, "Is this for us ? The text has it so", notes) == value
    assert list(notes.codes) == []
    assert not has_lost_signs(value)


@pytest.mark.parametrize("value", ["K?dzierski", "Iran, ?????", "the ?Global meeting", "what ? then"])
def test_what_nothing_can_restore_is_seen(value: str) -> None:
    assert has_lost_signs(value)


def test_a_word_takes_the_letters_it_lost_from_its_only_twin() -> None:
    notes = Notes()
    texts = lexicon(["A formação no México. Comité, comitê. Pas país."])

    restored = restore_letters("FORMAO in Mxico, Comit, pas", [texts], notes)

    assert restored == "FORMAÇÃO in México, Comit, pas"
    assert list(notes.codes) == ["letters_restored"]


def test_the_first_source_decides_where_several_have_a_twin() -> None:
    own, others = lexicon(["país"]), lexicon(["pas"])

    assert restore_letters("o pas", [own, others], Notes()) == "o país"
    assert restore_letters("o pas", [others], Notes()) == "o pas"


@given(st.text(max_size=300))
def test_a_second_pass_changes_nothing(text: str) -> None:
    once = clean(text, Notes())
    notes = Notes()

    assert clean(once, notes) == once
    assert list(notes.codes) == []


@given(st.binary(max_size=300).filter(lambda raw: 0 not in raw))
def test_any_bytes_without_a_zero_become_text(raw: bytes) -> None:
    assert "\n\n\n" not in readable(clean(decode(raw, Notes()), Notes()), Notes())
