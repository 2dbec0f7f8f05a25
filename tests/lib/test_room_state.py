"""Where a room stands is read from its acts, and from nothing else."""

from lib.example_scenario import LEARNER, ask, hours
from talanoa.lib.practice_acts import Act
from talanoa.lib.room_state import memory, standing

MET = ("72h", "1k", "totals", "12m", "1y")
NO = Act(4, LEARNER, "object", slot="registry", text="No.", remedy="Names.")
CALL = Act(3, "chair", "call", package=hours().draft)


def test_the_draft_is_what_the_chair_published_last_and_nobody_else_publishes() -> None:
    assert standing(hours(), (Act(1, LEARNER, "revise", package=MET),)).package == hours().draft
    assert standing(hours(), (Act(1, "chair", "revise", package=MET),)).package == MET


def test_an_objection_stands_until_its_own_author_takes_it_back() -> None:
    other = Act(4, "large", "withdraw", objection=2)
    own = Act(4, LEARNER, "withdraw", objection=2)
    assert standing(hours(), (CALL, NO)).objections == (2,)
    assert standing(hours(), (CALL, NO, other)).objections == (2,)
    assert standing(hours(), (CALL, NO, own)).objections == ()


def test_the_last_position_counts_and_an_objection_outweighs_it() -> None:
    live, support = Act(4, LEARNER, "live"), Act(4, LEARNER, "support")
    assert standing(hours(), (CALL, live, support)).positions == {LEARNER: "support"}
    assert standing(hours(), (CALL, NO, live)).positions == {LEARNER: "object"}


def test_a_new_call_asks_everybody_anew_but_objections_stand() -> None:
    live = Act(4, "large", "live")
    assert standing(hours(), (CALL, NO, live, CALL)).positions == {LEARNER: "object"}


def test_trust_grows_with_questions_about_different_paragraphs_and_a_decent_word() -> None:
    twice = (ask("large", "deadline"), ask("large", "deadline", day=2))
    assert memory(hours(), twice).trust["large", LEARNER] == 1
    assert memory(hours(), (*twice, ask("large", "registry"))).trust["large", LEARNER] == 2
    sorry = Act(1, LEARNER, "repair", to="large", text="Sorry.")
    assert memory(hours(), (*twice, sorry)).trust["large", LEARNER] == 2


def test_trust_falls_with_an_offer_across_a_red_line_and_an_objection_without_a_way_out() -> None:
    names = Act(1, LEARNER, "propose", package=hours().draft)
    wall = Act(4, LEARNER, "object", text="No.")
    assert memory(hours(), (names,)).trust["large", LEARNER] == -1
    assert memory(hours(), (names, wall)).trust["large", LEARNER] == -2
    assert memory(hours(), (NO,)).trust["large", LEARNER] == 0


def test_an_offer_that_a_seat_can_live_with_is_trusted() -> None:
    assert memory(hours(), (Act(1, LEARNER, "propose", package=MET),)).trust["large", LEARNER] == 1
