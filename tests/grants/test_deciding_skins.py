"""Recommendation, decision and appeal on pages and on the command line."""

import pytest

from command_line import told
from conftest import day
from grants.conftest import Apply
from grants.reviewing import CLOSED, review, reviewers
from remembering import remembered
from talanoa.grants.actions.assigning import assign_reviewers
from talanoa.grants.actions.calling import keep_calls
from talanoa.grants.models import Application, Reading, ResearchCall
from talanoa.people.models import Person
from talanoa.processes.models import Participant
from web import Hands, Reader

PAGE = "/grants/applications/1/"


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, day(CLOSED + 3))


@pytest.fixture
@remembered
def reviewed(eligible: Apply, yusuf: Person, grant_call: ResearchCall, convenor: Participant) -> Application:
    """An application of Yusuf with three reviews."""
    made = eligible(yusuf)
    keep_calls(at=day(CLOSED))
    grant_call.refresh_from_db()
    reviewers(grant_call, convenor, 3)
    assign_reviewers(grant_call, by=convenor, seed="5" * 64, at=day(CLOSED), channel="web")
    for row in Reading.objects.select_related("application", "reviewer__person"):
        review(row, text="It counts well.")
    return made


def test_a_decision_is_recommended_held_taken_appealed_and_heard_on_the_page(
    hands: Hands, reviewed: Application, chair: Participant, sponsor: Participant, dalia: Participant
) -> None:
    seat = Reader(chair.person, in_office=True)
    seat.open(PAGE)
    said = {"outcome": "declined", "amount": "0", "reasons": "The method cannot answer it."}
    assert "It is held before anybody decides." in seat.press("Recommend", **said).text
    board = Reader(sponsor.person, in_office=True)
    board.open(PAGE)
    assert "held until" in board.press("Decide", **said).text
    hands.turn_to(day(CLOSED + 18))
    board.press("Decide", **said)
    own = Reader(reviewed.applicants.get(number=1).person)
    page = own.open(PAGE)
    assert "The method cannot answer it." in page.text
    assert page.text.count("It counts well.") == 3
    assert "Wanjiku" not in page.text
    own.press("Appeal because of the procedure", text="One review speaks of another application.")
    clerk = Reader(dalia.person, in_office=True)
    clerk.open(PAGE)
    clerk.press("Decide the appeal", outcome="overturned", reasons="It did.")
    assert "It did." in own.open(PAGE).text
    assert Application.objects.get().state == "eligible"


def test_the_same_on_the_command_line(
    hands: Hands, reviewed: Application, chair: Participant, sponsor: Participant, dalia: Participant
) -> None:
    seat, board, clerk = (("--as", one.person.address) for one in (chair, sponsor, dalia))
    money = ("--amount", "9000", "--reason", "It can be answered.")
    assert told("grant", "recommend", "1", "funded", *money, *seat)["state"] == "recommended"
    hands.turn_to(day(CLOSED + 18))
    assert told("grant", "decide", "1", "funded", *money, *board)["state"] == "funded"
    told("grant", "appeal", "1", "--text", "Too little.", "--as", "yusuf@garissa.example")
    heard = told("grant", "hear", "1", "upheld", "--reason", "That is no matter of procedure.", *clerk)
    assert heard["state"] == "funded"
