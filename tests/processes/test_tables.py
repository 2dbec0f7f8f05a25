"""An outreach list as a table: what can be read, which lines are wrong, and what is written."""

import csv
from io import StringIO

import pytest

from conftest import day
from steps import refusal
from talanoa.processes.actions.inviting import decline_invitation, invite
from talanoa.processes.models import Invitation, Invitee, Participant, Process
from talanoa.processes.tables import LARGEST, WRITTEN, country_called, decoded, list_csv, read_list

HEADER = "name,address,organization,group,country"
SELAM = Invitee("Selam Haile", "selam@addis.example", "Cable Watch", "technical_community", "ET")
ROW = "Selam Haile,selam@addis.example,Cable Watch,Technical community,Ethiopia"


def people(process: Process, text: str) -> tuple[Invitee, ...]:
    found = read_list(process, text)
    assert found.wrong == ()
    return found.people


def wrong(process: Process, *lines: str) -> list[tuple[int, str]]:
    return [(one.line, one.told) for one in read_list(process, "\n".join([HEADER, *lines])).wrong]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_list_is_read_as_any_spreadsheet_writes_it(process: Process, delimiter: str, end: str) -> None:
    assert people(process, f"{HEADER}{end}{ROW}{end}".replace(",", delimiter)) == (SELAM,)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_byte_order_mark_is_no_part_of_a_name(process: Process, encoding: str) -> None:
    data = f"{HEADER}\n{ROW}".encode(encoding)
    assert people(process, decoded(data)) == (SELAM,)


def test_columns_may_stand_in_any_order_and_others_are_left_out(process: Process) -> None:
    text = '"Address","Phone","NAME"\nama@accra.example,+233,"Mensah, Ama"\n\n , ,\n'
    assert people(process, text) == (Invitee("Mensah, Ama", "ama@accra.example"),)


@pytest.mark.parametrize(
    ("group", "code"),
    [("civil_society", "civil_society"), ("Civil Society", "civil_society"), ("", "other")],
)
def test_a_group_is_a_code_or_its_words(process: Process, group: str, code: str) -> None:
    [one] = people(process, f"{HEADER}\nAma,ama@accra.example,,{group},")
    assert one.group == code


@pytest.mark.parametrize(("said", "code"), [("ke", "KE"), ("Kenya", "KE"), ("Tonga", "TO"), ("", "")])
def test_a_country_is_a_code_or_its_name(said: str, code: str) -> None:
    assert country_called(said) == code


def test_each_wrong_line_is_named_with_what_is_wrong_with_it(process: Process) -> None:
    told = wrong(
        process,
        ROW,
        ",a@b.example,,,",
        "Ama,ama,,,",
        '"Ama\nMensah",a@b.example,,kings,',
        "A,a@c.example,,,Oz",
    )
    assert [line for line, _told in told] == [3, 4, 5, 7]
    assert told[0][1] == "The name is missing."
    assert told[1][1] == "This is no mail address of a person: ama"
    assert told[2][1].startswith("“kings” is no stakeholder group. There are: Government, ")
    assert told[3][1] == "We know no country or region called “Oz”."


def test_a_line_with_more_cells_than_the_header_is_wrong(process: Process) -> None:
    assert wrong(process, f"{ROW},more") == [(2, "It has 6 cells; the header has 5.")]
    assert wrong(process, f"{ROW},") == []


def test_a_language_is_one_in_which_letters_are_written(process: Process) -> None:
    text = "name,address,language\nA,a@b.example,fr\nB,b@b.example,Français\nC,c@b.example,Latin"
    found = read_list(process, text)
    assert [one.language for one in found.people] == ["fr", "fr"]
    assert found.wrong[0].line == 4


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name\nAma",
        f"\n{HEADER}",
        f'{HEADER}\n"Ama,a@b.example',
        "x" * 300_001,
    ],
)
def test_what_is_no_list_is_refused_whole(process: Process, text: str) -> None:
    assert refusal(lambda: read_list(process, text)) == "table_unreadable"


@pytest.mark.parametrize("data", ["Zoë".encode("latin-1"), b"x" * (LARGEST + 1)])
def test_other_characters_and_large_files_are_refused(process: Process, data: bytes) -> None:
    assert refusal(lambda: decoded(data)) == "table_unreadable"


def test_what_looks_like_a_formula_is_text_both_ways(process: Process, dalia: Participant) -> None:
    formula = '=HYPERLINK("x")'
    rows = people(process, 'name,address\n"=HYPERLINK(""x"")",a@b.example')
    invite(process, rows, by=dalia, at=day(1), channel="web")
    table = list_csv(Invitation.objects.all())
    [written] = csv.DictReader(StringIO(table))
    assert (rows[0].name, written["name"]) == (formula, f"'{formula}")
    assert people(process, table)[0].name == formula


def test_a_table_tells_what_became_of_each(process: Process, dalia: Participant) -> None:
    [made] = invite(process, [SELAM], by=dalia, at=day(1), channel="web").invitations
    decline_invitation(made, by=made.person, at=day(2))
    head, row = csv.reader(StringIO(list_csv(Invitation.objects.all())))
    assert tuple(head) == WRITTEN
    assert row == [
        "1",
        "Selam Haile",
        "selam@addis.example",
        "Cable Watch",
        "technical_community",
        "ET",
        "declined",
        "2026-03-03",
        "",
        "2026-03-04",
    ]
