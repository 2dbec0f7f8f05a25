"""The chair goes by what was said and by the objections that stand, and never by counts."""

from dataclasses import replace

from lib.example_scenario import LEARNER, SEED, ask, evening, hours, of, played
from talanoa.lib.counterparts import reactions
from talanoa.lib.practice_acts import CHAIR_KINDS, Act

MET = ("72h", "1k", "totals", "12m", "1y")
OFFER = ("72h", "1k", "totals", "none", "1y")
SORRY = Act(1, LEARNER, "repair", to="regulator", text="I am sorry about April.")
PROPOSE = Act(2, LEARNER, "propose", package=MET)


def kinds(acts: tuple[Act, ...]) -> list[str]:
    return [act.kind for act in of("chair", acts, *CHAIR_KINDS)]


def test_a_suggestion_that_nobody_else_can_live_with_changes_nothing() -> None:
    alone = Act(2, LEARNER, "propose", package=("24h", "10k", "named", "always", "none"))
    assert kinds(evening(alone, day=2)) == []


def test_a_suggestion_that_more_can_live_with_becomes_the_draft() -> None:
    revised = of("chair", evening(PROPOSE, day=2), "revise")
    assert [(act.kind, act.package, act.answers) for act in revised] == [("revise", MET, 1)]
    assert "paragraph 4: 12 months more for small providers" in revised[0].text


def test_the_offer_of_a_script_waits_for_somebody_to_second_it() -> None:
    offer = Act(2, "large", "propose", package=OFFER, rule="large-offer")
    yes = Act(3, LEARNER, "agree", package=OFFER)
    assert "revise" not in kinds(evening(offer, day=3))
    assert "revise" in kinds(evening(offer, yes, day=3))


def test_the_call_is_open_on_the_morning_of_day_4_or_when_a_person_asks_for_it() -> None:
    assert [act.day for act in of("chair", played(), "call")] == [3]
    asked = Act(1, LEARNER, "ask", to="chair", text="Please open the call.")
    assert [act.day for act in of("chair", played((asked,)), "call")] == [1]


def test_a_call_is_opened_anew_about_a_new_text_and_never_on_the_last_day() -> None:
    late = replace(PROPOSE, day=4)
    assert kinds(played((), (), (), (late,))) == ["call", "revise", "call", "close", "designate", "end"]
    too_late = replace(PROPOSE, day=5)
    assert kinds(played((), (), (), (), (too_late,))) == ["call", "close", "designate", "end"]


def test_one_objection_stands_against_any_number_who_support() -> None:
    no = Act(5, LEARNER, "object", slot="deadline", text="Too slow.", remedy="Within 24 hours.")
    acts = played((SORRY, ask("small", "transition")), (PROPOSE,), (), (), (no,))
    found = of("chair", acts, "designate")[0]
    assert found.rule == "chair-divided"
    assert "Consumer group, paragraph 1" in found.text


def test_where_no_objection_stands_there_is_consensus() -> None:
    acts = played((SORRY, ask("small", "transition")), (PROPOSE,))
    assert of("chair", acts, "designate")[0].rule == "chair-agreed"


def test_persons_count_by_their_last_word_and_silence_lets_the_draft_stand() -> None:
    persons = frozenset(seat.id for seat in hours().seats)
    offer = Act(2, "large", "propose", package=MET)
    yes = tuple(Act(2, seat, "agree", package=MET) for seat in sorted(persons - {"large"}))

    def chair(*acts: Act) -> list[str]:
        return kinds(reactions(hours(), seed=SEED, acts=acts, day=2, humans=persons))

    assert chair(offer, *yes) == []
    against = Act(1, "small", "object", slot="transition", text="No.", remedy="A year.")
    assert chair(against, offer, *yes) == ["revise"]
    assert chair(against, offer, *yes, Act(2, "technical", "doubt", package=MET)) == []


def test_on_the_second_evening_the_chair_reminds_of_those_who_have_not_spoken() -> None:
    told = of("chair", played(), "tell")
    assert [(act.day, act.rule) for act in told] == [(2, "chair-who-is-missing")]
