"""The pages of a discussion: what they show to whom, in every form, and how often they ask the database."""

import mailbox
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conftest import Say, day
from mail.example_mails import Postbox, answer, mail
from talanoa.contributions.actions.moderating import hold_contribution, reject_contribution
from talanoa.contributions.models import Assurance, Contribution
from talanoa.discussions.actions import erase_message, pin_summary
from talanoa.discussions.models import Message
from talanoa.people.actions import know_person
from talanoa.people.models import Person
from talanoa.processes.models import Participant
from web import Hands, Reader

CANARY = "knowhere-canary"


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, day(3))


def queries(path: str) -> int:
    client = Client()
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_a_thread_is_begun_answered_and_read(yusuf: Person, lucia: Person, say: Say) -> None:
    reader = Reader(yusuf)
    reader.open("/p/nm/talk/")
    reader.follow("Begin a thread")
    page = reader.press("Send my message", subject="Trainers", text="Who trains <b>them</b>?")
    assert "nm-1" in page.text
    other = Reader(lucia)
    other.open("/p/nm/talk/")
    page = other.follow("Trainers")
    assert "Who trains <b>them</b>?" in page.text
    other.follow("Answer: nm-1")
    other.press("Send my answer", text="We do.")
    page = other.follow("See it on its page")
    assert "in answer to nm-1" in page.text
    assert "Address confirmed" in page.text


def test_a_visitor_is_numbered_and_held_and_sees_the_receipt_in_this_browser_only(db: None, say: Say) -> None:
    reader = Reader()
    reader.open("/p/nm/talk/write/")
    about = {"name": "Ana", "address": "ana@dili.example"}
    page = reader.press("Send my message", subject="Radio", text=CANARY, **about)
    assert "held until you confirm" in page.text
    made = Message.objects.get()
    assert made.contribution.state == "unconfirmed"
    assert Reader().open(f"/p/nm/talk/{made.hash}/").text.count("waits for its sender") == 1
    assert Client().get("/p/nm/talk/n/1/receipt.txt").status_code == 404


def test_a_form_sent_twice_is_one_message(yusuf: Person, say: Say) -> None:
    reader = Reader(yusuf)
    for _twice in range(2):
        if not Message.objects.exists():
            reader.open("/p/nm/talk/write/")
            form = reader.page
        reader.page, reader.path = form, "/p/nm/talk/write/"
        reader.press("Send my message", subject="Trainers", text="Who?")
    assert Message.objects.count() == 1


def everywhere(hash_: str) -> list[str]:
    """Every way on which the words of a message may leave."""
    one = f"/p/nm/talk/{hash_}/"
    forms = ("", "thread/", "thread/print/", "thread.txt", "thread.mbox")
    others = (
        "/p/nm/",
        "/p/nm/talk/",
        "/p/nm/feed.atom",
        "/p/nm/inputs/",
        "/p/nm/inputs.csv",
        "/p/nm/themes/",
    )
    return [*(one + form for form in forms), *others, "/p/nm/inputs/1/", "/record/"]


@pytest.mark.parametrize("state", ["unconfirmed", "withheld", "withdrawn", "erased", "private"])
def test_what_is_not_public_leaves_on_no_way(
    *, say: Say, send: Any, yusuf: Person, lucia: Person, convenor: Participant, state: str
) -> None:
    send(lucia)
    assurance = Assurance.CLAIMED if state == "unconfirmed" else Assurance.PROVEN
    made = say(
        yusuf,
        f"{CANARY} names nm-1",
        assurance=assurance,
        said={"subject": CANARY, "quoted": f"> {CANARY}"},
    )
    say(lucia, "An answer.", to=made)
    act: dict[str, Any] = {"at": day(2), "channel": "web"}
    if state == "withheld":
        hold_contribution(made.contribution, by=convenor, reason="abuse", **act)
    elif state == "erased":
        erase_message(made, by=convenor, ground="unlawful", **act)
    elif state == "withdrawn":
        Contribution.objects.filter(pk=made.contribution_id).update(state=state)
    elif state == "private":
        Contribution.objects.filter(pk=made.contribution_id).update(publication=state)
    answers = {path: Client().get(path).content.decode() for path in everywhere(made.hash)}
    assert [path for path, text in answers.items() if CANARY in text] == []
    assert "Named in" not in answers["/p/nm/inputs/1/"]
    assert Client().get(f"/p/nm/talk/{made.hash}/reply/").status_code == 404


def test_what_was_rejected_is_called_so_in_the_list_of_threads(
    say: Say, yusuf: Person, convenor: Participant
) -> None:
    made = say(yusuf, said={"subject": CANARY}).contribution
    act: dict[str, Any] = {"at": day(2), "channel": "web"}
    reject_contribution(made, by=convenor, reason="abuse", text="It insults.", **act)
    told = Reader().open("/p/nm/talk/").text
    assert ("Rejected" in told, "Content erased" in told) == (True, False)


def test_what_is_public_leaves_on_every_way_of_the_discussion(
    say: Say, send: Any, yusuf: Person, lucia: Person
) -> None:
    send(lucia)
    made = say(yusuf, f"{CANARY} names nm-1", said={"subject": CANARY})
    shown = {path for path in everywhere(made.hash) if CANARY in Client().get(path).content.decode()}
    ways = {path for path in everywhere(made.hash) if "/talk/" in path}
    assert shown == ways | {"/p/nm/", "/p/nm/feed.atom", "/p/nm/inputs/1/"}


