"""Words as they are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talanoa.lib.stemming import fold, holds, stem, telling, words


def test_case_and_accents_do_not_matter() -> None:
    assert fold("Gouvernance GÉNÉRALE, São Tomé") == "gouvernance generale, sao tome"


@pytest.mark.parametrize(
    "alike",
    [
        ("discussion", "discussions", "discuss"),
        ("regulation", "regulate", "regulated", "regulators", "regulator"),
        ("protocol", "protocols"),
        ("policies", "policy"),
        ("network", "networks", "networking"),
        ("agreement", "agree", "agreed", "agreeing"),
        ("yearly", "year", "years"),
    ],
)
def test_forms_of_one_word_share_a_stem(alike: tuple[str, ...]) -> None:
    assert len({stem(word) for word in alike}) == 1


@pytest.mark.parametrize("word", ["access", "status", "news", "basis", "ring"])
def test_short_words_and_ends_that_are_no_plural_stay(word: str) -> None:
    assert stem(word) == word


def test_words_that_say_nothing_are_left_out_of_a_comparison_only() -> None:
    assert telling("The forum of the rivers") == ["forum", "river"]
    assert words("The forum of the rivers") == ["the", "forum", "of", "the", "river"]


def test_a_phrase_stands_together_or_not_at_all() -> None:
    said = words("Exchange points of the Internet")
    assert holds(said, words("exchange point"))
    assert not holds(said, words("internet exchange"))
    assert not holds(said, [])


@given(st.text())
def test_every_text_has_words_and_no_stem_is_longer_than_its_word(text: str) -> None:
    assert all(words(text))
    assert all(len(stem(word)) <= len(word) for word in words(text))
