"""Correcting the registry by mail, and the answer to it."""

import pytest

from conftest import day
from mail.example_mails import LUCIA, Postbox, answer, mail, words
from talanoa.conf.clockwork import tick
from talanoa.mail.addressing import is_ours
from talanoa.people.models import Person
from talanoa.registry.actions import receive_correction
from talanoa.registry.models import Body, Correction

AMINA = "Amina Wanjiru <amina@talanoa.example>"


def to_registry(text: str, **more: str) -> bytes:
    return mail(text, to="registry@talanoa.example", subject=more.pop("subject", "A link"), **more)  # type: ignore[arg-type]


def test_the_address_of_the_registry_is_ours(forum: Body) -> None:
    assert is_ours("registry@talanoa.example")


@pytest.mark.parametrize(
    ("text", "subject", "about"),
    [
        ("The page of forum has moved.", "A link", "body/forum"),
        ("It has moved.", "Re: FORUM", "body/forum"),
        ("correct: pavers are no club", "A link", "body/pavers"),
        ("The training rowing, every autumn now", "Dates", "training/rowing"),
        ("The society of swimmers is missing.", "Missing", ""),
    ],
)
def test_whatever_comes_is_a_correction_of_what_it_names(
    forum: Body, postbox: Postbox, text: str, subject: str, about: str
) -> None:
    assert postbox.receive(to_registry(text, subject=subject), at=day(1)).number == 1
    assert Correction.objects.get().about == about
    letter = postbox.last()
    assert letter["Subject"] == "Received: correction 1 of the registry"
    assert "A person reads it and answers you." in " ".join(words(letter).split())


def test_the_same_mail_twice_is_one_correction(forum: Body, postbox: Postbox) -> None:
    raw = to_registry("It moved.")
    for again in (raw, b"X-Again: 1\r\n" + raw):
        postbox.receive(again, at=day(1))
    assert Correction.objects.count() == 1


def test_those_who_keep_it_are_written_to_and_answer_by_mail(
    forum: Body, postbox: Postbox, amina: Person, yusuf: Person
) -> None:
    postbox.receive(to_registry("The page of forum has moved."), at=day(1))
    tick(at=day(1))
    letter = postbox.last(amina.address)
    assert "> The page of forum has moved." in words(letter)
    done = postbox.receive(answer(letter, "corrected: it leads there now.", sender=AMINA), at=day(2))
    assert done.code == ""
    made = Correction.objects.get()
    assert (made.outcome, made.answer) == ("corrected", "it leads there now.")
    tick(at=day(2))
    told = postbox.last(yusuf.address)
    assert told["Subject"] == "Your correction 1 of the registry has its answer"
    assert "it leads there now." in words(told)


@pytest.mark.parametrize(("text", "code"), [("liked: yes", "outcome_unknown"), ("kept:", "text_empty")])
def test_an_answer_says_what_became_of_it_and_why(
    forum: Body, postbox: Postbox, amina: Person, text: str, code: str
) -> None:
    postbox.receive(to_registry("It moved."), at=day(1))
    tick(at=day(1))
    assert postbox.receive(answer(postbox.last(amina.address), text, sender=AMINA), at=day(2)).code == code


def test_nobody_else_answers(forum: Body, postbox: Postbox, amina: Person, lucia: Person) -> None:
    postbox.receive(to_registry("It moved."), at=day(1))
    tick(at=day(1))
    stolen = answer(postbox.last(amina.address), "settle: kept: no.", sender=LUCIA)
    assert postbox.receive(stolen, at=day(2)).code == "not_allowed"
    assert Correction.objects.get(number=1).answered_at is None


def test_to_answer_the_receipt_adds_another_correction(forum: Body, postbox: Postbox, yusuf: Person) -> None:
    receive_correction(by=yusuf, about="", text="It moved.", dedup_key="a", at=day(1), channel="web")
    tick(at=day(1))
    postbox.receive(answer(postbox.last(yusuf.address), "And forum has a new name."), at=day(2))
    assert list(Correction.objects.order_by("number").values_list("number", "about")) == [
        (1, ""),
        (2, "body/forum"),
    ]
