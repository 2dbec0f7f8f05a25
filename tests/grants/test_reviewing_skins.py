"""Reviews on pages, by mail alone and on the command line."""

from pathlib import Path

import pytest

from command_line import told
from conftest import day
from grants.conftest import Apply
from grants.reviewing import CLOSED, PEOPLE, act, review, reviewers
from mail.example_mails import Postbox, answer, words
from remembering import remembered
from talanoa.conf.clockwork import tick
from talanoa.grants.actions.assigning import assign_reviewers
from talanoa.grants.actions.calling import keep_calls
from talanoa.grants.actions.reviewing import attest
from talanoa.grants.models import Note, Reading, ResearchCall, Review
from talanoa.people.actions import know_person
from talanoa.people.models import Person
from talanoa.processes.models import Participant
from web import Hands, Reader

AMINA = ("--as", "amina@talanoa.example")
MARKED = {"mark-question": "4", "mark-method": "n/a", "confidence": "2"}


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, day(CLOSED + 2))


@pytest.fixture
@remembered
def closed(eligible: Apply, yusuf: Person, grant_call: ResearchCall) -> ResearchCall:
    """A call that is over, with one application of Yusuf that is eligible."""
    eligible(yusuf, "Who stays in the room?", answers={"team": "Two of us."})
    keep_calls(at=day(CLOSED))
    grant_call.refresh_from_db()
    return grant_call


@pytest.fixture
def drawn(closed: ResearchCall, convenor: Participant) -> list[Reading]:
    """Its three reviewers, who are to read it."""
    reviewers(closed, convenor, 3)
    assign_reviewers(closed, by=convenor, seed="5" * 64, at=day(CLOSED), channel="web")
    return list(Reading.objects.select_related("application", "reviewer__person").order_by("pk"))


def test_an_officer_names_and_draws_reviewers_on_the_board(
    hands: Hands, closed: ResearchCall, amina: Person
) -> None:
    office = Reader(amina, in_office=True)
    office.open("/grants/calls/first-questions/board/")
    for name, address, group, country in PEOPLE[:3]:
        facts = {"group": group.value, "country": country, "load": "4", "about": "Rooms."}
        office.press("Name a reviewer", name=name, address=address, **facts)
    page = office.press("Assign the reviewers")
    assert "Assigned. They are asked by mail." in page.text
    assert closed.drawings.get().seed in page.text
    assert Reading.objects.count() == 3


def test_a_reviewer_states_reads_blind_reviews_and_then_reads_the_others(
    hands: Hands, drawn: list[Reading], amina: Person
) -> None:
    review(drawn[1], text="The others said so.")
    reader = Reader(drawn[0].reviewer.person)
    reader.open("/grants/mine/")
    page = reader.follow("Application 1")
    assert "Two of us." not in page.text
    page = reader.press("I have no conflict of interest, and review it")
    assert "Two of us." in page.text
    assert "Yusuf" not in page.text
    assert "The others said so." not in page.text
    page = reader.press("Send my review", text="It will do.", **MARKED)
    assert "Your review is in." in page.text
    assert "The others said so." in page.text
    reader.press("Say something to the others who judge it", text="Has it ended?")
    page = Reader(amina, in_office=True).open("/grants/applications/1/")
    assert "Has it ended?" in page.text
    assert drawn[0].reviewer.person.name in page.text


def test_an_officer_notes_a_conflict_and_asks_another_reviewer(
    hands: Hands, drawn: list[Reading], amina: Person, lucia: Person, convenor: Participant
) -> None:
    [*_three, fourth] = reviewers_beyond(drawn, convenor)
    Reader(drawn[0].reviewer.person).open("/grants/reviews/1/")
    stepping = Reader(drawn[0].reviewer.person)
    stepping.open("/grants/reviews/1/")
    stepping.press("Step back", reason="I know who wrote this.")
    office = Reader(amina, in_office=True)
    office.open("/grants/applications/1/")
    assert "I know who wrote this." in office.page.text
    assert "The call has no reviewer" in office.press("Ask another reviewer", reviewer="9").text
    office.press("Ask another reviewer", reviewer=str(fourth))
    assert Reading.objects.standing().count() == 3
    page = office.press("Note a conflict of interest", address=lucia.address, reason="A cousin.")
    assert "A cousin." in page.text
    assert (
        "Nobody here has this address."
        in office.press("Note a conflict of interest", address="no@x.example", reason="A cousin.").text
    )


