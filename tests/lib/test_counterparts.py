"""Scripts do in the evening what their rules say, whoever plays and in whatever order."""

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.example_scenario import LEARNER, SEED, ask, changed, evening, hours, of, played
from talanoa.lib.counterparts import opening, reactions, why
from talanoa.lib.practice_acts import KINDS, PERSON_KINDS, Act, digest

SORRY = Act(1, LEARNER, "repair", to="regulator", text="We laughed in April. I am sorry.")
MET = ("72h", "1k", "totals", "12m", "1y")
OFFER = ("72h", "1k", "totals", "none", "1y")


SEATS = [*(seat.id for seat in hours().seats), "chair", "nobody", ""]
SLOTS = [*(slot.id for slot in hours().slots), "nothing", ""]
OPTIONS = [
    "24h",
    "72h",
    "7d",
    "any",
    "1k",
    "10k",
    "none",
    "totals",
    "named",
    "12m",
    "always",
    "1y",
    "3y",
    "x",
]
VALID = st.tuples(*(st.sampled_from([option.id for option in slot.options]) for slot in hours().slots))
ACTS = st.builds(
    Act,
    day=st.just(1),
    seat=st.just(LEARNER),
    kind=st.sampled_from(PERSON_KINDS),
    to=st.sampled_from(SEATS),
    slot=st.sampled_from(SLOTS),
    package=st.none() | VALID | st.lists(st.sampled_from(OPTIONS), max_size=6).map(tuple),
    objection=st.integers(-2, 60),
    text=st.sampled_from(["", "paragraph 3", "{why} {x} %s"]) | st.text(max_size=30),
    remedy=st.sampled_from(["", "totals"]),
)
DAYS = st.lists(st.lists(ACTS, max_size=6), max_size=5)


def rules(acts: tuple[Act, ...] | list[Act], seat: str) -> list[str]:
    return [act.rule for act in acts if act.seat == seat]


def test_every_scripted_seat_opens_with_its_input_and_the_learner_writes_her_own() -> None:
    acts = opening(hours(), humans=frozenset({LEARNER}))
    assert [act.seat for act in acts] == ["regulator", "large", "small", "technical", "university"]
    assert {act.kind for act in acts} == {"state"}


def test_the_regulator_answers_only_a_question_that_names_its_paragraph() -> None:
    vague = ask("regulator", "deadline", "How soon do you want to be told?")
    assert rules(evening(vague), "regulator") == ["regulator-which-paragraph"]
    assert rules(evening(ask("regulator", "deadline")), "regulator") == ["regulator-tells"]


def test_the_regulator_speaks_about_the_list_only_after_a_decent_word() -> None:
    need = "We do not need the names"
    hurt = evening(ask("regulator", "registry"))
    assert rules(hurt, "regulator") == ["regulator-hurt"]
    assert all(need not in act.text for act in hurt)
    mended = evening(SORRY, ask("regulator", "registry"))
    assert rules(mended, "regulator") == ["regulator-thanks", "regulator-opens"]
    assert need in of("regulator", mended)[1].text


def test_a_decent_word_of_another_does_not_open_the_regulator_to_me() -> None:
    sorry = replace(SORRY, seat="technical")
    assert rules(evening(sorry, ask("regulator", "registry")), "regulator") == [
        "regulator-thanks",
        "regulator-hurt",
    ]


def test_the_small_provider_says_nothing_about_a_suggestion_until_somebody_speaks_to_it() -> None:
    offer = Act(1, LEARNER, "propose", package=MET)
    assert rules(evening(offer), "small") == []
    assert rules(evening(offer, ask("small")), "small") == ["small-agrees", "small-most"]


def test_the_large_provider_offers_what_most_can_live_with_on_the_second_evening_and_once() -> None:
    offers = [act for act in of("large", played()) if act.kind == "propose"]
    assert [(act.day, act.package) for act in offers] == [(2, OFFER)]


def test_the_large_provider_tells_more_to_who_asked_twice() -> None:
    first = ask("large", "registry")
    assert rules(evening(first), "large") == ["large-hedges"]
    assert rules(evening(first, ask("large", "deadline")), "large") == ["large-tells", "large-tells"]


def test_a_seat_says_no_more_in_a_day_than_it_has_time_for_and_goes_on_the_next() -> None:
    asked = tuple(ask("university", slot.id) for slot in hours().slots)
    first = evening(*asked)
    assert len(of("university", first, "tell")) == hours().seat("university").acts_a_day == 1
    second = evening(*asked, *first, day=2)
    assert len({act.slot for act in of("university", first + second, "tell")}) == 2


def test_what_was_asked_too_long_ago_is_not_answered_any_more() -> None:
    assert rules(evening(ask("technical", "review"), day=4), "technical")[:1] != ["technical-tells"]


def test_a_question_that_is_put_again_gets_one_answer() -> None:
    acts = evening(ask("technical", "review"), ask("technical", "review", "And paragraph 5?"))
    assert rules(acts, "technical") == ["technical-tells", "technical-asks"]


