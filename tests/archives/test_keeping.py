"""The pages of those who keep archives, as somebody without scripts uses them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archives.conftest import Import
from archives.test_importing import entries
from conftest import day
from lib.archive.example_list import plain
from talanoa.archives.actions.merging import find_merges
from talanoa.archives.models import Archive, Merge
from talanoa.lib.messageids import permalink_hash
from talanoa.people.models import Person
from web import Hands, Reader

MERGES = "/archives/commons/merges/"
FIRST = f"/archives/commons/{permalink_hash('mast-1@radio.example')}/"


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, day(3))


@pytest.fixture
def keeper(amina: Person) -> Reader:
    return Reader(amina, in_office=True)


def other(number: int) -> bytes:
    """What Sina wrote from another address."""
    return plain(number).replace(b"sina@village", f"s.faleolo{number}@office".encode())


def test_pairs_are_found_decided_and_undone_on_one_page(bring: Import, keeper: Reader) -> None:
    bring(plain(1) + b"\n" + other(2))
    keeper.open("/archives/commons/")
    keeper.follow("Who is one person")

    assert "1 new pair was found." in keeper.press("Look for more pairs").text
    for line in ("the same name: faleolo sina", "sina@village.example", "s.faleolo2@office.example"):
        assert line in keeper.page.text
    keeper.press("One person: 1")
    assert Merge.objects.get().decision == "same"
    keeper.follow("one person (1)")
    assert "Decided: 5 March 2026" in keeper.page.text
    keeper.press("Undo: 1")
    assert Merge.objects.get().decision == "open"
    assert [one["decision"] for one in entries()[1:]] == ["same", "open"]


def test_a_decision_that_is_none_is_refused_with_its_code(
    bring: Import, keeper: Reader, amina: Person
) -> None:
    archive = bring(plain(1) + b"\n" + other(2)).archive
    find_merges(archive, by=amina)
    keeper.open(MERGES)
    form = keeper.page.form_with("One person: 1")
    form.buttons["One person: 1"] = ("decision", "perhaps")

    assert "[merge_decision]" in keeper.press("One person: 1").text


def test_more_pairs_ask_no_more_of_the_database(bring: Import, keeper: Reader, amina: Person) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert keeper.open(MERGES)
        return len(queries)

    archive = bring(plain(1) + b"\n" + other(2)).archive
    find_merges(archive, by=amina)
    few = asked()
    bring(other(3) + b"\n" + other(4), name="more.mbox")
    find_merges(archive, by=amina)

    assert (Merge.objects.count(), asked()) == (6, few)


def test_a_keeper_erases_a_message_from_its_page(released: Archive, keeper: Reader) -> None:
    keeper.open(FIRST)
    keeper.follow("Erase it")
    page = keeper.press("Erase it", ground="personal_data").text

    assert "Erased. The address of the message stays and says so." in page
    assert "It holds personal data of somebody." in page
    assert "Amina" not in Reader().open(FIRST).text
    keeper.open(f"{FIRST}erase/")
    assert "This message was erased already." in keeper.press("Erase it", ground="personal_data").text


def test_a_reader_is_told_where_to_ask_for_it(released: Archive) -> None:
    reader = Reader()
    reader.open(FIRST)

    assert "Erase it" not in reader.page.links
    assert "Bring an issue" in reader.follow("Ask the desk to erase it, not in public if you like.").text
