"""Answers by mail are read with patience, and mean what a click on the page means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.example_course import well
from talanoa.lib.answer_lines import Read, lettered, numbered_targets, read
from talanoa.lib.items import Sorting

DRAWING, SHARING = (lesson.items for lesson in well().in_order())
ORDER = {step.id: letter for letter, step in lettered(SHARING[0]).items()}


@pytest.mark.parametrize(
    "text",
    [
        "1a 2ab",
        "1A 2AB",
        "1. a\n2. a, b",
        "Q1: a\nQ2: b and a",
        "1) a 2) ab",
        "question 1 a\nquestion 2 a b",
        "> 1c\n1a, 2ab\n> 2cd",
        "1c\n1a 2ab",
        "Hello!\n1a 2ab\n\nYusuf",
    ],
)
def test_choices_are_read_however_they_are_written(text: str) -> None:
    found = read(text, DRAWING)
    assert found.answers["drawing-1"] == "ask"
    assert set(found.answers["drawing-2"]) == {"liters", "day"}
    assert found.unread == ()


def test_words_go_on_until_the_next_number() -> None:
    found = read("3: 70 liters\n4: a herder\nor so\n1a", DRAWING)
    assert found.answers == {"drawing-3": "70 liters", "drawing-4": "a herder\nor so", "drawing-1": "ask"}


def test_a_list_and_a_line_that_begins_with_a_number_stay_in_the_words() -> None:
    said = "4: There are\n4 herders:\n1. old ones\n2) young ones\n1a"
    assert read(said, DRAWING).answers == {
        "drawing-4": "There are\n4 herders:\n1. old ones\n2) young ones",
        "drawing-1": "ask",
    }


def test_a_number_within_words_begins_no_answer() -> None:
    assert read("4: 2 herders, 1a well", DRAWING).answers == {"drawing-4": "2 herders, 1a well"}


def test_a_code_before_words_on_one_line() -> None:
    assert read("1b 4: a herder", DRAWING).answers == {"drawing-1": "push", "drawing-4": "a herder"}


def test_an_order_and_places() -> None:
    letters = "".join(ORDER[key] for key in ("call", "hear", "say"))
    match = SHARING[1]
    assert isinstance(match, Sorting)
    asks = next(number for number, target in numbered_targets(match).items() if target.text == "asks")
    found = read(f"1{letters}\n2 a{3 - asks} b{asks}, c={asks}", SHARING)
    assert found.answers["sharing-1"] == ("call", "hear", "say")
    assert found.answers["sharing-2"] == {"elder": "t1", "herder": "t2", "halima": "t2"}


@pytest.mark.parametrize(
    ("text", "unread"),
    [("1z", (1,)), ("1ab", (1,)), ("2aa", (2,)), ("1", (1,)), ("1z\n1a", ()), ("9a", ()), ("", ())],
)
def test_what_cannot_be_read_is_told_by_its_number(text: str, unread: tuple[int, ...]) -> None:
    assert read(text, DRAWING).unread == unread


@pytest.mark.parametrize("text", ["1ab", "2 a9", "2 z1", "6: I played"])
def test_nor_are_half_an_order_an_unknown_place_and_a_room(text: str) -> None:
    found = read(text, SHARING)
    assert (found.answers, found.unread) == ({}, (int(text[0]),))


@given(st.text())
def test_whatever_comes_is_read_without_harm(text: str) -> None:
    assert isinstance(read(text, [*DRAWING, *SHARING]), Read)


def test_what_no_item_has_is_passed_over() -> None:
    assert read("1 9a", DRAWING) == Read({}, ())
