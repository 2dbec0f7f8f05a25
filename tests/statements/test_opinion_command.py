"""`talanoa opinion`: a closed round leaves as files, and whoever has them computes its result again to the byte."""

import csv
import json
from pathlib import Path

import pytest

from architecture.source import ROOT
from command_line import refused, talanoa, told
from statements.conftest import LATE, CastVotes
from talanoa.people.models import Person
from talanoa.statements.actions.rounds import close_rounds
from talanoa.statements.models import Result

POLIS = ROOT.parent / "shared" / "data" / "polis" / "london.youth.policing"


@pytest.fixture
def exported(cast: CastVotes, two: tuple[int, int], crowd: list[Person], tmp_path: Path) -> Path:
    for person in crowd:
        cast(person, {1: "agree" if person.group == "academia" else "disagree", 2: "agree"})
    close_rounds(at=LATE)
    told("opinion", "export", "nm", tmp_path)
    return tmp_path


def test_the_export_leads_to_the_same_bytes_as_the_record_has(exported: Path) -> None:
    digest = Result.objects.get().body_sha256
    assert told("opinion", "verify", exported, "--sha256", digest) == {"same": True, "sha256": digest}


def test_one_changed_vote_is_found(exported: Path) -> None:
    votes = exported / "votes.json"
    votes.write_text(votes.read_text(encoding="utf-8").replace('"aa"', '"da"', 1), encoding="utf-8")
    ended = talanoa("opinion", "verify", exported, "--json")
    assert (ended.code, ended.told["same"]) == (1, False)


def test_another_hash_than_that_of_the_record_is_found(exported: Path) -> None:
    assert talanoa("opinion", "verify", exported, "--sha256", "0" * 64).code == 1


def test_the_files_are_those_of_polis_and_name_neither_voters_nor_authors(exported: Path) -> None:
    with (exported / "comments.csv").open(encoding="utf-8", newline="") as lines:
        assert {row["author-id"] for row in csv.DictReader(lines)} == {"0"}
    with (exported / "voters.csv").open(encoding="utf-8", newline="") as lines:
        assert sorted({row["group"] for row in csv.DictReader(lines)}) == ["", "academia", "private_sector"]
    whole = "".join(file.read_text(encoding="utf-8") for file in exported.iterdir())
    assert "Voter 1" not in whole
    result = json.loads(told("opinion", "analyse", exported)["result"])
    assert (result["participants"], result["votes"]) == (12, 24)


def test_declared_groups_come_from_a_file(exported: Path) -> None:
    result = told("opinion", "analyse", exported, "--groups", exported / "voters.csv")["result"]
    assert {cell["group"] for cell in json.loads(result)["results"][0]["declared"]} == {
        "academia",
        "private_sector",
    }


def test_conversation_unreadable_and_rounds_that_are_not_closed_are_told(
    tmp_path: Path, round_: object
) -> None:
    assert refused("opinion", "analyse", tmp_path) == (3, "conversation_unreadable")
    assert refused("opinion", "export", "nm", tmp_path) == (3, "round_unknown")


@pytest.mark.shared_data
def test_a_published_conversation_is_analyzed() -> None:
    if not POLIS.exists():
        pytest.skip("the conversations are not beside this checkout (../shared/data)")
    assert talanoa("opinion", "analyse", POLIS).out.startswith("26 people, 36 statements, 638 votes")
