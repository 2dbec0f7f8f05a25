"""A receipt is checked as its holder has it, wherever it travelled."""

from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from conftest import day
from talanoa.contributions.receipts import receipt_text
from talanoa.inputs.actions.erasing import erase_input
from talanoa.inputs.models import Input
from talanoa.lib import receipts
from talanoa.lib.notes import Verifier
from talanoa.people.models import Person
from talanoa.processes.models import Participant
from talanoa.record.models import Log
from talanoa.record.verifying import verify

Send = Callable[..., Input]


@pytest.fixture
def receipt(send: Send, yusuf: Person) -> str:
    return receipt_text(send(yusuf, title="Pay the trainers").contribution)


def code(text: str | bytes, log: Log) -> int:
    return verify(text if isinstance(text, bytes) else text.encode(), Verifier.parse(log.vkey)).code


def test_a_receipt_holds(log: Log, receipt: str) -> None:
    assert code(receipt, log) == receipts.OK


@pytest.mark.parametrize("cte", ["quoted-printable", "base64", "8bit"])
def test_a_mail_saved_as_it_came_holds(log: Log, receipt: str, cte: str) -> None:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["Subject"] = "talanoa@talanoa.example", "Received: nm-1"
    mail.set_content(f"Thank you.\n\n{receipt}", cte=cte)
    assert code(mail.as_bytes(), log) == receipts.OK


def test_a_changed_title_does_not_hold(log: Log, receipt: str) -> None:
    assert (
        code(receipt.replace("title: Pay the trainers", "title: Pay the lawyers"), log)
        == receipts.NOT_IN_RECORD
    )


def test_another_log_s_key_proves_nothing(receipt: str) -> None:
    other = Verifier.of("talanoa.example/record", bytes(range(32)))
    assert verify(receipt.encode(), other).code == receipts.BAD_SIGNATURE


def test_content_erased_since_is_said_to_be(
    log: Log, send: Send, yusuf: Person, convenor: Participant
) -> None:
    made = send(yusuf)
    text = receipt_text(made.contribution)
    erase_input(made, by=convenor, ground="author_request", at=day(2), channel="web")
    verdict = verify(text.encode(), Verifier.parse(log.vkey))
    assert verdict.code == receipts.ERASED
    assert "author_request" in verdict.message


def test_an_entry_that_this_record_lost_is_found_out(log: Log, receipt: str) -> None:
    Log.objects.filter(pk=log.pk).update(vkey="gone")
    assert code(receipt, log) == receipts.OK
    other = Log.objects.create(name="restored", origin=log.origin, key_name="real", vkey=log.vkey)
    assert other.entries.count() == 0
    assert code(receipt, log) == receipts.NOT_IN_RECORD


@pytest.mark.parametrize("text", [b"", b"hello", b"\xff\xfe", b"== entry ==\n"])
def test_what_is_no_receipt_is_unreadable(log: Log, text: bytes) -> None:
    assert code(text, log) == receipts.UNREADABLE
