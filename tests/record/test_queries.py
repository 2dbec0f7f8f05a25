"""What the record answers: proofs, values for each reader, receipts, sentences."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from conftest import START, day
from steps import answer_all
from talanoa.contributions.models import Contribution
from talanoa.inputs.actions.erasing import erase_input
from talanoa.inputs.models import Input
from talanoa.kernel.space import Space
from talanoa.lib import merkle
from talanoa.lib.notes import NoteUnsigned, Verifier
from talanoa.people.models import Person
from talanoa.processes.events import ProcessClosed
from talanoa.processes.models import Participant, Process
from talanoa.record.actions import append, open_log
from talanoa.record.models import Entry, Log, Opening
from talanoa.record.queries import (
    consistency,
    inclusion,
    latest_checkpoint,
    opened,
    opened_for,
    proof_of,
    public_fields,
    receipt_of,
    root,
    rows_of,
    sentence,
    signed_size,
)

Send = Callable[..., Input]
ROOM = Space("practice", "garissa", seed=bytes(32))
VALUES = {"author", "country", "organization", "text_sha256", "title"}
NAMES = {"author", "country", "organization"}


@pytest.fixture
def entry(log: Log, send: Send, yusuf: Person) -> Entry:
    """The entry of number 1."""
    made = send(yusuf).contribution.entry
    assert made
    log.refresh_from_db()
    return made


def shown(entry: Entry, person: Person | None) -> set[str]:
    return {value.field for value in opened_for(entry, person) if value.value is not None}


def test_every_entry_has_a_proof_that_it_is_in_the_record(log: Log, entry: Entry) -> None:
    size, top = log.size, root(log, log.size)
    for each in log.entries.all():
        proof = inclusion(log, each.index, size)
        merkle.check_inclusion(merkle.leaf_hash(bytes(each.leaf)), each.index, size, proof, top)


def test_the_root_of_nothing_needs_no_entry(log: Log) -> None:
    assert root(log, 0) == hashlib.sha256(b"").digest()


def test_every_earlier_record_has_a_proof_that_this_one_extends_it(log: Log, entry: Entry) -> None:
    size, top = log.size, root(log, log.size)
    for old in range(1, size + 1):
        merkle.check_consistency(old, size, root(log, old), top, consistency(log, old, size))


def test_a_proof_is_against_the_newest_checkpoint(log: Log, entry: Entry, send: Send, lucia: Person) -> None:
    send(lucia)
    log.refresh_from_db()
    proof = proof_of(entry)
    assert (proof.index, signed_size(log, proof.checkpoint).size) == (entry.index, log.size)
    assert proof.checkpoint == latest_checkpoint(log).note


def test_a_checkpoint_of_another_key_is_not_this_log_s(log: Log) -> None:
    log.vkey = Verifier.of(log.origin, bytes(range(32))).vkey
    with pytest.raises(NoteUnsigned):
        signed_size(log, latest_checkpoint(log).note)


def test_a_named_author_stands_open_to_everybody(entry: Entry, readers: dict[str, Person | None]) -> None:
    assert {name: shown(entry, person) for name, person in readers.items()} == dict.fromkeys(readers, VALUES)


def test_an_unnamed_author_is_opened_to_themselves_and_to_the_desk(
    entry: Entry, readers: dict[str, Person | None]
) -> None:
    Contribution.objects.update(publication="group_only")
    found = {name: shown(entry, person) for name, person in readers.items()}
    own = {"author", "secretariat", "chair", "convenor"}
    assert found == {name: VALUES if name in own else VALUES - NAMES for name in readers}


def test_a_private_input_is_opened_to_nobody_else(entry: Entry, readers: dict[str, Person | None]) -> None:
    Contribution.objects.update(publication="private")
    found = {name for name, person in readers.items() if shown(entry, person)}
    assert found == {"author", "secretariat", "chair", "convenor"}


def test_what_says_of_no_row_who_may_read_it_is_not_shown(process: Process, amina: Person) -> None:
    appointment = Entry.objects.get(kind="convenor.appointed.1")
    [value] = opened_for(appointment, amina)
    assert (value.field, value.value, value.salt, value.erased) == ("name", None, None, False)
    assert [each.value for each in opened(appointment)] == ["Amina Wanjiru"]


def test_what_was_erased_is_said_to_be_erased(entry: Entry, convenor: Participant, yusuf: Person) -> None:
    erase_input(Input.objects.get(), by=convenor, ground="personal_data", at=day(2), channel="web")
    for values in (opened(entry), opened_for(entry, yusuf)):
        assert {(value.field, value.value, value.erased) for value in values} == {
            (name, None, True) for name in VALUES
        }


def test_a_row_that_is_gone_opens_nothing(entry: Entry) -> None:
    opening = Opening.objects.get(entry=entry, field="title")
    opening.row = 0
    assert (rows_of([(opening.model, opening.row)]), opened(entry, [opening])[0].value) == ({}, None)


def test_rows_of_one_kind_are_read_in_one_query(entry: Entry, django_assert_num_queries: Any) -> None:
    places = list(entry.openings.values_list("model", "row"))
    with django_assert_num_queries(2):
        rows = rows_of(places)
    assert {label for label, _pk in rows} == {"contributions.Authorship", "inputs.Input"}


def test_a_receipt_read_from_the_rows_is_the_one_that_its_act_made(entry: Entry) -> None:
    made, read = receipt_of(entry), receipt_of(Entry.objects.get(pk=entry.pk))
    assert made is entry.receipt
    assert (made, list(made.opened), list(made.salts)) == (read, list(read.opened), list(read.salts))


def test_a_receipt_leaves_out_what_was_erased(entry: Entry, convenor: Participant) -> None:
    erase_input(Input.objects.get(), by=convenor, ground="personal_data", at=day(2), channel="web")
    receipt = receipt_of(Entry.objects.get(pk=entry.pk))
    assert (receipt.opened, receipt.salts, receipt.proof.index) == ({}, {}, entry.index)


def test_the_public_fields_are_without_the_commitments(entry: Entry) -> None:
    assert "c" not in public_fields(entry)
    assert public_fields(entry)["k"] == "input.received.1"


def test_an_entry_is_told_as_a_sentence(entry: Entry, convenor: Participant) -> None:
    answer_all(convenor)
    told = sentence(Entry.objects.get(kind="response.published.1"))
    assert told == "Answered: 1 (accepted)."


def test_times_and_lists_are_told_as_people_write_them() -> None:
    leaf = b'{"review_until":"2026-05-04T09:00Z","answers":"1:accepted,2:not_accepted"}'
    told = [sentence(Entry(kind=kind, leaf=leaf)) for kind in ("report.sealed.1", "decision.taken.1")]
    assert told == [
        "The report was sealed; its review period runs until Monday 4 May 2026, 09:00 UTC.",
        "The decision was taken: 1: accepted, 2: not accepted.",
    ]


def test_a_code_is_told_in_words(entry: Entry, convenor: Participant) -> None:
    erase_input(Input.objects.get(), by=convenor, ground="author_request", at=day(2), channel="web")
    told = sentence(Entry.objects.get(kind="redaction.made.1"))
    assert told == f"Content of entry {entry.index} was erased: author request."


def test_a_kind_that_this_program_does_not_know_is_told_by_its_name() -> None:
    assert sentence(Entry(kind="poll.taken.9", leaf=b"{}")) == "poll.taken.9"


def test_a_practice_room_has_a_log_of_its_own(log: Log, entry: Entry) -> None:
    room = open_log(origin="talanoa.example/practice/garissa", at=START, space=ROOM)
    with transaction.atomic():
        made = append(ProcessClosed(), at=day(1), channel="web", role="convenor", space=ROOM)
    size = log.size
    log.refresh_from_db()
    room.refresh_from_db()
    assert (made.log, made.index, room.size, log.size) == (room, 1, 2, size)
