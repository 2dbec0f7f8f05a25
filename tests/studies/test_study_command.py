"""`talanoa study`: run, verify, diff, from the command line."""

import json
from pathlib import Path

from command_line import refused, talanoa, told
from conftest import day
from lib.archive.example_list import LIST
from lib.studies.example_study import STUDY, written
from studies.test_tables import Send
from talanoa.archives.actions.importing import About
from talanoa.archives.importing import import_files
from talanoa.people.models import Person
from talanoa.processes.models import Process

OWN = (
    STUDY[: STUDY.index("[[input]]")]
    + '[[input]]\nname = "list"\narchive = "commons"\n[[input]]\nname = "ours"\n'
)


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


def test_an_archive_and_a_process_become_a_study_by_one_command(
    process: Process, send: Send, amina: Person, yusuf: Person, tmp_path: Path
) -> None:
    send(yusuf)
    (tmp_path / "list.mbox").write_bytes(LIST)
    import_files(About("commons"), [tmp_path / "list.mbox"], by=amina, at=day(1), channel="cli")
    (tmp_path / "study.toml").write_text(f'{OWN}process = "{process.key}"\n')
    words = (tmp_path / "study.toml", tmp_path / "study", "--key", tmp_path / "key", "--as", amina.address)
    told("study", "run", *words)
    results = json.loads((tmp_path / "study" / "results.json").read_text())
    assert results["list"][0]["of"] > 1
    assert results["ours"][0]["of"] == 1
    assert told("study", "verify", tmp_path / "study")["holds"] is True


def test_key_missing_names_the_option(process: Process, tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_text(f'{OWN}process = "{process.key}"\n')
    assert refused("study", "tables", process.key, tmp_path / "tables") == (3, "key_missing")


def test_only_who_keeps_archives_makes_a_study_of_one(
    process: Process, amina: Person, yusuf: Person, tmp_path: Path
) -> None:
    (tmp_path / "study.toml").write_text(f'{OWN}process = "{process.key}"\n')
    words = (tmp_path / "study.toml", tmp_path / "study", "--key", tmp_path / "key", "--as", yusuf.address)
    assert refused("study", "run", *words)[0] == 4
