"""Search: what is found, by whom, and that nothing stays of what was erased."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from conftest import day
from lib.archive.example_list import LIST
from steps import answer_all, seal
from talanoa.archives.actions.importing import About
from talanoa.archives.actions.releasing import release_archive
from talanoa.archives.importing import import_files
from talanoa.contributions.actions.answering import approve_response, draft_response
from talanoa.contributions.models import Contribution
from talanoa.inputs.actions.erasing import erase_input
from talanoa.inputs.actions.receiving import Words
from talanoa.inputs.models import Input
from talanoa.lib.messageids import permalink_hash
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process
from talanoa.registry.models import Body
from talanoa.search.queries import search

Send = Callable[..., Input]


def titles(words: str, person: Person | None = None, **more: object) -> list[str]:
    return [hit.title for hit in search(words, person=person, limit=10, **more)]  # type: ignore[arg-type]


@pytest.fixture
def said(send: Send, yusuf: Person, lucia: Person, sione: Person) -> list[Input]:
    told = [
        (yusuf, "Wages", "Pay the trainers in their own currency."),
        (lucia, "Données", "La société civile protège les données."),
        (sione, "Chinese", "我们支持互联网治理的民主原则。"),
    ]
    return [send(person, words=Words(title=title, text=text)) for person, title, text in told]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("TRAINERS currency", ["Wages"]),
        ("trainers dollars", []),
        ("societe DONNEES", ["Données"]),
        ('"own currency"', ["Wages"]),
        ('"currency own"', []),
        ("trainers -currency", []),
        ("trainers -dollars", ["Wages"]),
        ("互联网", ["Chinese"]),
        ("民主", ["Chinese"]),
        ("民主 -治理", []),
        ("民主 -trainers", ["Chinese"]),
        ("-trainers", []),
    ],
)
def test_words_phrases_and_without_find_what_they_say(
    said: list[Input], words: str, found: list[str]
) -> None:
    assert titles(words) == found


@pytest.mark.parametrize(
    "typed",
    ["", "  ", '"', '""', "-", "*", "()", "'; --", "\x00", "%", "_", "\\", "!&|:*", '"-"', "…", "\ud800", "̈"],
)
def test_a_search_of_only_marks_finds_nothing_and_is_no_error(said: list[Input], typed: str) -> None:
    assert titles(typed) == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("trainers OR", []),
        ("NEAR(trainers currency)", []),
        ("title:trainers", []),
        ("trainers*", ["Wages"]),
        ("trainers AND NOT", []),
        ("^trainers", ["Wages"]),
        ('"trainers', ["Wages"]),
        ("trainers\x00currency", ["Wages"]),
        ("trainers' OR 1=1", []),
        ("<-> & ! trainers", ["Wages"]),
        ("民%主", ["Chinese"]),
        ("主_", ["Chinese"]),
        ("\\民", ["Chinese"]),
        ("trainers " * 5000, ["Wages"]),
        ("民" * 5000, []),
        ("½", []),
    ],
)
def test_hostile_words_are_plain_text(said: list[Input], typed: str, found: list[str]) -> None:
    assert titles(typed) == found


def test_newest_come_first_and_no_more_than_asked_for(send: Send, yusuf: Person) -> None:
    for n in (1, 2, 3):
        send(yusuf, words=Words(title=f"T{n}", text="Trainers."), dedup_key=f"k{n}")
    assert [hit.title for hit in search("trainers", person=None, limit=2)] == ["T3", "T2"]


def test_what_is_private_is_found_by_its_author_alone(send: Send, yusuf: Person, lucia: Person) -> None:
    send(yusuf, words=Words(title="Mine", text="Trainers."), publication=Contribution.Publication.PRIVATE)
    assert (titles("trainers"), titles("trainers", lucia), titles("trainers", yusuf)) == ([], [], ["Mine"])


def test_a_body_is_found_by_its_remit_but_not_within_a_process(process: Process) -> None:
    Body.objects.create(
        key="x", name="Sea Cables", kind="un", remit="Cables under the sea.", contact="", url=""
    )
    assert (titles("sea cables"), titles("sea cables", process=process)) == (["Sea Cables"], [])
    assert titles("sea cables", kinds=["input"]) == []


def test_an_answer_is_found_where_what_it_answers_may_be_read(
    send: Send, yusuf: Person, lucia: Person, convenor: Participant
) -> None:
    for publication in ("named", "private"):
        made = send(
            yusuf,
            words=Words(title="", text=f"A {publication} one."),
            publication=publication,
            dedup_key=publication,
        )
        said = draft_response(
            convenor.process,
            by=convenor,
            contributions=[made.contribution],
            status="noted",
            text=f"We read what is {publication}: marlinspike.",
            at=day(2),
        )
        approve_response(said, by=convenor, at=day(2), channel="web")
    found = search("marlinspike", person=None, limit=10)
    assert [(hit.kind, hit.address) for hit in found] == [("response", "/p/nm/inputs/1/")]
    assert len(search("marlinspike", person=lucia, limit=10)) == 1
    assert len(search("marlinspike", person=yusuf, limit=10)) == 2


def test_an_answer_to_a_theme_is_found_on_its_page(send: Send, yusuf: Person, convenor: Participant) -> None:
    send(yusuf)
    answer_all(convenor)
    (hit,) = search("it costs little", person=None, limit=10)
    assert (hit.kind, hit.address.startswith("/p/nm/themes/")) == ("response", True)


def test_a_report_is_found_once_it_is_sealed(send: Send, yusuf: Person, convenor: Participant) -> None:
    send(yusuf)
    answer_all(convenor)
    assert titles("budget", convenor.person, kinds=["report"]) == []
    seal(convenor)
    (hit,) = search("budget", person=None, kinds=["report"], limit=10)
    assert hit.address == "/p/nm/report/"


@pytest.mark.parametrize("text", ["Pay in quetzalcoins.", "我们支持互联网quetzalcoins治理"])
def test_an_erased_word_is_nowhere_in_an_index(
    send: Send, yusuf: Person, convenor: Participant, text: str
) -> None:
    made = send(yusuf, words=Words(title="", text=text))
    assert b"etzalc" in _index()
    erase_input(made, by=convenor, ground="author_request", at=day(2), channel="web")
    assert (b"etzalc" in _index(), titles("quetzalcoins", yusuf)) == (False, [])


def _index() -> bytes:
    """Return all that the database keeps for the search of inputs."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT search_words::text FROM inputs_input")
            return "".join(row[0] for row in cursor.fetchall()).encode()
        kept = b""
        for suffix in ("words", "parts"):
            cursor.execute(f"SELECT block FROM search_inputs_input_{suffix}_data")
            kept += b"".join(row[0] for row in cursor.fetchall())
        return kept


