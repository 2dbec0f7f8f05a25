"""`talanoa draw`: drawn from a number or a list of names, saved, and drawn again by somebody else."""

import hashlib
import json
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from command_line import refused, talanoa, told
from conf.test_commands import program

SOURCES = ("--source", "9319", "--source", "2 5 12 8 10", "--source", "9 18 26 34 41 45")
KEY = "9319./2.5.8.10.12./9.18.26.34.41.45./"
NAMES = "Amina\nYusuf\nLucía\nSione\nNino\n"


@pytest.fixture
def names(tmp_path: Path) -> Path:
    path = tmp_path / "names"
    path.write_text(NAMES, encoding="utf-8")
    return path


@pytest.fixture
def saved(names: Path, tmp_path: Path) -> Path:
    path = tmp_path / "draw.json"
    path.write_text(talanoa("draw", "--pool", names, "--select", 2, *SOURCES, "--json").out, encoding="utf-8")
    return path


def changed(path: Path, **other: object) -> Path:
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | other), encoding="utf-8")
    return path


def test_the_example_of_the_rfc_is_drawn_with_all_that_it_takes_to_repeat_it() -> None:
    answer = told("draw", "--pool", 25, "--select", 10, *SOURCES)
    assert answer["selected"] == [17, 7, 2, 16, 25, 23, 8, 24, 19, 13]
    assert (answer["method"], answer["key"], answer["pool"]) == ("rfc3797", KEY, 25)
    assert answer["digests"][0] == "990DD0A5692A029A98B5E01AA28F3459"
    assert answer["sources"] == ["9319", "2 5 12 8 10", "9 18 26 34 41 45"]
    assert "names" not in answer


def test_people_read_the_key_and_whom_the_lot_picked(names: Path) -> None:
    lines = talanoa("draw", "--pool", names, "--select", 5, *SOURCES).out.splitlines()
    assert lines[0] == f"Key: {KEY}"
    assert sorted(lines[1:]) == ["1 Amina", "2 Yusuf", "3 Lucía", "4 Sione", "5 Nino"]


def test_a_list_of_names_stands_in_the_draw_by_its_hash(names: Path) -> None:
    answer = told("draw", "--pool", names, "--select", 5, "--method", "sha256", *SOURCES)
    assert answer["pool_sha256"] == hashlib.sha256(NAMES.encode()).hexdigest()
    assert answer["names"] == [NAMES.split("\n")[number - 1] for number in answer["selected"]]
    assert (answer["method"], len(answer["digests"][0])) == ("sha256", 64)


def test_a_saved_draw_holds_and_says_what_was_not_checked(saved: Path, names: Path) -> None:
    ended = talanoa("draw", "verify", saved)
    assert (ended.code, ended.err) == (0, "")
    assert [line[:16] for line in ended.out.splitlines()] == ["The draw holds: ", "The list of name"]
    assert len(talanoa("draw", "verify", saved, "--pool", names).out.splitlines()) == 1
    assert told("draw", "verify", saved, "--pool", names)["holds"] is True


def test_a_saved_draw_comes_from_standard_input_too(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(saved.read_bytes())))
    assert told("draw", "verify", "-")["holds"] is True


@pytest.mark.parametrize("other", [{"selected": [1, 2]}, {"key": "1./"}, {"digests": ["0", "1"]}])
def test_a_draw_that_was_changed_ends_with_1_and_names_what_differs(
    saved: Path, other: dict[str, object]
) -> None:
    ended = talanoa("draw", "verify", changed(saved, **other), "--json")
    assert (ended.code, ended.told["holds"], ended.told["wrong"]) == (1, False, list(other))
    assert "does NOT hold" in talanoa("draw", "verify", saved).err


@pytest.mark.parametrize(
    ("listed", "wrong"),
    [
        ("Amina\nYusuf\nLucía\nSione\nNino", ["pool_sha256"]),
        ("Nino\nSione\nPriya\nYusuf\nAmina\n", ["pool_sha256", "names"]),
        ("Amina\nYusuf\nLucía\nSione\nNino\nDalia\n", ["pool", "pool_sha256"]),
    ],
)
def test_another_list_of_names_is_found_out(saved: Path, names: Path, listed: str, wrong: list[str]) -> None:
    names.write_text(listed, encoding="utf-8")
    ended = talanoa("draw", "verify", saved, "--pool", names, "--json")
    assert (ended.code, ended.told["wrong"]) == (1, wrong)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--pool", 25, "--select", 1, "--source", "seven"), "source_unreadable"),
        (("--pool", 0, "--select", 1, "--source", "7"), "pool_unfit"),
        (("--pool", "9" * 5000, "--select", 1, "--source", "7"), "pool_unfit"),
        (("--pool", 25, "--select", 26, "--source", "7"), "selection_unfit"),
        (("verify", __file__), "draw_unreadable"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_code(words: tuple[object, ...], code: str) -> None:
    assert refused("draw", *words) == (3, code)


@pytest.mark.parametrize("text", ["", "[]", "{}", "[" * 100_000, '{"method": "coin"}'])
def test_what_is_no_draw_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "draw.json").write_text(text)
    assert refused("draw", "verify", tmp_path / "draw.json") == (3, "draw_unreadable")


def test_a_list_that_is_no_text_ends_with_5(names: Path) -> None:
    names.write_bytes(b"Amina\n\xff\n")
    assert refused("draw", "--pool", names, "--select", 1, "--source", "7") == (5, "file_unreadable")
    assert talanoa("draw", "--pool", "nowhere", "--select", 1, "--source", "7").code == 5


@pytest.mark.parametrize(
    "words", [(), ("--pool", 25), ("--pool", 25, "--select", 1), ("--select", 1, "--source", "7")]
)
def test_a_draw_without_its_facts_is_wrong_usage(words: tuple[object, ...]) -> None:
    ended = talanoa("draw", *words)
    assert (ended.code, ended.out) == (2, "")
    assert "--pool, --select and a --source" in ended.err


def test_the_program_draws_where_there_is_no_installation(tmp_path: Path) -> None:
    made = program(tmp_path / "nowhere", "draw", "--pool", "25", "--select", "3", *SOURCES)
    assert (made.returncode, made.stdout, made.stderr) == (0, f"Key: {KEY}\n17\n7\n2\n", "")
    assert not (tmp_path / "nowhere").exists()
