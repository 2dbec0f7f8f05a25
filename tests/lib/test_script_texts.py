"""The words of a script are chosen by the seed, and what is put in is put in once."""

from lib.example_scenario import ask, evening, hours, of
from talanoa.lib.script_texts import differences, filled, name, reason


def test_what_is_put_in_is_not_looked_into() -> None:
    assert filled("{why} {slot}", {"why": "{slot}", "slot": "x"}) == "{slot} x"


def test_a_seat_gives_the_reason_of_its_red_line_where_that_is_crossed() -> None:
    large = hours().seat("large")
    assert reason(large, "registry", "named").startswith("A list with our name")
    assert reason(large, "registry", "totals").startswith("It is not that we want to hide")


def test_a_revision_is_told_by_the_paragraphs_that_changed() -> None:
    after = ("72h", "1k", "totals", "none", "1y")
    told = "paragraph 2: incidents from 1,000 customers on; paragraph 3: a list of totals without names"
    assert differences(hours(), hours().draft, after) == told


def test_a_question_about_everything_gets_the_number_of_the_paragraph_that_weighs_most() -> None:
    assert "paragraph 4" in of("small", evening(ask("small")))[0].text


def test_a_seat_is_called_by_its_name() -> None:
    assert (name(hours(), "small"), name(hours(), "chair")) == ("Small provider", "chair")