def reviewers_beyond(drawn: list[Reading], convenor: Participant) -> list[int]:
    """The numbers of the reviewers, with a fourth one who reads nothing yet."""
    from talanoa.grants.actions.assigning import name_reviewer  # noqa: PLC0415
    from talanoa.people.actions import know_person  # noqa: PLC0415

    name, address, group, country = PEOPLE[3]
    person = know_person(name=name, address=address, group=group, country=country)
    call = drawn[0].application.call
    facts = {"about": "Maps.", "load": 3, "at": day(CLOSED), "channel": "web"}
    name_reviewer(call, person, by=convenor, **facts)  # type: ignore[arg-type]
    return [row.number for row in call.reviewers.order_by("number")]


def test_somebody_reviews_by_mail_alone(postbox: Postbox, drawn: list[Reading]) -> None:
    tick(at=day(CLOSED))
    who = drawn[0].reviewer.person
    sender = f"{who.name} <{who.address}>"
    asked = postbox.last(who.address)
    assert "Yusuf" not in words(asked)
    postbox.receive(answer(asked, "Yes, if it is short.", sender=sender), at=day(CLOSED + 1))
    assert Reading.objects.get(pk=drawn[0].pk).state == "asked"
    postbox.receive(answer(postbox.last(who.address), "yes", sender=sender), at=day(CLOSED + 2))
    letter = words(postbox.last(who.address))
    assert "> Two of us." in letter
    assert "Yusuf" not in letter
    text = "question: 4\nmethod: n/a\nconfidence: 2\n\nIt will do."
    postbox.receive(answer(postbox.last(who.address), text, sender=sender), at=day(CLOSED + 3))
    made = Review.objects.get()
    assert (made.marks, made.confidence, made.text) == ({"question": 4, "method": None}, 2, "It will do.")
    postbox.receive(
        answer(postbox.last(who.address), "discuss 1: Has it ended?", sender=sender), at=day(CLOSED + 4)
    )
    assert Note.objects.get().text == "Has it ended?"


def test_who_says_the_same_of_two_applications_gets_an_answer_for_each(
    postbox: Postbox, eligible: Apply, grant_call: ResearchCall, convenor: Participant, yusuf: Person
) -> None:
    eligible(yusuf, "Who stays in the room?", answers={"team": "Two of us."})
    rosa = know_person(name="Rosa Quispe", address="rosa@cusco.example", country="PE")
    eligible(rosa, "Who pays for the room?", answers={"team": "Three of us."})
    keep_calls(at=day(CLOSED))
    grant_call.refresh_from_db()
    who = reviewers(grant_call, convenor, 3)[0].person
    assign_reviewers(grant_call, by=convenor, seed="5" * 64, at=day(CLOSED), channel="web")
    tick(at=day(CLOSED))
    sender = f"{who.name} <{who.address}>"
    sent = []
    for asked in [one for one in postbox.letters(who.address) if "May you review" in str(one["Subject"])]:
        postbox.receive(answer(asked, "yes", sender=sender), at=day(CLOSED + 1))
        sent.append(postbox.last(who.address))
    text = (
        "question: 4\nmethod: n/a\nconfidence: 2\n\nIt is clear, it is short, and it can be done in the time."
    )
    for number, letter in enumerate(sent):
        postbox.receive(answer(letter, text, sender=sender), at=day(CLOSED + 2 + number / 24))
    assert Review.objects.count() == 2
    told = [str(one["Subject"]) for one in postbox.letters(who.address)][-2:]
    assert told == ["Received: about application 1", "Received: about application 2"]


def test_a_no_by_mail_steps_back_and_the_convenor_is_told(
    postbox: Postbox, drawn: list[Reading], amina: Person
) -> None:
    tick(at=day(CLOSED))
    for row, text in ((drawn[0], "no"), (drawn[1], "yes")):
        who = row.reviewer.person
        sent = answer(postbox.last(who.address), text, sender=f"A <{who.address}>")
        postbox.receive(sent, at=day(CLOSED + 1))
    who = drawn[1].reviewer.person
    sent = answer(postbox.last(who.address), "recuse: I know who wrote this.", sender=f"A <{who.address}>")
    postbox.receive(sent, at=day(CLOSED + 2))
    assert Reading.objects.filter(state="recused").count() == 2
    tick(at=day(CLOSED + 2))
    assert "A reviewer is missing" in str(postbox.last(amina.address)["Subject"])


