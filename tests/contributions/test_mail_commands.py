"""What an author says to an answer, by mail: that it does them justice, or that it misreads them."""

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from conftest import day
from mail.example_mails import LUCIA, Postbox, answer, mail, words
from steps import answer_all
from talanoa.conf.clockwork import tick
from talanoa.contributions.models import Answer, Dispute
from talanoa.inputs.models import Input
from talanoa.people.models import Person
from talanoa.processes.models import Participant
from talanoa.record.models import Entry

Send = Callable[..., Input]
Reception = Answer.Reception


@pytest.fixture
def postbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


@pytest.fixture
def letter(postbox: Postbox, send: Send, yusuf: Person, convenor: Participant) -> EmailMessage:
    """Yusuf's letter with the answer to nm-1."""
    send(yusuf)
    answer_all(convenor)
    tick(at=day(4))
    return postbox.last()


def reception() -> str:
    return Answer.objects.get(contribution__number=1).reception


@pytest.mark.parametrize("text", ["thanks", "Thanks!", "THANKS 1", "acknowledge", "thanks nm-1.\n\nYusuf"])
def test_one_word_acknowledges(postbox: Postbox, letter: EmailMessage, text: str) -> None:
    got = postbox.receive(answer(letter, text), at=day(5))
    assert (got.number, got.code, reception()) == (1, "", Reception.ACKNOWLEDGED)
    assert words(postbox.last()).startswith("Noted: the answer to nm-1 does you justice.")


def test_a_dispute_stands_beside_the_answer_in_the_author_s_words(
    postbox: Postbox, letter: EmailMessage
) -> None:
    got = postbox.receive(answer(letter, "dispute: I said: fees.\nNot levies."), at=day(5))
    assert (got.number, got.code, reception()) == (1, "", Reception.DISPUTED)
    assert Dispute.objects.get().text == "I said: fees.\nNot levies."
    assert Entry.objects.latest("index").kind == "response.disputed.1"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Dispute I said fees", "I said fees"),
        ("dispute\n\nI said fees", "I said fees"),
        ("dispute 1: I said fees", "I said fees"),
        ("dispute nm-1 I said fees", "I said fees"),
        ("dispute: 3 months, not 30", "3 months, not 30"),
        ("dispute: see https://a.example/b", "see https://a.example/b"),
    ],
)
def test_no_word_of_a_dispute_is_lost(postbox: Postbox, letter: EmailMessage, text: str, kept: str) -> None:
    postbox.receive(answer(letter, text), at=day(5))
    assert Dispute.objects.get().text == kept


def test_the_same_dispute_twice_is_one(postbox: Postbox, letter: EmailMessage) -> None:
    raw = answer(letter, "dispute: I said fees.")
    relayed = b"Received: from b.example by c.example; Mon, 2 Mar 2026 10:00:05 +0000\r\n" + raw
    assert [postbox.receive(one, at=day(5)).code for one in (raw, raw, relayed)] == [""] * 3
    assert Dispute.objects.count() == 1


def test_a_dispute_needs_words(postbox: Postbox, letter: EmailMessage) -> None:
    assert postbox.receive(answer(letter, "dispute"), at=day(5)).code == "reason_missing"
    assert reception() == Reception.SILENT


@pytest.mark.parametrize("text", ["thanks", "dispute: I said fees."])
def test_before_there_is_an_answer_there_is_nothing_to_say_to_it(
    postbox: Postbox, process: object, text: str
) -> None:
    postbox.receive(mail(), at=day(1))
    assert postbox.receive(answer(postbox.last(), text), at=day(2)).code == "not_answered"


@pytest.mark.parametrize("text", ["thanks", "dispute: I said fees.", "dispute 1: I said fees."])
def test_nobody_speaks_for_the_author_without_their_letter(
    postbox: Postbox, letter: EmailMessage, text: str
) -> None:
    assert postbox.receive(mail(text), at=day(5)).code == "not_allowed"
    assert reception() == Reception.SILENT


@pytest.mark.parametrize("text", ["thanks 1", "dispute 1: I said fees."])
def test_nobody_speaks_for_another_author(
    postbox: Postbox, letter: EmailMessage, lucia: Person, text: str
) -> None:
    postbox.receive(mail("Hers.", sender=LUCIA), at=day(5))
    hers = postbox.last("lucia@nic.example")
    assert postbox.receive(answer(hers, text, sender=LUCIA), at=day(5)).code == "not_allowed"


def test_a_number_that_is_not_there_is_asked_for(postbox: Postbox, letter: EmailMessage) -> None:
    assert postbox.receive(answer(letter, "thanks 99"), at=day(5)).code == "number_unknown"


def test_the_newest_answer_is_the_one_that_is_meant(
    postbox: Postbox, letter: EmailMessage, convenor: Participant
) -> None:
    answer_all(convenor)
    Answer.objects.filter(pk=Answer.objects.latest("pk").pk).update(sent_at=day(6))
    postbox.receive(answer(letter, "dispute: I said fees."), at=day(7))
    assert Dispute.objects.get().answer == Answer.objects.latest("sent_at")
