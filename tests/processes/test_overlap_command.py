"""`talanoa overlap`: the whole record of what others do already, without a browser."""

from collections.abc import Callable

import pytest

from command_line import refused, talanoa, told
from conftest import START, day
from registry.example_files import REGISTRY
from steps import DECIDED_ON, RULINGS, draft, finish
from talanoa.inputs.models import Input
from talanoa.kernel import clock
from talanoa.lib.registry_files import read
from talanoa.people.models import Person
from talanoa.processes import charter
from talanoa.processes.actions.chartering import create_process
from talanoa.processes.models import Participant, Process
from talanoa.record.models import Log
from talanoa.registry.actions import load_registry
from talanoa.registry.models import Liaison
from talanoa.reports.actions import decide
from web import Reader

AMINA = ("--as", "amina@talanoa.example")


@pytest.fixture(autouse=True)
def _registry(log: Log) -> None:
    load_registry(read(REGISTRY), at=START, channel="cli")


def test_a_charter_is_held_until_the_record_is_whole(amina: Person) -> None:
    draft(
        amina,
        title="Road signs at the river",
        overlap="Two bodies; none decides this.",
        why_new="Nobody decides this.",
    )
    assert refused("process", "open", "nm", *AMINA) == (3, "overlap_unrecorded")
    found = told("overlap", "search", "nm", *AMINA)["candidates"]
    assert [(row["body"], row["lacks"]) for row in found] == [("pavers", "judgement"), ("forum", "judgement")]
    told("overlap", "judge", "nm", "forum", "none", "proceed", "--reason", "It talks.", *AMINA)
    told("overlap", "judge", "nm", "pavers", "same", "joint", "--reason", "It sets signs.", *AMINA)
    assert refused("process", "open", "nm", *AMINA) == (3, "overlap_unrecorded")
    told("overlap", "write", "nm", "pavers", "--text", "Together?", *AMINA)
    shown = told("overlap", "reply", "nm", "pavers", "--text", "Gladly.", *AMINA)["candidates"]
    assert {row["body"]: (row["relation"], row["action"], row["lacks"]) for row in shown} == {
        "pavers": ("same", "joint", "clearance"),
        "forum": ("none", "proceed", ""),
    }
    assert refused("process", "open", "nm", *AMINA) == (3, "overlap_unrecorded")
    cleared = told("overlap", "clear", "nm", "pavers", "consent", "--reason", "Its answer.", *AMINA)
    assert [row["lacks"] for row in cleared["candidates"]] == ["", ""]
    assert told("process", "open", "nm", *AMINA)["state"] == "open"
    assert Liaison.objects.get().reply == "Gladly."


def test_who_was_missed_is_said_and_answered(
    process: Process, convenor: Participant, yusuf: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: START)
    said = told("overlap", "missed", "nm", "--text", "The forum.", "--as", yusuf.address)["missed"]
    assert said == [{"number": 1, "text": "The forum.", "answer": "", "overdue": False}]
    answered = told("overlap", "explain", "nm", 1, "--text", "It stopped.", *AMINA)["missed"]
    assert answered[0]["answer"] == "It stopped."
    assert talanoa("overlap", "show", "nm").out == "1: The forum. -> It stopped.\n"


def test_what_cannot_be_is_refused_with_its_code(
    process: Process, convenor: Participant, yusuf: Person
) -> None:
    as_yusuf = ("--as", yusuf.address)
    judged = ("none", "proceed", "--reason", "No.")
    assert refused("overlap", "judge", "nm", "senate", *judged, *AMINA) == (3, "entry_unknown")
    assert refused("overlap", "reply", "nm", "forum", "--text", "No.", *AMINA) == (3, "liaison_missing")
    assert refused("overlap", "explain", "nm", 7, "--text", "No.", *AMINA) == (3, "number_unknown")
    assert refused("overlap", "search", "nm", *as_yusuf) == (4, "not_allowed")


def test_a_draft_is_shown_to_those_who_write_it_only(amina: Person, yusuf: Person) -> None:
    draft(amina)
    assert told("overlap", "show", "nm", *AMINA)["candidates"] == []
    assert refused("overlap", "show", "nm", "--as", yusuf.address) == (4, "not_allowed")


def test_what_was_decided_here_before_is_found_too(
    send: Callable[..., Input], yusuf: Person, process: Process, convenor: Participant, amina: Person
) -> None:
    send(yusuf)
    decide(finish(convenor).process, by=convenor, rulings=RULINGS, at=day(DECIDED_ON), channel="web")
    facts = charter.template("open-consultation", title="Training of ferry captains: how is it funded?")
    create_process(by=amina, key="ferry", facts=facts, at=day(DECIDED_ON), channel="web")
    [own] = told("overlap", "search", "ferry", *AMINA)["own"]
    assert own["process"] == "nm"
    assert f"{own['score']:.2f} here before: nm" in talanoa("overlap", "show", "ferry", *AMINA).out
    page = Reader(amina, in_office=True).open("/p/ferry/overlap/")
    assert page.links[process.title] == "/p/nm/"
