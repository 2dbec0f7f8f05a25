"""The receipt reaches the author of an input once, on every channel that did not answer already."""

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import day
from mail.example_mails import Postbox, answer, words
from talanoa.conf.clockwork import tick
from talanoa.contributions.models import Contribution
from talanoa.inputs.actions.erasing import erase_input
from talanoa.inputs.models import Input
from talanoa.lib import receipts
from talanoa.lib.notes import Verifier
from talanoa.people.actions import know_person
from talanoa.people.models import Person
from talanoa.processes.models import Participant
from talanoa.record.models import Log

Send = Callable[..., Input]


@pytest.fixture
def postbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


def test_the_receipt_of_an_input_by_web_is_mailed_and_holds(
    postbox: Postbox, send: Send, yusuf: Person, log: Log
) -> None:
    send(yusuf)
    tick(at=day(2))
    letter = postbox.last()
    verdict = receipts.check(receipts.parse(words(letter)), [Verifier.parse(log.vkey)])
    assert (letter["Subject"], verdict.code) == ("Received: nm-1", receipts.OK)


def test_the_letter_lets_its_reader_act_by_mail(postbox: Postbox, send: Send, yusuf: Person) -> None:
    send(yusuf)
    tick(at=day(2))
    assert postbox.receive(answer(postbox.last(), "withdraw"), at=day(3)).number == 1
    assert Contribution.objects.get().state == Contribution.State.WITHDRAWN


@pytest.mark.parametrize("channel", ["mail", "import"])
def test_who_was_answered_already_gets_no_second_receipt(
    postbox: Postbox, send: Send, yusuf: Person, channel: str
) -> None:
    send(yusuf, channel=channel)
    assert (tick(at=day(2)).mails, postbox.files()) == (0, [])


def test_without_an_address_there_is_no_letter(postbox: Postbox, send: Send) -> None:
    send(know_person(name="Tupou Fifita"))
    assert tick(at=day(2)).mails == 0


def test_what_was_erased_before_the_letter_was_written_stands_in_no_letter(
    postbox: Postbox, send: Send, yusuf: Person, convenor: Participant
) -> None:
    made = send(yusuf, "CANARY", title="CANARY")
    erase_input(made, by=convenor, ground="author_request", at=day(1), channel="web")
    tick(at=day(2))
    assert "CANARY" not in "".join(map(words, postbox.letters()))
