"""`talanoa opinion`: a closed round leaves as files, and whoever has them computes its result again to the byte."""

import csv
import json
from hashlib import sha256
from pathlib import Path

import pytest

from architecture.source import ROOT
from command_line import refused, talanoa, told
from statements.conftest import LATE, CastVotes
from talanoa.lib.opinion import polis_csv
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


def _votes(path: Path, rows: list[str]) -> Path:
    path.write_text("timestamp,comment-id,voter-id,vote\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def _room() -> list[str]:
    """Forty people in two camps, eight statements; some change their mind, one of them within a moment."""
    rows = [
        f"{1000 * who + what},{what},{who},{1 if (who + what) % 2 else -1}"
        for who in range(40)
        for what in range(8)
    ]
    return [*rows, "90000,1,1,0", "90001,1,1,1", "90001,1,1,-1"]


def test_votes_alone_are_analyzed_and_shuffled_ones_give_the_same_bytes(tmp_path: Path) -> None:
    rows = _room()
    one = told("opinion", "analyse", _votes(tmp_path / "votes.csv", rows))
    other = told("opinion", "analyse", _votes(tmp_path / "shuffled.csv", rows[1::2][::-1] + rows[::2]))
    assert one == other
    result = json.loads(one["result"])
    assert (result["participants"], result["statements"], result["votes"]) == (40, 8, 320)
    assert sha256(one["result"].encode()).hexdigest() == one["sha256"]


def test_who_came_in_a_burst_is_marked_by_the_times_of_the_files(tmp_path: Path) -> None:
    hour = 3_600_000
    usual = [f"{hour * who},1,{who},1" for who in range(10)]
    crowd = [f"{hour * 50 + who},1,{who},-1" for who in range(100, 160)]
    result = json.loads(told("opinion", "analyse", _votes(tmp_path / "votes.csv", usual + crowd))["result"])
    assert result["stuffing"]["in_bursts"] == 60


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("timestamp,vote\n1,1\n", "no column comment-id, voter-id"),
        ("timestamp,comment-id,voter-id,vote\n", "There is no vote"),
        ("timestamp,comment-id,voter-id,vote\n1,1,1,7\n", "one of 1, 0, -1"),
        ("timestamp,comment-id,voter-id,vote\n1,1,x,1\n", "line 2: 'x' is no whole number"),
        ("timestamp,comment-id,voter-id,vote\n1,1,99999999999999999999,1\n", "too large a number"),
        ("timestamp,comment-id,voter-id,vote\n1,1\n", "line 2: None is no whole number"),
        ("timestamp,comment-id,voter-id,vote\n1,1,1,\xe9\n", "UTF-8"),
        (f"timestamp,comment-id,voter-id,vote\n1,1,1,{'1' * 200_000}\n", "field larger than field limit"),
    ],
)
def test_votes_that_cannot_be_read_are_told_with_their_line(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    path.write_bytes(text.encode("latin-1"))
    ended = talanoa("opinion", "analyse", path, "--json")
    assert (ended.code, ended.told["code"]) == (3, "conversation_unreadable")
    assert said in ended.told["message"]


@pytest.mark.parametrize(
    "text", ["participant\n1\n", "participant,group\n1,a\n1,b\n", "participant,group\n1,\x07\n"]
)
def test_groups_that_cannot_be_read_are_refused(text: str, tmp_path: Path) -> None:
    votes, groups = _votes(tmp_path / "votes.csv", _room()), tmp_path / "groups.csv"
    assert refused("opinion", "analyse", votes, "--groups", groups) == (3, "conversation_unreadable")
    groups.write_text(text, encoding="utf-8")
    assert refused("opinion", "analyse", votes, "--groups", groups) == (3, "conversation_unreadable")


def test_conversation_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    votes = _votes(tmp_path / "votes.csv", _room())
    groups = tmp_path / "groups.csv"
    groups.write_text("participant,group\n" + "".join(f"{n},g{n}\n" for n in range(51)), encoding="utf-8")
    assert refused("opinion", "analyse", votes, "--groups", groups) == (3, "conversation_too_large")
    monkeypatch.setattr(polis_csv, "MOST_STATEMENTS", 7)
    assert refused("opinion", "analyse", votes) == (3, "conversation_too_large")
    monkeypatch.setattr(polis_csv, "LARGEST_FILE", 100)
    assert refused("opinion", "analyse", votes) == (3, "conversation_too_large")


@pytest.mark.shared_data
def test_a_published_conversation_is_analyzed() -> None:
    if not POLIS.exists():
        pytest.skip("the conversations are not beside this checkout (../shared/data)")
    assert talanoa("opinion", "analyse", POLIS).out.startswith("26 people, 36 statements, 638 votes")
