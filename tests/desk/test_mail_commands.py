"""The issue desk by mail: bring, confirm, answer, reply; what its letters say and where their answers arrive."""

import pytest

from conftest import day
from desk.conftest import Bring
from mail.example_mails import LUCIA, Postbox, answer, mail, words
from talanoa.conf.clockwork import tick
from talanoa.contributions.models import Assurance
from talanoa.desk.actions.answering import Said, answer_issue
from talanoa.desk.models import Answer, Issue, Reply
from talanoa.mail.addressing import is_ours
from talanoa.people.actions import prefer_language
from talanoa.people.models import Person
from talanoa.registry.models import Body

AMINA, FORUM = "Amina Wanjiru <amina@talanoa.example>", "The Forum <office@forum.example>"
DECLINE = Said("decline", "The office of roads decides that.")


def to_desk(text: str, **more: str) -> bytes:
    return mail(text, to="issues@talanoa.example", subject=more.pop("subject", "Cables"), **more)  # type: ignore[arg-type]


def flat(postbox: Postbox, address: str) -> str:
    return " ".join(words(postbox.last(address)).split())


def test_the_address_of_the_issue_desk_is_ours(log: object) -> None:
    assert is_ours("issues@talanoa.example")


def test_a_mail_becomes_an_issue_that_waits_for_its_sender(postbox: Postbox, yusuf: Person) -> None:
    done = postbox.receive(
        to_desk("country: Kenya\nshow: without my name\n\nNobody looks after them."), at=day(1)
    )
    made = Issue.objects.get()
    assert (done.number, made.number, made.title, made.text) == (1, 1, "Cables", "Nobody looks after them.")
    assert (made.state, made.publication, made.bringer.country) == ("unconfirmed", "group_only", "KE")
    letter = postbox.last()
    assert letter["Subject"] == "Is this from you? Issue 1"
    assert "Talanoa receipt: issue 1" in words(letter)


def test_a_plain_yes_confirms_and_the_desk_is_told_then(
    postbox: Postbox, yusuf: Person, amina: Person
) -> None:
    postbox.receive(to_desk("Nobody looks after them."), at=day(1))
    tick(at=day(1))
    assert postbox.letters(amina.address) == []
    postbox.receive(answer(postbox.last(), "Confirm it only if the city pays."), at=day(2))
    assert Issue.objects.get().state == "unconfirmed"
    assert postbox.last()["Subject"] == "Is this from you? Issue 1"
    postbox.receive(answer(postbox.last(), "confirm"), at=day(3))
    assert postbox.last()["Subject"] == "Received: issue 1"
    assert Issue.objects.get().due_at == day(17)
    tick(at=day(3))
    assert postbox.last(amina.address)["Subject"] == "An issue waits for an answer: 1"


def test_thanks_for_the_receipt_start_no_clock(postbox: Postbox, bring: Bring, yusuf: Person) -> None:
    bring(yusuf)
    tick(at=day(1))
    postbox.receive(answer(postbox.last(), "Thanks for writing!"), at=day(2))
    assert list(Issue.objects.order_by("number").values_list("number", "state")) == [
        (1, "open"),
        (2, "unconfirmed"),
    ]


def test_nobody_else_confirms_or_answers(
    postbox: Postbox, yusuf: Person, lucia: Person, amina: Person
) -> None:
    postbox.receive(to_desk("Nobody looks after them."), at=day(1))
    stolen = answer(postbox.last(), "confirm", sender=LUCIA)
    assert postbox.receive(stolen, at=day(2)).code == "call_unknown"
    assert Issue.objects.get().state == "unconfirmed"
    postbox.receive(answer(postbox.last(yusuf.address), "confirm"), at=day(2))
    tick(at=day(2))
    stolen = answer(postbox.last(amina.address), "decline: no.", sender=LUCIA)
    postbox.receive(stolen, at=day(3))
    assert not Answer.objects.exists()
    assert list(Issue.objects.order_by("number").values_list("number", "state")) == [
        (1, "open"),
        (2, "unconfirmed"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "decline: the office of roads decides that.",
            ("decline", "the office of roads decides that.", None),
        ),
        ("Refer forum: it works on it.", ("refer", "it works on it.", "forum")),
        ("Answer: decline: no, we can not.", ("decline", "no, we can not.", None)),
        ("expertise: Lucía offers two days.", ("expertise", "Lucía offers two days.", None)),
    ],
)
def test_the_desk_answers_by_answering_its_letter(
    *, postbox: Postbox, bring: Bring, yusuf: Person, amina: Person, forum: Body, text: str, expected: object
) -> None:
    bring(yusuf)
    tick(at=day(1))
    done = postbox.receive(answer(postbox.last(amina.address), text, sender=AMINA), at=day(2))
    assert done.code == ""
    made = Answer.objects.get()
    assert (made.outcome, made.reason, made.body.key if made.body else None) == expected
    again = postbox.receive(answer(postbox.last(amina.address), "decline: no.", sender=AMINA), at=day(2))
    assert again.code == ""
    assert Answer.objects.count() == 1


