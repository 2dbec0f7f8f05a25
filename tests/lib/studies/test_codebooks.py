"""The code book tells of every column and every measure, for people and for programs."""

import hashlib
import json
from pathlib import Path

from lib.studies.example_study import STUDY, unasked, written
from talanoa.lib.measures.process_tables import TABLES
from talanoa.lib.studies.codebooks import codebook, tables_in
from talanoa.lib.studies.running import run
from talanoa.lib.studies.study_files import read_study


def test_every_column_and_every_measure_is_told(tmp_path: Path) -> None:
    run(written(tmp_path / "source"), tmp_path / "study", unasked)
    told = (tmp_path / "study" / "codebook.html").read_text()
    made = [table for table in TABLES if (tmp_path / "source" / "made" / f"{table.name}.parquet").exists()]
    assert all(f"<code>{name}</code>" in told for table in made for name in table.columns)
    assert told.count("<summary>SQL</summary>") == 3
    assert "pseudonymized, not anonymous" not in told  # these tables are no release
    assert "<script" not in told


def test_the_votes_on_all_statements_are_told_in_one_row(tmp_path: Path) -> None:
    for name, line in (
        ("comments", "comment-id"),
        ("participants-votes", "participant,4,7,<i>"),
        ("voters", "burst"),
    ):
        path = tmp_path / "room" / "round-1" / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{line}\n")
    told = codebook(read_study(STUDY), tables_in(tmp_path / "room"))
    assert "<code>4</code> to <code>&lt;i&gt;</code> (3 columns)" in told
    assert told.count("vote on the statement of that number") == 1


def test_the_descriptor_names_every_table_and_result_with_its_hash(tmp_path: Path) -> None:
    text = f'license = "by permission"\n{STUDY}'
    study = tmp_path / "study"
    run(written(tmp_path / "source", text), study, unasked)
    told = json.loads((study / "datapackage.json").read_text())
    assert told["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert told["licenses"] == [{"name": "notspecified", "title": "by permission"}]
    rows = told["resources"]
    assert {row["path"] for row in rows} == {
        path.relative_to(study).as_posix() for path in study.rglob("*") if path.suffix in (".csv", ".parquet")
    }
    assert all(row["hash"] == f"sha256:{_sha(study / row['path'])}" for row in rows)
    assert len({row["name"] for row in rows}) == len(rows)


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
