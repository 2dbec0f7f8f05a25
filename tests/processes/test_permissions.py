"""Who may act in a process. What nobody was given, nobody has."""

from collections.abc import Callable

import pytest

from conftest import START
from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter, give_role
from talanoa.processes.models import SYSTEM, Actor, Participant, Process, Role
from talanoa.processes.permissions import (
    has_chair,
    may_work_on,
    require_approver,
    require_convenor,
    require_may_convene,
    require_member,
    require_office,
    require_role,
)
from talanoa.processes.queries import participant

Require = Callable[[Actor, Process], object]
OFFICE = {"secretariat", "chair", "convenor"}


def allowed(require: Require, process: Process, readers: dict[str, Person | None]) -> set[str]:
    """Return who may; the convenor of another process comes with the role they hold there."""
    found = set()
    for name, person in readers.items():
        by = participant(process, person) or (person and person.participations.first())
        try:
            require(by or SYSTEM, process)
        except NotAllowed:
            continue
        found.add(name)
    return found


@pytest.mark.parametrize(
    ("require", "who"),
    [
        (require_convenor, {"convenor"}),
        (require_office, OFFICE),
        (require_approver, {"chair"}),
        (require_member, OFFICE | {"participant", "observer", "sponsor"}),
        (lambda by, process: require_role(by, process, Role.SPONSOR, Role.CONVENOR), {"sponsor", "convenor"}),
        (lambda by, process: require_role(by, process, Role.OBSERVER), {"observer"}),
    ],
)
def test_each_step_belongs_to_its_roles(
    process: Process, readers: dict[str, Person | None], require: Require, who: set[str]
) -> None:
    assert allowed(require, process, readers) == who


def test_the_role_in_which_somebody_acts_is_the_first_that_the_step_asks_for(
    process: Process, convenor: Participant
) -> None:
    give_role(process, convenor.person, role=Role.SPONSOR, by=convenor, at=START, channel="web")
    both = participant(process, convenor.person)
    assert both
    assert [
        require_role(both, process, *roles) for roles in ((Role.SPONSOR, Role.CONVENOR), (Role.CONVENOR,))
    ] == [
        "sponsor",
        "convenor",
    ]


def test_where_no_chair_is_named_the_convenor_approves(
    process: Process, convenor: Participant, dalia: Participant
) -> None:
    assert (has_chair(process), require_approver(convenor, process)) == (False, "convenor")
    with pytest.raises(NotAllowed):
        require_approver(dalia, process)


def test_where_a_chair_is_named_the_chair_approves(
    process: Process, convenor: Participant, chair: Participant
) -> None:
    assert (has_chair(process), require_approver(chair, process)) == (True, "chair")
    with pytest.raises(NotAllowed):
        require_approver(convenor, process)


def test_the_refusal_names_whose_step_it_is(process: Process, sponsor: Participant) -> None:
    with pytest.raises(NotAllowed, match="This step belongs to: Convenor, Secretariat, Chair") as refused:
        require_office(sponsor, process)
    assert refused.value.rule == "not_allowed"


def test_to_begin_a_process_one_is_appointed(amina: Person, yusuf: Person) -> None:
    require_may_convene(amina)
    with pytest.raises(NotAllowed):
        require_may_convene(yusuf)


def test_the_desk_is_convenor_secretariat_and_chair(
    process: Process, readers: dict[str, Person | None]
) -> None:
    assert {name for name, person in readers.items() if may_work_on(process, person)} == OFFICE


def test_without_the_second_factor_an_office_gives_nothing_and_other_roles_stay(
    process: Process, readers: dict[str, Person | None]
) -> None:
    for person in filter(None, readers.values()):
        person.may_use_office = False
    held = {name: participant(process, person) for name, person in readers.items()}
    assert {name for name, by in held.items() if by and by.has_role(*Role)} == {"sponsor", "observer"}
    assert not any(may_work_on(process, person) for person in readers.values())


def test_taking_part_is_no_role(process: Process, lucia: Person) -> None:
    by = enter(process, lucia, at=START)
    require_member(by, process)
    with pytest.raises(NotAllowed):
        require_role(by, process, *Role)
