"""Pseudonyms of people."""

import pytest

from talanoa.lib.archive.pseudonyms import pseudonyms

KEY, OTHER = b"k" * 32, b"o" * 32


def test_one_person_has_one_pseudonym_with_one_key() -> None:
    pseudonym = pseudonyms(KEY)

    assert pseudonym("mere@marae.example") == pseudonyms(KEY)("mere@marae.example")
    assert (
        len(
            {
                pseudonym("mere@marae.example"),
                pseudonym("sina@village.example"),
                pseudonyms(OTHER)("mere@marae.example"),
            }
        )
        == 3
    )


def test_nobody_stays_nobody() -> None:
    assert pseudonyms(KEY)("") == ""


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="too short"):
        pseudonyms(b"short")
