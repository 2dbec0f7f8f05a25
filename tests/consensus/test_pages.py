"""The pages of a consensus call: what they show, what one does on them, how often they ask the database."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conftest import day
from consensus.conftest import CALLED, FOUND, OVER, SETTLED, Object
from steps import DRAFT
from talanoa.consensus.actions.calling import publish_estimate
from talanoa.consensus.actions.designating import designate
from talanoa.consensus.actions.positions import take_position
from talanoa.consensus.models import Call, Designation, MinorityStatement, Objection, Position
from talanoa.contributions.actions.moderating import hold_contribution
from talanoa.contributions.actions.standing import withdraw
from talanoa.contributions.models import Assurance
from talanoa.drafts.actions.writing import revise_draft
from talanoa.drafts.models import Draft
from talanoa.people.actions import know_person
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant
from web import Hands, Reader

CALL = "/p/wg/calls/1/"
BUDGET = 100_000


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, CALLED + timedelta(hours=1))


def queries(path: str) -> int:
    client = Client()
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_the_chair_asks_and_everybody_reads_question_text_and_hash(draft: Draft, chair: Participant) -> None:
    desk = Reader(chair.person, in_office=True)
    desk.open("/p/wg/calls/open/1/")
    desk.press("Ask everybody", question="Can you live with this <b>text</b>?", days=14)
    page = Reader().open(CALL)
    assert "Can you live with this <b>text</b>?" in page.text
    assert "Publish the budget each year." in page.text
    assert Call.objects.get().revision.sha256 in page.text
    assert "Positions until Saturday 16 May 2026" in page.text


def test_a_refusal_stands_at_the_field_that_it_is_about(draft: Draft, chair: Participant) -> None:
    desk = Reader(chair.person, in_office=True)
    desk.open("/p/wg/calls/open/1/")
    page = desk.press("Ask everybody", question="Can you?", days=3)
    assert "A call runs for 14 to 90 days." in page.text
    assert not Call.objects.exists()


def test_somebody_says_where_they_stand_and_sees_it(call: Call, yusuf: Person) -> None:
    reader = Reader(yusuf)
    reader.open(CALL)
    reader.follow("Say where you stand")
    page = reader.press("Say it, in public", option="concern", recommendation=1, reason="It is <i>low</i>.")
    assert "I have a concern, and do not stand in the way: 1" in page.text
    page = reader.follow("Who said what")
    assert "Yusuf Abdi" in page.text
    assert "It is <i>low</i>." in page.text


def test_a_concern_without_a_reason_is_asked_for_it(call: Call, yusuf: Person) -> None:
    reader = Reader(yusuf)
    reader.open(f"{CALL}position/")
    page = reader.press("Say it, in public", option="concern", recommendation=0)
    assert "Say why, in a sentence or two." in page.text
    assert not Position.objects.exists()


def test_an_objection_without_a_remedy_is_offered_the_lesson_beside_the_draft(
    call: Call, yusuf: Person
) -> None:
    reader = Reader(yusuf)
    reader.open(CALL)
    reader.follow("Object")
    page = reader.press(
        "Object, on the record", recommendation=1, kind="evidence", text="Nobody counted.", resolves=" "
    )
    assert "opens beside this page, which keeps your words" in page.text
    assert page.form_with("Object, on the record").values["text"] == ["Nobody counted."]
    assert "Your words wait in the page that you came from" in reader.follow("Object with a remedy").text


def test_an_objection_goes_its_way_on_the_pages(
    call: Call, yusuf: Person, editor: Participant, chair: Participant, hands: Hands
) -> None:
    reader, writer, desk = (
        Reader(yusuf),
        Reader(editor.person, in_office=True),
        Reader(chair.person, in_office=True),
    )
    reader.open(CALL)
    reader.follow("Object")
    page = reader.press(
        "Object, on the record",
        recommendation=1,
        kind="evidence",
        text="Nobody counted.",
        resolves="Count them.",
    )
    assert "Objection wg-1: Open" in page.text
    writer.open("/p/wg/objections/1/")
    writer.follow("Answer it")
    page = writer.press("Answer in public", text="They were counted in 2025.")
    assert "Objection wg-1: Answered" in page.text
    reader.open("/p/wg/objections/1/")
    reader.follow("This will not do")
    page = reader.press("Say that it stands", text="In the north nobody did.")
    assert "Objection wg-1: Stands" in page.text
    hands.turn_to(OVER)
    desk.open("/p/wg/objections/1/")
    desk.follow("Find what it weighs")
    page = desk.press(
        "Find it, under my name", finding="outweighed", text="One year is enough.", alternatives="To wait."
    )
    assert "Objection wg-1: Outweighed" in page.text
    assert "To wait." in page.text


def test_the_chair_publishes_an_estimate_and_declares_the_outcome(
    answered: Objection, chair: Participant, hands: Hands
) -> None:
    desk = Reader(chair.person, in_office=True)
    hands.turn_to(OVER)
    desk.open(CALL)
    desk.follow("Publish an estimate")
    page = desk.press("Publish it", text="So I see it.", level_1="divergence", level_2="consensus")
    assert "Recommendation 1: Divergence" in page.text
    desk.follow("Find, and declare the outcome")
    said = {f"level_{n}": "consensus" for n in (1, 2)} | {f"reasons_{n}": FOUND[n].reasons for n in (1, 2)}
    page = desk.press("Declare it, under my name", **said)
    assert "Outcome declared on" in page.text
    assert "The objections wg-1 remain beside what was found." in page.text
    assert Designation.objects.count() == 2


def test_no_outcome_over_an_unanswered_objection_on_the_page_either(
    objection: Objection, chair: Participant, hands: Hands
) -> None:
    desk = Reader(chair.person, in_office=True)
    hands.turn_to(OVER)
    desk.open(f"{CALL}designate/")
    said = {f"level_{n}": "consensus" for n in (1, 2)} | {f"reasons_{n}": FOUND[n].reasons for n in (1, 2)}
    page = desk.press("Declare it, under my name", **said)
    assert "These objections have no answer yet: wg-1." in page.text
    assert not Designation.objects.exists()


def test_who_dissents_sends_a_statement_that_everybody_reads(
    call: Call, chair: Participant, second: Participant, hands: Hands
) -> None:
    designate(call, by=chair, found=FOUND, at=SETTLED, channel="web")
    hands.turn_to(SETTLED + timedelta(days=1))
    reader = Reader(second.person)
    reader.open(CALL)
    reader.follow("Send a minority statement")
    page = reader.press("Send it", text="It leaves out the islands.", recommendation=0)
    assert "Minority statement wg-1" in page.text
    assert "It leaves out the islands." in Reader().open(CALL).text
    assert MinorityStatement.objects.count() == 1


def test_a_call_whose_text_has_changed_says_so_and_takes_nothing(
    call: Call, editor: Participant, yusuf: Person
) -> None:
    revise_draft(call.draft, by=editor, text=DRAFT.replace("year.", "year!"), at=CALLED, channel="web")
    page = Reader().open(CALL)
    assert "Out of date: the text has changed" in page.text
    assert "Say where you stand" not in page.text
    client = Client()
    client.force_login(Reader(yusuf).client.get("/").wsgi_request.user)
    assert client.get(f"{CALL}position/").status_code == 409


@pytest.mark.parametrize("how", ["hold", "withdraw"])
def test_words_that_are_not_shown_stand_on_no_page_of_the_call(
    objection: Objection, convenor: Participant, voice: Participant, how: str
) -> None:
    if how == "hold":
        hold_contribution(objection.contribution, by=convenor, reason="abuse", at=day(62), channel="web")
    else:
        withdraw(objection.contribution, by=voice, at=day(62), channel="web")
    for path in (CALL, "/p/wg/objections/1/"):
        text = Reader().open(path).text
        assert "Nobody has counted the hours." not in text
        assert "Count them for one year first." not in text
        assert "wg-1" in text


def test_who_is_not_signed_in_is_asked_to_sign_in_first(call: Call) -> None:
    for name in ("position", "object", "minority"):
        got = Client().get(f"{CALL}{name}/")
        assert (got.status_code, got["Location"].startswith("/account/login/")) == (302, True)


def test_only_the_chair_comes_to_the_pages_of_the_chair(
    call: Call, convenor: Participant, yusuf: Person
) -> None:
    for path in (f"{CALL}estimate/", f"{CALL}designate/", "/p/wg/calls/open/1/"):
        client = Reader(convenor.person, in_office=True).client
        assert client.get(path).status_code == 403


def test_a_call_with_many_positions_and_objections_asks_the_database_no_more_often(
    call: Call, objects: Object, convenor: Participant
) -> None:
    def join(n: int, at: datetime = CALLED) -> None:
        person = know_person(name=f"Person {n}", address=f"p{n}@room.example")
        by = enter(call.process, person, at=at)
        objects(call, by)
        take_position(
            call, by=by, option="support", recommendation=2, assurance=Assurance.PROVEN, at=at, channel="web"
        )

    join(1)
    few = queries(CALL)
    for n in range(2, 30):
        join(n)
    assert queries(CALL) <= few
    assert queries(f"{CALL}positions/") <= 14
    assert len(Client().get(CALL).content) < BUDGET


def test_the_list_of_calls_says_where_each_stands(call: Call, chair: Participant, hands: Hands) -> None:
    assert "Positions until" in Reader().open("/p/wg/calls/").text
    hands.turn_to(OVER)
    assert "the outcome is not declared yet" in Reader().open("/p/wg/calls/").text


def test_an_estimate_of_the_chair_is_shown_with_her_words(call: Call, chair: Participant) -> None:
    publish_estimate(
        call, by=chair, levels={1: "divergence"}, text="The rate <b>divides</b>.", at=CALLED, channel="web"
    )
    assert "The rate <b>divides</b>." in Reader().open(CALL).text


def test_who_objected_downloads_the_receipt_and_withdraws_and_nobody_else(
    objection: Objection, yusuf: Person, sione: Person
) -> None:
    reader = Reader(yusuf)
    page = reader.open("/p/wg/objections/1/")
    assert "Download your receipt" in page.text
    assert "wg-1" in reader.client.get("/p/wg/objections/1/receipt.txt").content.decode()
    other = Reader(sione).client
    assert other.get("/p/wg/objections/1/receipt.txt").status_code == 404
    page = reader.press("Withdraw it")
    assert "Objection wg-1: Withdrawn" in page.text


def test_the_chair_finds_the_drafts_to_ask_about_and_nobody_else_does(
    draft: Draft, chair: Participant, convenor: Participant
) -> None:
    desk = Reader(chair.person, in_office=True)
    desk.open("/p/wg/calls/")
    assert "Open a consensus call" in desk.follow("Ask about Training").text
    assert "Ask about" not in Reader(convenor.person, in_office=True).open("/p/wg/calls/").text


def test_the_convenor_sees_what_still_stands_in_the_way_and_then_ends_the_calls(
    call: Call, chair: Participant, convenor: Participant, hands: Hands
) -> None:
    desk = Reader(convenor.person, in_office=True)
    page = desk.open("/p/wg/calls/end/")
    assert "Not yet. The outcome of call 1 is not declared yet." in page.text
    assert not any("End them, on the record" in form.buttons for form in page.forms)
    designate(call, by=chair, found=FOUND, at=SETTLED, channel="web")
    hands.turn_to(SETTLED + timedelta(days=1))
    page = desk.open("/p/wg/calls/end/")
    assert "Training, recommendation 2: Full consensus" in page.text
    page = desk.press("End them, on the record")
    assert "Ended. What was agreed goes into the report" in page.text
    call.process.refresh_from_db()
    assert call.process.state == "report_draft"


def test_what_has_no_outcome_is_asked_for_its_reason_at_its_field(
    draft: Draft, convenor: Participant
) -> None:
    desk = Reader(convenor.person, in_office=True)
    page = desk.open("/p/wg/calls/end/")
    assert "Drafts without an outcome" in page.text
    page = desk.press("End them, on the record")
    assert "Call them first, or say in public why not." in page.text
