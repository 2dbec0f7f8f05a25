"""Somebody who owns the database drops its triggers and changes the record: the audit says where."""

from collections.abc import Callable

import pytest
from django.db import connection

from conftest import day
from talanoa.inputs.actions.erasing import erase_input
from talanoa.inputs.models import Input
from talanoa.people.models import Person
from talanoa.processes.models import Participant
from talanoa.record import auditing
from talanoa.record.auditing import audit
from talanoa.record.models import Entry, Log, Opening

Send = Callable[..., Input]


@pytest.fixture
def made(log: Log, send: Send, yusuf: Person) -> Input:
    """Number 1, the newest entry of a record that holds."""
    found = send(yusuf, "Pay the trainers.")
    log.refresh_from_db()
    assert audit(log).holds
    return found


def forge(table: str, *statements: str) -> None:
    """Change the record as only the owner of the database can: without the triggers of `table`."""
    connection.check_constraints()
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    drops = [f"DROP TRIGGER {table}_no_{event}{on}" for event in ("update", "delete")]
    with connection.cursor() as cursor:
        for sql in (*drops, *statements):
            cursor.execute(sql)


def test_a_missing_entry_is_named(log: Log, made: Input) -> None:
    gone = Entry.objects.get(kind="convenor.appointed.1")
    Opening.objects.filter(entry=gone).delete()
    forge("record_entry", f"DELETE FROM record_entry WHERE id = {gone.pk}")
    assert audit(log).wrong == [
        f"entry {gone.index}: missing",
        "newest checkpoint: its root is not the root of these entries",
        "tree: the stored nodes do not give the root of these entries",
    ]


def test_a_row_that_says_something_else_than_its_leaf_is_named(log: Log, made: Input) -> None:
    forge("record_entry", "UPDATE record_entry SET number = 7 WHERE number = 1")
    assert audit(log).wrong == [f"entry {log.size - 1}: its row disagrees with its leaf"]


def test_a_changed_leaf_changes_the_root(log: Log, made: Input) -> None:
    entry = Entry.objects.get(number=1)
    leaf = bytes(entry.leaf).replace(b"published", b"withdrawn")
    forge("record_entry")
    Entry.objects.filter(pk=entry.pk).update(leaf=leaf)
    assert audit(log).wrong == [
        "newest checkpoint: its root is not the root of these entries",
        "tree: the stored nodes do not give the root of these entries",
    ]


def test_a_dropped_checkpoint_leaves_an_entry_unsigned(log: Log, made: Input) -> None:
    forge("record_checkpoint", f"DELETE FROM record_checkpoint WHERE size = {log.size}")
    found = audit(log).wrong
    assert found[0] == f"newest checkpoint: signed for {log.size - 1} entries, found {log.size}"


@pytest.mark.parametrize("note", ["no note at all", "a.example\n1\nxyz\n\n— a.example AAAA\n"])
def test_a_forged_checkpoint_is_not_signed_by_this_log(log: Log, made: Input, note: str) -> None:
    forge("record_checkpoint", f"UPDATE record_checkpoint SET note = '{note}'")
    [wrong] = audit(log).wrong
    assert wrong.startswith("newest checkpoint: ")


def test_a_changed_node_is_found(log: Log, made: Input) -> None:
    zeros = "'\\x00'::bytea" if connection.vendor == "postgresql" else "zeroblob(32)"
    forge("record_node", f"UPDATE record_node SET hash = {zeros}")
    assert audit(log).wrong == ["tree: the stored nodes do not give the root of these entries"]


def test_words_whose_seal_was_thrown_away_cannot_be_changed_unseen(log: Log, made: Input) -> None:
    Opening.objects.filter(field="text_sha256").delete()
    Input.objects.update(text="Pay the lawyers.")
    report = audit(log)
    assert report.wrong == [f"vault: {report.commitments - 1} openings for {report.commitments} commitments"]


def test_content_is_not_erased_without_an_entry_that_says_so(log: Log, made: Input) -> None:
    Opening.objects.filter(field="text_sha256").update(salt=None)
    Input.objects.update(text="Pay the lawyers.")
    assert audit(log).wrong == [f"entry {log.size - 1}: text_sha256 was erased, and no entry says so"]


def test_an_erasure_excuses_its_own_entry_only(
    log: Log, made: Input, send: Send, yusuf: Person, convenor: Participant
) -> None:
    other = send(yusuf, "A second one.").contribution.entry
    erase_input(made, by=convenor, ground="author_request", at=day(2), channel="web")
    assert audit(log).holds
    Opening.objects.filter(entry=other, field="title").update(salt=None)
    assert other
    assert audit(log).wrong == [f"entry {other.index}: title was erased, and no entry says so"]


def test_a_row_that_is_gone_is_named(log: Log, made: Input) -> None:
    Opening.objects.filter(field="title", model="inputs.Input").update(row=0)
    assert audit(log).wrong == [f"entry {log.size - 1}: title is gone from inputs.Input"]


def test_a_long_record_is_checked_in_batches_and_tells_how_far_it_is(
    log: Log, made: Input, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auditing, "CHUNK", 2)
    told: list[int] = []
    report = audit(log, progress=told.append)
    assert (report.holds, report.values, told) == (
        True,
        Opening.objects.count(),
        list(range(2, log.size + 1, 2)),
    )
