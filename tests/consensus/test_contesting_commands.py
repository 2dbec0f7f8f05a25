"""Contesting an outcome on the command line: the same acts, in the channel of their own."""

import pytest

from command_line import refused, told
from conftest import day
from consensus.hearing import JURORS, SAID, found_on, jurors, speak
from remembering import remembered
from talanoa.consensus.models import Call, Designation, PanelAppeal
from talanoa.processes.models import Participant
from talanoa.record.models import Entry
from talanoa.record.queries import public_fields
from web import Hands


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, day(92))


@pytest.fixture
@remembered
def designation(call: Call, voice: Participant, second: Participant, chair: Participant) -> Designation:
    speak(call, voice)
    speak(call, second)
    return found_on(call, chair)


def by(who: Participant) -> tuple[str, str]:
    return ("--as", who.person.address)


def test_challenge_answer_and_list(designation: Designation, voice: Participant, chair: Participant) -> None:
    why = ("--text", "It was never argued for.", *by(voice))
    made = told("challenge", "raise", "wg", 1, "--recommendation", 1, *why)
    assert (made["number"], made["stands"]) == (1, "open")
    assert refused("challenge", "raise", "wg", 9, *why)[1] == "number_unknown"
    kept = told("challenge", "answer", "wg", 1, "kept", "--text", "It was.", *by(chair))
    assert told("challenge", "list", "wg")["challenges"] == [kept]
    assert public_fields(Entry.objects.latest("index"))["ch"] == "cli"


def test_an_appeal_from_its_act_to_its_decision(
    designation: Designation, voice: Participant, second: Participant, clerk: Participant, hands: Hands
) -> None:
    jurors(designation.call.process)
    acts = told("appeal", "acts", "wg", 1)["acts"]
    assert [row["about"] for row in acts] == ["designation", "designation", "procedure"]
    entry = acts[0]["entry"]
    told("appeal", "raise", "wg", 1, "--entry", entry, "--argument", "Nobody asked.", *by(voice))
    told("appeal", "support", "wg", 1, *by(second))
    assert told("appeal", "admit", "wg", 1, *by(clerk))["stage"] == "admitted"
    sources = ("--source", "Lottery", "--source", "Index")
    made = told("appeal", "announce", "wg", 1, *sources, "--days", 2, "--method", "rfc3797", *by(clerk))
    assert [row["name"] for row in made["members"]] == list(JURORS)
    said = ("--source", SAID[0], "--source", SAID[1])
    assert refused("appeal", "draw", "wg", 1, *said, *by(clerk))[1] == "draw_too_early"
    hands.turn_to(day(95))
    made = told("appeal", "draw", "wg", 1, *said, *by(clerk))
    seats = {row["number"] for row in made["members"] if row["state"] == "seated"}
    assert seats == set(made["selected"][:3])
    panel = list(PanelAppeal.objects.get().draws.get().members.seated())
    told("appeal", "leave", "wg", 1, "--text", "I am ill.", *by(panel[0].participant))
    for member in PanelAppeal.objects.get().draws.get().members.seated():
        opinion = ("overturned", "--text", "Nobody was asked.", *by(member.participant))
        told("appeal", "opinion", "wg", 1, *opinion)
    shown = told("appeal", "show", "wg", 1)
    assert (shown["stage"], shown["supporters"]) == ("overturned", ["Sione Vea"])
    assert "Nobody was asked." in shown["reasons"]
    assert [row["number"] for row in told("appeal", "list", "wg")["appeals"]] == [1]


def test_an_appeal_is_refused_a_hearing_with_a_reason(
    designation: Designation, voice: Participant, clerk: Participant
) -> None:
    entry = told("appeal", "acts", "wg", 1)["acts"][0]["entry"]
    told("appeal", "raise", "wg", 1, "--entry", entry, "--argument", "No.", *by(voice))
    assert told("appeal", "refuse", "wg", 1, "--text", "No breach.", *by(clerk))["stage"] == "refused"
    assert refused("appeal", "show", "wg", 7)[1] == "number_unknown"
