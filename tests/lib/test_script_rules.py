"""A rule fires on what it waits for, and on nothing else."""

import hashlib
import hmac
from dataclasses import replace

import pytest

from lib.example_scenario import LEARNER, SEED, ask, hours
from talanoa.lib.practice_acts import Act
from talanoa.lib.room_state import memory, standing
from talanoa.lib.scenarios import Predicate, Rule, When
from talanoa.lib.script_rules import PREDICATES, Scene, draw, is_due, matches

RULE = Rule(
    "r",
    "large",
    50,
    When("ask", "me", "", ()),
    0,
    "tell",
    "asker",
    "",
    None,
    ("a", "b", "c"),
    "",
    0,
    False,
    "Why.",
)
MET = ("72h", "1k", "totals", "12m", "1y")


def scene(event: Act, *before: Act, day: int = 1, seat: str = "large") -> Scene:
    acts = (*before, event)
    return Scene(
        hours(), SEED, day, frozenset({LEARNER}), memory(hours(), acts), standing(hours(), acts),
        hours().seat(seat), event, len(acts),
    )  # fmt: skip


def test_a_question_to_another_does_not_fire_a_rule_for_mine() -> None:
    assert matches(RULE, scene(ask("large", "review")))
    assert not matches(RULE, scene(ask("small", "review")))
    assert matches(replace(RULE, when=When("ask", "other", "", ())), scene(ask("small", "review")))


def test_a_rule_about_one_paragraph_does_not_hear_another() -> None:
    about = replace(RULE, when=When("ask", "me", "review", ()))
    assert matches(about, scene(ask("large", "review")))
    assert not matches(about, scene(ask("large", "deadline")))


def test_a_rule_waits_as_many_days_as_it_says() -> None:
    late = replace(RULE, after=1)
    assert matches(late, scene(ask("large", "review")))
    assert not is_due(late, scene(ask("large", "review")))
    assert is_due(late, scene(ask("large", "review"), day=2))


def test_a_rule_fires_as_often_as_it_says() -> None:
    once = replace(RULE, times=1)
    fired = Act(1, "large", "tell", rule="r", answers=1)
    assert matches(once, scene(ask("large", "review")))
    assert not matches(once, scene(ask("large", "review"), fired))


@pytest.mark.parametrize(
    ("condition", "event", "holds"),
    [
        ("named", ask("large", "review"), True),
        ("named", ask("large", "review", "And the review?"), False),
        ("named", ask("large", "review", "Paragraph 1?"), False),
        ("about", ask("large"), False),
        ("person", ask("large"), True),
        ("person", ask("large", seat="small"), False),
        ("accepts", Act(1, LEARNER, "propose", package=MET), True),
        ("accepts", Act(1, LEARNER, "propose", package=("x",)), False),
        ("crosses", Act(1, LEARNER, "propose", package=hours().draft), True),
        ("remedied", Act(1, LEARNER, "object", text="No."), False),
        ("remedied", Act(1, LEARNER, "object", text="No.", remedy="Names."), True),
    ],
)  # fmt: skip
def test_a_condition_holds_where_it_is_so(condition: str, event: Act, holds: bool) -> None:
    here = scene(event)
    assert PREDICATES[condition](here, RULE, 0) == holds
    negated = replace(RULE, when=When(event.kind, "any", "", (Predicate(condition, 0, is_negated=True),)))
    assert matches(negated, here) != holds


def test_chance_is_drawn_from_seed_and_label_and_from_nothing_else() -> None:
    assert draw(SEED, "small", 1, "r", 0) == draw(SEED, "small", 1, "r", 0)
    drawn = [draw(SEED, "small", day, "r", 0) for day in range(400)]
    assert 0 <= min(drawn) < 0.05
    assert 0.95 < max(drawn) < 1
    assert draw(bytes(32), "small", 1, "r", 0) != draw(SEED, "small", 1, "r", 0)


def test_the_draw_is_the_first_four_bytes_of_the_hmac() -> None:
    first = hmac.digest(SEED, b"small|3|small-busy|0", hashlib.sha256)[:4]
    assert draw(SEED, "small", 3, "small-busy", 0) == int.from_bytes(first, "big") / 2**32
