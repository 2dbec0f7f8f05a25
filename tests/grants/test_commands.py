"""`talanoa grant`: a call and an application on the command line."""

from pathlib import Path

import pytest

from command_line import refused, talanoa, told
from conftest import day
from grants.conftest import call_text
from grants.test_mail import TEXT
from talanoa.grants.actions.calling import keep_calls
from talanoa.grants.models import Application
from talanoa.people.models import Person
from talanoa.processes.models import Process
from web import Hands

AMINA, YUSUF = ("--as", "amina@talanoa.example"), ("--as", "yusuf@garissa.example")


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, day(2))


def test_a_call_and_an_application_from_beginning_to_end(
    hands: Hands, process: Process, amina: Person, yusuf: Person, tmp_path: Path
) -> None:
    file, lines, note = tmp_path / "call.yaml", tmp_path / "a.txt", tmp_path / "b.txt"
    file.write_text(call_text(), encoding="utf-8")
    lines.write_text(TEXT.partition("\n")[2], encoding="utf-8")
    note.write_text("We count.", encoding="utf-8")
    assert told("grant", "publish", file, "--process", "nm", *AMINA)["state"] == "held"
    file.write_text(call_text(opens=day(30)), encoding="utf-8")
    assert told("grant", "revise", file, "--reason", "Later.", *AMINA)["opens"] == f"{day(30):%Y-%m-%d}"
    keep_calls(at=day(30))
    hands.at = day(31)
    told("grant", "apply", "first-questions", lines, "--attach", note, *YUSUF)
    assert told("grant", "submit", "first-questions", *YUSUF) == {"application": 1, "state": "submitted"}
    assert Application.objects.get().attachments.get().text == "We count."
    told("grant", "ask", "1", "--text", "Which?", *AMINA)
    told("grant", "more", "1", "--text", "Both.", *YUSUF)
    told("grant", "part", "1", "yes", "--as", "ama@legon.example")
    assert told("grant", "screen", "1", "--reason", "Good.", *AMINA)["state"] == "eligible"
    assert told("grant", "applications", *YUSUF)["applications"][0]["state"] == "eligible"
    assert told("grant", "withdraw", "1", *YUSUF)["state"] == "withdrawn"
    assert told("grant", "cancel", "first-questions", "--reason", "So.", *AMINA)["state"] == "canceled"
    assert "first-questions" in talanoa("grant", "calls").out


def test_what_is_not_there_is_told(hands: Hands, process: Process, yusuf: Person) -> None:
    assert refused("grant", "submit", "nothing", *YUSUF) == (3, "grant_call_unknown")
    assert refused("grant", "withdraw", "9", *YUSUF) == (3, "number_unknown")
