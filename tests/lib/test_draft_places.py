"""How people name a paragraph and a reason in a mail."""

import re

import pytest

from talanoa.lib.draft_places import TAKEN, Spoken, parted, spoken, unfolded


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12: too vague.", Spoken(None, 12, "too vague.")),
        ("¶12: too vague", Spoken(None, 12, "too vague")),
        ("¶ 12\ntoo vague\nand long", Spoken(None, 12, "too vague\nand long")),
        ("d2 12: too vague", Spoken(2, 12, "too vague")),
        ("D2, ¶ 12: too vague", Spoken(2, 12, "too vague")),
        ("d2: too long in all", Spoken(2, None, "too long in all")),
        ("too vague: all of it", Spoken(None, None, "too vague: all of it")),
        ("12 people would say so", Spoken(None, None, "12 people would say so")),
        ("12:", Spoken(None, 12, "")),
    ],
)
def test_a_place_stands_before_the_words(text: str, found: Spoken) -> None:
    assert spoken(text) == found


@pytest.mark.parametrize("argument", ["12: too vague.", "d2 ¶ 12: x", "d2: x", "12", "¶ 12"])
def test_a_place_is_taken_for_one_on_the_line_of_the_command(argument: str) -> None:
    assert re.compile(TAKEN, re.IGNORECASE).fullmatch(argument)


@pytest.mark.parametrize("argument", ["on this", "12 people say so", "d2 is too long", "-3: x"])
def test_other_words_are_no_place(argument: str) -> None:
    assert not re.compile(TAKEN, re.IGNORECASE).fullmatch(argument)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Pay by the day. / because: an hour is short", ("Pay by the day.", "an hour is short")),
        ("Pay by the day.\nbecause: an hour\nis short", ("Pay by the day.", "an hour\nis short")),
        ("Pay by the day.\n/ Because: so", ("Pay by the day.", "so")),
        ("Pay, because: yes, by the day.", ("Pay, because: yes, by the day.", "")),
        ("Pay\nbecause: one\nbecause: two", ("Pay\nbecause: one", "two")),
    ],
)
def test_the_reason_stands_on_a_line_of_its_own_or_after_a_stroke(words: str, found: tuple[str, str]) -> None:
    assert parted(words) == found


def test_what_a_mail_program_broke_is_one_line_again() -> None:
    assert unfolded("Pay the\n trainers\nby the day. ") == "Pay the trainers by the day."
