"""The expert roster on the command line."""

import pytest

from command_line import refused, talanoa, told
from conftest import day
from roster.conftest import Join, somebody, state
from talanoa.lib.ties import EMPLOYER, Tie
from talanoa.people.models import Person
from talanoa.processes.models import Process
from talanoa.roster.models import Assignment
from web import Hands

AMINA, NEEMA = ("--as", "amina@talanoa.example"), ("--as", "neema@people.example")
REQUEST = ("request", "nm", "facilitator", "--languages", "sw", "--text", "Chair it.", "--by", "2026-05-01")


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, day(2))


def test_from_joining_to_accepting(process: Process, amina: Person, join: Join) -> None:
    state(somebody("Neema Mushi"))
    made = told("roster", "join", "both", "--languages", "sw,en", "--topics", "radio", *NEEMA)
    assert made == {"number": 1, "kind": "both", "languages": ["sw", "en"]}
    join("Lars Holm", "en")
    join("Juma Ali", "sw", organization="")
    rows = told("roster", "list", "--language", "sw", *AMINA)["experts"]
    assert [(row["name"], row["interests"], row["stated_at"]) for row in rows] == [
        ("Neema Mushi", "current", "2026-03-02"),
        ("Juma Ali", "current", "2026-03-02"),
    ]
    assert told("roster", *REQUEST, *AMINA) == {"number": 1}
    [first, second] = told("roster", "match", 1, *AMINA)["candidates"]
    assert (first["name"], first["languages"], first["load"], first["barred"]) == (
        "Neema Mushi",
        ["sw"],
        0,
        "",
    )
    assert second["name"] == "Juma Ali"
    asked = told("roster", "ask", 1, 1, *AMINA)
    assert asked == {"request": 1, "assignment": 1, "until": "2026-03-14T09:00Z"}
    assert told("roster", "answer", 1, "accept", *NEEMA) == {"request": 1, "state": "accepted"}
    assert told("roster", "leave", *NEEMA) == {"number": 1}


def test_to_decline_one_may_give_a_reason_to_everybody(process: Process, amina: Person, join: Join) -> None:
    join("Neema Mushi", "sw")
    told("roster", *REQUEST, *AMINA)
    told("roster", "ask", 1, 1, *AMINA)
    said = ("answer", 1, "decline", "--reason", "No time.", "--public")
    assert told("roster", *said, *NEEMA) == {"request": 1, "state": "declined"}
    assert Assignment.objects.get().public_reason == "No time."


def test_who_is_barred_stands_last_with_the_code_and_the_organization(
    process: Process, amina: Person, join: Join
) -> None:
    amina.organization = "Office of Roads"
    amina.save()
    join("Neema Mushi", "sw", ties=(Tie(EMPLOYER, "office of roads"),))
    told("roster", *REQUEST, *AMINA)
    [row] = told("roster", "match", 1, *AMINA)["candidates"]
    assert (row["barred"], row["organization"]) == ("employed_by_party", "office of roads")
    assert "[employed_by_party: office of roads]" in talanoa("roster", "match", 1, *AMINA).out
    assert refused("roster", "ask", 1, 1, *AMINA) == (3, "employed_by_party")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("join", "expert", "--languages", "xyzzy", *NEEMA), (3, "language_unknown")),
        (("leave", *AMINA), (3, "expert_unlisted")),
        ((*REQUEST, *NEEMA), (4, "not_allowed")),
        (("match", 1, *NEEMA), (4, "not_allowed")),
        (("match", 9, *AMINA), (3, "number_unknown")),
        (("ask", 1, 9, *AMINA), (3, "expert_unlisted")),
        (("answer", 1, "accept", *NEEMA), (3, "number_unknown")),
    ],
)
def test_a_refusal_has_its_code(
    process: Process, amina: Person, join: Join, words: tuple[object, ...], code: tuple[int, str]
) -> None:
    join("Neema Mushi", "sw")
    told("roster", *REQUEST, *AMINA)
    assert refused("roster", *words) == code


def test_the_list_is_lines_for_people(join: Join) -> None:
    join("Neema Mushi", "sw")
    assert "facilitator  sw           current   Neema Mushi" in talanoa("roster", "list", *NEEMA).out
