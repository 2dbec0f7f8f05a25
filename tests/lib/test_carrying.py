"""What became of a paragraph since somebody spoke about it."""

import pytest

from talanoa.lib.carrying import Carried, by_place, carried, occurs


@pytest.mark.parametrize(
    ("then", "now", "became"),
    [
        ("Money lacks.", "Money lacks.", Carried.SAME),
        ("Money lacks.", "Time lacks.", Carried.CHANGED),
        ("Money lacks.", None, Carried.GONE),
        (None, None, Carried.SAME),
        (None, "Anything.", Carried.SAME),
    ],
)
def test_a_paragraph_is_the_same_or_changed_or_gone(then: str | None, now: str | None, became: str) -> None:
    assert carried(then, now) == became


def test_what_lost_its_paragraph_is_counted_and_the_whole_text_is_never_lost() -> None:
    here, lost = by_place({"": 3, "p1": 2, "p9": 4, "p8": 1}, ["p1", "p2"])
    assert (here, lost) == ({"": 3, "p1": 2}, 5)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("is what", True),
        ("MONEY\n  is", True),
        ("money is what lacks", True),
        ("money is lacking", False),
        ("", True),
    ],
)
def test_quoted_words_are_found_whatever_marks_and_lines_stand_between(words: str, found: bool) -> None:
    assert occurs(words, "**Money** is\n_what_ `lacks`.") is found
