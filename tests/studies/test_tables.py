"""Our own record as tables: what everybody may read, in the form of an imported list."""

from collections.abc import Callable
from pathlib import Path

import duckdb

from command_line import told
from conftest import Say, day
from lib.archive.example_list import LIST
from talanoa.archives.actions.importing import About
from talanoa.archives.importing import import_files
from talanoa.archives.models import Archive
from talanoa.archives.tables import write_tables as write_archive
from talanoa.contributions.actions.moderating import hold_contribution
from talanoa.contributions.models import Contribution
from talanoa.inputs.models import Input
from talanoa.lib.archive.affiliations import Directory
from talanoa.lib.archive.pseudonyms import pseudonyms
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process
from talanoa.studies.tables import write_tables

Send = Callable[..., Input]
MAKE = pseudonyms(b"k" * 32)


def rows(folder: Path, table: str, columns: str) -> list[tuple[object, ...]]:
    sql = f"SELECT {columns} FROM '{folder}/{table}.parquet' ORDER BY ALL"
    return duckdb.connect().execute(sql).fetchall()


def test_a_process_and_a_list_have_tables_of_one_form(
    process: Process, say: Say, yusuf: Person, amina: Person, tmp_path: Path
) -> None:
    say(yusuf)
    write_tables(process, tmp_path / "own", pseudonym=MAKE)
    (tmp_path / "list.mbox").write_bytes(LIST)
    import_files(About("commons"), [tmp_path / "list.mbox"], by=amina, at=day(1), channel="cli")
    archive = Archive.objects.get()
    write_archive(archive, tmp_path / "list", pseudonym=MAKE, directory=Directory())

    for table in ("message", "person", "affiliation", "thread"):
        described = [
            duckdb.connect().execute(f"DESCRIBE SELECT * FROM '{tmp_path}/{of}/{table}.parquet'").fetchall()
            for of in ("own", "list")
        ]
        assert described[0] == described[1]


def test_a_discussion_is_messages_and_threads(
    process: Process, say: Say, yusuf: Person, lucia: Person, tmp_path: Path
) -> None:
    opening = say(yusuf)
    say(lucia, "We do.", to=opening)
    write_tables(process, tmp_path, pseudonym=MAKE)

    first, second = opening.contribution.number, opening.contribution.number + 1
    assert rows(tmp_path, "message", "message, person, thread, parent, text") == [
        (first, MAKE("yusuf@garissa.example"), first, None, "Who trains the trainers?"),
        (second, MAKE("lucia@nic.example"), first, first, "We do."),
    ]
    assert rows(tmp_path, "thread", "thread, n_messages, subject") == [(first, 2, "Trainers")]
    assert rows(tmp_path, "affiliation", "person, organization, source") == [
        (MAKE("lucia@nic.example"), "Red del Sur", "declared")
    ]


def test_what_is_held_has_a_row_without_words_and_person(
    send: Send, yusuf: Person, lucia: Person, dalia: Participant, tmp_path: Path
) -> None:
    kept, held = send(yusuf), send(lucia, "Hold this.")
    hold_contribution(held.contribution, by=dalia, reason="abuse", at=day(2), channel="web")
    write_tables(dalia.process, tmp_path, pseudonym=MAKE)

    assert rows(tmp_path, "contribution", "number, state, person, stakeholder_group, text") == [
        (kept.contribution.number, "published", MAKE("yusuf@garissa.example"), "civil_society", kept.text),
        (held.contribution.number, "withheld", None, "unknown", None),
    ]
    assert [row[0] for row in rows(tmp_path, "person", "person")] == [MAKE("yusuf@garissa.example")]


def test_who_asked_to_stay_unnamed_has_no_pseudonym(
    process: Process, send: Send, yusuf: Person, tmp_path: Path
) -> None:
    send(yusuf, publication=Contribution.Publication.GROUP_ONLY)
    write_tables(process, tmp_path, pseudonym=MAKE)

    assert rows(tmp_path, "contribution", "person, stakeholder_group") == [(None, "civil_society")]
    assert rows(tmp_path, "person", "*") == []


def test_the_command_counts_what_it_wrote(
    process: Process, send: Send, yusuf: Person, tmp_path: Path
) -> None:
    send(yusuf)
    answer = told("study", "tables", process.key, tmp_path / "out", "--key", tmp_path / "key")

    assert answer["rows"] == {
        "message": 0,
        "thread": 0,
        "person": 1,
        "affiliation": 0,
        "process": 1,
        "contribution": 1,
        "response": 0,
        "decision": 0,
        "event": 5,
        "stage": 4,
        "standing": 1,
    }
