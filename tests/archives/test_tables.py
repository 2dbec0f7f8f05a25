"""The tables of an archive."""

from datetime import datetime
from pathlib import Path

import duckdb

from archives.conftest import Import
from conftest import day
from lib.archive.example_list import LIST, plain
from talanoa.archives.actions.merging import decide_merge, find_merges
from talanoa.archives.models import Archive
from talanoa.archives.tables import write_tables
from talanoa.lib.archive.affiliations import Dated, Directory, Organization
from talanoa.lib.archive.pseudonyms import pseudonyms
from talanoa.people.actions import know_person
from talanoa.people.models import Group, Person

MAKE = pseudonyms(b"k" * 32)


def rows(folder: Path, sql: str) -> list[tuple[object, ...]]:
    return duckdb.connect().execute(f"SELECT * FROM ({sql.format(folder)})").fetchall()


def test_messages_are_counted_in_and_out_and_name_nobody(commons: Archive, tmp_path: Path) -> None:
    counts = write_tables(commons, tmp_path, pseudonym=MAKE, directory=Directory())

    assert counts == {"message": 3, "person": 3, "affiliation": 0, "thread": 2}
    told = rows(
        tmp_path, "SELECT message, person, parent, thread, sent_at FROM '{}/message.parquet' ORDER BY 1"
    )
    assert told[1] == (2, MAKE("joao@rede.example"), 1, 1, datetime(2014, 3, 3, 12, 30))  # noqa: DTZ001 - as in the file
    assert told[2][4] is None
    assert b"joao@" not in (tmp_path / "person.parquet").read_bytes()


def test_a_group_is_declared_or_by_table_or_unknown_and_says_which(commons: Archive, tmp_path: Path) -> None:
    know_person(name="Amina", address="amina@radio.example", group=Group.GOVERNMENT, country="KE")
    rede = Organization("Rede", "private_sector", "latin-america", "tables.csv")
    radio = Organization("Radio", "civil_society", "", "tables.csv")
    known = Directory(domains={"rede.example": rede, "radio.example": radio})
    write_tables(commons, tmp_path, pseudonym=MAKE, directory=known)

    sql = "SELECT person, stakeholder_group, group_method, region FROM '{}/person.parquet'"
    assert set(rows(tmp_path, sql)) == {
        (MAKE("amina@radio.example"), "government", "declared", "africa"),
        (MAKE("joao@rede.example"), "private_sector", "table", "latin-america"),
        (MAKE("mere@marae.example"), "unknown", "unknown", "unknown"),
    }


def test_affiliations_have_days_and_a_source(commons: Archive, tmp_path: Path) -> None:
    rede = Organization("Rede", "private_sector", "", "tables.csv")
    dated = {"mere@marae.example": [Dated("Marae", None, day(0), "people.csv")]}
    write_tables(
        commons, tmp_path, pseudonym=MAKE, directory=Directory(domains={"rede.example": rede}, dated=dated)
    )

    told = rows(
        tmp_path, "SELECT organization, valid_from, valid_to, source FROM '{}/affiliation.parquet' ORDER BY 1"
    )
    at = datetime(2014, 3, 3, 12, 30)  # noqa: DTZ001 - as in the file
    assert told == [
        ("Marae", None, day(0).replace(tzinfo=None), "people.csv"),
        ("Rede", at, at, "tables.csv"),
    ]


def test_two_addresses_are_one_person_where_that_was_decided(
    bring: Import, amina: Person, tmp_path: Path
) -> None:
    archive = bring(plain(1) + b"\n" + plain(2).replace(b"sina@village", b"s.faleolo@office")).archive
    find_merges(archive, by=amina)
    decide_merge(archive.merges.get(), by=amina, decision="same", at=day(2), channel="cli")
    sql = "SELECT count(*), sum(n_messages)::INT FROM '{}/person.parquet'"

    write_tables(archive, tmp_path, pseudonym=MAKE, directory=Directory())
    assert rows(tmp_path, sql) == [(1, 2)]
    write_tables(archive, tmp_path, pseudonym=MAKE, directory=Directory(), is_merged=False)
    assert rows(tmp_path, sql) == [(2, 2)]


def test_the_same_archive_makes_the_same_files(bring: Import, tmp_path: Path) -> None:
    archive = bring(LIST).archive
    for name in ("one", "other"):
        write_tables(archive, tmp_path / name, pseudonym=MAKE, directory=Directory())

    files = [{p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("one", "other")]
    assert files[0] == files[1]
