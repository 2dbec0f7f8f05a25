"""Stages open and close by the clock and on the record; a person may only extend one, with a reason."""

from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from conftest import START, day
from steps import draft, line, new_entries, refusal, seal
from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person
from talanoa.processes import charter
from talanoa.processes.actions.chartering import publish_charter
from talanoa.processes.actions.stages import (
    EXTENSION_REASONS,
    begin_stage,
    extend_call,
    keep_stage,
    keep_stages,
    open_process,
)
from talanoa.processes.models import Participant, Process, Stage

Kind = Stage.Kind
LATE = day(39)


def extend(call: Stage, by: Participant, days: int, at: datetime = LATE, **other: str) -> Stage:
    facts: dict[str, Any] = {"reason": "outreach", "channel": "web"} | other
    return extend_call(call.process, by=by, days=days, at=at, **facts)


def clock(kind: str, stage: str, at: datetime, **public: object) -> dict[str, Any]:
    return line(kind, r="system", at=at, ch="tick", stage=stage, **public)


def planned(person: Person) -> Process:
    """A process whose call opens ten days after it was opened."""
    stages = [
        {"kind": "input", "opens_at": "2026-03-12T09:00Z"},
        *charter.template("open-consultation")["stages"][1:],
    ]
    made, convenor = draft(person, stages=stages)
    publish_charter(made, by=convenor, at=START, channel="web")
    return open_process(made, by=convenor, at=START, channel="web")


def test_the_end_of_the_call_begins_the_report(process: Process, call: Stage) -> None:
    told = new_entries(lambda: keep_stages(at=day(40)))
    assert told == [
        clock("stage.closed.1", "input", day(40), position=1),
        clock("stage.opened.1", "report", day(40), position=2, until="-"),
    ]
    process.refresh_from_db()
    call.refresh_from_db()
    assert (process.state, call.closed_at) == (Process.State.REPORT_DRAFT, day(40))


def test_before_its_end_nothing_closes_and_after_it_nothing_closes_twice(call: Stage) -> None:
    assert (keep_stage(call, at=day(39.9)), keep_stage(call, at=day(40)), keep_stage(call, at=day(40))) == (
        False,
        True,
        False,
    )


def test_a_planned_call_opens_when_its_time_comes(amina: Person) -> None:
    made = planned(amina)
    assert (keep_stages(at=day(9.9)), keep_stages(at=day(10))) == (0, 1)
    assert made.stages.get(kind=Kind.INPUT).opened_at == day(10)


def test_after_a_long_silence_a_call_opens_and_closes_at_once(amina: Person) -> None:
    made = planned(amina)
    told = new_entries(lambda: keep_stages(at=day(60)))
    assert [(entry["k"], entry["stage"]) for entry in told] == [
        ("stage.opened.1", "input"),
        ("stage.closed.1", "input"),
        ("stage.opened.1", "report"),
    ]
    made.refresh_from_db()
    assert made.state == Process.State.REPORT_DRAFT


def test_a_stage_without_a_planned_end_is_left_alone(process: Process) -> None:
    report = process.stages.get(kind=Kind.REPORT)
    assert keep_stage(report, at=day(1000)) is False


def test_to_begin_a_stage_ends_the_one_before(process: Process, call: Stage) -> None:
    told = new_entries(lambda: begin_stage(process, Kind.REVIEW, until=day(30), at=day(9)))
    assert told == [
        clock("stage.closed.1", "input", day(9), position=1),
        clock("stage.opened.1", "review", day(9), position=3, until="2026-04-01T09:00Z"),
    ]
    call.refresh_from_db()
    assert call.closed_at == day(9)


@pytest.mark.parametrize("reason", EXTENSION_REASONS)
def test_a_call_is_extended_on_the_record_with_a_reason(
    call: Stage, convenor: Participant, reason: str
) -> None:
    told = new_entries(lambda: extend(call, convenor, 7, reason=reason))
    assert told == [
        line(
            "stage.extended.1",
            r="convenor",
            at=day(39),
            stage="input",
            position=1,
            until="2026-04-18T09:00Z",
            reason=reason,
        )
    ]
    assert keep_stage(call, at=day(40)) is False


def test_an_extension_needs_a_listed_reason(call: Stage, convenor: Participant) -> None:
    assert refusal(lambda: extend(call, convenor, 7, reason="too quiet")) == "reason_unknown"


@pytest.mark.parametrize("days", [0, -1, 366])
def test_a_call_is_never_shortened(call: Stage, convenor: Participant, days: int) -> None:
    assert refusal(lambda: extend(call, convenor, days)) == "extension_not_later"


def test_what_is_closed_is_not_extended(call: Stage, convenor: Participant) -> None:
    assert refusal(lambda: extend(call, convenor, 20, at=day(41))) == "call_closed"


def test_nobody_but_the_convenor_extends(call: Stage, dalia: Participant, nino: Participant) -> None:
    for other in (dalia, nino):
        with pytest.raises(NotAllowed):
            extend(call, other, 7)


def test_the_review_period_is_fixed_by_the_report(
    call: Stage, convenor: Participant, send: Any, yusuf: Person
) -> None:
    send(yusuf)
    seal(convenor)
    assert refusal(lambda: extend(call, convenor, 40, at=day(42))) == "wrong_state"


def test_a_stage_has_a_length(call: Stage) -> None:
    with pytest.raises(DatabaseError, match="stage_has_length"), transaction.atomic():
        Stage.objects.filter(pk=call.pk).update(closes_at=START)
