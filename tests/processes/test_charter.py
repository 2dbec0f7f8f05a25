"""The charter: what it must state, how it is read from a file, its text."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from steps import refusal
from talanoa.processes import charter
from talanoa.processes.facts import FACTS, Fact
from talanoa.processes.stage_plan import instant

STAGES = [{"kind": "input"}, {"kind": "report"}, {"kind": "review"}, {"kind": "decision"}]


def whole(**other: Any) -> dict[str, Any]:
    """A complete charter with some facts replaced."""
    return charter.normal(charter.template("open-consultation", title="Who pays for training?") | other)


def staged(place: int, **other: str) -> dict[str, Any]:
    """A complete charter in which one stage is otherwise."""
    return whole(stages=[stage | (other if n == place else {}) for n, stage in enumerate(STAGES)])


def broken(facts: Mapping[str, Any]) -> str:
    return refusal(lambda: charter.check_complete(facts))


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", charter.TEMPLATES)
def test_each_template_is_complete_once_it_has_a_title(name: str) -> None:
    charter.check_complete(charter.template(name, title="Who pays for training?"))
    assert broken(charter.template(name)) == "charter_incomplete"


def test_a_template_that_does_not_exist_is_refused() -> None:
    assert refusal(lambda: charter.template("coronation")) == "template_unknown"


@pytest.mark.parametrize("fact", [f for f in FACTS if f.key != "overlap"], ids=lambda f: f.key)
def test_each_fact_is_needed_but_the_options(fact: Fact) -> None:
    facts = whole(**{fact.key: ""})
    if fact.required:
        assert broken(facts) == "charter_incomplete"
    else:
        charter.check_complete(facts)


def test_what_is_missing_is_named_in_the_order_of_the_charter() -> None:
    facts = whole(payer="", scope_in=[], overlap="")
    assert [fact.key for fact in charter.missing(facts)] == ["scope_in", "payer", "overlap"]


def test_without_an_overlap_finding_there_is_no_charter() -> None:
    assert broken(whole(overlap="")) == "overlap_unrecorded"


@pytest.mark.parametrize("options", [[], ["Proceed"], ["Do not", "Not proceed"]])
def test_a_feasibility_study_can_end_with_not_proceeding(options: list[str]) -> None:
    facts = charter.template("feasibility-study", title="Do we need a new fund?") | {"options": options}
    assert broken(facts) == "charter_incomplete"
    charter.check_complete(facts | {"options": ["Proceed", "Do NOT proceed: leave it to others"]})


def test_an_open_consultation_needs_no_options() -> None:
    charter.check_complete(whole(options=["Proceed"]))


def test_a_file_without_a_template_is_an_open_consultation() -> None:
    assert charter.normal({})["template"] == "open-consultation"


@pytest.mark.parametrize("stages", [[], STAGES[:3], list(reversed(STAGES))])
def test_the_stages_are_these_four_in_this_order(stages: list[dict[str, str]]) -> None:
    assert broken(whole(stages=stages)) == "charter_incomplete"


@pytest.mark.parametrize("days", ["13", "0", "a fortnight", "99999"])
def test_a_review_period_has_at_least_14_days(days: str) -> None:
    assert broken(staged(2, days=days)) == "review_too_short"


def test_14_days_of_review_are_enough() -> None:
    charter.check_complete(staged(2, days="14"))


@pytest.mark.parametrize("days", ["0", "²", "forty", "-3", "9" * 5000])
def test_a_call_for_input_lasts_a_number_of_days(days: str) -> None:
    assert broken(staged(0, days=days)) == "charter_incomplete"


def test_what_is_not_said_lasts_40_and_21_days() -> None:
    assert [stage["days"] for stage in whole(stages=STAGES)["stages"]] == [40, None, 21, None]


@pytest.mark.parametrize(
    "opens",
    ["tomorrow", "2026-03-02T09:00", "0001-01-01T00:00+14:00", "9999-12-31T00:00Z", "2026-03-02"],
)
def test_an_opening_is_an_instant_with_its_zone_within_the_calendar(opens: str) -> None:
    assert broken(staged(0, opens_at=opens)) == "charter_unreadable"


def test_a_planned_opening_may_be_in_any_zone() -> None:
    facts = staged(0, opens_at="2026-03-02T12:00+03:00")
    charter.check_complete(facts)
    opens = instant(facts["stages"][0]["opens_at"])
    assert (opens, opens.tzinfo) == (datetime(2026, 3, 2, 9, tzinfo=UTC), UTC)


@pytest.mark.parametrize(("fact", "code"), [("languages", "Kiswahili"), ("groups", "aristocracy")])
def test_codes_of_languages_and_groups_are_known_ones(fact: str, code: str) -> None:
    assert broken(whole(**{fact: [code]})) == "charter_unreadable"


def test_a_file_is_read_as_text_whatever_it_looks_like() -> None:
    read = charter.read_yaml("title: no\nquestion: 1:30\nscope_in: [2017-07-19, !!int x]\nkey: nm\n")
    assert (read["title"], read["question"], read["scope_in"], read["key"]) == (
        "no",
        "1:30",
        ["2017-07-19", "x"],
        "nm",
    )


@pytest.mark.parametrize(
    "text",
    [
        "title: [",
        "- a list",
        "just words",
        "",
        "title: a\nking: b",
        "? [a]\n: b",
        "title: " + "[" * 5000,
        "a: &a [*a]",
        "title: \x00",
        "x" * (charter.SIZE_LIMIT + 1),
    ],
    ids=lambda text: text[:12],
)
def test_a_file_that_is_no_charter_is_refused(text: str) -> None:
    assert refusal(lambda: charter.read_yaml(text)) == "charter_unreadable"


def test_lines_may_come_as_a_list_or_as_text_and_blanks_do_not_count() -> None:
    read = charter.normal({"scope_in": "one\n\n  two ", "scope_out": ["three", "", {"a": 1}], "success": 7})
    assert (read["scope_in"], read["scope_out"], read["success"]) == (["one", "two"], ["three"], [])


def test_an_option_may_say_what_evidence_it_needs() -> None:
    option = {"name": "Proceed", "description": "at once", "evidence_needed": "the cost"}
    assert charter.normal({"options": [option, {"name": "Do not proceed"}]})["options"] == [
        "Proceed: at once: the cost",
        "Do not proceed",
    ]


def test_what_a_reader_cannot_see_does_not_stay_in_a_fact() -> None:
    assert charter.normal({"title": "Who\x00 pays\u202e?", "payer": ["no text"]})["title"] == "Who pays?"


def test_stages_that_are_none_are_left_out() -> None:
    assert charter.normal({"stages": ["input", {"kind": "input", "days": 7}]})["stages"] == [
        {"kind": "input", "days": 7}
    ]


def test_the_text_has_a_heading_for_each_fact_and_the_stages_at_the_end() -> None:
    text = charter.as_markdown(staged(0, opens_at="2026-03-02T09:00Z"))
    headings = [line for line in text.splitlines() if line.startswith("#")]
    stated = [fact for fact in FACTS[1:] if fact.required]
    assert headings == [
        "# Who pays for training?",
        *(f"## {fact.label}" for fact in stated),
        "## Stages",
    ]
    assert text.endswith(
        "- input: from 2026-03-02T09:00Z, 40 days\n- report: until done\n- review: 21 days\n"
        "- decision: until done\n"
    )


def test_a_draft_without_anything_still_has_a_text() -> None:
    assert charter.as_markdown(charter.normal({})) == "# -\n"