def test_a_second_first_answer_is_refused(
    postbox: Postbox, bring: Bring, yusuf: Person, amina: Person
) -> None:
    issue = bring(yusuf)
    tick(at=day(1))
    answer_issue(issue, by=amina, said=DECLINE, at=day(2), channel="web")
    late = answer(postbox.last(amina.address), "decline: as the other one.", sender=AMINA)
    assert postbox.receive(late, at=day(3)).code == "issue_answered"


def test_its_author_replies_and_the_desk_answers_once_more(
    postbox: Postbox, bring: Bring, yusuf: Person, amina: Person, forum: Body
) -> None:
    answer_issue(bring(yusuf), by=amina, said=DECLINE, at=day(2), channel="web")
    tick(at=day(2))
    assert "The office of roads decides that." in flat(postbox, yusuf.address)
    postbox.receive(answer(postbox.last(), "They told me no."), at=day(3))
    assert Reply.objects.get().text == "They told me no."
    tick(at=day(3))
    assert "> They told me no." in words(postbox.last(amina.address))
    postbox.receive(answer(postbox.last(amina.address), "refer forum: then they.", sender=AMINA), at=day(4))
    assert list(Answer.objects.order_by("number").values_list("outcome", flat=True)) == ["decline", "refer"]


def test_a_body_is_told_who_brought_it_only_as_they_allowed(
    postbox: Postbox, bring: Bring, yusuf: Person, amina: Person, forum: Body
) -> None:
    told = []
    for publication in ("named", "group_only", "private"):
        issue = bring(yusuf, f"It is {publication}.", publication=publication)
        said = Said("refer", "You do it.", body="forum")
        answer_issue(issue, by=amina, said=said, at=day(2), channel="web")
        tick(at=day(2))
        letter = flat(postbox, "office@forum.example")
        told.append(("Yusuf" in letter, f"It is {publication}." in letter, "You do it." in letter))
    assert told == [(True, True, True), (False, True, True), (False, False, True)]


def test_only_the_body_that_was_written_to_writes_back(
    postbox: Postbox, bring: Bring, yusuf: Person, amina: Person, forum: Body
) -> None:
    said = Said("refer", "You do it.", body="forum")
    answer_issue(bring(yusuf), by=amina, said=said, at=day(2), channel="web")
    tick(at=day(2))
    letter = answer(postbox.last(), "heard: we do.")  # the author's own letter
    assert postbox.receive(letter, at=day(3)).code == "not_allowed"
    good = answer(postbox.last("office@forum.example"), "We do.", sender=FORUM)
    assert postbox.receive(good, at=day(3)).code == ""


def test_an_answer_says_that_no_address_is_known(
    postbox: Postbox, bring: Bring, yusuf: Person, amina: Person, forum: Body
) -> None:
    Body.objects.filter(key="forum").update(contact="https://forum.example/contact")
    said = Said("refer", "They do it.", body="forum")
    answer_issue(bring(yusuf), by=amina, said=said, at=day(2), channel="web")
    tick(at=day(2))
    told = "We know no address of Forum of Crossings (FC) that takes mail, so nobody wrote to it."
    assert told in flat(postbox, yusuf.address)


def test_letters_are_written_in_the_language_of_their_reader(
    postbox: Postbox, bring: Bring, yusuf: Person, amina: Person
) -> None:
    for person in (yusuf, amina):
        prefer_language(by=person, language="fr")
    bring(yusuf)
    tick(at=day(1))
    assert postbox.last(yusuf.address)["Subject"] == "Reçu : question 1"
    assert postbox.last(amina.address)["Subject"] == "Une question attend une réponse : 1"


def test_an_issue_of_a_visitor_is_asked_about_by_mail(postbox: Postbox, bring: Bring, yusuf: Person) -> None:
    bring(yusuf, assurance=Assurance.CLAIMED)
    tick(at=day(1))
    assert postbox.last()["Subject"] == "Is this from you? Issue 1"
    postbox.receive(answer(postbox.last(), "yes, it is mine"), at=day(1))
    assert Issue.objects.get().state == "open"


def test_the_desk_is_told_once_that_an_issue_is_overdue(
    postbox: Postbox, bring: Bring, yusuf: Person, amina: Person
) -> None:
    bring(yusuf)
    for number in (1, 14, 15, 16):
        tick(at=day(number))
    told = [str(letter["Subject"]) for letter in postbox.letters(amina.address)]
    assert told == ["An issue waits for an answer: 1", "Overdue, and named on the home page: issue 1"]
    postbox.receive(answer(postbox.last(amina.address), "decline: nobody can.", sender=AMINA), at=day(17))
    assert Answer.objects.get().outcome == "decline"
