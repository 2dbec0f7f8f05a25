"""A call is read whole, or refused with every fault at its line."""

from datetime import date
from pathlib import Path

import pytest

from talanoa.lib.calls import CallWrong, read

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = (ROOT / "content" / "calls" / "first-questions.yaml").read_text(encoding="utf-8")
NAME = "first-questions.yaml"


def faults(old: str, new: str) -> list[str]:
    assert old in TEMPLATE
    with pytest.raises(CallWrong) as refused:
        read(NAME, TEMPLATE.replace(old, new, 1))
    return [told.removeprefix(f"{NAME}:") for told in refused.value.wrong]


def line_of(words: str) -> int:
    return TEMPLATE[: TEMPLATE.index(words)].count("\n") + 1


def test_the_template_is_a_call() -> None:
    found = read(NAME, TEMPLATE)
    assert (found.id, found.opens, found.closes, found.total) == (
        "first-questions",
        date(2027, 2, 1),
        date(2027, 3, 31),
        60_000,
    )
    assert [(one.key, one.weight) for one in found.weighed(1)] == [("question", 3), ("method", 3)]
    assert [len(one.anchors) for one in found.criteria] == [6, 6, 6]


def test_a_rolling_call_has_no_end() -> None:
    assert read(NAME, TEMPLATE.replace("closes: 2027-03-31", "rolling: true")).closes is None


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("id: first-questions", "id: First!", "id has up to 40 characters of a-z, 0-9 and -"),
        ("kind: research", "kind: prize", "kind is none of research, fellowship, travel"),
        ("language: en", "language: english", "language is no code of a language, such as en or pt-BR"),
        ("comment_days: 21", "comment_days: 7", "comment_days is a number from 14 to 90"),
        ("opens: 2027-02-01", "opens: soon", "opens is a day such as 2026-11-25"),
        ("closes: 2027-03-31", "closes: 2027-02-01", "closes lies before opens, or on the same day"),
        (
            "closes: 2027-03-31",
            "closes: 2027-03-31\nrolling: true",
            "closes is a day, unless the call says `rolling: true`; one of both, not both",
        ),
        ("hold_days: 14", "hold_days: 0", "hold_days is a number from 14 to 90"),
        ("conflict_years: 3", "conflict_years: 0", "conflict_years is a number from 1 to 10"),
        ("currency: EUR", "currency: euros", "currency is the code of a currency, such as EUR"),
        ("most: 20000", "most: 70000", "most is more than the funders give together, 60000"),
        (
            "amount: 20000}",
            "amount: 20000, ror: 02mhbdp95}",
            "ror is no ROR ID: its checksum is wrong, or it is",
        ),
        ("weight: 3", "weight: 0", "weight is a number from 1 to 100"),
        ("reviews: 3", "reviews: 1", "reviews is a number from 2 to 6"),
        ("blind: double", "blind: triple", "blind is none of open, single, double"),
        ("[question, method]}", "[question, luck]}", "criteria holds what is none of the known ones: luck"),
        ("hold_days: 14", "hold_day: 14", "hold_day is no field here"),
    ],
)
def test_a_fault_is_told_with_its_line(old: str, new: str, told: str) -> None:
    found = faults(old, new)
    assert [one for one in found if one.startswith(f"{line_of(old)}: {told}")] != []


def test_a_line_of_the_budget_is_no_larger_than_an_award() -> None:
    told = faults('text: "Travel", most: 4000', 'text: "Travel", most: 40000')
    assert told == [
        f"{line_of('budget_lines')}: budget_lines let travel have more than the most of one award, 20000"
    ]


def test_a_mark_without_its_anchor_is_refused() -> None:
    told = faults("      - No question can be found.\n", "")
    assert told == [f"{line_of('anchors')}: anchors are 6 sentences: what each mark from 0 to 5 means"]


def test_a_criterion_that_no_round_asks_for_is_refused() -> None:
    told = faults("[question, method, means]", "[question, method]")
    assert told == [f"{line_of('criteria:')}: criteria hold means, which no round asks for"]


def test_an_id_that_stands_there_twice_is_refused() -> None:
    assert faults("id: second", "id: first") == [f"{line_of('rounds:')}: rounds hold the id first twice"]


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(CallWrong) as refused:
        read(NAME, TEMPLATE.replace("kind: research", "kind: prize").replace("EUR", "euros"))
    assert len(refused.value.wrong) == 2


@pytest.mark.parametrize("text", ["", "[", "- a\n- b", "a" * 50_000])
def test_what_is_no_call_at_all_is_refused(text: str) -> None:
    with pytest.raises(CallWrong) as refused:
        read(NAME, text)
    assert len(refused.value.wrong) == 1
