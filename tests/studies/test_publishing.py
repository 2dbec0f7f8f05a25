"""Was it multistakeholder? One command makes the pack, and nothing private or rare leaves with it."""

import json
from pathlib import Path

import pytest

from command_line import refused, told
from conftest import day
from studies.test_tables import Send
from talanoa.contributions.actions.moderating import hold_contribution
from talanoa.contributions.models import Contribution
from talanoa.lib.studies.criteria import CRITERIA, MEASURES
from talanoa.people.actions import know_person
from talanoa.people.models import Group, Person
from talanoa.processes.models import Participant, Process

ORGANIZATION = "Weavers of Garissa"


@pytest.fixture
def heard(process: Process, send: Send, dalia: Participant, sione: Person, lucia: Person) -> Process:
    """Six from civil society, a civil servant alone, somebody unnamed, one held, one private."""
    for number in range(6):
        person = know_person(
            name=f"Member {number}",
            address=f"member{number}@garissa.example",
            group=Group.CIVIL_SOCIETY,
            organization=ORGANIZATION if number else "Single Loom",
            country="KE",
        )
        send(person, f"Words of {number}.")
    send(sione, "A word of the ministry.")
    send(lucia, "Unnamed words.", publication=Contribution.Publication.GROUP_ONLY)
    held = send(sione, "Words to hold.")
    hold_contribution(held.contribution, by=dalia, reason="abuse", at=day(2), channel="web")
    send(lucia, "Private words.", publication=Contribution.Publication.PRIVATE)
    return process


def everything(folder: Path) -> str:
    """All that stands in the files of a pack, of tables by the CSV beside them."""
    kinds = {".csv", ".json", ".html", ".toml"}
    return "".join(path.read_text() for path in sorted(folder.rglob("*")) if path.suffix in kinds)


def test_one_command_makes_the_pack_and_another_verifies_it(heard: Process, tmp_path: Path) -> None:
    answer = told("process", "audit-pack", heard.key, tmp_path / "pack")
    assert answer == {"process": heard.key, "measures": len(MEASURES)}
    assert told("study", "verify", tmp_path / "pack")["holds"] is True
    names = {path.name for path in (tmp_path / "pack").iterdir()}
    assert {"index.html", "codebook.html", "datapackage.json", "manifest.json", "results.json"} <= names


def test_the_page_goes_by_criteria_and_gives_no_grade(heard: Process, tmp_path: Path) -> None:
    told("process", "audit-pack", heard.key, tmp_path / "pack")
    page = (tmp_path / "pack" / "index.html").read_text()
    places = [page.index(f"<h2>{one.title}: {heard.key}</h2>") for one in CRITERIA]
    assert places == sorted(places)
    assert all(source.name in page for one in CRITERIA for source in one.sources if "&" not in source.name)
    assert "there is no total" in page


def test_nothing_that_names_somebody_is_in_it(heard: Process, tmp_path: Path) -> None:
    told("process", "audit-pack", heard.key, tmp_path / "pack")
    text = everything(tmp_path / "pack")
    names = (
        "Member ",
        "Sione",
        "garissa.example",
        "gov.example",
        "nic.example",
        "Single Loom",
        "Red del Sur",
    )
    words = ("Words of", "A word of", "Unnamed words", "Private words", "Words to hold")
    assert [one for one in (*names, *words) if one in text] == []
    assert ORGANIZATION in text  # five stand behind it


def test_a_group_of_one_is_told_of_nowhere(heard: Process, tmp_path: Path) -> None:
    told("process", "audit-pack", heard.key, tmp_path / "pack")
    pack = tmp_path / "pack"
    rows = "".join(path.read_text() for path in pack.rglob("*.csv"))
    assert "government" not in rows
    assert "technical_community" not in rows
    results = json.loads((pack / "results.json").read_text())[heard.key]
    by_group = next(one for one in results if one["measure"] == "participation_by_group")
    assert by_group["n_hidden"] >= 1


def test_two_packs_share_no_pseudonym(heard: Process, tmp_path: Path) -> None:
    persons = []
    for name in ("one", "other"):
        told("process", "audit-pack", heard.key, tmp_path / name)
        lines = (tmp_path / name / "tables" / heard.key / "person.csv").read_text().splitlines()[1:]
        persons.append({line.split(",")[0] for line in lines})
    assert len(persons[0]) == len(persons[1]) == 7
    assert persons[0] & persons[1] == set()


def test_a_folder_that_holds_something_stays_as_it_is(heard: Process, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert refused("process", "audit-pack", heard.key, tmp_path) == (3, "study_wrong")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_there_is_no_pack_of_a_process_that_is_not_there(process: Process, tmp_path: Path) -> None:
    assert refused("process", "audit-pack", "other", tmp_path / "pack") == (3, "process_unknown")
