"""Afterwards everybody sees what turned the room, and gets a profile without a sum."""

import pytest

from lib.example_scenario import LEARNER, SEED, ask, hours, played
from talanoa.lib.bots import listener
from talanoa.lib.debriefs import Override, profile, timeline
from talanoa.lib.practice_acts import Act
from talanoa.lib.simulation import play

MET = ("72h", "1k", "totals", "12m", "1y")
SORRY = Act(1, LEARNER, "repair", to="regulator", text="I am sorry about April.")


def test_turning_points_are_where_objections_or_the_worst_off_share_change() -> None:
    acts = played((SORRY, ask("small", "transition")), (), (), (Act(4, LEARNER, "propose", package=MET),))
    turns = [turn for turn in timeline(hours(), acts) if turn.is_turning_point]
    assert [turn.act.kind for turn in turns] == [
        "object",
        "object",
        "object",
        "revise",
        "withdraw",
        "withdraw",
        "withdraw",
    ]
    assert [turn.objections for turn in turns] == [1, 2, 3, 3, 2, 1, 0]
    assert turns[3].least > turns[2].least


def test_a_timeline_leaves_out_what_somebody_read() -> None:
    acts = played((Act(1, LEARNER, "read", to="draft"),))
    assert [turn.act for turn in timeline(hours(), acts) if turn.act.kind == "read"] == []
    assert [turn.number for turn in timeline(hours(), acts)] == [n for n in range(1, len(acts) + 1) if n != 6]


def test_a_profile_has_a_line_for_each_criterion_and_no_rule_gives_more_than_2() -> None:
    found = profile(hours(), play(hours(), SEED, listener()), LEARNER)
    assert [one.criterion.id for one in found] == [f"R{n}" for n in range(1, 9)]
    assert {one.level for one in found} <= {None, 0, 1, 2}


def test_a_facilitator_sets_another_level_with_a_sentence_and_the_rule_stays_visible() -> None:
    said = Override("R7", 3, "Others walked over her bridge.")
    found = {one.criterion.id: one for one in profile(hours(), played(), LEARNER, (said,))}
    assert (found["R7"].rule, found["R7"].level, found["R7"].sentence) == (
        0,
        3,
        "Others walked over her bridge.",
    )


@pytest.mark.parametrize(
    ("override", "told"),
    [
        (Override("R7", 3, " "), "says why in a sentence"),
        (Override("R7", 4, "Well."), "a level is 0, 1, 2 or 3"),
        (Override("R99", 1, "Well."), "is no criterion"),
    ],
)
def test_a_level_without_its_reason_is_refused(override: Override, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        profile(hours(), played(), LEARNER, (override,))
