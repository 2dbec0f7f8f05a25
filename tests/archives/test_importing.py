"""Importing a list: everything is accounted for, nothing comes twice, and an end in the middle does no harm."""

import json
from pathlib import Path

import pytest

from archives.conftest import COMMONS, Import
from conftest import day
from lib.archive.example_list import ANSWER, BAD_DATE, LIST, OPENING, plain
from talanoa.archives import importing
from talanoa.archives.actions.importing import About, counts_of
from talanoa.archives.importing import import_files
from talanoa.archives.models import Archive, ArchivedMessage, ArchiveImport, Rejection, Sender, Thread
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib.messageids import permalink_hash
from talanoa.people.models import Person
from talanoa.record.models import Entry


def counts(run: ArchiveImport) -> tuple[int, ...]:
    return tuple(counts_of(run).values())


def entries() -> list[dict[str, object]]:
    rows = Entry.objects.filter(kind__regex=r"^(archive|merge)\.").order_by("index")
    return [json.loads(bytes(row.leaf)) for row in rows]


def state() -> list[tuple[object, ...]]:
    """All that an import leaves but times and keys."""
    rows = ArchivedMessage.objects.order_by("number")
    return list(
        rows.values_list("number", "hash", "thread__number", "parent_number", "sender__identity", "text")
    )


def test_a_list_is_imported_with_one_entry_and_every_message_accounted_for(bring: Import) -> None:
    run = bring(LIST + b"From nobody  Mon Mar  3 09:00:00 2014\n\nNo header at all.\n")

    assert counts(run) == (4, 3, 0, 1)
    assert [(one.code, one.position) for one in Rejection.objects.all()] == [("header_missing", len(LIST))]
    [entry] = entries()
    assert {
        name: entry[name]
        for name in ("k", "archive", "files", "read", "added", "duplicates", "rejected", "r")
    } == {
        "k": "archive.imported.1",
        "archive": "commons",
        "files": 1,
        "read": 4,
        "added": 3,
        "duplicates": 0,
        "rejected": 1,
        "r": "operator",
    }
    assert entry["manifest_sha256"] == run.manifest_sha256


def test_repairs_and_bad_dates_are_counted(bring: Import) -> None:
    [file] = bring().files.all()

    assert file.notes["repaired"] == file.notes["bad_dates"] == 1
    assert file.notes["address_obscured"] == 2
    mere = ArchivedMessage.objects.get(sender__name="Mere Tamihana")
    assert (mere.sent_at, mere.date, mere.notes) == (None, "the day after", "date_unreadable")


def test_the_same_files_again_add_nothing_and_no_entry(bring: Import) -> None:
    bring()
    before = state()

    assert counts(bring()) == (3, 0, 3, 0)
    assert state() == before
    assert len(entries()) == 1


def test_a_duplicate_is_the_same_identifier_and_the_same_content(bring: Import) -> None:
    other = ANSWER.replace(b"users could", b"users should")
    run = bring(LIST + ANSWER + other)

    assert counts(run) == (5, 4, 1, 0)
    again = ArchivedMessage.objects.get(text__contains="should")
    assert "identifier_again" in again.notes.split()
    assert again.hash != permalink_hash("mast-2@rede.example")


def test_a_message_is_named_in_addresses_as_mailman_names_it(commons: Archive) -> None:
    assert ArchivedMessage.objects.get(number=1).hash == permalink_hash("mast-1@radio.example")


def test_messages_without_identifier_are_told_apart_by_their_content(bring: Import) -> None:
    bare = [plain(n).replace(b"Message-ID: <post-%d@village.example>\n" % n, b"") for n in (1, 2)]
    marked = b"".join(b"From sina  Tue Mar  4 10:00:00 2014\n" + one + b"\n" for one in (*bare, bare[0]))

    assert counts(bring(marked)) == (3, 2, 1, 0)
    assert ArchivedMessage.objects.values("hash").distinct().count() == 2