def test_an_objection_without_a_way_out_is_asked_for_one() -> None:
    wall = Act(4, LEARNER, "object", slot="registry", text="No.")
    call = Act(3, "chair", "call", package=hours().draft)
    asked = [act.rule for act in evening(call, wall, day=4) if act.kind == "ask"]
    assert asked == ["technical-remedy", "chair-wants-remedy"]
    door = replace(wall, remedy="A list with names.")
    assert [act for act in evening(call, door, day=4) if act.kind == "ask"] == []


def test_objections_carry_a_reason_and_a_remedy_and_are_taken_back_when_it_is_met() -> None:
    days = (
        (SORRY, ask("small", "transition"), ask("large", "registry")),
        (ask("large", "deadline"),),
        (),
        (Act(4, LEARNER, "propose", package=MET),),
    )
    acts = played(*days)
    raised = [act for act in acts if act.kind == "object"]
    assert {act.seat for act in raised} >= {"large", "small"}
    assert all(act.text and act.remedy and act.package for act in raised)
    gone = {acts[act.objection - 1].seat for act in acts if act.kind == "withdraw"}
    assert gone == {act.seat for act in raised}


def test_a_seat_that_is_handed_over_takes_back_what_its_person_objected_to_and_no_longer_minds() -> None:
    call = Act(3, "chair", "call", package=hours().draft)
    no = Act(4, LEARNER, "object", text="No.", remedy="Yes.")
    acts = reactions(hours(), seed=SEED, acts=(call, no), day=4, humans=frozenset())
    assert [act.objection for act in of(LEARNER, acts, "withdraw")] == [2]


def test_nothing_happens_after_the_end_or_on_a_day_that_is_none() -> None:
    acts = played()
    assert acts[-1].kind == "end"
    assert reactions(hours(), seed=SEED, acts=acts, day=5, humans=frozenset({LEARNER})) == ()
    assert evening(day=0) == evening(day=6) == ()


def test_seats_of_persons_are_never_spoken_for() -> None:
    everybody = frozenset(seat.id for seat in hours().seats)
    acts = reactions(hours(), seed=SEED, acts=(), day=2, humans=everybody)
    assert {act.seat for act in acts} <= {"chair"}


def test_the_order_of_the_acts_of_one_day_makes_no_difference_to_what_is_said() -> None:
    day = (
        SORRY,
        ask("regulator", "registry"),
        ask("small", "transition"),
        Act(1, LEARNER, "propose", package=MET),
    )
    told = {tuple(replace(act, answers=0) for act in evening(*order)) for order in permutations(day)}
    assert len(told) == 1


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_whoever_speaks_first_in_a_day_is_answered_alike(data: st.DataObject) -> None:
    kinds = st.sampled_from(["ask", "tell", "repair", "propose"])
    spoken = st.builds(lambda act, kind: replace(act, kind=kind), ACTS, kinds)
    day = data.draw(st.lists(spoken, max_size=7))
    turned = data.draw(st.permutations(day))
    first, second = (
        sorted((replace(act, answers=0, objection=0) for act in evening(*acts, day=1)), key=repr)
        for acts in (day, turned)
    )
    assert first == second


@pytest.mark.parametrize("seat", [seat.id for seat in hours().seats])
def test_from_every_seat_a_room_can_be_brought_to_consensus_by_asking_and_repairing(seat: str) -> None:
    first = (
        replace(SORRY, seat=seat),
        ask("small", "transition", seat=seat),
        ask("large", "registry", seat=seat),
    )
    first = tuple(act for act in first if act.to != seat)
    offer = Act(3, seat, "propose", package=MET)
    acts = played(first, (), (offer,), seat=seat)
    assert of("chair", acts, "designate")[0].rule == "chair-agreed"
    alone = played((), (), (offer,), seat=seat)
    assert of("chair", alone, "designate")[0].rule == "chair-divided"


def test_two_persons_in_a_room_are_answered_each_for_herself() -> None:
    sorry, hers = SORRY, ask("regulator", "registry")
    his = replace(hers, seat="technical")
    acts = reactions(
        hours(), seed=SEED, acts=(sorry, hers, his), day=1, humans=frozenset({LEARNER, "technical"})
    )
    told = {(act.to, act.rule) for act in of("regulator", acts)}
    assert told <= {
        (LEARNER, "regulator-thanks"),
        (LEARNER, "regulator-opens"),
        ("technical", "regulator-hurt"),
    }
    assert len(told) == hours().seat("regulator").acts_a_day


def test_a_rule_that_waits_keeps_its_place_until_it_is_due(tmp_path: Path) -> None:
    waits = ("script/small.yaml", "- id: small-tells\n", "- id: small-tells\n  after: 1\n")
    never = ("script/small.yaml", "chance 15", "chance 0")
    scenario = changed(tmp_path, waits, never)
    asked = ask("small", "transition")
    first = evening(asked, scenario=scenario)
    assert rules(first, "small") == []
    assert rules(evening(asked, *first, day=2, scenario=scenario), "small") == ["small-tells"]


