"""Who is in the room: counted from what everybody may read, and held against a register of others."""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from command_line import told
from conftest import day
from steps import answer_all
from talanoa.contributions.room import NOWHERE, board
from talanoa.inputs.models import Input
from talanoa.lib.aliases import ALIASES_CSV
from talanoa.people.models import Group, Person
from talanoa.processes.actions.inviting import invite
from talanoa.processes.models import Invitee, Participant, Process
from web import Hands

Send = Callable[..., Input]


def test_every_group_region_and_country_counts_its_inputs(
    process: Process, send: Send, yusuf: Person, lucia: Person, convenor: Participant
) -> None:
    for person, text in ((yusuf, "One."), (lucia, "Two."), (lucia, "Three.")):
        send(person, text=text)
    answer_all(convenor)
    send(yusuf, text="Four.")
    found = board(process)
    assert found.inputs == 4
    assert {seat.code: seat.inputs for seat in found.groups} == dict(Counter([yusuf.group, lucia.group] * 2))
    assert sum(seat.taken_up for seat in found.groups) == 3
    assert {seat.code: seat.inputs for seat in found.countries} == dict(
        Counter([yusuf.country or NOWHERE, lucia.country or NOWHERE] * 2)
    )
    assert all(0 <= seat.low <= seat.inputs / 4 <= seat.high <= 1 for seat in found.groups)


def test_who_was_invited_is_counted_from_five_on(process: Process, convenor: Participant) -> None:
    people = [
        Invitee(f"P{n}", f"p{n}@ministry.example", group=Group.GOVERNMENT, country="KE") for n in range(5)
    ]
    invite(process, people[:4], by=convenor, at=day(1), channel="web")
    assert not board(process).has_invited
    invite(process, people[4:], by=convenor, at=day(1), channel="web")
    found = board(process)
    assert [(seat.code, seat.invited, seat.spoke) for seat in found.groups] == [("government", 5, 0)]
    assert [(seat.code, seat.invited) for seat in found.regions] == [("africa", 5)]


def test_what_the_public_does_not_read_is_not_counted(process: Process, send: Send, yusuf: Person) -> None:
    send(yusuf, publication="private")
    assert (board(process).inputs, board(process).groups) == (0, ())


def test_a_board_of_one_stage_counts_that_stage(process: Process, send: Send, yusuf: Person) -> None:
    send(yusuf)
    assert [board(process, stage=kind).inputs for kind in ("input", "review", "no-stage")] == [1, 0, 1]


def test_page_and_table_show_the_same(process: Process, send: Send, yusuf: Person) -> None:
    send(yusuf)
    page = Client().get(f"/p/{process.key}/room/").content.decode()
    rows = list(csv.DictReader(Client().get(f"/p/{process.key}/room.csv").content.decode().splitlines()))
    assert all(None not in row and None not in row.values() for row in rows)
    assert "Who is in the room" in page
    assert [row["kind"] for row in rows] == ["group", "region", "country"]
    assert [row["inputs"] for row in rows] == ["1", "1", "1"]
    assert Client().get("/aliases.csv").content == ALIASES_CSV.read_bytes()


# --- against the register of NETmundial, read by code of its own

REGISTER = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "netmundial-2014" / "register.csv"
GROUP_OF = {
    "Academia": "academia",
    "Civil Society": "civil_society",
    "Government": "government",
    "Other": "other",
    "Private Sector": "private_sector",
    "Technical Community": "technical_community",
}


def plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\W_]+", " ", "".join(one for one in letters if not unicodedata.combining(one))).strip()


def register() -> list[dict[str, str]]:
    with REGISTER.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def meanings(kind: str) -> dict[str, str]:
    with ALIASES_CSV.open(encoding="utf-8", newline="") as lines:
        return {plain(row["alias"]): row["value"] for row in csv.DictReader(lines) if row["kind"] == kind}


def country_of(row: dict[str, str]) -> str:
    """The first country that the register names, else the region, else where the organization stands; else nowhere."""
    places, seats = meanings("country"), meanings("organization")
    given = row["Country"].strip()
    parts = (
        [given]
        if plain(given) in places
        else re.split(r"[,;/&]|\b(?:and|et|e|y)\b", given, flags=re.IGNORECASE)
    )
    codes = list(dict.fromkeys(places[plain(part)] for part in parts if plain(part) in places))
    named = [code for code in codes if not code.startswith("x-")]
    if named or len(codes) == 1:
        return (named or codes)[0]
    # In four rows the columns slipped: the organization stands where its country should.
    return "x-global" if codes else seats.get(plain(given)) or seats.get(plain(row["Organisation"]), NOWHERE)


@pytest.mark.shared_data
@pytest.mark.usefixtures("call")
def test_the_board_of_the_187_agrees_with_their_register(
    process: Process, convenor: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not REGISTER.is_file():
        pytest.skip("needs ../shared/data/netmundial-2014")
    Hands(monkeypatch, day(1))
    texts, who = REGISTER.parent / "contributions", ("--as", convenor.person.address)
    told("input", "import", process.key, texts, "--register", REGISTER, *who)
    found, rows = board(process), register()
    assert found.inputs == len(rows) == 187
    assert {seat.code: seat.inputs for seat in found.groups} == dict(
        Counter(GROUP_OF[row["Sector"]] for row in rows)
    )
    assert {seat.code: seat.inputs for seat in found.countries} == dict(
        Counter(country_of(row) for row in rows)
    )
