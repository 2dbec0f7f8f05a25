"""`resend`: the receipt and the answer again, to the author's own address."""

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from conftest import day
from mail.example_mails import LUCIA, Postbox, answer, mail, words
from steps import answer_all
from talanoa.inputs.models import Input
from talanoa.lib import receipts
from talanoa.lib.notes import Verifier
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process
from talanoa.record.models import Log

Send = Callable[..., Input]


@pytest.fixture
def postbox(process: Process, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


@pytest.fixture
def letter(postbox: Postbox) -> EmailMessage:
    """Yusuf's letter with the receipt of nm-1."""
    postbox.receive(mail("Keep the courses."), at=day(1))
    return postbox.last()


@pytest.mark.parametrize("said", ["resend", "RESEND 1", "resend nm-1."])
def test_the_receipt_comes_again_and_holds(
    postbox: Postbox, letter: EmailMessage, log: Log, said: str
) -> None:
    got = postbox.receive(answer(letter, said), at=day(2))
    again = words(postbox.last())
    assert (got.number, got.code, len(postbox.letters())) == (1, "", 2)
    assert receipts.check(receipts.parse(again), [Verifier.parse(log.vkey)]).code == receipts.OK


def test_the_answer_comes_with_it(postbox: Postbox, letter: EmailMessage, convenor: Participant) -> None:
    answer_all(convenor)
    postbox.receive(answer(letter, "resend 1"), at=day(4))
    said = words(postbox.last())
    assert "== end ==" in said
    assert "Yes: it costs little." in said


def test_nobody_gets_the_receipt_of_another(postbox: Postbox, letter: EmailMessage, lucia: Person) -> None:
    postbox.receive(mail("Mine.", sender=LUCIA), at=day(1))
    theirs = postbox.last("lucia@nic.example")
    got = postbox.receive(answer(theirs, "resend 1", sender=LUCIA), at=day(2))
    assert (got.code, got.receipt) == ("not_allowed", "")


def test_who_is_not_proven_gets_nothing(postbox: Postbox, letter: EmailMessage) -> None:
    assert postbox.receive(mail("resend 1"), at=day(2)).code == "not_allowed"
