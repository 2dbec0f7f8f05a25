"""The contributions to NETmundial 2014 become a study page by one command, which anybody can verify elsewhere.

Twelve invented texts of the repository go through it in every run, and the 187 where the shared data are. The table of
inputs that everybody can fetch, read back by other code than the one that wrote it, gives the same measures.
"""

import csv
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from command_line import CREATE, SAMPLES, told
from talanoa.lib.archive import tables
from talanoa.lib.archive.affiliations import UNKNOWN
from talanoa.lib.measures import registered
from talanoa.lib.measures.taking import of_folder, take_all
from talanoa.lib.regions import region_of

pytestmark = pytest.mark.django_db
SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "netmundial-2014"
STUDY = """\
title = "Who wrote to NETmundial"
question = "Which stakeholder groups and regions sent contributions, and behind how many did one organization stand?"
purpose = "To show a whole consultation as a study."
contact = "research@talanoa.example"
legal_basis = "The authors published their contributions on the site of NETmundial."
keep_until = 2036-12-31

[[input]]
name = "nm"
process = "nm"
"""
OF_INPUTS = (
    registered.PARTICIPATION_BY_GROUP,
    registered.PARTICIPATION_BY_REGION,
    registered.PARTICIPATION_BY_ORGANIZATION,
    registered.PARTICIPATION_OVER_TIME,
    registered.CONCENTRATION_OF_PERSONS,
    registered.CONCENTRATION_OF_ORGANIZATIONS,
    registered.NEWCOMERS,
)
"""The measures that need no more than the table of inputs tells."""


@pytest.fixture(
    params=[pytest.param("samples"), pytest.param("netmundial", marks=pytest.mark.shared_data)],
)
def consulted(request: pytest.FixtureRequest, settings: Any) -> int:
    """A process `nm` with all texts; return how many there are."""
    settings.TALANOA_DEMONSTRATION = True
    if request.param == "netmundial" and not SHARED.is_dir():
        pytest.skip("needs ../shared/data/netmundial-2014")
    texts, register, n = (
        (SAMPLES, SAMPLES / "register.csv", 12)
        if request.param == "samples"
        else (SHARED / "contributions", SHARED / "register.csv", 187)
    )
    told("init")
    told(*CREATE, "--key", "nm", "--title", "NETmundial 2014", "--open", "--at", "2014-02-10T00:00Z")
    come = told("input", "import", "nm", texts, "--register", register, "--at", "2014-03-08T12:00Z")
    assert come["added"] == n
    return n


def studied(folder: Path) -> Path:
    """Make the study of the process; return its folder."""
    (folder / "study.toml").write_text(STUDY)
    told("study", "run", folder / "study.toml", folder / "study", "--key", folder / "key")
    return folder / "study"


def elsewhere(study: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Verify a study with another home, no database, no settings, no key."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    environment = kept | {"HOME": str(home), "TALANOA_HOME": str(home / "nothing")}
    return subprocess.run(
        [sys.executable, "-m", "talanoa", "study", "verify", str(study), "--json"],
        env=environment,
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )


def test_one_command_makes_the_page_and_a_fresh_environment_verifies_every_hash(
    consulted: int, tmp_path: Path
) -> None:
    study = studied(tmp_path)
    assert f"Counted: {consulted}." in (study / "index.html").read_text()
    (tmp_path / "home").mkdir()
    moved = study.rename(tmp_path / "home" / "taken-away")
    ended = elsewhere(moved, tmp_path / "home")
    assert (ended.returncode, json.loads(ended.stdout)) == (
        0,
        {"holds": True, "differing": [], "changed": []},
    )
    (moved / "nm-newcomers.csv").write_text("invented")
    assert elsewhere(moved, tmp_path / "home").returncode == 1


def test_tables_that_were_exported_give_the_measures_of_the_live_record(
    consulted: int, tmp_path: Path
) -> None:
    study = studied(tmp_path)
    told("study", "tables", "nm", tmp_path / "exported", "--key", tmp_path / "key")
    text = STUDY.replace('process = "nm"', 'tables = "exported"')
    (tmp_path / "again.toml").write_text(text)
    told("study", "run", tmp_path / "again.toml", tmp_path / "again")
    assert (tmp_path / "again" / "results.json").read_bytes() == (study / "results.json").read_bytes()


def read_back(export: str, folder: Path) -> None:
    """Make tables of the public table of inputs; of these texts each has an author of its own."""
    rows = list(csv.DictReader(StringIO(export)))
    told_of = [(row["number"], _group(row), _hour(row["received"])) for row in rows]
    folder.mkdir()
    people = [
        (who, group, "declared", region_of(row["country"]) or UNKNOWN, at, at, 1)
        for (who, group, at), row in zip(told_of, rows, strict=True)
    ]
    said = [
        ("nm", number, "input", who, group, row["country"], row["channel"], row["state"], at, "")
        for number, ((who, group, at), row) in enumerate(zip(told_of, rows, strict=True), start=1)
    ]
    ties = [
        (who, row["organization"], datetime(1970, 1, 1, tzinfo=UTC), None, "declared")
        for (who, _group_of, _at), row in zip(told_of, rows, strict=True)
        if row["organization"]
    ]
    tables.write(tables.PERSON, people, folder / "person.parquet")
    tables.write(tables.CONTRIBUTION, said, folder / "contribution.parquet")
    tables.write(tables.AFFILIATION, ties, folder / "affiliation.parquet")


def _hour(told: str) -> datetime:
    return datetime.strptime(f"{told}+0000", "%Y-%m-%dT%HZ%z")


def _group(row: dict[str, str]) -> str:
    return UNKNOWN if row["group"] == "other" else row["group"]


def test_the_public_table_read_back_gives_the_measures_of_the_live_record(
    consulted: int, tmp_path: Path
) -> None:
    export = Client().get("/p/nm/inputs.csv").content.decode()
    read_back(export, tmp_path / "read")
    told("study", "tables", "nm", tmp_path / "live", "--key", tmp_path / "key")
    with of_folder(tmp_path / "read") as engine:
        read = take_all(OF_INPUTS, engine)
    with of_folder(tmp_path / "live") as engine:
        live = take_all(OF_INPUTS, engine)
    assert [result.as_dict() for result in read] == [result.as_dict() for result in live]
    assert {result.of for result in live} == {consulted}
