"""A message erased on request: its words are gone everywhere, its address stays and says so."""

from pathlib import Path

import duckdb
import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test import Client

from archives.conftest import Import
from archives.test_importing import counts, entries
from conftest import day
from lib.archive.example_list import ANSWER, LIST, OPENING, plain
from talanoa.archives.actions.erasing import erase_message
from talanoa.archives.actions.merging import find_merges
from talanoa.archives.models import Archive, ArchivedMessage, Merge, Sender, Thread
from talanoa.archives.queries import search
from talanoa.archives.tables import write_tables
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib.archive.affiliations import directory
from talanoa.lib.archive.pseudonyms import pseudonyms
from talanoa.lib.messageids import permalink_hash
from talanoa.lib.searchwords import read
from talanoa.people.models import Person
from web import Reader

FIRST = permalink_hash("mast-1@radio.example")


@pytest.fixture
def erased(released: Archive, amina: Person) -> ArchivedMessage:
    """The first message, erased at the wish of its author."""
    return erase(released.messages.get(number=1), amina)


def erase(message: ArchivedMessage, by: Person, ground: str = "author_request") -> ArchivedMessage:
    return erase_message(message, by=by, ground=ground, at=day(3), channel="cli")


def test_its_words_are_in_no_row_of_the_archive(erased: ArchivedMessage) -> None:
    with connection.cursor() as cursor:
        told = ""
        for table in ("archivedmessage", "sender", "thread", "merge"):
            cursor.execute(f"SELECT * FROM archives_{table}")
            told += repr(cursor.fetchall())

    assert [word for word in ("villages", "Amina", "amina@", "'[commons] Who pays") if word in told] == []
    assert "Re: [commons] Who pays" in told


def test_the_erasure_stands_on_the_record_with_its_ground(erased: ArchivedMessage) -> None:
    entry = entries()[-1]

    assert (entry["k"], entry["archive"], entry["message"], entry["ground"], entry["r"]) == (
        "archive.erased.1",
        "commons",
        1,
        "author_request",
        "operator",
    )


def test_its_address_stays_and_says_so(erased: ArchivedMessage) -> None:
    page = Reader().open(f"/archives/commons/{FIRST}/").text

    assert "Its words were erased on 5 March 2026. Its author asked for it." in page
    assert Client().get(f"/archives/commons/{FIRST}/message.txt").status_code == 404


def test_its_place_in_the_thread_stays(erased: ArchivedMessage) -> None:
    page = Reader().open(f"/archives/commons/{FIRST}/thread/").text

    assert [word in page for word in ("An erased message", "João Lima", "Amina", "villages")] == [
        True,
        True,
        False,
        False,
    ]
    thread = Thread.objects.get(number=1)
    assert (thread.n_messages, thread.subject) == (1, "Re: [commons] Who pays for the mast?")


def test_no_search_finds_it(released: Archive, erased: ArchivedMessage) -> None:
    found = [
        [row.number for row in search([released.pk], read(words), limit=9)] for words in ("villages", "mast")
    ]

    assert found == [[], [2]]
    assert [row.number for row in search([released.pk], read("社会 -mast"), limit=9)] == []


@pytest.mark.parametrize(
    "again", [OPENING, OPENING.replace(b"Three", b"Four"), OPENING.replace(b"amina at", b"somebody at")]
)
def test_no_import_brings_it_back(erased: ArchivedMessage, bring: Import, again: bytes) -> None:
    assert counts(bring(again + ANSWER, name="again.mbox")) == (2, 0, 2, 0)
    assert not ArchivedMessage.objects.filter(text__contains="villages").exists()


def test_one_without_identifier_does_not_come_back_either(bring: Import, amina: Person) -> None:
    bare = plain(1).replace(b"Message-ID: <post-1@village.example>\n", b"")
    archive = bring(bare).archive
    erase(archive.messages.get(), amina)

    assert counts(bring(bare, name="again.mbox")) == (1, 0, 1, 0)


def test_what_answers_it_still_does(erased: ArchivedMessage) -> None:
    assert ArchivedMessage.objects.get(number=2).parent_number == 1


def test_it_counts_no_more(released: Archive, erased: ArchivedMessage) -> None:
    released.refresh_from_db()

    assert (released.n_messages, released.n_erased) == (2, 1)
    assert "2 messages1 was erased" in Reader().open("/archives/").text
    assert not Sender.objects.filter(address="amina@radio.example").exists()


def test_it_stands_in_no_table(released: Archive, erased: ArchivedMessage, tmp_path: Path) -> None:
    rows = write_tables(released, tmp_path, pseudonym=pseudonyms(b"k" * 16), directory=directory())

    assert rows == {"message": 2, "person": 2, "affiliation": 0, "thread": 2}
    told = duckdb.sql(f"SELECT message FROM '{tmp_path}/message.parquet' ORDER BY message").fetchall()
    assert told == [(2,), (3,)]


def test_somebody_with_other_messages_keeps_those_and_their_days(bring: Import, amina: Person) -> None:
    archive = bring(b"\n".join(plain(number) for number in range(3))).archive
    erase(archive.messages.get(number=3), amina)

    sina = Sender.objects.get(address="sina@village.example")
    assert (sina.n_messages, sina.last_at) == (2, archive.messages.get(number=2).sent_at)


def test_what_spoke_for_being_one_person_goes_with_the_name(bring: Import, amina: Person) -> None:
    archive = bring(plain(1) + b"\n" + plain(2).replace(b"sina@village", b"s.faleolo@office")).archive
    find_merges(archive, by=amina)
    erase(archive.messages.get(number=2), amina)

    assert Merge.objects.get().evidence == ""
    assert find_merges(archive, by=amina) == 0


def test_it_is_erased_once_and_on_a_listed_ground(erased: ArchivedMessage, amina: Person) -> None:
    refusals = []
    for ground, number in (("because", 2), ("court_order", 1)):
        with pytest.raises(RuleBroken) as refused:
            erase(ArchivedMessage.objects.get(number=number), amina, ground)
        refusals.append(refused.value.rule)

    assert refusals == ["ground_unknown", "message_erased"]


def test_only_whom_the_operator_appointed_erases(released: Archive, yusuf: Person) -> None:
    with pytest.raises(NotAllowed):
        erase(released.messages.get(number=1), yusuf)


def test_the_database_lets_nobody_write_words_into_it_again(erased: ArchivedMessage) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ArchivedMessage.objects.filter(pk=erased.pk).update(text="Three villages asked.")


def test_an_erased_list_is_empty(bring: Import, amina: Person) -> None:
    archive = bring(LIST).archive
    for message in archive.messages.all():
        erase(message, amina)

    assert [(one.n_messages, one.subject, one.last_at) for one in Thread.objects.all()] == [(0, "", None)] * 2
    assert set(Sender.objects.values_list("name", "address", "n_messages")) == {("", "", 0)}
