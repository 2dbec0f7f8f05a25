"""A data set holds the votes of closed rounds, and of no other; whoever has it verifies it."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from conftest import day
from statements import elsewhere
from talanoa.lib.studies.running import verify
from talanoa.processes.models import SYSTEM, Participant, Process
from talanoa.statements.actions.importing import import_conversation
from talanoa.statements.actions.rounds import close_round
from talanoa.statements.models import Round
from talanoa.studies.publishing import audit_of, dataset_of

CONTACT, KEY = "operator@talanoa.example", b"k" * 32
FILES = {f"tables/nm/round-1/{name}.csv" for name in ("comments", "participants-votes", "voters")}


@pytest.fixture
def held(process: Process, convenor: Participant, tmp_path: Path) -> Round:
    """A round that began elsewhere, and runs."""
    return import_conversation(
        process,
        by=convenor,
        brought=elsewhere.brought(elsewhere.written(tmp_path / "brought")),
        question=elsewhere.ASKED,
        source=elsewhere.SOURCE,
        at=day(1),
        channel="cli",
    )


def data_set(process: Process) -> ZipFile:
    return ZipFile(io.BytesIO(dataset_of(process, contact=CONTACT, license_="CC0-1.0", key=KEY).data))


def test_the_votes_of_a_closed_round_leave_with_their_descriptions(
    held: Round, process: Process, tmp_path: Path
) -> None:
    close_round(held, by=SYSTEM, at=held.closes_at + timedelta(hours=1), channel="tick")
    with data_set(process) as file:
        file.extractall(tmp_path / "set")
    resources = {
        row["path"]: row
        for row in json.loads((tmp_path / "set" / "datapackage.json").read_text())["resources"]
    }
    assert resources.keys() >= FILES
    for path in FILES:
        with (tmp_path / "set" / path).open(encoding="utf-8", newline="") as lines:
            assert [one["name"] for one in resources[path]["schema"]["fields"]] == next(csv.reader(lines))
    with (tmp_path / "set/tables/nm/round-1/comments.csv").open(encoding="utf-8", newline="") as lines:
        texts = [row["comment-body"] for row in csv.DictReader(lines)]
    assert sorted(texts) == sorted(["", *(elsewhere.TEXTS[: elsewhere.OUT])])
    with (tmp_path / "set/tables/nm/round-1/voters.csv").open(encoding="utf-8", newline="") as lines:
        assert len(list(csv.DictReader(lines))) == elsewhere.PEOPLE
    assert verify(tmp_path / "set").holds


def test_a_round_that_runs_is_in_no_data_set(held: Round, process: Process) -> None:
    assert held.closed_at is None
    with data_set(process) as file:
        assert not [name for name in file.namelist() if "round" in name]


def test_an_audit_has_no_votes(held: Round, process: Process) -> None:
    close_round(held, by=SYSTEM, at=held.closes_at + timedelta(hours=1), channel="tick")
    with ZipFile(io.BytesIO(audit_of(process, contact=CONTACT, key=KEY).data)) as file:
        assert not [name for name in file.namelist() if "round" in name]
