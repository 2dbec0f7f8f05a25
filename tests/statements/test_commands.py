"""`talanoa statements`: each verb good and refused."""

import pytest

from command_line import refused, talanoa, told
from statements.conftest import PAY, QUESTION
from talanoa.kernel import clock
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process
from talanoa.statements.models import Ballot, Round

YUSUF = ("--as", "yusuf@garissa.example")
AMINA = ("--as", "amina@talanoa.example")


@pytest.fixture
def opened(process: Process, convenor: Participant, yusuf: Person) -> Round:
    told("statements", "open", "nm", QUESTION, "--days", "7", *AMINA)
    return Round.objects.get()


def test_a_round_from_the_first_to_the_last_command(opened: Round) -> None:
    made = told("statements", "propose", "nm", PAY, *AMINA)
    assert made["receipt"].startswith("Talanoa receipt: number nm-1")
    assert told("statements", "list", "nm", *YUSUF)["statements"] == [
        {"number": 1, "state": "published", "convenor": True, "text": PAY}
    ]
    cast = told("statements", "vote", "nm", "1=agree", *YUSUF)
    assert (cast["votes"], "votes: agree 1" in cast["receipt"]) == ("agree 1", True)
    assert told("statements", "mine", "nm", *YUSUF)["votes"] == {"1": "agree"}
    assert told("statements", "unvote", "nm", *YUSUF) == {"round": 1, "erased": True}
    assert told("statements", "mine", "nm", *YUSUF) == {"round": 1, "votes": {}, "receipt": ""}


def test_lines_for_people(opened: Round) -> None:
    talanoa("statements", "propose", "nm", PAY, *AMINA)
    assert talanoa("statements", "list", "nm", *YUSUF).out.splitlines() == [QUESTION, f"    1  {PAY}"]


def test_a_round_is_closed_when_its_time_is_over(opened: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused("statements", "close", "nm", *AMINA) == (3, "round_running")
    over = opened.closes_at
    monkeypatch.setattr(clock, "now", lambda: over)
    assert told("statements", "close", "nm", *AMINA)["voters"] == 0


def test_what_is_refused_has_its_code(opened: Round) -> None:
    assert refused("statements", "open", "nm", QUESTION, *YUSUF) == (4, "not_allowed")
    assert refused("statements", "vote", "nm", "1=perhaps", *YUSUF) == (3, "vote_unknown")
    assert refused("statements", "vote", "nm", "9=agree", *YUSUF) == (3, "statement_unknown")
    assert refused("statements", "propose", "nm", "Why?", *YUSUF) == (3, "one_idea")
    assert refused("statements", "list", "nm", "--round", "7", *YUSUF) == (3, "round_unknown")
    assert refused("statements", "unvote", "nm", *YUSUF) == (3, "ballot_unknown")
    assert not Ballot.objects.exists()