def test_every_table_that_is_searched_keeps_its_index(db: None) -> None:
    """SQLite drops triggers where Django rebuilds a table; then a migration of ours must set them again."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT table_name FROM information_schema.columns WHERE column_name = 'search_words'"
            )
            each = 1
        else:
            cursor.execute(
                "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'search_%'"
            )
            each = 6
        # The archives fill an index of their own: tests/archives/test_queries.py.
        kept = sorted(row[0] for row in cursor.fetchall() if not row[0].startswith("archives_"))
    tables = ("contributions_response", "documents_revision", "inputs_input", "registry_body")
    assert kept == [table for table in tables for _ in range(each)]


def test_the_excerpt_marks_the_words(said: list[Input]) -> None:
    (hit,) = search("donnees", person=None, limit=5)
    assert [piece.text for piece in hit.pieces if piece.is_hit] == ["données"]
    assert (hit.kind, hit.process, hit.address) == ("input", "nm", "/p/nm/inputs/2/")


def test_messages_of_archives_are_found_once_they_are_released(amina: Person, tmp_path: Path) -> None:
    (tmp_path / "commons.mbox").write_bytes(LIST)
    about = About("commons", "Commons", "lists.example", "by permission")
    archive = import_files(about, [tmp_path / "commons.mbox"], by=amina, at=day(1), channel="cli").archive
    seen = [titles("villages"), titles("villages", amina)]
    release_archive(archive, by=amina, at=day(2), channel="cli")
    [hit] = search("villages", person=None, limit=10)

    assert seen == [[], ["[commons] Who pays for the mast?"]]
    assert (hit.kind, hit.process) == ("archived", "commons")
    assert hit.address == f"/archives/commons/{permalink_hash('mast-1@radio.example')}/"
    assert titles("villages", kinds=["input"]) == []


def test_no_archive_belongs_to_a_process(amina: Person, process: Process, tmp_path: Path) -> None:
    (tmp_path / "commons.mbox").write_bytes(LIST)
    import_files(About("commons"), [tmp_path / "commons.mbox"], by=amina, at=day(1), channel="cli")

    assert titles("villages", amina, process=process) == []