def test_no_address_leaves_with_a_thread(say: Say, yusuf: Person, tmp_path: Path) -> None:
    made = say(yusuf, "From here on.")
    text = Client().get(f"/p/nm/talk/{made.hash}/thread.mbox").content
    assert b"yusuf@" not in text
    file = tmp_path / "nm.mbox"
    file.write_bytes(text)
    with closing(mailbox.mbox(file)) as box:
        [one] = list(box)
    assert one["From"] == '"Yusuf Abdi" <nm-1@talanoa.example>'
    assert one["Message-ID"] == f"<{made.message_id}>"


def test_mentions_lead_both_ways(say: Say, send: Any, yusuf: Person, lucia: Person) -> None:
    send(lucia)
    made = say(yusuf, "As nm-1 says, and #1 again.")
    send(lucia, "See #2.")
    page = Reader().open(f"/p/nm/talk/{made.hash}/")
    assert page.links["nm-1"] == page.links["#1"] == "/p/nm/inputs/1/"
    assert page.links["nm-3: See #2."] == "/p/nm/inputs/3/"
    page = Reader().open("/p/nm/inputs/1/")
    assert page.links["nm-2: Trainers"] == "/p/nm/talk/n/2/"
    assert Reader().open("/p/nm/inputs/3/").links["#2"] == "/p/nm/talk/n/2/"


def test_a_number_leads_to_the_permanent_address(say: Say, yusuf: Person) -> None:
    made = say(yusuf)
    assert Client().get("/p/nm/talk/n/1/")["Location"] == f"/p/nm/talk/{made.hash}/"


def test_the_mail_as_it_came_is_for_its_author_and_the_desk(
    postbox: Postbox, say: Say, yusuf: Person, lucia: Person, convenor: Participant
) -> None:
    raw = mail("Who trains?", to="nm+talk@talanoa.example")
    postbox.receive(raw, at=day(1))
    postbox.receive(answer(postbox.last(), "confirm"), at=day(1))
    path = "/p/nm/talk/n/1/mail"
    asked = {
        "author": Reader(yusuf).client.get(path),
        "desk": Reader(convenor.person, in_office=True).client.get(path),
        "other": Reader(lucia).client.get(path),
        "visitor": Client().get(path),
    }
    assert {who: got.status_code for who, got in asked.items()} == {
        "author": 200,
        "desk": 200,
        "other": 404,
        "visitor": 404,
    }
    assert asked["author"].content == raw


def test_a_summary_stands_on_top_with_its_author_and_older_versions(
    say: Say, yusuf: Person, dalia: Participant
) -> None:
    made = say(yusuf)
    desk = Reader(dalia.person, in_office=True)
    desk.open(f"/p/nm/talk/{made.hash}/thread/")
    desk.follow("Pin a summary")
    desk.press("Pin it", text="All want trainers.")
    desk.follow("Write a newer summary")
    page = desk.press("Pin it", text="Most want trainers.")
    assert page.text.index("Most want") < page.text.index("Older versions") < page.text.index("All want")
    assert "Dalia Mansour" in page.text


def test_a_page_asks_as_often_for_one_thread_and_message_as_for_three(
    say: Say, yusuf: Person, dalia: Participant
) -> None:
    first = say(yusuf)
    pin_summary(first.thread, by=dalia, text="One.", at=day(2), channel="web")
    one = f"/p/nm/talk/{first.hash}/"
    paths = (
        "/p/nm/",
        "/p/nm/talk/",
        f"{one}thread/",
        f"{one}thread.txt",
        f"{one}thread.mbox",
        "/p/nm/feed.atom",
    )
    before = {path: queries(path) for path in paths}
    for n in (2, 3):
        person = know_person(name=f"Person {n}", address=f"person-{n}@nuku.example")
        say(person, f"Thread {n}, see #1.")
        say(person, f"Answer {n}, see #1.", to=first)
    assert {path: queries(path) for path in paths} == before


def test_the_discussion_of_a_closed_process_can_be_read_and_takes_nothing(
    say: Say, yusuf: Person, process: Any
) -> None:
    say(yusuf)
    type(process).objects.update(state="final")
    reader = Reader(yusuf)
    assert "Begin a thread" not in reader.open("/p/nm/talk/").links
    reader.open("/p/nm/talk/write/")
    assert reader.status == 409


def test_a_quote_is_folded_and_hostile_words_are_only_words(say: Say, yusuf: Person) -> None:
    made = say(
        yusuf, "<script>alert(1)</script>", said={"quoted": "> <img src=x>", "subject": "<svg onload=1>"}
    )
    text = Client().get(f"/p/nm/talk/{made.hash}/thread/").content.decode()
    assert "<details><summary>What it quotes</summary><blockquote" in text
    assert [tag for tag in ("<script", "<img", "<svg onload") if tag in text] == []


def test_the_number_of_a_message_leads_to_its_page_from_the_inputs_too(
    client: Client, say: Say, yusuf: Person
) -> None:
    made = say(yusuf)
    asked = client.get(f"/p/nm/inputs/{made.contribution.number}/", follow=True)
    assert asked.redirect_chain[-1][0] == f"/p/nm/talk/{made.hash}/"
    assert client.get("/p/nm/inputs/99/").status_code == 404
