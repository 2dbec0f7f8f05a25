"""Reading a decision from a file."""

import pytest

from steps import refusal
from talanoa.reports.actions import Ruling
from talanoa.reports.rulings import SIZE_LIMIT, read_rulings

ANSWERS = """
answers:
  - {number: 1, answer: accepted, reason: The money is there.}
  - recommendation: 2
    answer: no
    reason: 2027-02-30
"""


def test_answers_are_read_as_text_whatever_they_look_like() -> None:
    assert read_rulings(ANSWERS) == {
        1: Ruling("accepted", "The money is there."),
        2: Ruling("no", "2027-02-30"),
    }


def test_a_plain_list_will_do() -> None:
    assert read_rulings("[{number: 1, answer: noted, reason: x}]") == {1: Ruling("noted", "x")}


def test_what_is_not_said_is_empty_and_the_decision_refuses_it() -> None:
    assert read_rulings("[{number: 1}, {number: 2, answer: [a], reason: {b: c}}]") == {
        1: Ruling("", ""),
        2: Ruling("", ""),
    }


def test_a_text_without_answers_is_a_decision_on_nothing() -> None:
    assert read_rulings("answers: []") == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        "",
        "answers: [",
        "answers: accepted",
        "answers: [accepted]",
        "answers: [{answer: accepted}]",
        "answers: [{number: one}]",
        "answers: [{number: -1}]",
        "answers: [{number: [1]}]",
        "answers: [{number: 99999}]",
        "answers: [{number: ²}]",
        "answers: [{number: 1}, {number: 1}]",
        "a: &a [*a]",
        "[" * 5000,
        "#" * (SIZE_LIMIT + 1),
    ],
    ids=lambda text: text[:30],
)
def test_a_file_that_is_no_decision_is_refused(text: str) -> None:
    assert refusal(lambda: read_rulings(text)) == "decision_unreadable"


def test_a_file_of_nested_aliases_does_not_grow_in_memory() -> None:
    nested = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30)
    )
    assert read_rulings(nested + "answers: [{number: 1, answer: *a29, reason: r}]") == {1: Ruling("", "r")}
