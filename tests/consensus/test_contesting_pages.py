"""Contesting an outcome on the web: challenge, answer, appeal, support; prepare, draw, find; and what all can read."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from command_line import talanoa
from conftest import day
from consensus.hearing import SAID, WHY, appealed, decide, empaneled, found_on, jurors, opine, seats_of, speak
from remembering import remembered
from talanoa.consensus.actions.challenging import raise_challenge
from talanoa.consensus.models import Call, Challenge, Designation, Opinion, PanelAppeal
from talanoa.processes.models import Participant
from web import Hands, Reader

LIST, CALL, APPEAL = "/p/wg/appeals/", "/p/wg/calls/1/", "/p/wg/appeals/1/"


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, day(92))


@pytest.fixture
@remembered
def designation(call: Call, voice: Participant, second: Participant, chair: Participant) -> Designation:
    """What Henrike found, in a call in which Yusuf and Sione took part."""
    speak(call, voice)
    speak(call, second)
    return found_on(call, chair)


@pytest.fixture
def appeal(designation: Designation, voice: Participant, hands: Hands) -> PanelAppeal:
    hands.turn_to(day(95))
    return appealed(designation, voice)


def queries(path: str) -> int:
    client = Client()
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_who_took_part_challenges_and_the_chair_answers(
    designation: Designation, voice: Participant, chair: Participant
) -> None:
    reader = Reader(voice.person)
    reader.open(CALL)
    reader.follow("Challenge what was found")
    page = reader.press("Challenge it, under my name", recommendation="1", text="It was <b>never</b> argued.")
    assert "The chair answers with reasons, by Tuesday 16 June 2026" in page.text
    desk = Reader(chair.person, in_office=True)
    desk.open("/p/wg/challenges/1/")
    desk.follow("Answer it")
    page = desk.press("Answer, under my name", outcome="annulled", text="You are right.")
    assert "The designation is annulled" in page.text
    shown = Reader().open(CALL).text
    assert "What was found here was annulled on" in shown
    assert "It was <b>never</b> argued." in Reader().open("/p/wg/challenges/1/").text


def test_a_refusal_stands_in_the_form_and_nobody_enters_by_it(
    designation: Designation, lucia: object, nino: Participant
) -> None:
    reader = Reader(nino.person)
    reader.open(f"{CALL}challenge/")
    page = reader.press("Challenge it, under my name", recommendation="1", text="No.")
    assert "Who took a position in call 1, or objected, can do this." in page.text
    assert not designation.call.process.participants.filter(person=nino.person).exists()


def test_silence_shows_as_overdue_on_the_call_and_on_its_page(
    designation: Designation, voice: Participant, hands: Hands
) -> None:
    raise_challenge(designation, by=voice, text="No.", at=day(92), channel="mail")
    hands.turn_to(day(107))
    assert "Overdue" in Reader().open(CALL).text
    page = Reader().open("/p/wg/challenges/1/")
    assert "The chair should have answered by Tuesday 16 June 2026" in page.text
    assert "Challenge 1 has no answer" in Reader(voice.person).open(f"{CALL}appeal/").text


def test_an_appeal_from_its_form_to_its_decision_each_by_who_may(
    designation: Designation, voice: Participant, second: Participant, clerk: Participant, hands: Hands
) -> None:
    jurors(designation.call.process)
    reader = Reader(voice.person)
    reader.open(f"{CALL}appeal/")
    entry = str(designation.entry.index) if designation.entry else ""
    reader.press("Appeal, under my name", entry=entry, argument_1=WHY[0], argument_2=WHY[1])
    other = Reader(second.person)
    other.open(APPEAL)
    assert "Supported by: Sione Vea" in other.press("I took part too, and support it").text
    desk = Reader(clerk.person, in_office=True)
    desk.open(APPEAL)
    desk.follow("Prepare the hearing")
    page = desk.press("Let it be heard")
    assert "5 people can hear it now" in page.text
    page = desk.press(
        "Announce it; nothing of it changes after that", sources="Lottery\nIndex", days="4", method="rfc3797"
    )
    assert "What the sources say is not known yet" in page.text
    hands.turn_to(day(97))
    desk.open(f"{APPEAL}hearing/")
    page = desk.press("Draw the panel", said_0=SAID[0], said_1=SAID[1])
    assert "0 members have spoken." in page.text
    members = seats_of(PanelAppeal.objects.get())
    for member in members:
        seat = Reader(member.participant.person)
        seat.open(APPEAL)
        seat.follow("Say what you find, or leave the seat")
        page = seat.press(
            "Give it; it counts from now on",
            outcome="overturned",
            reasons_1="Nobody was asked.",
            reasons_2="It is true.",
        )
    assert "Appeal 1: Overturned" in page.text
    assert "Nobody was asked." in Reader().open(APPEAL).text


def test_who_leaves_a_seat_says_why_on_the_page(
    appeal: PanelAppeal, clerk: Participant, hands: Hands
) -> None:
    jurors(appeal.process)
    first = empaneled(appeal, clerk)[0]
    hands.turn_to(day(97))
    seat = Reader(first.participant.person)
    seat.open(f"{APPEAL}opinion/")
    assert "This field is required." in seat.press("Leave the seat", text=" ").text
    page = seat.press("Leave the seat", text="I work for the editor.")
    assert "I work for the editor." in page.text


def test_a_refusal_to_hear_it_is_public_with_its_reason(appeal: PanelAppeal, clerk: Participant) -> None:
    desk = Reader(clerk.person, in_office=True)
    desk.open(f"{APPEAL}hearing/")
    desk.press("Refuse to hear it", text="It names no breach.")
    page = Reader().open(APPEAL)
    assert "Not heard" in page.text
    assert "It names no breach." in page.text
    assert "Appeal against this, too" in page.text


def test_a_reader_draws_again_from_the_file_of_the_page(
    appeal: PanelAppeal, clerk: Participant, tmp_path: object
) -> None:
    jurors(appeal.process)
    members = empaneled(appeal, clerk)
    page = Reader().open(APPEAL)
    assert "talanoa draw --method rfc3797 --pool 5 --select 5 --source '9 18 26 34 41 45'" in page.text
    found = Client().get(f"{APPEAL}draws/1.json").content
    data = json.loads(found)
    assert [row["number"] for row in data["members"] if row["state"] == "seated"] == sorted(
        member.number for member in members
    )
    saved = tmp_path / "draw.json"  # type: ignore[operator]
    saved.write_bytes(found)
    assert talanoa("draw", "verify", saved, "--json").told["holds"]


def test_no_page_tells_who_held_what(appeal: PanelAppeal, clerk: Participant) -> None:
    jurors(appeal.process)
    members = empaneled(appeal, clerk)
    opine(appeal, members[0], "overturned", why="A word of its own.")
    for person in (None, members[0].participant.person, clerk.person):
        shown = Reader(person).open(APPEAL).text
        assert "A word of its own." not in shown
        assert "1 member has spoken." in shown
    assert Opinion.objects.count() == 1


def test_who_has_no_seat_has_no_page_to_find_on(appeal: PanelAppeal, second: Participant) -> None:
    reader = Reader(second.person)
    reader.open(f"{APPEAL}opinion/")
    assert reader.status == 403


def test_an_overdue_appeal_shows_as_such(appeal: PanelAppeal, hands: Hands) -> None:
    hands.turn_to(day(110))
    assert "It should have been decided by Friday 19 June 2026" in Reader().open(APPEAL).text
    assert "Overdue" in Reader().open(LIST).text


def test_the_pages_ask_as_often_for_three_as_for_one(
    call: Call, voice: Participant, second: Participant, chair: Participant, hands: Hands
) -> None:
    speak(call, voice)
    speak(call, second)
    designation = found_on(call, chair)
    hands.turn_to(day(95))
    other = call.designations.get(recommendation=2)
    raise_challenge(designation, by=voice, text="No.", at=day(92), channel="web")
    appealed(designation, voice)
    before = queries(LIST), queries(CALL)
    for by, about in ((second, designation), (voice, other)):
        raise_challenge(about, by=by, text="No.", at=day(92), channel="web")
    appealed(other, voice)
    assert Challenge.objects.count() == 3
    assert (queries(LIST), queries(CALL)) == before


def test_a_decided_appeal_stands_on_its_page_with_the_minority(
    appeal: PanelAppeal, clerk: Participant
) -> None:
    jurors(appeal.process)
    decide(appeal, empaneled(appeal, clerk), "upheld", "overturned", "upheld")
    shown = Reader().open(APPEAL).text
    assert "Appeal 1: What was done stands" in shown
    assert "Opinion of the minority" in shown


def test_my_page_says_what_waits_for_the_chair_the_secretariat_and_a_member_of_the_panel(
    appeal: PanelAppeal, clerk: Participant, chair: Participant, second: Participant, hands: Hands
) -> None:
    assert appeal.designation
    raise_challenge(appeal.designation, by=second, text="No.", at=day(95), channel="web")
    mine = "/me/"
    assert "Answer challenge 1 by Friday 19 June 2026" in Reader(chair.person, in_office=True).open(mine).text
    desk = Reader(clerk.person, in_office=True)
    assert "Prepare the hearing of appeal 1, due by" in desk.open(mine).text
    jurors(appeal.process)
    member = empaneled(appeal, clerk)[0]
    hands.turn_to(day(97))
    assert "Prepare the hearing" not in desk.open(mine).text
    seat = Reader(member.participant.person)
    assert "You were drawn for the panel of appeal 1" in seat.open(mine).text
    opine(appeal, member, "upheld")
    assert "You were drawn for the panel" not in seat.open(mine).text


def test_my_data_holds_what_i_contested_and_found(
    appeal: PanelAppeal, clerk: Participant, voice: Participant
) -> None:
    jurors(appeal.process)
    member = empaneled(appeal, clerk)[0]
    opine(appeal, member, "upheld", why="A word of its own.")
    hers = json.loads(Reader(member.participant.person).client.get("/me/data.json").content)
    assert hers["panels"][0]["reasons"] == {"1": "A word of its own.", "2": "A word of its own."}
    his = json.loads(Reader(voice.person).client.get("/me/data.json").content)
    assert [row["number"] for row in his["appeals_to_panels"]] == [1]
    assert (his["appeals"], his["panels"]) == ([], [])


def test_every_end_is_in_the_calendar(appeal: PanelAppeal, second: Participant) -> None:
    assert appeal.designation
    raise_challenge(appeal.designation, by=second, text="No.", at=day(95), channel="web")
    told = Client().get("/p/wg/calendar.ics").content.decode()
    for words in (
        "Challenges of what was found in consensus call 1 end",
        "Challenge 1 is to be answered",
        "Appeal 1 is to be decided",
    ):
        assert words in told.replace("\r\n ", "")
