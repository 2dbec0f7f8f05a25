"""Rooms on the command line: the same lines as by mail."""

import json
from pathlib import Path
from shutil import copytree

from command_line import talanoa
from talanoa.people.models import Person
from talanoa.practice.models import Done, Room
from talanoa.practice.queries import FOLDER

AMINA = ("--as", "amina@talanoa.example", "--json")
PACK = str(FOLDER / "72-hours")


def test_a_scenario_is_checked_without_an_installation() -> None:
    told = json.loads(talanoa("practice", "check", PACK, "--json").out)
    assert (told["scenario"], told["packages"]) == ("72-hours", 243)
    assert 1 <= told["agreements"] <= 24


def test_scenario_wrong_tells_file_and_line(tmp_path: Path) -> None:
    copytree(FOLDER, tmp_path / "scenarios")
    draft = tmp_path / "scenarios" / "72-hours" / "world" / "draft.md"
    draft.write_text(draft.read_text(encoding="utf-8").replace("### 24h", "### 25h"), encoding="utf-8")
    got = talanoa("practice", "check", str(draft.parents[1]))
    assert got.code != 0
    assert "scenario_wrong" in got.err
    assert "world/draft.md:" in got.err


def test_scenario_unfair_says_what_to_change(tmp_path: Path) -> None:
    copytree(FOLDER, tmp_path / "scenarios")
    file = tmp_path / "scenarios" / "72-hours" / "scenario.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("traps: 23", "traps: 80"), encoding="utf-8")
    got = talanoa("practice", "check", str(file.parent))
    assert "scenario_unfair" in got.err


def test_amina_plays_on_the_command_line(amina: Person) -> None:
    talanoa("practice", "play", "open 72-hours consumer", *AMINA)
    told = json.loads(talanoa("practice", "play", "ask small 4: What do you need?", "end day", *AMINA).out)
    assert (told["day"], len(told["done"])) == (2, 1)
    assert Done.objects.get(rule="").channel == "cli"
    rows = json.loads(talanoa("practice", "rooms", *AMINA).out)["rooms"]
    assert [row["room"] for row in rows] == [Room.objects.get().process.key]
