"""The only writers of the record."""

import json
from dataclasses import dataclass
from typing import ClassVar

import pytest
from django.db import DatabaseError, connection, transaction

from conftest import START, day
from talanoa.kernel.errors import RuleBroken
from talanoa.lib import leaves, merkle, receipts
from talanoa.lib.notes import Verifier
from talanoa.people.models import Person
from talanoa.record.actions import OutsideTransaction, append, entries_about, erase, open_log
from talanoa.record.events import Committed, Event, LogOpened
from talanoa.record.models import Checkpoint, Entry, Log, Node, Opening
from talanoa.record.queries import latest_checkpoint, opened, receipt_of, root, signed_size


@dataclass(frozen=True)
class NoteTaken(Event):
    """A kind for these tests."""

    kind: ClassVar[str] = "test.note.1"
    place: str
    name: Committed


def note(person: Person) -> NoteTaken:
    return NoteTaken(place="garissa", name=Committed(person, "name"))


def put(person: Person) -> Entry:
    return append(note(person), at=day(2), channel="web", role="participant", process="nm", number=7)


def test_a_log_begins_with_its_own_key(log: Log) -> None:
    [entry] = Entry.objects.all()
    leaf = json.loads(entry.leaf)
    assert (leaf["k"], leaf["vkey"]) == ("log.opened.1", log.vkey)


def test_opening_a_log_twice_changes_nothing(log: Log) -> None:
    assert open_log(origin="another.example/record", at=START).origin == "talanoa.example/record"
    assert Entry.objects.count() == 1


def test_a_leaf_tells_the_hour_the_role_and_only_a_commitment_to_the_name(yusuf: Person) -> None:
    entry = put(yusuf)
    leaf = json.loads(entry.leaf)
    assert leaf.pop("c").keys() == {"name"}
    assert leaf == {
        "v": 1,
        "k": "test.note.1",
        "p": "nm",
        "n": 7,
        "t": "2026-03-04T09Z",
        "r": "participant",
        "ch": "web",
        "place": "garissa",
    }
    assert b"Yusuf" not in bytes(entry.leaf)


def test_the_salt_and_the_name_open_the_commitment(yusuf: Person) -> None:
    entry = put(yusuf)
    [value] = opened(entry)
    assert value.value == "Yusuf Abdi"
    assert value.salt is not None
    assert leaves.commit("name", "Yusuf Abdi", value.salt) == json.loads(entry.leaf)["c"]["name"]


def test_every_entry_is_followed_by_a_signed_checkpoint(log: Log, yusuf: Person) -> None:
    put(yusuf)
    log.refresh_from_db()
    signed = signed_size(log, latest_checkpoint(log).note)
    assert (signed.size, signed.root) == (log.size, root(log, log.size))


def test_the_root_is_that_of_all_leaves_at_every_size(log: Log, yusuf: Person) -> None:
    hashes = []
    for size in range(1, 34):
        hashes = [merkle.leaf_hash(bytes(entry.leaf)) for entry in Entry.objects.order_by("index")]
        assert root(log, size) == merkle.fold(iter(hashes))
        put(yusuf)


def test_a_receipt_verifies_with_the_public_key_alone(log: Log, yusuf: Person) -> None:
    entry = put(yusuf)
    text = receipts.render(receipt_of(entry), preface="Number nm-7.", check_hint="Check it.")
    verdict = receipts.check(receipts.parse(text), [Verifier.parse(log.vkey)])
    assert verdict.code == receipts.OK


def test_an_act_outside_a_transaction_is_not_recorded() -> None:
    with pytest.raises(OutsideTransaction):
        append(LogOpened(vkey="x"), at=START, channel="cli", role="system")


def test_without_a_log_the_refusal_says_what_to_do(db: None) -> None:
    with pytest.raises(RuleBroken, match="talanoa init") as broken:
        append(LogOpened(vkey="x"), at=START, channel="cli", role="system")
    assert broken.value.rule == "log_missing"


def test_a_value_of_two_lines_is_refused(yusuf: Person) -> None:
    yusuf.name = "two\nlines"
    with pytest.raises(RuleBroken) as broken:
        put(yusuf)
    assert broken.value.rule == "value_not_one_line"


@pytest.mark.parametrize("table", ["record_entry", "record_node", "record_checkpoint"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET log_id = log_id", "DELETE FROM {}"])
def test_the_database_itself_refuses_update_and_delete(log: Log, table: str, sql: str) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql.format(table))
    assert (Entry.objects.count(), Node.objects.count(), Checkpoint.objects.count()) == (1, 1, 1)


def test_erasing_destroys_the_salt_and_adds_an_entry_that_says_so(log: Log, yusuf: Person) -> None:
    entry = put(yusuf)
    [made] = erase(
        [entry], ground="author_request", at=day(3), channel="web", role="convenor", appeal_days=28
    )
    assert Opening.objects.get(entry=entry).salt is None
    leaf = json.loads(made.leaf)
    assert (leaf["entry"], leaf["ground"], leaf["fields"]) == (entry.index, "author_request", "name")
    assert leaf["appeal_until"] == "2026-04-02"


def test_entries_about_a_row_are_found(yusuf: Person, lucia: Person) -> None:
    first, _other = put(yusuf), put(lucia)
    assert entries_about([yusuf]) == [first]
