"""A folder of forms becomes typed inputs: the sample we ship, hostile folders, and the 187 of NETmundial."""

import csv
import hashlib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from talanoa.lib.aliases import load_aliases
from talanoa.lib.form_codes import CONFLICTS, REJECTIONS, REPAIRS
from talanoa.lib.form_text import FolderReading, FormInput, read_folder

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "content" / "samples" / "form-text"
NETMUNDIAL = ROOT.parent / "shared" / "data" / "netmundial-2014"
FORM = "Title\r\nArea: A\r\nSector: Other\r\nAbstract\r\nShort.\r\nDocument\r\nLong."


@cache
def sample() -> FolderReading:
    return read_folder(SAMPLE, SAMPLE / "register.csv", load_aliases())


@cache
def netmundial() -> FolderReading:
    if not NETMUNDIAL.is_dir():
        pytest.skip("the NETmundial contributions are not beside this checkout (../shared/data)")
    return read_folder(NETMUNDIAL / "contributions", NETMUNDIAL / "register.csv", load_aliases())


def number(reading: FolderReading, serial: int) -> FormInput:
    return next(each for each in reading.inputs if each.serial == serial)


def read(folder: Path, register: str | None = None) -> FolderReading:
    path = folder.parent / f"{folder.name}.csv"
    if register is not None:
        path.write_text(register, encoding="utf-8")
    return read_folder(folder, path if register is not None else None, load_aliases())


def test_the_sample_is_read_whole() -> None:
    assert [each.serial for each in sample().inputs] == list(range(1, 13))
    assert sample().rejected == ()
    assert [each.serial for each in sample().inputs if not 60 <= len(each.text.split()) <= 250] == []


def test_every_repair_and_conflict_of_the_sample_is_counted() -> None:
    assert sample().repairs == {
        "bullets_restored": 1,
        "controls_removed": 1,
        "country_first_of_several": 1,
        "encoding_cp1252": 7,
        "heading_removed": 10,
        "label_glued": 2,
        "label_in_value": 1,
        "letters_restored": 2,
        "line_ends": 12,
        "lines_joined": 12,
        "marks_restored": 1,
        "organization_not_given": 1,
        "spaces_collapsed": 11,
        "text_from_form": 1,
    }
    assert sample().conflicts == {"country": 2, "organization": 2, "sector": 1}


def test_the_register_decides_the_group_and_the_forms_word_is_kept() -> None:
    ours = number(sample(), 6)

    assert (ours.group, ours.sector, ours.form_values["sector"]) == (
        "technical_community",
        "Technical Community",
        "Civil Society",
    )
    assert ours.conflicts == ("sector",)


def test_a_form_without_a_document_gives_its_own() -> None:
    ours = number(sample(), 5)

    assert ours.text.startswith("We run exchange points and name servers.")
    assert "text_from_form" in ours.repairs


def test_lost_letters_and_signs_of_the_sample_are_back() -> None:
    assert number(sample(), 4).title == "Uma biblioteca de lições: um por cento para a formação"
    assert number(sample(), 9).title == "What industry would pay for – and what it would not ask"
    assert number(sample(), 9).keywords == ("levy", "price of a place", "industry’s seat")


def test_a_glued_title_of_the_sample_is_whole() -> None:
    ours = number(sample(), 3)

    assert ours.title == "Una cuota según los ingresos y una tarde devuelta: cómo pagar los cursos"
    assert ours.area == "FUNDING OF TRAINING FOR INTERNET POLICY"


def test_an_input_is_tied_to_the_bytes_of_both_files() -> None:
    raw = (SAMPLE / "001A.txt").read_bytes() + (SAMPLE / "001B.txt").read_bytes()

    assert number(sample(), 1).sha256 == hashlib.sha256(raw).hexdigest()


def test_the_same_folder_gives_the_same_answer() -> None:
    assert read_folder(SAMPLE, SAMPLE / "register.csv", load_aliases()) == sample()


