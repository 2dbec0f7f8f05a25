"""The closing tests of the decision rules: what bars a level, what keeps a call open; no head is counted."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talanoa.lib.decision_rules import (
    ACCOMMODATED,
    ANSWERED,
    FINDINGS,
    NO_BEARING,
    OPEN,
    OUTWEIGHED,
    SET_ASIDE,
    STANDS,
    WITHDRAWN,
    Raised,
    Rule,
    barring,
    dissent,
    named_rule,
    newest_rules,
    replies_due,
    rules,
    unanswered,
)

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
STATES = (OPEN, ANSWERED, ACCOMMODATED, WITHDRAWN, OUTWEIGHED, NO_BEARING, SET_ASIDE, STANDS)


def barred(rule: str, level: str, *raised: Raised, recommendation: int = 1) -> tuple[int, ...]:
    found = named_rule(rule)
    assert found
    step = found.level(level)
    assert step
    return barring(step, recommendation, raised)


def test_a_charter_names_a_rule_by_its_version_or_takes_the_newest() -> None:
    newest = named_rule("gnso-levels")
    assert newest is rules()["gnso-levels/1"]
    assert named_rule("gnso-levels/1") is newest
    assert named_rule("gnso-levels/9") is None
    assert named_rule("") is None
    assert [rule.code for rule in newest_rules()] == ["ietf-rough", "gnso-levels", "consent"]


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.name)
def test_every_rule_can_say_that_there_is_no_agreement_whatever_stands(rule: Rule) -> None:
    assert any(not level.is_agreed and not level.bars for level in rule.levels)
    assert set(rule.findings) <= set(FINDINGS)
    assert all(set(level.bars) <= set(STATES) for level in rule.levels)


def test_rough_consensus_is_barred_by_an_objection_that_stands_and_not_by_one_that_was_outweighed() -> None:
    assert barred("ietf-rough", "rough_consensus", Raised(4, 1, STANDS), Raised(5, 1, OUTWEIGHED)) == (4,)


def test_full_consensus_is_barred_by_anybody_who_still_speaks_against_it() -> None:
    said = [Raised(number, 1, state) for number, state in enumerate(STATES)]
    still = {OUTWEIGHED, NO_BEARING, SET_ASIDE, STANDS, ANSWERED}
    assert {STATES[number] for number in barred("gnso-levels", "full_consensus", *said)} == still


def test_consent_knows_no_outweighing() -> None:
    rule = named_rule("consent")
    assert rule
    assert OUTWEIGHED not in rule.findings
    assert barred("consent", "consent", Raised(1, 0, STANDS)) == (1,)


def test_an_objection_to_one_recommendation_bars_no_other_and_one_to_the_whole_text_bars_each() -> None:
    one, whole = Raised(1, 1, STANDS), Raised(2, 0, STANDS)
    assert barred("ietf-rough", "rough_consensus", one, whole, recommendation=2) == (2,)
    assert barred("ietf-rough", "rough_consensus", one, whole, recommendation=1) == (1, 2)
    assert barred("ietf-rough", "rough_consensus", one, whole, recommendation=0) == (1, 2)


def test_an_objection_without_an_answer_keeps_the_call_open() -> None:
    assert unanswered([Raised(state_at, 0, state) for state_at, state in enumerate(STATES)]) == (0,)


def test_silence_after_an_answer_is_no_veto_once_the_time_to_reply_is_over() -> None:
    asked = Raised(3, 0, ANSWERED, NOW + timedelta(days=1))
    assert replies_due([asked], NOW) == (3,)
    assert replies_due([asked], NOW + timedelta(days=1)) == ()
    assert dissent(1, [asked]) == (3,)


raised = st.builds(
    Raised,
    number=st.integers(1, 9),
    recommendation=st.integers(0, 3),
    state=st.sampled_from(STATES),
    reply_by=st.none(),
)


@given(st.lists(raised), st.integers(1, 40), st.sampled_from(sorted(rules())))
def test_how_many_say_the_same_changes_nothing(said: list[Raised], times: int, name: str) -> None:
    for level in rules()[name].levels:
        once, often = barring(level, 1, said), barring(level, 1, said * times)
        assert set(once) == set(often)
