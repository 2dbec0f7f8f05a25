"""Where a contribution stands, and who may change that."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from conftest import day
from steps import line, new_entries, refusal
from talanoa.contributions.actions.standing import author_of, confirm, register, withdraw
from talanoa.contributions.models import Assurance, Authorship, Contribution
from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person
from talanoa.processes.models import SYSTEM, Participant, Process

State = Contribution.State
Act = Callable[..., Contribution]


def do(act: Act, contribution: Contribution, by: Any) -> Contribution:
    return act(contribution, by=by, at=day(2), channel="web")


def stand(contribution: Contribution, state: str) -> Contribution:
    """Put a contribution where no act has brought it, and read it again."""
    Contribution.objects.filter(pk=contribution.pk).update(state=state)
    contribution.refresh_from_db()
    return contribution


def registered(process: Process, person: Person, **other: Any) -> Contribution:
    facts: dict[str, Any] = {
        "kind": "input",
        "author": author_of(person, assurance=Assurance.PROVEN),
        "entered_by": None,
        "state": State.PUBLISHED,
        "publication": "named",
        "dedup_key": "first",
        "channel": "web",
        "at": day(1),
    }
    return register(process, **facts | other)


def test_an_author_speaks_as_they_declare_themselves_today(lucia: Person) -> None:
    author = author_of(lucia, assurance=Assurance.PROVEN)
    assert (author.name, author.organization, author.group, author.country, author.assurance) == (
        "Lucía Pereira",
        "Red del Sur",
        "technical_community",
        "UY",
        "proven",
    )


def test_for_one_process_an_author_may_speak_for_another_group(lucia: Person) -> None:
    assert author_of(lucia, assurance=Assurance.PROVEN, group="academia").group == "academia"


def test_registering_gives_the_next_number_and_freezes_the_author(process: Process, lucia: Person) -> None:
    made = registered(process, lucia)
    lucia.name, lucia.organization = "Lucía P.", "Another network"
    lucia.save()
    frozen = Authorship.objects.get(contribution=made)
    assert (made.number, made.received_at, frozen.name, frozen.organization) == (
        1,
        day(1),
        "Lucía Pereira",
        "Red del Sur",
    )


@pytest.mark.parametrize(
    ("field", "length"), [("name", 301), ("organization", 301), ("country", 41), ("mandate", 201)]
)
def test_what_an_author_declares_is_refused_not_cut(
    process: Process, lucia: Person, field: str, length: int
) -> None:
    long = replace(author_of(lucia, assurance=Assurance.PROVEN), **{field: "x" * length})
    act = transaction.atomic(registered)  # as the act of its kind is, and nothing of a refused one stays
    assert refusal(lambda: act(process, lucia, author=long)) == "line_too_long"
    process.refresh_from_db()
    assert process.last_number == 0


def test_an_author_s_name_is_one_line_that_a_reader_can_see(process: Process, lucia: Person) -> None:
    odd = replace(author_of(lucia, assurance=Assurance.PROVEN), name=" Luc\u00eda \n Pereira\x00")
    assert registered(process, lucia, author=odd).authorship.name == "Lucía Pereira"


def test_registering_alone_is_not_on_the_record(process: Process, lucia: Person) -> None:
    assert new_entries(lambda: registered(process, lucia)) == []


def test_the_database_registers_one_thing_once(process: Process, lucia: Person) -> None:
    registered(process, lucia)
    with pytest.raises(IntegrityError), transaction.atomic():
        registered(process, lucia)
    process.refresh_from_db()
    assert process.last_number == 1


def test_each_process_counts_for_itself(process: Process, nino: Participant, lucia: Person) -> None:
    numbers = [registered(each, lucia).number for each in (process, nino.process)]
    assert numbers == [1, 1]


def test_its_author_confirms_a_held_contribution(held: Contribution, author: Participant) -> None:
    told = new_entries(lambda: do(confirm, held, author))
    assert told == [line("contribution.confirmed.1", r="participant", at=day(2), n=1)]
    held.refresh_from_db()
    assert held.state == State.PUBLISHED


@pytest.mark.parametrize("state", [State.PUBLISHED, State.UNCONFIRMED, State.WITHHELD, State.REJECTED])
def test_its_author_takes_a_contribution_back(spoken: Contribution, author: Participant, state: str) -> None:
    stand(spoken, state)
    told = new_entries(lambda: do(withdraw, spoken, author))
    assert told == [line("contribution.withdrawn.1", r="participant", at=day(2), n=1)]
    spoken.refresh_from_db()
    assert (spoken.state, spoken.number) == (State.WITHDRAWN, 1)


@pytest.mark.parametrize(
    ("act", "state"),
    [
        *((confirm, s) for s in State if s != State.UNCONFIRMED),
        *((withdraw, s) for s in (State.SUPERSEDED, State.WITHDRAWN, State.ERASED)),
    ],
)
def test_each_step_is_possible_from_its_own_states_only(
    spoken: Contribution, author: Participant, act: Act, state: str
) -> None:
    stand(spoken, state)
    assert refusal(lambda: do(act, spoken, author)) == "wrong_state"


@pytest.mark.parametrize("act", [confirm, withdraw])
def test_what_belongs_to_the_author_is_done_by_nobody_else(
    held: Contribution, convenor: Participant, stranger: Participant, act: Act
) -> None:
    for other in (convenor, stranger, SYSTEM):
        with pytest.raises(NotAllowed, match="Only the author of number 1"):
            do(act, held, other)


@pytest.mark.parametrize("column", ["number = 7", "process_id = process_id + 1"])
def test_the_database_refuses_another_number(spoken: Contribution, column: str) -> None:
    with (
        pytest.raises(DatabaseError, match="deletion_forbidden"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE contributions_contribution SET {column}")
