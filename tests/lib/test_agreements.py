"""An agreement keeps to its call, to its days and to its sums."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talanoa.lib import calls
from talanoa.lib.agreements import Agreement, Due, Fault, as_lines, due, faults, portion, read
from talanoa.lib.labeled import LineUnreadable

ROOT = Path(__file__).resolve().parents[2]
CALL = calls.read("c.yaml", (ROOT / "content/calls/first-questions.yaml").read_text(encoding="utf-8"))
PLAN = Due(date(2027, 6, 1), 3000, "The plan", in_advance=True)
TEXT = Due(date(2027, 12, 1), 6000, "Data and text")
AGREED = Agreement(
    date(2027, 6, 1),
    date(2028, 5, 31),
    {"people": 8000, "travel": 1000},
    {1: 6000, 2: 3000},
    (PLAN, TEXT),
    "The data are published.\n\nSo is the text.",
)


def test_what_is_agreed_on_is_written_and_read_as_the_same_lines() -> None:
    assert read(as_lines(AGREED)) == AGREED
    assert faults(AGREED, CALL, 9000) == ()


def test_a_milestone_is_a_day_an_amount_and_what_is_done() -> None:
    assert due("2027-06-01; 3,000; The plan; Advance") == PLAN
    for line in ("2027-06-01; 3000", "June; 3000; Plan", "2027-06-01; much; Plan", "2027-06-01; 1; A; b"):
        with pytest.raises(LineUnreadable):
            due(line)


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert faults(Agreement(), CALL, 9000) == (
        Fault("missing", "starts"),
        Fault("missing", "ends"),
        Fault("missing", "budget"),
        Fault("missing", "milestone"),
    )


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"ends": date(2027, 6, 1)}, Fault("order", "ends")),
        ({"budget": {"people": 4000, "travel": 5000}}, Fault("costly", "travel", 4000)),
        ({"budget": {"people": 8000, "cake": 1000}}, Fault("unknown", "cake")),
        ({"budget": {"people": 9001}}, Fault("total", "budget", 9000)),
        ({"shares": {1: 6000}}, Fault("shares", "funder", 9000)),
        ({"shares": {1: 6000, 3: 3000}}, Fault("unknown", "funder 3")),
        ({"milestones": (PLAN,)}, Fault("payments", "milestone", 9000)),
        ({"milestones": (PLAN,) * 21}, Fault("many", "milestone", 20)),
        ({"milestones": (replace(PLAN, on=date(2027, 5, 31)), TEXT)}, Fault("early", "1")),
    ],
)
def test_an_agreement_keeps_to_the_call(changed: dict[str, object], fault: Fault) -> None:
    assert fault in faults(replace(AGREED, **changed), CALL, 9000)  # type: ignore[arg-type]


def test_a_call_without_budget_lines_has_one_line() -> None:
    call = replace(CALL, budget_lines=())
    assert faults(replace(AGREED, budget={"award": 9000}), call, 9000) == ()


def test_what_was_spent_is_divided_as_the_shares_are() -> None:
    assert portion({1: 6000, 2: 3000}, 4501) == {1: 3001, 2: 1500}
    assert portion({1: 0, 2: 0}, 5) == {1: 0, 2: 0}


@settings(deadline=None)  # a machine under load is no fault
@given(st.dictionaries(st.integers(1, 20), st.integers(0, 10**8), min_size=1), st.data())
def test_the_parts_add_up_and_nobody_gives_more_than_their_share(
    shares: dict[int, int], data: st.DataObject
) -> None:
    total = sum(shares.values())
    part = data.draw(st.integers(0, total))
    made = portion(shares, part)
    assert sum(made.values()) == part
    assert all(0 <= made[place] <= shares[place] for place in shares)
