"""The pages of the issue desk, as somebody without scripts reads them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conftest import day
from desk.conftest import Bring
from steps import draft
from talanoa.contributions.models import Assurance
from talanoa.desk.actions.answering import Said, answer_issue
from talanoa.desk.models import Answer, Issue, Referral, Reply
from talanoa.people.models import Person
from talanoa.registry.models import Body
from web import Hands, Reader

DECLINE = Said("decline", "The office of <b>roads</b> decides that.")


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, day(2))


def shown(reader: Reader, path: str) -> str:
    return " ".join(reader.open(path).text.split())


def test_the_list_says_of_each_what_everybody_may_know(bring: Bring, yusuf: Person, amina: Person) -> None:
    answer_issue(bring(yusuf), by=amina, said=DECLINE, at=day(2), channel="web")
    bring(yusuf, "Two.", publication="private")
    bring(yusuf, "Three.", assurance=Assurance.CLAIMED)
    told = shown(Reader(), "/issues/")
    for line in (
        "Cables to small islands",
        "Decline",
        "Issue 2, not shown at the wish of its author",
        "until 17 March 2026",
        "Issue 3, not confirmed by its sender",
        "3 issues, newest first",
    ):
        assert line in told
    assert shown(Reader(amina, in_office=True), "/issues/").count("Cables to small islands") == 3


def test_an_empty_desk_says_what_comes_next(log: object) -> None:
    assert "Nobody has brought an issue yet." in shown(Reader(), "/issues/")


def test_a_visitor_brings_an_issue_and_confirms_it_signed_in(log: object) -> None:
    visitor = Reader()
    visitor.open("/issues/new/")
    told = {"title": "Cables", "text": "Nobody looks.", "name": "Sione Vea", "address": "sione@gov.example"}
    page = visitor.press("Send my issue", **told)
    assert "confirm it by answering that mail" in page.text
    assert "Nobody looks." not in page.text
    made = Issue.objects.get()
    own = Reader(made.person)
    own.open("/issues/1/")
    assert "Confirmed. Thank you." in own.press("It is mine: let its days begin").text
    assert "Nobody looks." in shown(Reader(), "/issues/1/")


def test_what_lacks_words_is_told_at_the_field(yusuf: Person) -> None:
    reader = Reader(yusuf)
    reader.open("/issues/new/")
    assert "Please look at this again" in reader.press("Send my issue", title="Cables", text=" ").text
    assert not Issue.objects.exists()


def test_its_author_takes_the_receipt_away_and_nobody_else(
    bring: Bring, yusuf: Person, lucia: Person
) -> None:
    bring(yusuf)
    own = Reader(yusuf)
    assert "receipt" in own.open("/issues/1/").links["Download your receipt"]
    answer = own.client.get("/issues/1/receipt/")
    assert "Talanoa receipt: issue 1" in answer.content.decode()
    assert Reader(lucia).client.get("/issues/1/receipt/").status_code == 404


def test_an_answer_stands_on_the_page_and_the_reply_beside_it(
    bring: Bring, yusuf: Person, amina: Person
) -> None:
    answer_issue(bring(yusuf), by=amina, said=DECLINE, at=day(2), channel="web")
    own = Reader(yusuf)
    own.open("/issues/1/")
    own.follow("Reply to the answer")
    own.press("Put it beside the answer", text="They told me no.")
    assert Reply.objects.get().text == "They told me no."
    told = shown(Reader(), "/issues/1/")
    assert "The office of <b>roads</b> decides that." in told
    assert "Its author replied" in told
    assert "Reply to the answer" not in own.open("/issues/1/").links


def test_a_superseded_answer_stays_below_the_one_that_counts(
    bring: Bring, yusuf: Person, amina: Person
) -> None:
    answer_issue(bring(yusuf), by=amina, said=DECLINE, at=day(2), channel="web")
    desk = Reader(amina, in_office=True)
    desk.open("/issues/1/")
    page = desk.follow("Answer it once more")
    assert "It has an answer: Decline." in page.text
    desk.press("Answer in public", outcome="expertise", reason="Lucía offers two days.")
    told = shown(Reader(), "/issues/1/")
    assert told.index("Lucía offers two days.") < told.index("Answer 1, superseded") < told.index("office of")


def test_the_reason_of_a_private_issue_goes_to_its_author_alone(
    bring: Bring, yusuf: Person, amina: Person
) -> None:
    answer_issue(bring(yusuf, publication="private"), by=amina, said=DECLINE, at=day(2), channel="web")
    told = shown(Reader(), "/issues/1/")
    assert "Decline" in told
    assert "The reason was sent to its author." in told
    assert "roads" not in told
    assert "roads" in shown(Reader(yusuf), "/issues/1/")


def test_a_process_that_was_opened_is_linked_once_it_is_public(
    bring: Bring, yusuf: Person, amina: Person, process: object
) -> None:
    said = Said("convene", "It concerns many.", process="nm")
    answer_issue(bring(yusuf), by=amina, said=said, at=day(2), channel="web")
    assert Reader().open("/issues/1/").links["How should training be funded?"] == "/p/nm/"


def test_the_title_of_a_draft_is_told_to_those_who_write_it(
    bring: Bring, yusuf: Person, amina: Person
) -> None:
    draft(amina)
    said = Said("convene", "It concerns many.", process="nm")
    answer_issue(bring(yusuf), by=amina, said=said, at=day(2), channel="web")
    assert "How should training be funded?" not in shown(Reader(yusuf), "/issues/1/")
    assert "How should training be funded?" in shown(Reader(amina, in_office=True), "/issues/1/")


def test_to_refer_needs_a_body_and_the_page_says_what_is_known_of_it(
    bring: Bring, yusuf: Person, amina: Person, forum: Body
) -> None:
    Body.objects.filter(key="forum").update(contact="https://forum.example/contact")
    bring(yusuf)
    desk = Reader(amina, in_office=True)
    desk.open("/issues/1/answer/")
    page = desk.press("Answer in public", outcome="refer", reason="They do it.")
    assert "To refer an issue, name a body of the registry" in page.text
    page = desk.press("Answer in public", outcome="refer", body="forum", reason="They do it.")
    assert "No address of it that takes mail is known here" in page.text
    assert page.links["Its own page for contact"] == "https://forum.example/contact"
    desk.follow("Enter what the body answered")
    desk.press("Enter it", text="We take it up.")
    assert Referral.objects.get().reply == "We take it up."
    assert "We take it up." in shown(Reader(), "/issues/1/")


def test_where_no_body_was_asked_there_is_nothing_to_enter(
    bring: Bring, yusuf: Person, amina: Person
) -> None:
    bring(yusuf)
    desk = Reader(amina, in_office=True)
    desk.open("/issues/1/heard/")
    assert desk.path == "/issues/1/"


def test_what_is_erased_says_so(bring: Bring, yusuf: Person, amina: Person) -> None:
    answer_issue(bring(yusuf), by=amina, said=DECLINE, at=day(2), channel="web")
    desk = Reader(amina, in_office=True)
    desk.open("/issues/1/")
    desk.follow("Erase the content")
    desk.press("Erase the content", ground="court_order")
    told = shown(Reader(), "/issues/1/")
    assert "Its content was erased. A court ordered it." in told
    assert "Decline" in told
    assert "roads" not in told


def test_the_home_page_names_what_is_overdue(bring: Bring, yusuf: Person, hands: Hands) -> None:
    bring(yusuf)
    bring(yusuf, "Two.", publication="private")
    assert "Overdue" not in shown(Reader(), "/")
    hands.turn_to(day(19))
    told = shown(Reader(), "/")
    assert "Issue 1: Cables to small islands overdue by 4 days" in told
    assert "Issue 2 overdue by 4 days" in told
    assert "Overdue by 4 days." in shown(Reader(), "/issues/1/")
    assert "Overdue since 17 March 2026" in shown(Reader(), "/issues/")


def test_the_list_asks_no_more_of_the_database_the_longer_it_is(
    bring: Bring, yusuf: Person, amina: Person
) -> None:
    counts = []
    for text in ("One.", "Two.", "Three."):
        answer_issue(bring(yusuf, text), by=amina, said=DECLINE, at=day(2), channel="web")
        with CaptureQueriesContext(connection) as asked:
            Client().get("/issues/")
        counts.append(len(asked))
    assert counts[0] == counts[2]
    assert Answer.objects.count() == 3


def test_my_page_lists_what_i_brought_and_my_data_holds_it(
    bring: Bring, yusuf: Person, amina: Person
) -> None:
    answer_issue(bring(yusuf), by=amina, said=DECLINE, at=day(2), channel="web")
    own = Reader(yusuf)
    own.open("/issues/1/reply/")
    own.press("Put it beside the answer", text="They told me no.")
    assert "Issue 1: Cables to small islands · Decline" in shown(own, "/me/")
    (told,) = own.client.get("/me/data.json").json()["issues"]
    assert (told["number"], told["answers"][0]["outcome"], told["replies"]) == (
        1,
        "decline",
        ["They told me no."],
    )


def test_my_page_says_to_those_who_keep_the_desk_what_waits(
    bring: Bring, yusuf: Person, amina: Person
) -> None:
    bring(yusuf)
    assert "1 issue waits for an answer of the issue desk" in shown(Reader(amina, in_office=True), "/me/")
    assert "waits for an answer of the issue desk" not in shown(Reader(yusuf), "/me/")
