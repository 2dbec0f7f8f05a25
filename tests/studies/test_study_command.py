"""`talanoa study`: run, verify, diff, from the command line."""

from pathlib import Path

from command_line import refused, talanoa, told
from lib.studies.example_study import STUDY, written


def test_a_study_is_run_and_verified(tmp_path: Path) -> None:
    source = written(tmp_path / "source")
    assert told("study", "run", source, tmp_path / "study")["measures"] == 3
    assert told("study", "verify", tmp_path / "study")["holds"] is True


def test_what_does_not_come_out_again_is_named_and_ends_with_1(tmp_path: Path) -> None:
    told("study", "run", written(tmp_path / "source"), tmp_path / "study")
    (tmp_path / "study" / "list-newcomers.csv").write_text("invented")
    ended = talanoa("study", "verify", tmp_path / "study")
    assert (ended.code, ended.err) == (1, "Comes out otherwise: list-newcomers.csv\n")


def test_two_studies_are_held_beside_each_other(tmp_path: Path) -> None:
    told("study", "run", written(tmp_path / "source"), tmp_path / "one")
    told("study", "run", written(tmp_path / "other", STUDY.replace("equally", "evenly")), tmp_path / "two")
    assert told("study", "diff", tmp_path / "one", tmp_path / "one")["differing"] == []
    ended = talanoa("study", "diff", tmp_path / "one", tmp_path / "two")
    assert (ended.code, ended.err.splitlines()[0]) == (1, "inputs: study.toml")


def test_study_wrong_names_every_fault(tmp_path: Path) -> None:
    source = written(tmp_path / "source", STUDY.replace("newcomers", "newcomer"))
    assert refused("study", "run", source, tmp_path / "study") == (3, "study_wrong")
