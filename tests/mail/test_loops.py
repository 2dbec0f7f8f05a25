"""Two machines that answer each other come to an end, and nobody who sends an input loses the receipt."""

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import day
from mail.example_mails import Postbox, mail
from talanoa.inputs.models import Input
from talanoa.mail.letters import write_to
from talanoa.mail.models import RawMessage
from talanoa.mail.outbox import write_outbox
from talanoa.people.models import Person
from talanoa.processes.models import Process

ROUNDS = 30
HELP = "help\n"


@pytest.fixture
def postbox(process: Process, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


def exchanged(postbox: Postbox, yusuf: Person, away: Callable[[str, str, int], bytes]) -> int:
    """Write to somebody whose program answers every mail with `away`, and count the mails until silence."""
    write_to(yusuf, key="k", subject="The report is public", lines=["W."], at=day(1), process_key="nm")
    write_outbox()
    seen = 0
    for n in range(ROUNDS):
        letters = postbox.letters("yusuf@garissa.example")
        if len(letters) == seen:
            return seen + n
        seen = len(letters)
        letter = letters[-1]
        raw = away(str(letter["Reply-To"]), str(letter["Message-ID"]), n)
        postbox.receive(raw, at=day(1 + n / 1440))
    return seen + ROUNDS


def marked(header: str) -> Callable[[str, str, int], bytes]:
    return lambda to, _answered, n: mail(
        "I am away until Monday.", to=to, subject="I am away", name=f"{n}@garissa.example", headers=header
    )


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied\n",
        "Precedence: bulk\n",
        "Precedence: list\n",
        "Precedence: junk\n",
        "X-Auto-Response-Suppress: All\n",
        "Return-Path: <>\n",
        "List-Id: <nm.talanoa.example>\n",
        "X-Loop: talanoa.example\n",
    ],
)
def test_a_machine_that_says_so_gets_no_answer(postbox: Postbox, yusuf: Person, header: str) -> None:
    assert exchanged(postbox, yusuf, marked(header)) == 2


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: The report is public",
        "Réponse automatique : Le rapport",
        "Out of office",
        "自动回复: 报告",
    ],
)
def test_a_machine_that_is_known_by_its_subject_gets_no_answer(
    postbox: Postbox, yusuf: Person, subject: str
) -> None:
    def away(to: str, _answered: str, n: int) -> bytes:
        return mail("I am away until Monday.", to=to, subject=subject, name=f"{n}@garissa.example")

    assert exchanged(postbox, yusuf, away) == 2
    assert Input.objects.get().contribution.state == "unconfirmed"


@pytest.mark.parametrize("names", [True, False])
def test_a_machine_that_hides_what_it_is_gets_five_answers_in_a_day_and_no_more(
    postbox: Postbox, yusuf: Person, names: bool
) -> None:
    """With new words each time and nothing that tells it from a person: each is an input with its receipt."""

    def away(to: str, answered: str, n: int) -> bytes:
        head = f"In-Reply-To: {answered}\n" if names else ""
        return mail(
            f"I am away, {n}.",
            to=to,
            subject=f"Re: Received: nm-{n}",
            name=f"{n}@garissa.example",
            headers=head,
        )

    assert exchanged(postbox, yusuf, away) == 6 + 6


def test_a_wish_without_proof_is_answered_once_a_day(postbox: Postbox) -> None:
    for n in range(3):
        postbox.receive(mail(HELP, name=f"{n}@garissa.example"), at=day(1 + n / 10))
    assert len(postbox.letters()) == 1
    postbox.receive(mail(HELP, name="4@garissa.example"), at=day(2.5))
    assert len(postbox.letters()) == 2


def test_each_input_has_its_receipt_however_many_one_person_sends(postbox: Postbox) -> None:
    for n in range(12):
        postbox.receive(mail(f"Idea {n}.", name=f"{n}@garissa.example"), at=day(1))
    assert len({str(letter["Subject"]) for letter in postbox.letters()}) == 12


def test_a_mail_that_is_not_answered_is_kept_and_numbered_all_the_same(postbox: Postbox) -> None:
    got = postbox.receive(mail(headers="X-Loop: talanoa.example\n"), at=day(1))
    assert (got.number, postbox.files(), RawMessage.objects.get().outcome) == (1, [], "received")


def test_a_list_of_others_is_no_loop(postbox: Postbox) -> None:
    head = "List-Id: <discuss.lists.example>\nX-Loop: discuss@lists.example\n"
    postbox.receive(mail(headers=head), at=day(1))
    assert len(postbox.files()) == 1
