"""Mails that come together are taken in together, and nobody can tell from what becomes of them."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest
from django.db import transaction

from conftest import day
from mail.example_mails import LUCIA, YUSUF, Postbox, mail
from talanoa.contributions.models import Contribution
from talanoa.lib import receipts
from talanoa.lib.notes import Verifier
from talanoa.mail import listening
from talanoa.mail.listening import Desk
from talanoa.mail.models import OutgoingMessage, RawMessage
from talanoa.mail.receiving import MOST_TOGETHER, Arrival, Received, receive, receive_all
from talanoa.mail.registry import COMMANDS, MailReply, MailRequest, called
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process
from talanoa.record.models import Checkpoint, Entry, Log

WRITERS = [YUSUF, LUCIA, "Tupou Fifita <tupou@nukualofa.example>", "Ana Souza <ana@recife.example>", "nobody"]
SAID = [
    "Please keep mail only courses.",
    "Pay the trainers in their own currency.",
    "group: academia\ncountry: Kenya\n\nTeach by radio.",
    "withdraw 1",
    "help",
    "confirm",
    "",
    "input: too short",
    "x" * 70_000,
    "See #1 and nm-2: they are right.",
]


@pytest.fixture
def postbox(process: Process, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


def many(count: int) -> list[Arrival]:
    """Mails of as many people."""
    return [
        Arrival(
            mail(f"We are {number} in our village.", sender=f"Person {number} <p{number}@village.example>"),
            "nm",
        )
        for number in range(count)
    ]


def test_mails_that_come_together_are_numbered_in_their_order_and_signed_once(
    postbox: Postbox, log: Log
) -> None:
    before = Checkpoint.objects.count()
    got = receive_all(many(12), at=day(1))
    assert [one.number for one in got] == list(range(1, 13))
    assert Checkpoint.objects.count() == before + 1
    said = Contribution.objects.order_by("number").values_list("input__text", flat=True)
    assert list(said) == [f"We are {number} in our village." for number in range(12)]


def test_each_receipt_proves_its_own_number_under_the_one_signature(postbox: Postbox, log: Log) -> None:
    got = receive_all(many(7), at=day(1))
    read = [receipts.parse(one.receipt) for one in got]
    assert {receipts.check(one, [Verifier.parse(log.vkey)]).code for one in read} == {receipts.OK}
    assert [one.proof.index for one in read] == list(
        range(Log.objects.get().size - 7, Log.objects.get().size)
    )


def test_each_sender_gets_one_answer_of_their_own(postbox: Postbox) -> None:
    receive_all(many(5), at=day(1))
    rows = OutgoingMessage.objects.order_by("pk").values_list("to", "number", "subject")
    assert list(rows) == [(f"p{n}@village.example", n + 1, f"Received: nm-{n + 1}") for n in range(5)]


def test_the_same_mails_again_are_known_again(postbox: Postbox) -> None:
    first = receive_all(many(4), at=day(1))
    again = receive_all(many(6), at=day(2))
    assert [one.number for one in again] == [*(one.number for one in first), 5, 6]
    assert (RawMessage.objects.count(), Contribution.objects.count()) == (6, 6)


def test_one_that_is_refused_holds_up_nobody(postbox: Postbox) -> None:
    refused = Arrival(mail(f"organization: {'z' * 400}\n\nTeach by radio.", sender=LUCIA), "nm")
    first, second = many(2)
    got = receive_all([first, refused, second], at=day(1))
    assert [(one.number, one.code) for one in got] == [(1, ""), (None, "line_too_long"), (2, "")]


def test_one_on_which_our_own_program_fails_waits_for_a_person_and_the_others_do_not(
    postbox: Postbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_request: MailRequest) -> MailReply:
        raise ZeroDivisionError

    monkeypatch.setitem(COMMANDS, ("", "withdraw"), replace(called("withdraw", "nm"), function=fail))
    first, second = many(2)
    got = receive_all([first, Arrival(mail("withdraw"), "nm"), second], at=day(1))
    assert [one.number for one in got] == [1, 2, 3]
    by_hand = RawMessage.objects.filter(needs_person=True).values_list("number", "outcome")
    assert list(by_hand) == [(2, "mail_not_processed")]
    assert "ZeroDivisionError" in caplog.text


def test_a_large_mail_is_taken_in_by_itself(postbox: Postbox) -> None:
    before = Checkpoint.objects.count()
    large = mail("Teach by radio. " * 4_500, sender=LUCIA)
    first, second = many(2)
    got = receive_all([first, Arrival(large, "nm"), second], at=day(1))
    assert [one.number for one in got] == [1, 2, 3]
    assert Checkpoint.objects.count() == before + 3


@dataclass(frozen=True, slots=True)
class Left:
    """What anybody can see of some mails afterwards."""

    told: list[tuple[int | None, str]]
    kept: list[tuple[object, ...]]
    numbered: list[tuple[object, ...]]
    entries: list[tuple[object, ...]]
    answers: list[tuple[object, ...]]
    people: list[tuple[object, ...]]
    members: list[tuple[object, ...]]


def left_by(take: Callable[[], list[Received]]) -> Left:
    """What `take` leaves behind; then it is undone."""
    before = Entry.objects.count()
    with transaction.atomic():
        told = [(one.number, one.code) for one in take()]
        numbered = Contribution.objects.order_by("number")
        left = Left(
            told=told,
            kept=list(
                RawMessage.objects.order_by("sha256", "recipient").values_list(
                    "sha256", "message_id", "outcome", "needs_person", "process_key", "number"
                )
            ),
            numbered=list(
                numbered.values_list(
                    "number",
                    "state",
                    "channel",
                    "input__title",
                    "input__text",
                    "input__language",
                    "authorship__name",
                    "authorship__group",
                    "authorship__country",
                    "authorship__assurance",
                    "person__address",
                    "entry__index",
                )
            ),
            entries=list(
                Entry.objects.filter(index__gte=before)
                .order_by("index")
                .values_list("index", "kind", "number")
            ),
            answers=list(
                OutgoingMessage.objects.order_by("pk").values_list("to", "subject", "number", "thread")
            ),
            people=list(Person.objects.order_by("address", "name").values_list("address", "name", "group")),
            members=list(
                Participant.objects.order_by("person__address").values_list("person__address", "group")
            ),
        )
        transaction.set_rollback(True)
    return left


def any_mails(chance: Random) -> list[Arrival]:
    """Mails as they come: the same one twice, several of one person, commands, forwards of lists, damaged ones."""
    mails: list[Arrival] = []
    for _n in range(chance.randint(2, 14)):
        headers = chance.choice(
            ["", "", "", "List-Id: <talk.lists.example>\n", "Auto-Submitted: auto-replied\n"]
        )
        raw = mail(
            chance.choice(SAID),
            sender=chance.choice(WRITERS),
            to=chance.choice(
                ["nm@talanoa.example"] * 4 + ["registry@talanoa.example", "nm+talk@talanoa.example"]
            ),
            headers=headers,
            name=chance.choice(["", "", "same@a.example"]),
        )
        mails.append(Arrival(chance.choice([raw] * 9 + [b"   "]), chance.choice(["", "nm"])))
        if mails[:-1] and chance.random() < 0.1:
            mails.append(chance.choice(mails[:-1]))
    return mails


@pytest.mark.parametrize("seed", range(12))
def test_nobody_can_tell_whether_mails_came_together_or_one_by_one(postbox: Postbox, seed: int) -> None:
    mails = any_mails(Random(seed))

    def one_by_one() -> list[Received]:
        return [receive(one.raw, to=one.to, at=day(1)) for one in mails]

    def together() -> list[Received]:
        return receive_all(mails, at=day(1))

    assert left_by(together) == left_by(one_by_one)


def test_what_several_mail_servers_hand_over_at_once_is_taken_in_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken: list[int] = []

    def take(arrivals: list[Arrival], **_how: object) -> list[Received]:
        taken.append(len(arrivals))
        return [Received(int(one.raw), "", "", "") for one in arrivals]

    monkeypatch.setattr(listening, "receive_all", take)
    monkeypatch.setattr(listening, "close_old_connections", lambda: None)

    async def handed() -> list[list[str]]:
        here = SimpleNamespace(loop=asyncio.get_running_loop())
        handler = listening.Handler(Desk(lambda: day(1), lambda: None, lambda _failed: False), pool)
        mails = (handler.replies(here, b"%d" % number, ["nm"]) for number in range(1, 31))  # type: ignore[arg-type]
        return list(await asyncio.gather(*mails))

    with ThreadPoolExecutor(1) as pool:
        replies = asyncio.run(handed())
    assert replies == [[f"250 2.0.0 nm-{number} received"] for number in range(1, 31)]
    assert taken == [MOST_TOGETHER, 30 - MOST_TOGETHER]
