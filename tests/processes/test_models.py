"""Who may read a process, what a stage allows when, who holds which role."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from conftest import START, day
from steps import refusal
from talanoa.kernel.space import REAL, Space
from talanoa.people.models import Person
from talanoa.processes.models import SYSTEM, CharterVersion, Participant, Process, Role, RoleGrant, Stage

DESK = {"secretariat", "chair", "convenor"}
PUBLIC = [state for state in Process.State if state != Process.State.DRAFT]


def readers_of(process: Process, readers: dict[str, Person | None]) -> set[str]:
    return {
        name
        for name, person in readers.items()
        if Process.objects.visible_to(person).filter(pk=process.pk).exists()
    }


def test_a_draft_is_read_by_those_who_work_on_it(process: Process, readers: dict[str, Person | None]) -> None:
    Process.objects.filter(pk=process.pk).update(state="draft")
    assert readers_of(process, readers) == DESK


@pytest.mark.parametrize(
    "state", [state for state in PUBLIC if state not in {"decided", "follow_up", "closed"}]
)
def test_everybody_reads_what_is_published(
    process: Process, readers: dict[str, Person | None], state: str
) -> None:
    Process.objects.filter(pk=process.pk).update(state=state)
    assert readers_of(process, readers) == set(readers)


def test_a_convenor_reads_only_their_own_draft(nino: Participant, readers: dict[str, Person | None]) -> None:
    assert readers_of(nino.process, readers) == {"convenor of another process"}


def test_a_draft_is_shown_to_nobody_without_their_second_factor(
    process: Process, convenor: Participant
) -> None:
    Process.objects.update(state="draft")
    convenor.person.may_use_office = False
    assert not Process.objects.visible_to(convenor.person).exists()


def test_two_roles_do_not_show_a_process_twice(process: Process, convenor: Participant) -> None:
    RoleGrant.objects.create(participant=convenor, role=Role.CHAIR, name="Amina Wanjiru", granted_at=START)
    Process.objects.update(state="draft")
    assert list(Process.objects.visible_to(convenor.person)) == [process]


@pytest.mark.django_db
@pytest.mark.parametrize("state", Process.State)
def test_a_step_is_possible_in_the_states_it_names_only(state: str) -> None:
    stands = Process(state=state)
    stands.check_state("open", state)
    others = [other for other in Process.State if other != state]
    assert refusal(lambda: stands.check_state(*others)) == "wrong_state"


def test_a_process_lives_in_one_space() -> None:
    assert (Process(key="nm").space, Process(key="room", is_practice=True).space) == (
        REAL,
        Space("practice", "room"),
    )


def test_the_database_knows_no_review_under_14_days(process: Process) -> None:
    with pytest.raises(DatabaseError, match="review_at_least_14_days"), transaction.atomic():
        Process.objects.filter(pk=process.pk).update(review_days=13)


@pytest.mark.parametrize(
    ("times", "is_open"),
    [
        ({}, False),
        ({"opened_at": day(2)}, False),
        ({"opened_at": day(0)}, True),
        ({"opened_at": day(1)}, True),
        ({"opened_at": day(0), "closes_at": day(1)}, False),
        ({"opened_at": day(0), "closes_at": day(1.1)}, True),
        ({"opened_at": day(0), "closes_at": day(9), "closed_at": day(0.5)}, False),
    ],
)
def test_a_stage_runs_from_its_opening_until_just_before_its_end(
    times: dict[str, Any], *, is_open: bool
) -> None:
    assert Stage(kind="input", **times).is_open(day(1)) is is_open


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "takes"), [("input", True), ("report", False), ("review", True), ("decision", False)]
)
def test_inputs_are_sent_in_the_call_and_in_the_review(kind: str, *, takes: bool) -> None:
    stage = Stage(kind=kind, opened_at=START)
    assert stage.takes_input is takes
    if takes:
        stage.check_takes_input(day(1))
    else:
        assert refusal(lambda: stage.check_takes_input(day(1))) == "call_closed"


def test_a_participant_holds_the_roles_they_were_given(dalia: Participant) -> None:
    asked = ((Role.SECRETARIAT,), (Role.CHAIR, Role.SECRETARIAT), (Role.CHAIR,), ())
    assert [dalia.has_role(*roles) for roles in asked] == [True, True, False, False]


def test_the_clock_holds_no_role() -> None:
    assert (SYSTEM.has_role(*Role), str(SYSTEM)) == (False, "system")


def test_things_read_as_people_call_them(process: Process, call: Stage, dalia: Participant) -> None:
    named = (process, call, dalia, dalia.roles.get(), CharterVersion.objects.get())
    assert [str(each) for each in named] == [
        "How should training be funded?",
        "nm input",
        "Dalia Mansour in nm",
        "secretariat",
        "nm charter 1",
    ]
