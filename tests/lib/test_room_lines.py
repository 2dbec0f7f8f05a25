"""What somebody writes to a practice room by mail is read with patience, and never guessed."""

import pytest

from talanoa.lib.practice_acts import Act
from talanoa.lib.room_lines import Line, as_act, lines, numbered
from talanoa.practice.queries import packs


def test_a_mail_may_ask_for_several_things_and_words_may_have_lines() -> None:
    said = "Ask small 4: What do you need?\nI mean it.\n\nend my day.\n"
    assert lines(said) == [Line("ask", "small 4", "What do you need?\nI mean it."), Line("end", "my day", "")]


@pytest.mark.parametrize(
    "said", ["Thanks for all.", "ask everybody else why: x", "end of story", "", "opening"]
)
def test_what_does_not_stand_as_a_command_asks_for_nothing(said: str) -> None:
    assert lines(said) == []


@pytest.mark.parametrize(
    ("said", "made"),
    [
        ("state: All of it.", Act(0, "", "state", text="All of it.")),
        ("ask large 3: Why?", Act(0, "", "ask", to="large", slot="registry", text="Why?")),
        ("repair regulator: Sorry.", Act(0, "", "repair", to="regulator", text="Sorry.")),
        (
            "propose 2 2 2 2 2: So.",
            Act(0, "", "propose", package=("72h", "1k", "totals", "12m", "1y"), text="So."),
        ),
        (
            "object 3: Names hurt. | Totals.",
            Act(0, "", "object", slot="registry", text="Names hurt.", remedy="Totals."),
        ),
        ("withdraw 41", Act(0, "", "withdraw", objection=41)),
        ("live", Act(0, "", "live")),
        ("read charter", Act(0, "", "read", to="charter")),
    ],
)
def test_each_kind_of_act_has_its_line(said: str, made: Act) -> None:
    [line] = lines(said)
    assert as_act(line, packs()["72-hours"][1]) == made


@pytest.mark.parametrize("said", ["ask large 9: Why?", "propose 2 2: x", "propose 9 1 1 1 1: x"])
def test_a_number_that_names_nothing_is_refused_with_what_to_do(said: str) -> None:
    [line] = lines(said)
    with pytest.raises(ValueError, match="paragraph"):
        as_act(line, packs()["72-hours"][1])


def test_a_letter_shows_the_numbers_of_the_values() -> None:
    first = next(numbered(packs()["72-hours"][1]))
    assert first == "1. How soon customers are told: 1 within 24 hours; 2 within 72 hours; 3 within 7 days"
