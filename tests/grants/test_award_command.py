"""`talanoa award`: an award from its offer to its end on the command line."""

from pathlib import Path

import pytest

from command_line import refused, talanoa, told
from conftest import day
from grants.awarding import AGREED, DECIDED, act
from talanoa.grants.actions.awarding import accept_award
from talanoa.grants.models import Application, Award, AwardReport
from talanoa.lib.agreements import as_lines
from talanoa.people.models import Person
from web import Hands

AMINA, YUSUF = ("--as", "amina@talanoa.example"), ("--as", "yusuf@garissa.example")
OUTPUT = """title: Who stays?
kind: dataset
date: 2026-06-01
author: Yusuf Abdi; 0000-0002-1825-0097; Garissa University; 02mhbdp94
license: CC-BY-4.0
doi: 10.5555/abc
url: https://data.example/1"""


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, day(DECIDED + 1))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "lines.txt"


def write(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


def test_an_award_from_its_offer_to_its_end(hands: Hands, funded: Application, file: Path) -> None:
    made = told("award", "offer", "1", write(file, as_lines(AGREED)), *AMINA)
    assert made == {"award": 1, "state": "offered"}
    assert told("award", "accept", "1", *YUSUF)["state"] == "active"
    hands.turn_to(day(DECIDED + 121))
    attached = write(file.with_name("note.txt"), "We count.")
    write(file, "The plan is made.")
    assert told("award", "report", "1", file, "--attach", attached, *YUSUF)["milestone"] == 1
    assert AwardReport.objects.get().filetext == "We count."
    judged = ("award", "judge", "1", "1")
    assert told(*judged, "returned", "--reason", "Of what?", *AMINA)["report"] == "returned"
    for number in ("1", "2"):
        told("award", "report", "1", write(file, f"All of {number}."), "--milestone", number, *YUSUF)
        told("award", "judge", "1", number, "accepted", "--reason", "Good.", *AMINA)
    told("award", "ethics", "1", write(file, "none: Only published texts are counted."), *YUSUF)
    told("award", "ethics", "1", write(file, "body: A board\nreference: 4\ndate: 2026-05-01"), *YUSUF)
    plan = "registry: Registry of plans\nidentifier: plan-17\ndate: 2026-05-02"
    told("award", "registered", "1", write(file, plan), *YUSUF)
    assert told("award", "output", "1", write(file, OUTPUT), *YUSUF)["output"] == 1
    paid = told("award", "pay", "1", "1", "instructed", "--reference", "2026-17", *AMINA)
    assert paid == {"award": 1, "milestone": 1, "payment": "instructed"}
    told("award", "pay", "1", "1", "paid", *AMINA)
    assert told("award", "complete", "1", *AMINA)["state"] == "complete"
    row = told("award", "list", *YUSUF)["awards"][0]
    assert (row["amount"], row["paid"], row["currency"]) == (9000, 3000, "EUR")
    metadata = told("award", "datacite", "1", "1", *YUSUF)
    assert metadata["fundingReferences"][1]["awardNumber"] == "first-questions-1"
    assert "10.5555/abc" in talanoa("award", "datacite", "1", "1", *YUSUF).out


def test_an_offer_is_declined_and_an_award_withdrawn(hands: Hands, funded: Application, file: Path) -> None:
    offered = ("award", "offer", "1", write(file, as_lines(AGREED)), *AMINA)
    told(*offered)
    assert told("award", "give-up", "1", "--reason", "Other work.", *YUSUF)["state"] == "withdrawn"
    assert told(*offered)["award"] == 2
    assert told("award", "withdraw", "2", "--reason", "No answer.", *AMINA)["state"] == "withdrawn"


def test_award_unreadable_what_cannot_be_read_is_told(
    hands: Hands, funded: Application, yusuf: Person, file: Path
) -> None:
    offer = ("award", "offer", "1")
    assert refused(*offer, write(file, "starts: soon"), *AMINA) == (3, "award_unreadable")
    told(*offer, write(file, as_lines(AGREED)), *AMINA)
    accept_award(Award.objects.get(), **act(yusuf))
    for verb in ("ethics", "registered", "output"):
        assert refused("award", verb, "1", write(file, "date: soon"), *YUSUF) == (3, "award_unreadable")


def test_what_is_not_there_is_told(hands: Hands, award: Award, file: Path) -> None:
    write(file, as_lines(AGREED))
    assert refused("award", "offer", "9", file, *AMINA) == (3, "number_unknown")
    assert refused("award", "accept", "9", *YUSUF) == (3, "number_unknown")
    assert refused("award", "report", "1", file, "--milestone", "9", *YUSUF) == (3, "milestone_unknown")
    assert refused("award", "judge", "1", "1", "accepted", "--reason", "So.", *AMINA)[1] == "number_unknown"
    assert refused("award", "datacite", "1", "1", *YUSUF) == (3, "number_unknown")