def test_answers_find_their_thread_also_across_imports(bring: Import) -> None:
    bring(ANSWER, name="later.mbox")
    bring(OPENING, name="earlier.mbox")
    bring(BAD_DATE, name="other.mbox")

    answer, opening, _tides = ArchivedMessage.objects.order_by("number")
    assert (answer.parent_number, opening.parent_number, answer.awaits) == (2, None, None)
    assert [(one.number, one.n_messages) for one in Thread.objects.order_by("number")] == [(1, 2), (3, 1)]


def test_two_threads_become_one_when_a_message_names_both(bring: Import) -> None:
    bring(OPENING + BAD_DATE)
    both = BAD_DATE.replace(b"<tides@", b"<both@").replace(
        b"Subject", b"References: <mast-1@radio.example> <tides@marae.example>\nSubject"
    )
    bring(both, name="both.mbox")

    assert [(one.number, one.n_messages) for one in Thread.objects.all()] == [(1, 3)]
    assert set(ArchivedMessage.objects.values_list("thread__number", flat=True)) == {1}


def test_messages_that_answer_each_other_make_no_circle(bring: Import) -> None:
    one = plain(1, more="References: <post-2@village.example>\n")
    two = plain(2, more="References: <post-1@village.example>\n")
    bring(one, name="one.mbox")
    bring(two, name="two.mbox")

    assert sorted(ArchivedMessage.objects.values_list("parent_number", flat=True), key=str) == [1, None]


def test_senders_are_counted_with_their_first_and_last_day(bring: Import) -> None:
    bring(b"\n".join(plain(number) for number in range(5)))

    [sina] = Sender.objects.all()
    assert (sina.shown, sina.n_messages) == ("Sina Faleolo", 5)
    assert sina.first_at is not None
    assert sina.last_at is not None
    assert (sina.last_at - sina.first_at).total_seconds() == 4 * 60


class Killed(BaseException):
    """What ends a process in the middle."""


@pytest.mark.parametrize("batches", [1, 2, 3])
def test_an_import_that_was_killed_goes_on_where_it_stopped(
    bring: Import, monkeypatch: pytest.MonkeyPatch, batches: int
) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    data = b"\n".join(plain(number) for number in range(9))
    stored, left = importing.add_batch, [batches]

    def killed(*args: object, **kwargs: object) -> object:
        if not left[0]:
            raise Killed
        left[0] -= 1
        return stored(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(importing, "add_batch", killed)
    with pytest.raises(Killed):
        bring(data)
    monkeypatch.setattr(importing, "add_batch", stored)
    assert ArchivedMessage.objects.count() == 2 * batches

    assert counts(bring(data)) == (9, 9, 0, 0)
    assert ArchiveImport.objects.count() == len(entries()) == 1


def test_other_files_finish_what_was_ended(bring: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    finish = importing.finish_import
    monkeypatch.setattr(importing, "finish_import", _kill)
    with pytest.raises(Killed):
        bring(OPENING)
    monkeypatch.setattr(importing, "finish_import", finish)
    bring(ANSWER, name="other.mbox")

    assert [entry["added"] for entry in entries()] == [1, 1]


def _kill(*_args: object, **_kwargs: object) -> None:
    raise Killed


def test_only_whom_the_operator_appointed_imports(yusuf: Person, tmp_path: Path) -> None:
    (tmp_path / "x.mbox").write_bytes(LIST)
    with pytest.raises(NotAllowed):
        import_files(COMMONS, [tmp_path / "x.mbox"], by=yusuf, at=day(1), channel="cli")
    assert not Archive.objects.exists()


@pytest.mark.parametrize("name", ["", "Commons", "a/b", "x" * 41])
def test_a_name_that_is_no_address_is_refused(bring: Import, name: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        bring(about=About(name))
    assert refused.value.rule == "archive_name"


def test_hidden_controls_of_a_message_are_taken_out(bring: Import) -> None:
    bring(OPENING.replace(b"Three", b"\xe2\x80\xaeThree\0"))

    assert ArchivedMessage.objects.get().text.startswith("Three villages")