def test_a_suggestion_that_is_repeated_is_answered_once_until_something_changes() -> None:
    offer = Act(1, LEARNER, "propose", package=MET)
    first = evening(offer)
    assert rules(first, "regulator") == ["regulator-holds"]
    again = replace(offer, day=2)
    assert rules(evening(offer, *first, again, day=2), "regulator") == []
    mended = evening(offer, *first, replace(SORRY, day=2), again, day=2)
    assert rules(mended, "regulator") == ["regulator-thanks", "regulator-agrees"]


def test_who_answers_a_question_hears_that_it_was_heard() -> None:
    told = Act(1, LEARNER, "tell", to="technical", slot="threshold", text="From ten villages on.")
    assert rules(evening(told), "technical") == ["technical-asks", "technical-heard"]


def test_another_seed_says_the_same_things_in_other_words() -> None:
    asked = (ask("technical", "review"),)
    said = [
        reactions(hours(), seed=bytes([n]) * 32, acts=asked, day=1, humans=frozenset({LEARNER}))
        for n in range(12)
    ]
    assert len({of("technical", acts)[0].text for acts in said}) == 3
    assert len({of("technical", acts)[0].rule for acts in said}) == 1


def in_time(days: list[list[Act]]) -> tuple[tuple[Act, ...], ...]:
    return tuple(tuple(replace(act, day=day) for act in acts) for day, acts in enumerate(days, 1))


@settings(max_examples=60, deadline=None)
@given(DAYS)
def test_whatever_a_learner_does_the_room_comes_to_its_end_the_same_way_each_time(
    days: list[list[Act]],
) -> None:
    acts = played(*in_time(days))
    assert acts[-1].kind == "end"
    assert {act.kind for act in acts} <= set(KINDS)
    assert digest(acts) == digest(played(*in_time(days)))


@settings(max_examples=40, deadline=None)
@given(DAYS)
def test_every_act_of_a_script_has_a_rule_and_can_be_explained(days: list[list[Act]]) -> None:
    acts = played(*in_time(days))
    known = {rule.id for rule in hours().rules} | {"opening"}
    for act in acts:
        assert bool(act.rule) == (act.seat != LEARNER)
        assert not act.rule or act.rule in known
        assert bool(why(hours(), act, acts)) == (act.seat != LEARNER)


@settings(max_examples=40, deadline=None)
@given(DAYS)
def test_no_text_of_a_script_has_a_place_left_open_or_words_of_a_learner(days: list[list[Act]]) -> None:
    marked = [[replace(act, text="CANARY " + act.text, remedy="CANARY") for act in acts] for acts in days]
    for act in played(*in_time(marked)):
        if act.rule:
            assert "CANARY" not in act.text + act.remedy
            assert "{" not in act.text + act.remedy


@settings(max_examples=40, deadline=None)
@given(DAYS, st.sampled_from([seat.id for seat in hours().seats]))
def test_what_a_seat_keeps_to_itself_is_in_nobody_elses_words(days: list[list[Act]], seat: str) -> None:
    seats = tuple(
        replace(
            one,
            brief_confidential=f"CANARY-{one.id}",
            interests=tuple(replace(interest, why=f"CANARY-{one.id}") for interest in one.interests),
            red_lines=tuple(replace(line, why=f"CANARY-{one.id}") for line in one.red_lines),
        )
        for one in hours().seats
    )
    scenario = replace(hours(), seats=seats)
    humans = frozenset({seat})
    acts: tuple[Act, ...] = opening(scenario, humans=humans)
    for day, own in enumerate([*in_time(days), *[()] * (5 - len(days))], 1):
        acts += tuple(replace(act, seat=seat) for act in own)
        acts += reactions(scenario, seed=SEED, acts=acts, day=day, humans=humans)
    for act in acts:
        others = [f"CANARY-{one.id}" for one in seats if one.id != act.seat]
        assert not act.rule or not any(mark in act.text + act.remedy for mark in others)


@pytest.mark.parametrize("seat", ["regulator", "large", "small", "consumer", "technical", "university"])
def test_an_interest_is_told_by_an_answer_or_an_objection_and_by_nothing_else(seat: str) -> None:
    marked = replace(
        hours().seat(seat),
        interests=tuple(replace(one, why="CANARY") for one in hours().seat(seat).interests),
    )
    scenario = replace(hours(), seats=tuple(marked if one.id == seat else one for one in hours().seats))
    learner = "technical" if seat != "technical" else LEARNER
    asked = tuple(ask(seat, slot.id, seat=learner) for slot in hours().slots)
    acts = reactions(scenario, seed=SEED, acts=asked, day=1, humans=frozenset({learner}))
    told = {act.rule for act in acts if "CANARY" in act.text}
    assert told <= {rule.id for rule in hours().rules if rule.discloses or rule.do == "object"}