def test_what_cannot_be_read_is_rejected_with_a_code(tmp_path: Path) -> None:
    (tmp_path / "1A.txt").write_bytes(b"PK\x03\x04\x00")
    (tmp_path / "2A.txt").write_bytes(b"Dear all")
    (tmp_path / "3A.txt").write_bytes(FORM.replace("Long.", "").encode())
    (tmp_path / "4B.txt").write_bytes(b"text")
    (tmp_path / "5A.txt").write_bytes(FORM.encode())

    reading = read(tmp_path)

    assert [each.serial for each in reading.inputs] == [5]
    assert [(each.source, each.code) for each in reading.rejected] == [
        ("1A.txt", "not_text"),
        ("2A.txt", "not_a_form"),
        ("3A.txt", "text_empty"),
        ("4B.txt", "form_missing"),
    ]


def test_form_and_register_without_each_other_are_conflicts(tmp_path: Path) -> None:
    (tmp_path / "1A.txt").write_bytes(FORM.encode())

    reading = read(tmp_path, "Number,Sector\n2,Other\n3,Other\n3,Other\nsum,3\n")

    assert reading.conflicts == {
        "form_missing": 2,
        "register_row_missing": 1,
        "register_row_repeated": 1,
        "register_row_unreadable": 1,
    }
    assert number(reading, 1).conflicts == ("register_row_missing",)


def test_a_document_that_the_attachment_does_not_repeat_is_kept_beside_it(tmp_path: Path) -> None:
    own = " ".join(f"point {each} of our own paper," for each in range(20))
    (tmp_path / "1A.txt").write_bytes(FORM.replace("Long.", own).encode())
    (tmp_path / "1B.txt").write_bytes(b"A resolution of somebody else.")

    ours = number(read(tmp_path), 1)

    assert (ours.text, ours.form_values["document"]) == ("A resolution of somebody else.", own)
    assert ours.conflicts == ("document",)


def test_an_attachment_may_repeat_the_form_with_other_signs_and_spaces(tmp_path: Path) -> None:
    own = " ".join(f"point {each} of “our own paper”," for each in range(20))
    (tmp_path / "1A.txt").write_bytes(FORM.replace("Long.", own).encode())
    (tmp_path / "1B.txt").write_bytes(
        f"Foreword\n{own.upper().replace('“', '?').replace(' ', '  ')}".encode()
    )

    assert number(read(tmp_path), 1).conflicts == ()


def test_a_form_without_a_title_takes_the_first_line_of_its_text(tmp_path: Path) -> None:
    (tmp_path / "1A.txt").write_bytes(FORM.removeprefix("Title\r\n").encode())

    ours = number(read(tmp_path), 1)

    assert (ours.title, "title_from_text" in ours.repairs) == ("Long.", True)


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert read(tmp_path) == FolderReading((), (), {}, {}, ())


def test_every_code_is_explained() -> None:
    for reading in (sample(), *((netmundial(),) if NETMUNDIAL.is_dir() else ())):
        assert reading.repairs.keys() - REPAIRS.keys() == set()
        assert reading.conflicts.keys() - CONFLICTS.keys() == set()
    assert all(text.endswith(".") for table in (REPAIRS, CONFLICTS, REJECTIONS) for text in table.values())


@pytest.mark.shared_data
def test_all_187_contributions_to_netmundial_are_read() -> None:
    assert [each.serial for each in netmundial().inputs] == list(range(1, 188))
    assert (netmundial().rejected, netmundial().ignored) == ((), ("README.md",))
    assert [each.serial for each in netmundial().inputs if not each.title or not each.text] == []


@pytest.mark.shared_data
def test_the_groups_of_netmundial_are_those_of_the_register() -> None:
    assert Counter(each.group for each in netmundial().inputs) == {
        "government": 28,
        "private_sector": 43,
        "civil_society": 59,
        "technical_community": 16,
        "academia": 21,
        "other": 20,
    }