def test_who_is_barred_by_what_is_known_meanwhile_is_told_by_mail(
    postbox: Postbox, drawn: list[Reading], yusuf: Person
) -> None:
    tick(at=day(CLOSED))
    who = drawn[0].reviewer.person
    Person.objects.filter(pk__in=(who.pk, yusuf.pk)).update(organization="Radio")
    sent = answer(postbox.last(who.address), "yes", sender=f"A <{who.address}>")
    postbox.receive(sent, at=day(CLOSED + 1))
    assert "shows a conflict of interest" in " ".join(words(postbox.last(who.address)).split())


def test_a_round_of_reviews_on_the_command_line(
    hands: Hands, closed: ResearchCall, amina: Person, tmp_path: Path
) -> None:
    file = tmp_path / "review.txt"
    file.write_text("question: 4\nmethod: 3\nconfidence: 3\n\nGood.", encoding="utf-8")
    for number, (name, address, group, country) in enumerate(PEOPLE[:4], start=1):
        facts = ("--name", name, "--address", address, "--group", group.value, "--country", country)
        made = told(
            "grant", "reviewer", "first-questions", *facts, "--load", "3", "--about", "Rooms.", *AMINA
        )
        assert made["reviewer"] == number
    assert len(told("grant", "assign", "first-questions", *AMINA)["seed"]) == 64
    drawn = [row.reviewer for row in Reading.objects.select_related("reviewer__person")]
    [spare] = set(closed.reviewers.values_list("number", flat=True)) - {one.number for one in drawn}
    first, *others = (("--as", one.person.address) for one in drawn)
    assert told("grant", "recuse", "1", "--reason", "A cousin.", *first)["state"] == "recused"
    told("grant", "another", "1", "--reviewer", spare, *AMINA)
    others.append(("--as", closed.reviewers.get(number=spare).person.address))
    for who in others:
        assert told("grant", "reviews", *who)["reviews"] == [{"application": 1, "round": 1, "state": "asked"}]
        assert told("grant", "attest", "1", *who)["state"] == "attested"
        assert told("grant", "review", "1", file, *who)["state"] == "reviewed"
    told("grant", "discuss", "1", "--text", "Good.", *others[0])
    told("grant", "reveal", "first-questions", *AMINA)
    told("grant", "round", "first-questions", *AMINA)
    told("grant", "conflict", "1", "--address", drawn[1].person.address, "--reason", "A sister.", *AMINA)


def test_who_did_not_state_it_is_told_by_the_page_of_the_review(hands: Hands, drawn: list[Reading]) -> None:
    who = drawn[0].reviewer.person
    reader = Reader(who)
    assert reader.client.get("/grants/applications/1/").status_code == 404
    attest(drawn[0], **act(who))
    assert "Two of us." in reader.open("/grants/applications/1/").text


def test_an_old_letter_opens_nothing_once_a_conflict_is_known(
    postbox: Postbox, drawn: list[Reading], yusuf: Person
) -> None:
    tick(at=day(CLOSED))
    who = drawn[0].reviewer.person
    asked = postbox.last(who.address)
    postbox.receive(answer(asked, "yes", sender=f"A <{who.address}>"), at=day(CLOSED + 1))
    assert "> Two of us." in words(postbox.last(who.address))
    Person.objects.filter(pk__in=(who.pk, yusuf.pk)).update(organization="Radio")
    postbox.receive(answer(asked, "Yes.", sender=f"A <{who.address}>"), at=day(CLOSED + 2))
    assert "shows a conflict of interest" in " ".join(words(postbox.last(who.address)).split())
    assert Reading.objects.get(pk=drawn[0].pk).state == "recused"
    postbox.receive(answer(asked, "I am not sure", sender=f"A <{who.address}>"), at=day(CLOSED + 3))
    assert "Who stays in the room?" not in words(postbox.last(who.address))
    assert Reader(who).open("/grants/reviews/1/").text.count("Who stays in the room?") == 0
