"""The pages of archives, as somebody without scripts reads them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archives.conftest import Import
from conftest import day
from lib.archive.example_list import LIST, plain
from talanoa.archives.actions.releasing import release_archive
from talanoa.archives.models import Archive, Sender
from talanoa.lib.messageids import permalink_hash
from talanoa.people.models import Person
from web import Hands, Reader

ONE = f"/archives/commons/{permalink_hash('mast-1@radio.example')}/"
PAGES = (
    "",
    "people/",
    "search/?words=mast",
    ONE[18:],
    f"{ONE[18:]}thread/",
    f"{ONE[18:]}thread/print/",
    f"{ONE[18:]}message.txt",
)


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, day(3))


def shown(path: str) -> str:
    return " ".join(Reader().open(path).text.split())


@pytest.mark.parametrize("page", PAGES)
def test_nobody_learns_of_an_archive_before_it_is_released(commons: Archive, page: str) -> None:
    assert Client().get(f"/archives/commons/{page}").status_code == 404
    assert b"Commons" not in Client().get("/archives/").content


@pytest.mark.parametrize("page", PAGES)
def test_everybody_reads_a_released_archive_and_no_address_of_anybody(released: Archive, page: str) -> None:
    answer = Client().get(f"/archives/commons/{page}")

    assert answer.status_code == 200
    assert b"@radio.example" not in answer.content
    assert b"@rede.example" not in answer.content


def test_a_thread_shows_who_answers_whom(released: Archive) -> None:
    told = shown(f"{ONE}thread/")

    for line in (
        "[commons] Who pays for the mast?",
        "2 messages",
        "Amina Diallo",
        "João Lima",
        "in answer to Amina Diallo",
    ):
        assert line in told
    assert "From here, nobody." in told
    assert ">From here" not in told


def test_a_date_that_cannot_be_read_stands_as_it_was_written(released: Archive) -> None:
    assert "without a date that can be read: the day after" in shown(
        f"/archives/commons/{permalink_hash('tides@marae.example')}/"
    )


def test_the_list_of_archives_says_where_they_come_from(released: Archive) -> None:
    told = shown("/archives/")

    for line in ("Commons", "3 messages", "lists.example", "by permission of the list"):
        assert line in told


def test_a_search_shows_where_the_word_stands_and_leads_on(bring: Import, amina: Person) -> None:
    archive = bring(
        LIST + b"\n".join(b"From x  Tue Mar  4 10:00:00 2014\n" + plain(n) for n in range(30))
    ).archive
    release_archive(archive, by=amina, at=day(2), channel="cli")
    page = Reader().open("/archives/commons/search/?words=number")

    assert ("mark", {}) in page.elements
    first, second = page.text, shown("/archives/commons/search/" + page.links["Older messages"])
    where = [("Number 29." in one, "Number 9." in one) for one in (first, second)]
    assert where == [(True, False), (False, True)]


def test_who_wrote_what_is_listed(released: Archive) -> None:
    amina = Sender.objects.get(name="Amina Diallo")

    assert "Amina Diallo" in shown("/archives/commons/people/")
    assert "Who pays for the mast?" in shown(f"/archives/commons/people/{amina.pk}/")
    assert Client().get("/archives/commons/people/9999/").status_code == 404


def asked(path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("page", ["", "people/", "search/?words=number", "{0}/thread/", "{0}/thread/print/"])
def test_more_messages_ask_no_more_of_the_database(bring: Import, amina: Person, page: str) -> None:
    root = "References: <root@village.example>\n"
    archive = bring(plain(1, more=root)).archive
    release_archive(archive, by=amina, at=day(2), channel="cli")
    path = "/archives/commons/" + page.format(permalink_hash("post-1@village.example"))
    few = asked(path)
    bring(b"\n".join(plain(n, more=root, name=f"Sina {n}") for n in range(2, 9)), name="more.mbox")

    assert asked(path) == few


def test_a_very_long_message_is_cut_on_its_page_and_whole_as_text(bring: Import, amina: Person) -> None:
    archive = bring(plain(1) + b"word " * 9000 + b"end\n").archive
    release_archive(archive, by=amina, at=day(2), channel="cli")
    page = f"/archives/commons/{permalink_hash('post-1@village.example')}/"

    assert "It is longer" in shown(page)
    assert "word end" not in shown(page)
    assert Client().get(f"{page}message.txt").content.endswith(b"word end\n")
