"""What leaves has other pseudonyms and numbers, no words, and tells nothing that fewer than five share."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from benchmarks.made_tables import Made, make

from talanoa.lib.archive import tables
from talanoa.lib.measures.audited import AUDITED
from talanoa.lib.measures.process_tables import STANDING, TABLES
from talanoa.lib.measures.registered import STANDARD
from talanoa.lib.measures.taking import of_folder, take
from talanoa.lib.studies.protecting import KEPT, leaving, protect

ONE, OTHER = b"1" * 32, b"2" * 32
AT = datetime(2026, 3, 2, 9, 30, 17, tzinfo=UTC)
SECRETS = {"text", "subject", "message_id", "in_reply_to", "references", "reason", "country", "date", "notes"}


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """Tables of a list and six processes that never were."""
    (tmp_path / "raw").mkdir()
    make(Made(messages=300, persons=80, inputs=60), tmp_path / "raw")
    return tmp_path / "raw"


def rows(folder: Path, table: str, columns: str = "*") -> list[tuple[Any, ...]]:
    return duckdb.sql(f"SELECT {columns} FROM '{folder}/{table}.parquet' ORDER BY ALL").fetchall()


def test_no_column_with_words_leaves() -> None:
    assert {name for columns in KEPT.values() for name in columns} & SECRETS == set()
    assert KEPT.keys() == {table.name for table in TABLES}
    assert all(set(columns) <= TABLES[place].columns.keys() for place, columns in enumerate(KEPT.values()))


def test_two_releases_share_no_pseudonym_and_not_the_order(made: Path, tmp_path: Path) -> None:
    protect(made, tmp_path / "one", ONE)
    protect(made, tmp_path / "other", OTHER)
    told = [{row[0] for row in rows(tmp_path / name, "person", "person")} for name in ("one", "other")]
    raw = {row[0] for row in rows(made, "person", "person")}
    assert len(told[0]) == len(told[1]) == len(raw)
    assert told[0] & told[1] == told[0] & raw == set()
    sent = [rows(tmp_path / name, "message", "message, sent_at") for name in ("one", "other")]
    assert sent[0] != sent[1]
    assert sorted(day for _n, day in sent[0] if day) == sorted(day for _n, day in sent[1] if day)


def test_the_same_key_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    for name in ("one", "again"):
        protect(made, tmp_path / name, ONE)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()


def test_times_are_days(made: Path, tmp_path: Path) -> None:
    protect(made, tmp_path / "one", ONE)
    times = [row[0] for row in rows(tmp_path / "one", "message", "sent_at") if row[0]]
    assert times
    assert {(at.hour, at.minute, at.second, at.microsecond) for at in times} == {(0, 0, 0, 0)}


def test_who_answers_whom_is_the_same_under_new_numbers(made: Path, tmp_path: Path) -> None:
    protect(made, tmp_path / "one", ONE)
    replies = "count(*), count(parent), count(DISTINCT thread)"
    assert rows(tmp_path / "one", "message", replies) == rows(made, "message", replies)
    joined = (
        "SELECT count(*) FROM '{0}/message.parquet' a JOIN '{0}/message.parquet' b ON a.parent = b.message"
    )
    found = [duckdb.sql(joined.format(folder)).fetchall() for folder in (made, tmp_path / "one")]
    assert found[0] == found[1]


def test_persons_of_a_shown_cell_are_five(made: Path, tmp_path: Path) -> None:
    told = protect(made, tmp_path / "one", ONE)
    counted = duckdb.sql(
        f"SELECT count(DISTINCT person) FROM '{tmp_path}/one/person.parquet' WHERE region <> 'withheld'"
        " GROUP BY stakeholder_group, region"
    ).fetchall()
    assert min(n for (n,) in counted) >= 5
    assert told["cells_withheld"] > 0
    assert json.loads((tmp_path / "one" / "protection.json").read_text()) == told


def test_an_organization_of_few_has_a_pseudonym(made: Path, tmp_path: Path) -> None:
    protect(made, tmp_path / "one", ONE)
    named = "count(DISTINCT organization), count(*)"
    assert rows(tmp_path / "one", "affiliation", named) == rows(made, "affiliation", named)
    few = duckdb.sql(
        f"SELECT organization FROM '{tmp_path}/one/affiliation.parquet' GROUP BY 1 HAVING count(DISTINCT person) < 5"
    ).fetchall()
    assert {name.startswith("organization ") for (name,) in few} == {True}


def test_a_table_beside_is_readable_and_no_cell_is_a_formula(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    tables.write(tables.PROCESS, [("=1+1", "=HYPERLINK(1)", "open", AT)], raw / "process.parquet")
    protect(raw, tmp_path / "one", ONE)
    with (tmp_path / "one" / "process.csv").open() as file:
        assert list(csv.reader(file)) == [
            ["process", "title", "state", "opened_at"],
            ["'=1+1", "'=HYPERLINK(1)", "open", "2026-03-02"],
        ]


def test_a_rare_language_and_the_group_of_the_only_unnamed_one_are_withheld(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    people = [(f"p{n}", "academia", "declared", "africa", AT, AT, 1) for n in range(6)]
    said = [("nm", n, "input", f"p{n}", "academia", "KE", "web", "published", AT, "words") for n in range(6)]
    said.append(("nm", 6, "input", None, "government", "TO", "interview", "published", AT, "words"))
    tables.write(tables.PERSON, people, raw / "person.parquet")
    tables.write(tables.CONTRIBUTION, said, raw / "contribution.parquet")
    standing = [("nm", n, "named", "sw" if n == 0 else "en", "missing") for n in range(6)]
    tables.write(STANDING, standing, raw / "standing.parquet")
    protect(raw, tmp_path / "one", ONE)
    assert sorted(row[0] for row in rows(tmp_path / "one", "standing", "language")) == ["en"] * 5 + [
        "withheld"
    ]
    groups = [row[0] for row in rows(tmp_path / "one", "contribution", "stakeholder_group")]
    assert sorted(groups) == ["academia"] * 6 + ["withheld"]


@pytest.mark.parametrize("measure", [*STANDARD, *AUDITED], ids=lambda measure: measure.key)
def test_every_measure_can_be_taken_of_what_leaves(made: Path, tmp_path: Path, measure: Any) -> None:
    protect(made, tmp_path / "one", ONE)
    with of_folder(tmp_path / "one") as engine:
        found = take(measure, engine)
    with of_folder(made) as engine:
        assert take(measure, engine).of == found.of


def test_a_table_as_it_leaves_says_what_its_columns_mean() -> None:
    for table in TABLES:
        told = leaving(table)
        assert told.columns.keys() == told.meanings.keys() <= table.columns.keys()
