"""What stands where in a process, at a given time."""

import pytest

from conftest import START, day
from steps import draft
from talanoa.people.models import Person
from talanoa.processes import charter
from talanoa.processes.actions.chartering import write_charter
from talanoa.processes.actions.roles import enter
from talanoa.processes.actions.stages import keep_stages
from talanoa.processes.models import Participant, Process, Stage
from talanoa.processes.queries import (
    open_call,
    participant,
    people_by_group,
    public_group,
    published_charter,
    stages_due,
    working_charter,
)


def test_a_visitor_is_no_participant(process: Process, lucia: Person) -> None:
    assert (participant(process, None), participant(process, lucia)) == (None, None)
    made = enter(process, lucia, at=START)
    assert participant(process, lucia) == made


def test_a_draft_has_a_working_charter_and_no_published_one(amina: Person) -> None:
    made, _convenor = draft(amina)
    assert (published_charter(made), working_charter(made).version) == (None, 1)


def test_the_published_charter_stays_while_the_next_is_written(
    process: Process, convenor: Participant
) -> None:
    facts = charter.template("open-consultation", title="How should training be funded?") | {
        "payer": "A fund."
    }
    write_charter(process, by=convenor, facts=facts, at=day(1))
    found = published_charter(process)
    assert found
    assert (found.version, working_charter(process).version) == (1, 2)


@pytest.mark.parametrize(("when", "is_open"), [(-1, False), (0, True), (39.99, True), (40, False)])
def test_the_open_call_is_the_one_that_runs_now(process: Process, when: float, *, is_open: bool) -> None:
    expected = process.stages.get(kind=Stage.Kind.INPUT) if is_open else None
    assert open_call(process, day(when)) == expected


def test_a_report_that_is_being_written_is_no_call(process: Process) -> None:
    keep_stages(at=day(41))
    assert open_call(process, day(42)) is None


def test_only_a_call_whose_time_has_come_is_due(call: Stage) -> None:
    assert [list(stages_due(day(n))) for n in (39, 40)] == [[], [call]]


def test_a_call_that_waits_for_its_opening_is_due_then(call: Stage) -> None:
    Stage.objects.filter(pk=call.pk).update(opened_at=None)
    assert [list(stages_due(day(n))) for n in (-1, 0)] == [[], [call]]


def test_a_draft_is_never_due(call: Stage) -> None:
    Process.objects.update(state="draft")
    assert list(stages_due(day(50))) == []


def test_a_group_of_fewer_than_five_is_not_told(process: Process, convenor: Participant) -> None:
    found = []
    for n in range(2, 7):
        enter(process, Person.objects.create(name=f"Teacher {n}", group="civil_society"), at=START)
        found.append((public_group(convenor), people_by_group(process)))
    small, five, six = (
        ("", {}),
        ("civil_society", {"civil_society": 5}),
        ("civil_society", {"civil_society": 6}),
    )
    assert found == [small, small, small, five, six]


def test_another_process_does_not_swell_a_group(
    process: Process, convenor: Participant, nino: Participant
) -> None:
    for n in range(5):
        enter(nino.process, Person.objects.create(name=f"Teacher {n}", group="civil_society"), at=START)
    assert (public_group(convenor), people_by_group(process)) == ("", {})
