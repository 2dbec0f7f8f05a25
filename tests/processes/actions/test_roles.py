"""Who enters a process, and which role they are given."""

from typing import Any

import pytest

from conftest import START, day
from steps import line, new_entries
from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person
from talanoa.processes import charter
from talanoa.processes.actions.chartering import create_process
from talanoa.processes.actions.roles import enter, give_role
from talanoa.processes.models import Participant, Process, Role, RoleGrant
from talanoa.processes.queries import participant
from talanoa.record.models import Entry
from talanoa.record.queries import opened

State = Process.State


def facts(**other: Any) -> dict[str, Any]:
    return charter.template("open-consultation", title="How should training be funded?") | other


def create(person: Person, key: str = "nm", **other: Any) -> Process:
    return create_process(by=person, key=key, facts=facts(**other), at=START, channel="web")


def test_entering_makes_a_participant_once_with_the_group_they_speak_for(
    process: Process, lucia: Person
) -> None:
    before = Entry.objects.count()
    first = enter(process, lucia, at=day(1), group="academia")
    assert (enter(process, lucia, at=day(2)), first.group) == (first, "academia")
    assert (Entry.objects.count(), participant(process, lucia)) == (before, first)


def test_a_role_is_given_on_the_record_without_the_name(
    process: Process, convenor: Participant, lucia: Person
) -> None:
    told = new_entries(
        lambda: give_role(process, lucia, role=Role.CHAIR, by=convenor, at=day(1), channel="web")
    )
    assert told == [line("role.given.1", r="convenor", at=day(1), role="chair")]
    [value] = opened(Entry.objects.latest("index"))
    assert (value.value, RoleGrant.objects.get(role=Role.CHAIR).granted_at) == ("Lucía Pereira", day(1))


def test_giving_a_role_twice_changes_nothing(
    process: Process, convenor: Participant, chair: Participant
) -> None:
    told = new_entries(
        lambda: give_role(process, chair.person, role=Role.CHAIR, by=convenor, at=day(1), channel="web")
    )
    assert (told, chair.roles.count()) == ([], 1)


def test_only_the_convenor_of_this_process_gives_roles(
    process: Process, dalia: Participant, nino: Participant, lucia: Person
) -> None:
    for other in (dalia, nino):
        with pytest.raises(NotAllowed):
            give_role(process, lucia, role=Role.CHAIR, by=other, at=day(1), channel="web")
