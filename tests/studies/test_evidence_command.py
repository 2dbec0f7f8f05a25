"""`talanoa evidence`: publish, list, cite, withdraw."""

from pathlib import Path

from command_line import refused, talanoa, told
from conftest import day
from lib.archive.example_list import LIST
from lib.studies.example_study import STUDY, written
from talanoa.archives.actions.importing import About
from talanoa.archives.importing import import_files
from talanoa.people.models import Person
from talanoa.processes.models import Process
from talanoa.studies.models import Publication


def test_an_audit_and_a_data_set_are_published_and_listed(process: Process, amina: Person) -> None:
    as_amina = ("--as", amina.address)
    audit = told("evidence", "audit", process.key, *as_amina)["name"]
    data = told("evidence", "dataset", process.key, "--license", "CC0-1.0", *as_amina)["name"]
    rows = told("evidence", "list", *as_amina)["publications"]
    assert [(row["name"], row["kind"], row["withdrawn"]) for row in rows] == [
        (data, "dataset", False),
        (audit, "audit", False),
    ]


def test_a_citation_comes_in_three_forms(process: Process, amina: Person) -> None:
    name = told("evidence", "audit", process.key, "--as", amina.address)["name"]
    forms = [told("evidence", "cite", name, "--form", form)["citation"] for form in ("text", "bibtex", "csl")]
    assert [name in form for form in forms] == [True, True, True]


def test_withdrawn_and_published_anew_in_one_step(process: Process, amina: Person) -> None:
    as_amina = ("--as", amina.address)
    name = told("evidence", "audit", process.key, *as_amina)["name"]
    answer = told("evidence", "withdraw", name, "Somebody asked.", "--again", *as_amina)
    assert answer["withdrawn"] == name
    assert Publication.objects.standing().get().name == answer["instead"]
    assert talanoa("evidence", "list", *as_amina).out.count(" withdrawn ") == 1


def test_a_study_is_published_with_tables_that_may_leave(amina: Person, tmp_path: Path) -> None:
    told("study", "run", written(tmp_path / "source"), tmp_path / "study")
    name = told("evidence", "study", tmp_path / "study", "--as", amina.address)["name"]
    found = Publication.objects.get(name=name)
    assert (found.kind, found.process) == ("study", None)
    assert [row["measure"] for row in found.results["list"]] == [
        "participation_by_group",
        "newcomers",
        "decisions_traced",
    ]
    assert told("evidence", "withdraw", name, "An error.", "--as", amina.address)["instead"] == ""


def test_source_private_stays_at_home(amina: Person, tmp_path: Path) -> None:
    (tmp_path / "list.mbox").write_bytes(LIST)
    import_files(About("commons"), [tmp_path / "list.mbox"], by=amina, at=day(1), channel="cli")
    (tmp_path / "study.toml").write_text(STUDY.replace('tables = "made"', 'archive = "commons"'))
    words = (tmp_path / "study.toml", tmp_path / "study", "--key", tmp_path / "key", "--as", amina.address)
    told("study", "run", *words)
    assert refused("evidence", "study", tmp_path / "study", "--as", amina.address) == (3, "source_private")


def test_evidence_unknown_names_what_was_asked_for(amina: Person) -> None:
    assert refused("evidence", "cite", "nothing") == (3, "evidence_unknown")


def test_a_folder_that_is_no_study_is_refused(amina: Person, tmp_path: Path) -> None:
    assert refused("evidence", "study", tmp_path, "--as", amina.address)[0] in (3, 5)


def test_who_has_no_role_publishes_nothing(process: Process, yusuf: Person) -> None:
    assert refused("evidence", "audit", process.key, "--as", yusuf.address) == (4, "not_allowed")
