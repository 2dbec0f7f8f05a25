"""A study is run, run again, and held beside another one."""

import json
import shutil
from pathlib import Path

import pytest

from lib.studies.example_study import STUDY, unasked, written
from talanoa.lib.archive import tables
from talanoa.lib.studies.running import compared, run, verify
from talanoa.lib.studies.study_files import Source, StudyWrong


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    run(written(tmp_path / "source"), tmp_path / "study", unasked)
    return tmp_path / "study"


def test_a_study_leaves_its_tables_its_results_and_a_page(finished: Path) -> None:
    names = {path.relative_to(finished).as_posix() for path in finished.rglob("*") if path.is_file()}
    assert {"study.toml", "index.html", "results.json", "manifest.json", "list-newcomers.csv"} <= names
    assert "tables/list/message.parquet" in names
    told = json.loads((finished / "manifest.json").read_text())
    assert {*told["inputs"], *told["outputs"], "manifest.json"} == names
    assert told["measures"] == {"participation_by_group": 1, "newcomers": 1, "decisions_traced": 1}


def test_another_run_gives_the_same_bytes(finished: Path, tmp_path: Path) -> None:
    run(tmp_path / "source" / "study.toml", tmp_path / "again", unasked)
    for path in finished.rglob("*"):
        assert (
            path.is_dir()
            or path.read_bytes() == (tmp_path / "again" / path.relative_to(finished)).read_bytes()
        )
    assert compared(finished, tmp_path / "again") == ()


def test_whoever_has_the_folder_can_verify_it_without_what_it_was_made_of(
    finished: Path, tmp_path: Path
) -> None:
    shutil.rmtree(tmp_path / "source")
    assert verify(finished).holds


@pytest.mark.parametrize("name", ["list-newcomers.csv", "results.json", "index.html"])
def test_a_result_that_was_touched_is_named(finished: Path, name: str) -> None:
    with (finished / name).open("ab") as file:
        file.write(b" ")
    assert verify(finished).differing == (name,)


def test_a_result_that_the_tables_do_not_give_is_named_though_the_manifest_knows_it(finished: Path) -> None:
    (finished / "list-newcomers.csv").write_text("invented")
    told = json.loads((finished / "manifest.json").read_text())
    told["outputs"]["list-newcomers.csv"] = "85f3ff01bdc86ddbdb1ec9a8a4a8ad2c7a8b7b5a1b3e1b2b4c2d0c2f3d2a1b0c"
    (finished / "manifest.json").write_text(json.dumps(told))
    assert verify(finished).differing == ("list-newcomers.csv",)


def test_tables_that_were_exchanged_are_named(finished: Path) -> None:
    tables.write(tables.DECISION, [], finished / "tables" / "list" / "decision.parquet")
    found = verify(finished)
    assert found.changed == ("tables/list/decision.parquet",)
    assert "list-decisions_traced.csv" in found.differing


def test_two_studies_differ_in_what_went_in_and_what_came_out(finished: Path, tmp_path: Path) -> None:
    source = written(tmp_path / "other", STUDY.replace('"newcomers", ', ""))
    run(source, tmp_path / "second", unasked)
    assert set(compared(finished, tmp_path / "second")) == {
        "inputs: study.toml",
        "measures: newcomers",
        "outputs: codebook.html",
        "outputs: datapackage.json",
        "outputs: index.html",
        "outputs: list-newcomers.csv",
        "outputs: notebook.ipynb",
        "outputs: results.json",
    }


@pytest.mark.parametrize("was_there", [True, False])
def test_a_study_that_cannot_be_finished_leaves_nothing_and_can_be_begun_again(
    tmp_path: Path, *, was_there: bool
) -> None:
    asked = STUDY.replace('tables = "made"', 'archive = "rdevel"')
    source, out = written(tmp_path / "source", asked), tmp_path / "study"
    if was_there:
        out.mkdir()

    def without_its_key(_source: Source, folder: Path) -> None:
        (folder / "message.parquet").write_bytes(b"half of it")
        raise RuntimeError("no key")

    with pytest.raises(RuntimeError, match="no key"):
        run(source, out, without_its_key)
    assert out.exists() == was_there
    assert not was_there or not list(out.iterdir())
    run(written(tmp_path / "again"), out, unasked)


def test_nothing_is_written_over(finished: Path, tmp_path: Path) -> None:
    with pytest.raises(StudyWrong, match="not empty"):
        run(tmp_path / "source" / "study.toml", finished, unasked)


def test_tables_that_are_not_there_are_named(tmp_path: Path) -> None:
    source = written(tmp_path / "source", STUDY.replace('tables = "made"', 'tables = "elsewhere"'))
    with pytest.raises(StudyWrong, match="the tables of list are not where it says"):
        run(source, tmp_path / "study", unasked)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"inputs": 1, "outputs": 1, "measures": 1, "made_with": 1}']
)
def test_a_folder_without_a_manifest_is_no_study(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(StudyWrong):
        verify(tmp_path)
