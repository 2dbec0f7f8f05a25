"""In the debrief every act of a script is explained."""

from lib.example_scenario import LEARNER, ask, hours, played
from talanoa.lib.counterparts import why
from talanoa.lib.practice_acts import Act


def explained(acts: tuple[Act, ...], rule: str) -> str:
    return why(hours(), next(act for act in acts if act.rule == rule), acts)


def test_an_answer_says_which_act_it_answers() -> None:
    acts = played((ask("regulator", "registry"),))
    told = explained(acts, "regulator-hurt")
    number = next(n for n, act in enumerate(acts, 1) if act.kind == "ask" and act.seat == LEARNER)
    assert told.endswith(f"The act for it is called repair. It answers act {number} (Consumer group).")


def test_an_objection_says_whether_a_red_line_was_crossed_or_too_little_given() -> None:
    assert explained(played(), "large-objects").endswith(
        "In paragraph 3, “a list with the names of providers” is a red line for it."
    )
    assert explained(played(), "technical-objects").endswith(
        "The draft gave it 55 of 100 of what it wants; its limit is 60."
    )


def test_who_holds_on_for_want_of_a_word_says_so_and_gives_no_figure() -> None:
    met = ("72h", "1k", "totals", "12m", "1y")
    acts = played((), (Act(2, LEARNER, "propose", package=met),))
    assert explained(acts, "regulator-holds-on").endswith("The act for it is called repair.")
    assert "One question to it would have been enough." in explained(acts, "small-unheard")


def test_an_answer_to_a_suggestion_says_what_the_suggestion_gave() -> None:
    met = ("72h", "1k", "totals", "12m", "1y")
    acts = played((), (Act(2, LEARNER, "propose", package=met),))
    told = explained(acts, "large-agrees")
    assert "The suggestion gave it 66 of 100 of what it wants; its limit is 55." in told


def test_a_revision_says_whose_suggestion_it_took() -> None:
    met = ("72h", "1k", "totals", "12m", "1y")
    acts = played((), (Act(2, LEARNER, "propose", package=met),))
    assert "It took up act" in explained(acts, "chair-revise")


def test_the_act_of_a_person_is_hers_to_explain() -> None:
    acts = played((ask("small"),))
    assert why(hours(), ask("small"), acts) == ""
