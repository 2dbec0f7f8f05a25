"""The votes of a round leave under other numbers, without check words and without formulas."""

import csv
from pathlib import Path

import pytest

from talanoa.lib.opinion import read_conversation
from talanoa.lib.published_votes import PublishedVoter, PublishedVotes
from talanoa.lib.studies.round_files import rounds_in, write_round

VOTED = ("aad", "d.a", "pa.", "..d", "ada", "ddd")
VOTES = PublishedVotes(
    "seed",
    (4, 7, 9),
    (9,),
    (),
    tuple(
        PublishedVoter(10 + at, "academia" if at else "", f"word{at}", at == 1, votes)
        for at, votes in enumerate(VOTED)
    ),
)
TEXTS = {4: "=SUM(A1) should be banned.", 7: "Radios should be lent."}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def released(tmp_path: Path) -> Path:
    write_round(2, VOTES, TEXTS, tmp_path, b"k" * 16)
    return tmp_path / "round-2"


def test_the_votes_are_the_same_votes_in_another_order(released: Path) -> None:
    found = rows(released / "participants-votes.csv")
    letters = {"1": "a", "0": "p", "-1": "d", "": "."}
    assert sorted("".join(letters[row[n]] for n in ("4", "7", "9")) for row in found) == sorted(VOTED)
    assert [row["participant"] for row in found] == ["1", "2", "3", "4", "5", "6"]
    assert ["".join(letters[row[n]] for n in ("4", "7", "9")) for row in found] != list(VOTED)


def test_each_voter_keeps_group_and_burst_and_loses_number_and_check_word(released: Path) -> None:
    voters = rows(released / "voters.csv")
    votes = rows(released / "participants-votes.csv")
    assert voters[0].keys() == {"participant", "group", "burst"}
    [quick] = [row["participant"] for row in voters if row["burst"] == "1"]
    assert [(row["4"], row["7"], row["9"]) for row in votes if row["participant"] == quick] == [
        ("-1", "", "1")
    ]
    assert [row["participant"] for row in voters if row["group"] == ""] == [
        row["participant"] for row in votes if (row["4"], row["7"], row["9"]) == ("1", "1", "-1")
    ]
    assert not any("word" in path.read_text(encoding="utf-8") for path in released.iterdir())


def test_other_releases_have_another_order(released: Path, tmp_path: Path) -> None:
    write_round(2, VOTES, TEXTS, tmp_path / "other", b"o" * 16)
    name = "participants-votes.csv"
    assert (released / name).read_bytes() != (tmp_path / "other" / "round-2" / name).read_bytes()


def test_what_nobody_may_read_has_no_words_and_nothing_is_a_formula(released: Path) -> None:
    told = {
        row["comment-id"]: (row["comment-body"], row["moderated"]) for row in rows(released / "comments.csv")
    }
    assert told == {
        "4": ("'=SUM(A1) should be banned.", "1"),
        "7": ("Radios should be lent.", "1"),
        "9": ("", "-1"),
    }


def test_whoever_reads_polis_files_reads_these(released: Path) -> None:
    read = read_conversation(released)
    assert (len(read.votes.participants), len(read.votes.values)) == (
        6,
        sum(len(v.strip(".").replace(".", "")) for v in VOTED),
    )


def test_each_column_is_described_round_by_round(tmp_path: Path) -> None:
    for number in (10, 9):
        write_round(number, VOTES, TEXTS, tmp_path, b"k" * 16)
    found = list(rounds_in(tmp_path))
    assert [table.name for table, _rows in found][::3] == ["round-9/comments", "round-10/comments"]
    assert [n_rows for _table, n_rows in found[:3]] == [3, 6, 6]
    for table, _rows in found:
        assert list(table.columns) == list(rows(tmp_path / f"{table.name}.csv")[0])
        assert all(table.meanings.values())
