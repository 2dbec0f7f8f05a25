"""A process that does the same as a body goes on with its consent, or by an override of somebody else."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from conftest import START, day
from registry.example_files import REGISTRY
from steps import draft, line, new_entries, refusal
from talanoa.kernel.errors import NotAllowed
from talanoa.lib.registry_files import read
from talanoa.people.actions import know_person
from talanoa.people.models import Person
from talanoa.processes.actions.chartering import publish_charter, write_charter
from talanoa.processes.actions.overlapping import (
    clear_overlap,
    contact_body,
    judge_overlap,
    record_reply,
    search_overlaps,
)
from talanoa.processes.actions.roles import enter, give_role
from talanoa.processes.actions.stages import open_process
from talanoa.processes.models import Participant, Process, Role
from talanoa.processes.queries import participant
from talanoa.record.models import Log
from talanoa.registry.actions import load_registry
from talanoa.registry.models import Body, Clearance
from talanoa.registry.queries import standings
from web import Reader

WEB: dict[str, Any] = {"channel": "web"}
Draft = tuple[Process, Participant]


def judge(found: Draft, key: str, relation: str, action: str = "proceed") -> None:
    told = {"relation": relation, "action": action, "reason": "It sets the same signs."}
    judge_overlap(found[0], Body.objects.get(key=key), by=found[1], at=START, **told, **WEB)


@pytest.fixture
def signs(log: Log, amina: Person) -> Draft:
    """A draft for which one body does the same; it was written to 14 days before, and said nothing."""
    load_registry(read(REGISTRY), at=START, channel="cli")
    found = draft(
        amina,
        title="Road signs at the river",
        overlap="One body sets them.",
        why_new="Nobody sets the price.",
    )
    process, convenor = found
    search_overlaps(process, by=convenor, at=START)
    judge(found, "forum", "none")
    judge(found, "pavers", "same")
    contact_body(process, pavers(), by=convenor, text="Shall we?", at=START, **WEB)
    return found


@pytest.fixture
def ivana(log: Log) -> Person:
    """Zagreb, academia."""
    return know_person(name="Ivana Horvat", address="ivana@talanoa.example")


def pavers() -> Body:
    return Body.objects.get(key="pavers")


def give(found: Draft, person: Person, role: Role) -> Participant:
    give_role(found[0], person, role=role, by=found[1], at=START, channel="web")
    by = participant(found[0], person)
    assert by
    return by


def clear(found: Draft, by: Participant, ground: str = "override", **more: Any) -> Clearance:
    told = {"reason": "They sign only motorways.", "at": day(15)} | more
    return clear_overlap(found[0], pavers(), by=by, ground=ground, **told, **WEB)


def publish(found: Draft, by: Participant | None = None) -> None:
    publish_charter(found[0], by=by or found[1], at=day(15), channel="web")


def test_silence_of_a_body_that_does_the_same_is_no_consent(signs: Draft) -> None:
    assert refusal(lambda: publish(signs)) == "overlap_unrecorded"
    assert {row.body.key: row.lacks for row in standings("nm", at=day(15))} == {
        "forum": "",
        "pavers": "clearance",
    }


def test_to_refer_the_question_there_needs_no_clearance(signs: Draft) -> None:
    judge(signs, "pavers", "same", "refer")
    publish(signs)


def test_consent_is_an_answer_that_is_recorded(signs: Draft) -> None:
    convenor = signs[1]
    assert refusal(lambda: clear(signs, convenor, "consent")) == "liaison_missing"
    letter = next(row.liaison for row in standings("nm", at=day(1)) if row.body == pavers())
    assert letter
    record_reply(letter, by=convenor, text="Go on.", at=day(1), **WEB)
    told = new_entries(lambda: clear(signs, convenor, "consent"))
    assert told == [line("overlap.cleared.1", r="convenor", at=day(15), body="pavers", ground="consent")]
    publish(signs)


def test_a_chair_overrides_in_public_and_it_stands_in_the_facts(signs: Draft, ivana: Person) -> None:
    chair = give(signs, ivana, Role.CHAIR)
    assert new_entries(lambda: clear(signs, chair)) == [
        line("overlap.cleared.1", r="chair", at=day(15), body="pavers", ground="override")
    ]
    publish(signs)
    open_process(signs[0], by=signs[1], at=day(15), channel="web")
    visitor = Reader()
    assert (
        "Overridden: Pavers of Africa does the same They sign only motorways." in visitor.open("/p/nm/").text
    )
    assert "They sign only motorways." in visitor.open("/p/nm/overlap/").text


def test_who_began_the_process_does_not_override(signs: Draft, ivana: Person) -> None:
    assert refusal(lambda: clear(signs, signs[1])) == "own_override"
    other = give(signs, ivana, Role.CONVENOR)
    clear(signs, other)
    assert refusal(lambda: publish(signs, other)) == "own_override"
    publish(signs)


def test_the_secretariat_and_who_only_takes_part_override_nothing(
    signs: Draft, ivana: Person, yusuf: Person
) -> None:
    for by in (give(signs, ivana, Role.SECRETARIAT), enter(signs[0], yusuf, at=START)):
        with pytest.raises(NotAllowed):
            clear(signs, by)


def test_only_what_is_the_same_needs_a_clearance(signs: Draft, ivana: Person) -> None:
    chair = give(signs, ivana, Role.CHAIR)
    judge(signs, "pavers", "partial")
    assert refusal(lambda: clear(signs, chair)) == "clearance_not_needed"


def test_a_clearance_has_a_ground_and_a_reason(signs: Draft, ivana: Person) -> None:
    chair = give(signs, ivana, Role.CHAIR)
    assert refusal(lambda: clear(signs, chair, "whim")) == "ground_unknown"
    assert refusal(lambda: clear(signs, chair, reason=" ")) == "text_empty"


def test_where_others_work_near_it_the_charter_says_why_a_new_process_is_needed(signs: Draft) -> None:
    judge(signs, "pavers", "adjacent")
    process, convenor = signs
    facts = process.charters.get().facts
    write_charter(process, by=convenor, facts=facts | {"why_new": ""}, at=START)
    assert refusal(lambda: publish(signs)) == "why_new_missing"
    judge(signs, "pavers", "background")
    publish(signs)


def test_the_database_refuses_to_change_or_delete_a_clearance(signs: Draft, ivana: Person) -> None:
    clear(signs, give(signs, ivana, Role.CHAIR))
    for act in (lambda: Clearance.objects.update(reason="No."), Clearance.objects.all().delete):
        with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
            act()


def test_the_chair_overrides_on_the_page(signs: Draft, ivana: Person) -> None:
    give(signs, ivana, Role.CHAIR)
    desk = Reader(ivana, in_office=True)
    desk.open("/p/nm/desk/overlap/pavers/")
    desk.press("Let it go on", ground="override", reason="They sign only motorways.")
    assert Clearance.objects.get().role == "chair"