@pytest.mark.shared_data
def test_every_country_of_netmundial_is_resolved() -> None:
    countries = Counter(each.country for each in netmundial().inputs)

    assert [each.country_as_given for each in netmundial().inputs if not each.country] == []
    assert (countries["US"], countries["BR"], countries["x-global"], len(countries)) == (32, 17, 25, 52)


@pytest.mark.shared_data
def test_every_repair_of_netmundial_is_counted() -> None:
    assert netmundial().repairs == {
        "address_withheld": 1,
        "bullets_restored": 36,
        "controls_removed": 3,
        "country_first_of_several": 6,
        "country_from_organization": 5,
        "encoding_cp1252": 166,
        "heading_removed": 135,
        "label_glued": 3,
        "label_in_value": 3,
        "letters_restored": 13,
        "line_ends": 187,
        "lines_joined": 186,
        "marks_restored": 61,
        "organization_from_country": 4,
        "organization_not_given": 1,
        "spaces_collapsed": 144,
        "title_from_text": 1,
        "words_rejoined": 2,
    }


@pytest.mark.shared_data
def test_every_conflict_of_netmundial_is_listed() -> None:
    found = {
        code: [each.serial for each in netmundial().inputs if code in each.conflicts]
        for code in netmundial().conflicts
    }

    assert found == {
        "country": [97],
        "document": [1, 39, 66, 76, 124, 159],
        "letters_lost": [28, 118, 121, 124, 136, 143],
        "organization": [97, 98, 99, 117],
    }


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("serial", "title"),
    [
        (5, "Internet Roadmap topics: Freedom and Security in Cyberspace - A Cyber Defense perspective"),
        (
            7,
            "Can Trade Set Information Free? Trade Agreements, Internet Governance and Internet Freedom",
        ),
        (74, "African Stakeholders’ Contribution to NetMundial"),
        (86, "Principles for Internet Governance"),
        (183, "NetMundial Content Submission - Endorsed by NIC México"),
    ],
)
def test_a_damaged_title_of_netmundial_is_whole(serial: int, title: str) -> None:
    assert number(netmundial(), serial).title == title


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("serial", "organization", "country"),
    [
        (21, "St. Thomas University / University Of Łódź", "US"),
        (52, "Austrian Federal Ministry For Transport, Innovation And Technology", "AT"),
        (
            65,
            "Director/Head, Operations Department, Commonwealth Telecommunications Organisation",
            "x-global",
        ),
        (86, "Verizon Communications", "x-global"),
        (160, "", "IT"),
        (161, "Sinditelebrasil", "BR"),
    ],
)
def test_an_organization_of_netmundial_is_where_it_belongs(
    serial: int, organization: str, country: str
) -> None:
    ours = number(netmundial(), serial)

    assert (ours.organization, ours.country) == (organization, country)


@pytest.mark.shared_data
def test_no_text_of_netmundial_holds_a_sign_that_windows_1252_could_tell() -> None:
    shown = [
        f"{each.title}{each.author}{each.organization}{each.abstract}{each.text}"
        for each in netmundial().inputs
    ]

    assert [text for text in shown if any(sign in text for sign in "\ufffd\xad\r\x0c\x92\x93")] == []


@pytest.mark.shared_data
def test_the_register_of_netmundial_wins_whenever_it_names_an_organization() -> None:
    repaired = {"label_in_value", "address_withheld", "organization_not_given", "organization_from_country"}
    changed = {each.serial for each in netmundial().inputs if repaired & set(each.repairs)}
    with (NETMUNDIAL / "register.csv").open(encoding="utf-8", newline="") as lines:
        rows = {int(row["Serial Number"]): row for row in csv.DictReader(lines)}

    differing = [
        each.serial
        for each in netmundial().inputs
        if each.organization != " ".join(rows[each.serial]["Organisation"].split())
        or each.country_as_given != " ".join(rows[each.serial]["Country"].split())
    ]
    assert (changed - {156}, differing) == ({52, 65, 76, 86, 160, 165, 172}, [52, 65, 76, 86, 160, 165, 172])
