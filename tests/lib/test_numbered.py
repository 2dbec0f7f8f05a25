"""What people write by numbers is read as they write it, and nothing of it is lost."""

import pytest

from talanoa.lib.numbered import MOST, read


@pytest.mark.parametrize(
    "line", ["2: because", "2. because", "2) because", "r2: because", "Argument 2: because"]
)
def test_a_number_begins_a_line(line: str) -> None:
    assert read(line) == ("", {2: "because"})


def test_what_stands_before_the_first_number_is_kept_apart() -> None:
    assert read("overturn\n1: this,\nand that\n\n2: more") == ("overturn", {1: "this,\nand that", 2: "more"})


def test_words_without_numbers_are_words() -> None:
    assert read("It was 10 to 3.\nIn 2025: no.") == ("It was 10 to 3.\nIn 2025: no.", {})


def test_a_number_twice_is_put_together() -> None:
    assert read("1: a\n2: b\n1: c") == ("", {1: "a\nc", 2: "b"})


def test_a_number_alone_waits_for_its_words_below() -> None:
    assert read("1:\nbecause") == ("", {1: "because"})


def test_more_numbers_than_anybody_needs_are_words_of_the_last() -> None:
    said = "\n".join(f"{n}: x" for n in range(1, MOST + 3))
    found = read(said)[1]
    assert (len(found), found[MOST]) == (MOST, f"x\n{MOST + 1}: x\n{MOST + 2}: x")
