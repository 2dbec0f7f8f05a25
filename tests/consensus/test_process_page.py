"""What the page of a working group says one can do now, and what waits for chair, editors and convenor."""

from datetime import timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from conftest import day
from consensus.conftest import CALLED, FOUND, OVER, SETTLED
from steps import DRAFT
from talanoa.consensus.actions.designating import designate
from talanoa.consensus.actions.ending import end_consensus
from talanoa.consensus.models import Call, Objection
from talanoa.drafts.actions.writing import revise_draft
from talanoa.drafts.models import Draft
from talanoa.people.models import Person
from talanoa.processes.models import Participant
from web import Hands, Page, Reader

DESK = "/p/wg/desk/"


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, day(42))


def page() -> Page:
    return Reader().open("/p/wg/")


def waits(person: Person) -> list[str]:
    """What the list of my page says that waits for me."""
    text = Reader(person, in_office=True).open("/me/").text
    told = text.partition("What waits for me ")[2].partition(" Where I have a role")[0]
    return [
        one.strip().removesuffix(":") for one in told.split("How should training be funded?") if one.strip()
    ]


def test_while_drafts_are_open_one_comments_on_them_until_a_stated_day(draft: Draft) -> None:
    told = page()
    assert "Drafts are written now, in the open." in told.text
    assert "Closes Saturday 2 May 2026, 09:00 UTC" in told.text
    assert "comments until 2 May 2026" in told.text
    assert told.links["Read the drafts"] == "/p/wg/drafts/"
    assert told.links["Consensus calls"] == "/p/wg/calls/"


def test_after_that_the_call_is_said_to_come_next(draft: Draft, hands: Hands) -> None:
    hands.turn_to(CALLED)
    told = page()
    assert "The time for comments on the drafts is over." in told.text
    assert "comments until" not in told.text


def test_while_a_call_runs_one_says_where_one_stands(call: Call, hands: Hands) -> None:
    hands.turn_to(CALLED + timedelta(hours=1))
    told = page()
    assert "Consensus call 1 asks about “Training”. Say where you stand;" in told.text
    assert told.links["Say where you stand"] == "/p/wg/calls/1/position/"
    assert "Closes Saturday 16 May 2026, 09:00 UTC" in told.text
    assert "call 1 until 16 May 2026" in told.text


def test_between_the_positions_and_the_outcome_the_chair_weighs(call: Call, hands: Hands) -> None:
    hands.turn_to(OVER)
    assert "Positions are in. The chair declares" in page().text


def test_who_dissents_is_offered_a_statement_until_its_time_is_over(ended: Participant, hands: Hands) -> None:
    hands.turn_to(day(94))
    told = page()
    assert "Whoever dissents can send a minority statement" in told.text
    assert told.links["Send a minority statement"] == "/p/wg/calls/1/minority/"
    assert "not before 6 July 2026" in told.text  # its time ends on 15 June; 21 days of review follow
    hands.turn_to(day(105))
    assert "The report is being written." in page().text


def test_a_call_whose_text_has_changed_asks_nobody(call: Call, editor: Participant, hands: Hands) -> None:
    revise_draft(call.draft, by=editor, text=DRAFT.replace("year.", "year!"), at=day(62), channel="web")
    hands.turn_to(day(63))
    told = page()
    assert "Say where you stand" not in told.links
    assert told.links["Read the drafts"] == "/p/wg/drafts/"


def test_an_editor_is_told_which_objection_waits_and_until_when(
    objection: Objection, editor: Participant, chair: Participant
) -> None:
    for by in (editor, chair):
        assert waits(by.person) == ["Answer 1 objection by Saturday 16 May 2026, 09:00 UTC"]


def test_the_chair_is_told_of_a_call_that_is_over_and_the_convenor_of_the_end(
    answered: Objection, convenor: Participant, chair: Participant, hands: Hands
) -> None:
    hands.turn_to(SETTLED)
    assert waits(chair.person) == ["Declare the outcome of call 1"]
    assert waits(convenor.person) == ["Nothing waits for you."]
    designate(answered.call, by=chair, found=FOUND, at=SETTLED, channel="web")
    for by in (chair, convenor):
        assert waits(by.person) == ["End the consensus calls"]


def test_the_seal_waits_for_nobody_before_the_last_minority_statement_may_come(
    ended: Participant, hands: Hands
) -> None:
    hands.turn_to(day(104))
    assert waits(ended.person) == ["Nothing waits for you."]
    hands.turn_to(day(105))
    assert waits(ended.person) == ["Seal the report"]


def test_the_desk_shows_objections_with_their_clock_calls_that_are_over_and_the_next_step(
    objection: Objection, convenor: Participant, editor: Participant, hands: Hands
) -> None:
    hands.turn_to(OVER)
    desk = Reader(convenor.person, in_office=True).open(DESK)
    assert "Objections without an answer 1wg-1, by" in desk.text
    assert "Calls that are over, without an outcome 1Call 1" in desk.text
    step = "Answer 1 objection by Saturday 16 May 2026, 09:00 UTC"
    assert desk.links[step] == "/p/wg/objections/1/"
    assert desk.links["End them; the report comes next"] == "/p/wg/calls/end/"


def test_in_the_drafting_the_next_step_of_the_desk_is_the_drafts(draft: Draft, convenor: Participant) -> None:
    desk = Reader(convenor.person, in_office=True).open(DESK)
    assert desk.links["Work on the drafts"] == "/p/wg/drafts/"


def test_every_end_stands_in_the_calendar(declared: Call) -> None:
    made = Calendar.from_ical(Client().get("/p/wg/calendar.ics").content)
    ends = {str(one["SUMMARY"]).partition(":")[0]: one.decoded("DTSTART") for one in made.walk("VEVENT")}
    assert ends["Comments on the drafts end"] == CALLED
    assert ends["Positions in consensus call 1 end"] == OVER
    assert ends["Minority statements about consensus call 1 end"] == day(105)


def test_ended_calls_lead_the_desk_to_the_report(declared: Call, convenor: Participant, hands: Hands) -> None:
    end_consensus(convenor.process, by=convenor, at=SETTLED, channel="web")
    hands.turn_to(day(106))
    assert "End them; the report comes next" not in Reader(convenor.person, in_office=True).open(DESK).links
