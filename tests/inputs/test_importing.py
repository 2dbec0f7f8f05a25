"""Importing the inputs of an earlier consultation; doing it twice adds nothing."""

from pathlib import Path

import pytest

from conftest import day
from steps import new_entries, refusal
from talanoa.contributions.models import Authorship, Contribution
from talanoa.inputs.importing import ImportReport, import_folder
from talanoa.inputs.models import Input
from talanoa.kernel.errors import NotAllowed
from talanoa.lib import form_files
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant

SAMPLE = Path(__file__).resolve().parents[2] / "content" / "samples" / "form-text"
FORM = """A short title
Area: TRAINING
Entitled by: {author}
Region: Kenya
Organization: {organization}
Sector: Government
Keywords: money
Document
Pay the trainers.
"""


def load(by: Participant, folder: Path = SAMPLE, register: Path | None = None, at: float = 1) -> ImportReport:
    return import_folder(by.process, by=by, directory=folder, register=register, at=day(at))


def write(folder: Path, serial: int, author: str = "Mosi Baobab", organization: str = "Open Ledgers") -> None:
    text = FORM.format(author=author, organization=organization)
    (folder / f"{serial:03}A.txt").write_text(text, encoding="utf-8")


def test_every_form_of_the_sample_becomes_an_input(convenor: Participant) -> None:
    report = load(convenor, register=SAMPLE / "register.csv")
    assert (report.read, report.added, report.duplicates, report.rejected) == (12, 12, 0, 0)
    assert Contribution.objects.filter(channel="import", state="published").count() == 12


def test_an_imported_author_is_frozen_as_the_register_has_them(convenor: Participant) -> None:
    load(convenor, register=SAMPLE / "register.csv")
    author = Authorship.objects.get(contribution__number=1)
    assert (author.name, author.group, author.country, author.assurance) == (
        "Mosi Baobab",
        "government",
        "KE",
        "imported",
    )


def test_what_the_form_said_is_kept_beside_what_was_made_of_it(convenor: Participant) -> None:
    load(convenor)
    kept = Input.objects.get(contribution__number=1).as_given
    assert (kept["source"], kept["country"]) == ("001A.txt", "Kenya")


def test_the_same_folder_twice_adds_nothing(convenor: Participant) -> None:
    load(convenor)
    again: list[ImportReport] = []
    assert new_entries(lambda: again.append(load(convenor))) == []
    assert (again[0].added, again[0].duplicates) == (0, 12)


def test_one_tells_how_far_it_has_come(convenor: Participant, tmp_path: Path) -> None:
    for serial in (1, 2):
        write(tmp_path, serial, author=f"Author {serial}")
    told: list[tuple[int, int]] = []
    import_folder(
        convenor.process,
        by=convenor,
        directory=tmp_path,
        register=None,
        at=day(1),
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(1, 2), (2, 2)]


def test_what_cannot_be_read_is_counted_and_named_and_the_rest_comes_in(
    convenor: Participant, tmp_path: Path
) -> None:
    write(tmp_path, 1)
    write(tmp_path, 2, organization="x" * 201)
    (tmp_path / "003A.txt").write_text("This is no form.", encoding="utf-8")
    report = load(convenor, tmp_path)
    assert (report.read, report.added, report.rejected) == (3, 1, 2)
    assert [(p.source, p.code) for p in report.problems] == [
        ("003A.txt", "not_a_form"),
        ("002A.txt", "line_too_long"),
    ]


@pytest.mark.parametrize(
    ("folder", "register"), [("nowhere", None), ("folder", "nothing.csv"), ("folder", "folder")]
)
def test_without_a_folder_or_its_register_nothing_is_read(
    convenor: Participant, tmp_path: Path, folder: str, register: str | None
) -> None:
    (tmp_path / "folder").mkdir()
    beside = tmp_path / register if register else None
    assert refusal(lambda: load(convenor, tmp_path / folder, beside)) == "folder_missing"


@pytest.mark.parametrize(
    ("register", "code"),
    [(b"Sector,Country\n", "register_columns"), (b"\x00\x01\x02", "register_unreadable")],
)
def test_a_register_that_cannot_be_read_stops_the_import(
    convenor: Participant, tmp_path: Path, register: bytes, code: str
) -> None:
    write(tmp_path, 1)
    (tmp_path / "register.csv").write_bytes(register)
    assert refusal(lambda: load(convenor, tmp_path, tmp_path / "register.csv")) == code
    assert Input.objects.count() == 0


def test_a_folder_with_too_many_files_is_not_begun(
    convenor: Participant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form_files, "MAX_FILES", 1)
    for serial in (1, 2):
        write(tmp_path, serial)
    assert refusal(lambda: load(convenor, tmp_path)) == "too_many_files"


def test_without_an_open_call_nothing_is_imported(convenor: Participant) -> None:
    assert refusal(lambda: load(convenor, at=41)) == "call_closed"


def test_only_the_desk_imports_what_others_said(
    convenor: Participant, sponsor: Participant, nino: Participant
) -> None:
    outsiders = (sponsor, enter(convenor.process, nino.person, at=day(1)))
    for other in outsiders:
        with pytest.raises(NotAllowed):
            load(other)
    assert Contribution.objects.count() == 0
