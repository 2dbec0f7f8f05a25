"""A process opens by the clock, and closes after its decision."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from conftest import START, day
from steps import DECIDED_ON, RULINGS, draft, finish, line, new_entries, refusal
from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person
from talanoa.processes import charter
from talanoa.processes.actions.chartering import create_process, publish_charter
from talanoa.processes.actions.overlapping import search_overlaps
from talanoa.processes.actions.stages import close_process, open_process
from talanoa.processes.models import Participant, Process, Stage
from talanoa.reports.actions import decide, note_follow_up

State = Process.State


def facts(**other: Any) -> dict[str, Any]:
    return charter.template("open-consultation", title="How should training be funded?") | other


def create(person: Person, key: str = "nm", **other: Any) -> Process:
    return create_process(by=person, key=key, facts=facts(**other), at=START, channel="web")


def test_opening_a_process_opens_its_call_by_the_clock(amina: Person) -> None:
    made, convenor = draft(amina)
    publish_charter(made, by=convenor, at=START, channel="web")
    told = new_entries(lambda: open_process(made, by=convenor, at=day(1), channel="web"))
    assert told == [
        line("process.opened.1", r="convenor", at=day(1), version=1, overlap="not-checked"),
        line(
            "stage.opened.1",
            r="system",
            at=day(1),
            ch="tick",
            stage="input",
            position=1,
            until="2026-04-12T09:00Z",
        ),
    ]


def test_an_overlap_finding_is_said_to_be_checked(amina: Person) -> None:
    made, convenor = draft(amina, overlap="Checked: three bodies, none of them decides this.")
    search_overlaps(made, by=convenor, at=START)
    publish_charter(made, by=convenor, at=START, channel="web")
    told = new_entries(lambda: open_process(made, by=convenor, at=START, channel="web"))
    assert told[0]["overlap"] == "checked"


def test_a_call_that_is_planned_for_later_stays_closed(amina: Person) -> None:
    stages = [{"kind": "input", "opens_at": "2026-03-12T09:00Z"}, *facts()["stages"][1:]]
    made, convenor = draft(amina, stages=stages)
    publish_charter(made, by=convenor, at=START, channel="web")
    told = new_entries(lambda: open_process(made, by=convenor, at=START, channel="web"))
    call = made.stages.get(kind=Stage.Kind.INPUT)
    assert ([entry["k"] for entry in told], call.opens_at, call.closes_at, call.opened_at) == (
        ["process.opened.1"],
        day(10),
        day(50),
        None,
    )


def test_a_planned_opening_in_the_past_begins_now(amina: Person) -> None:
    stages = [{"kind": "input", "opens_at": "2026-01-01T09:00Z"}, *facts()["stages"][1:]]
    made, convenor = draft(amina, stages=stages)
    publish_charter(made, by=convenor, at=START, channel="web")
    open_process(made, by=convenor, at=START, channel="web")
    call = made.stages.get(kind=Stage.Kind.INPUT)
    assert (call.opened_at, call.closes_at) == (START, day(40))


def test_without_a_published_charter_nothing_opens(amina: Person) -> None:
    made, convenor = draft(amina)
    assert refusal(lambda: open_process(made, by=convenor, at=START, channel="web")) == "wrong_state"


def test_a_process_is_opened_once_and_by_its_convenor(
    process: Process, convenor: Participant, dalia: Participant
) -> None:
    assert refusal(lambda: open_process(process, by=convenor, at=START, channel="web")) == "wrong_state"
    with pytest.raises(NotAllowed):
        open_process(process, by=dalia, at=START, channel="web")


@pytest.mark.parametrize("noted", [True, False])
def test_a_decided_process_is_closed_by_its_convenor(
    process: Process, convenor: Participant, send: Any, yusuf: Person, *, noted: bool
) -> None:
    send(yusuf)
    finish(convenor)
    decide(process, by=convenor, rulings=RULINGS, at=day(DECIDED_ON), channel="web")
    if noted:
        note_follow_up(process, by=convenor, text="Paid.", at=day(80), channel="web")
    told = new_entries(lambda: close_process(process, by=convenor, at=day(90), channel="web"))
    assert told == [line("process.closed.1", r="convenor", at=day(90))]
    process.refresh_from_db()
    assert process.state == State.CLOSED


def test_a_process_without_a_decision_is_not_closed(
    process: Process, convenor: Participant, dalia: Participant
) -> None:
    assert refusal(lambda: close_process(process, by=convenor, at=day(1), channel="web")) == "wrong_state"
    with pytest.raises(NotAllowed):
        close_process(process, by=dalia, at=day(1), channel="web")


@pytest.mark.parametrize("state", ["decided", "follow_up", "closed"])
def test_the_database_refuses_to_call_a_process_decided_without_a_decision(
    process: Process, state: str
) -> None:
    with (
        pytest.raises(DatabaseError, match="review_period_running"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE processes_process SET state = %s", [state])
    with pytest.raises(DatabaseError, match="review_period_running"), transaction.atomic():
        Process.objects.filter(pk=process.pk).update(state=state)
