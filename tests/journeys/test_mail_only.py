"""Somebody with a plain mail program takes part in a whole process: no page is opened, no account is made."""

import json
from email.message import EmailMessage
from pathlib import Path

import pytest

from conftest import day
from mail.example_mails import Postbox, answer, mail, words
from steps import REPORT, RULINGS, theme_with
from talanoa.conf.clockwork import tick
from talanoa.contributions.actions.answering import approve_response, draft_response, reply_to_dispute
from talanoa.contributions.models import Answer, Contribution, Dispute
from talanoa.lib import receipts
from talanoa.lib.notes import Verifier
from talanoa.people.models import User
from talanoa.processes.models import Participant
from talanoa.record.auditing import audit
from talanoa.record.models import Entry, Log
from talanoa.reports.actions import decide, seal_report, write_report
from talanoa.reports.models import Report

TUPOU = "Tupou Fifita <tupou@nukualofa.example>"
ADDRESS = "tupou@nukualofa.example"
State = Contribution.State


class Tupou:
    """A teacher on Tongatapu with a mail program. She answers the letters that she gets."""

    def __init__(self, postbox: Postbox) -> None:
        self.postbox = postbox

    def writes(self, text: str, *, on: float) -> int | None:
        """She writes to the address on the poster."""
        return self.postbox.receive(mail(text, sender=TUPOU), at=day(on)).number

    def answers(self, text: str, *, on: float) -> int | None:
        """She answers the newest letter in her mailbox."""
        return self.postbox.receive(answer(self.letter, text, sender=TUPOU), at=day(on)).number

    @property
    def letters(self) -> list[EmailMessage]:
        """Her letters, without the digests of the mornings between."""
        return [one for one in self.postbox.letters(ADDRESS) if one["Subject"] != "nm: what happened"]

    @property
    def letter(self) -> EmailMessage:
        return self.letters[-1]

    @property
    def subjects(self) -> list[str]:
        return [str(letter["Subject"]) for letter in self.letters]


@pytest.fixture
def tupou(process: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tupou:
    return Tupou(Postbox(tmp_path, monkeypatch))


def desk_answers(convenor: Participant, *, on: float) -> None:
    """The secretariat answers what waits, and the clock tells the authors."""
    waiting = Contribution.objects.counted().filter(answers=None)
    theme = theme_with(convenor, *waiting, label=f"Day {on}")
    said = draft_response(
        convenor.process,
        by=convenor,
        theme=theme,
        status="accepted",
        text="Yes: it costs little.",
        at=day(on),
    )
    approve_response(said, by=convenor, at=day(on), channel="web")
    tick(at=day(on))


def state(number: int) -> str:
    return Contribution.objects.get(number=number).state


def test_from_the_first_mail_to_the_dispute_of_the_answer_and_the_decision(
    tupou: Tupou, convenor: Participant, log: Log
) -> None:
    assert tupou.writes("Teach by radio.", on=1) == 1
    assert "answer this mail with the one word: confirm" in " ".join(words(tupou.letter).split())
    tupou.answers("Confirm", on=2)
    assert state(1) == State.PUBLISHED

    assert tupou.answers("Replace\n\nTeach by radio, in Tongan.", on=3) == 2
    assert (state(1), state(2)) == (State.SUPERSEDED, State.PUBLISHED)
    assert tupou.answers("A second matter: pay for the batteries.", on=4) == 3
    assert tupou.answers("withdraw 3", on=5) == 3

    tick(at=day(41))
    desk_answers(convenor, on=42)
    assert tupou.subjects[-1] == "The answer to your input nm-2"
    assert tupou.answers("Dispute: I asked for Tongan, and you speak of costs.", on=43) == 2
    reply_to_dispute(
        Dispute.objects.get(), by=convenor, reply="You did: in Tongan.", at=day(44), channel="web"
    )
    tick(at=day(44))
    assert words(tupou.letter).endswith("You did: in Tongan.\n")
    tupou.answers("Thanks.", on=45)
    assert Answer.objects.get().reception == Answer.Reception.ACKNOWLEDGED

    write_report(convenor.process, by=convenor, title="Report", text=REPORT, at=day(46))
    seal_report(convenor.process, by=convenor, at=day(46), channel="web")
    tick(at=day(46))
    assert words(tupou.letter).endswith(REPORT)
    assert tupou.answers("Say who pays the trainers.", on=50) == 4
    assert tick(at=day(68)).final == 0
    desk_answers(convenor, on=69)
    assert Report.objects.get().final_at == day(69)
    decide(convenor.process, by=convenor, rulings=RULINGS, at=day(71), channel="web")
    tick(at=day(71))
    assert "2. Not accepted. The budget is public already." in words(tupou.letter)
    assert (audit(log).wrong, User.objects.count()) == ([], 0)


def test_every_letter_of_hers_is_complete_small_and_in_its_thread(
    tupou: Tupou, convenor: Participant
) -> None:
    tupou.writes("Teach by radio.", on=1)
    tupou.answers("confirm", on=2)
    desk_answers(convenor, on=3)
    letters = tupou.postbox.letters(ADDRESS)
    assert tupou.subjects == ["Received: nm-1", "Confirmed: nm-1", "The answer to your input nm-1"]
    assert all(str(letter["Reply-To"]).startswith("nm+") for letter in letters)
    assert all(letter.get_content_type() == "text/plain" for letter in letters)
    assert max(len(letter.as_bytes()) for letter in letters) < 20_000
    assert len({str(letter["Message-ID"]) for letter in letters}) == len(letters)


def test_the_receipt_in_her_mailbox_holds_without_this_host(tupou: Tupou, log: Log) -> None:
    tupou.writes("Teach by radio.", on=1)
    verdict = receipts.check(receipts.parse(words(tupou.letter)), [Verifier.parse(log.vkey)])
    assert verdict.code == receipts.OK


def test_what_she_did_stands_on_the_record_as_done_by_mail(tupou: Tupou, convenor: Participant) -> None:
    before = Entry.objects.count()
    tupou.writes("Teach by radio.", on=1)
    for number, text in enumerate(["confirm", "replace\nIn Tongan."], start=2):
        tupou.answers(text, on=number)
    desk_answers(convenor, on=4)
    for number, text in enumerate(["dispute: I said Tongan.", "thanks", "withdraw"], start=5):
        tupou.answers(text, on=number)
    leaves = [json.loads(bytes(e.leaf)) for e in Entry.objects.filter(index__gte=before).order_by("index")]
    assert [(leaf["k"], leaf["n"]) for leaf in leaves if leaf["ch"] == "mail"] == [
        ("input.received.1", 1),
        ("contribution.confirmed.1", 1),
        ("input.received.1", 2),
        ("response.disputed.1", 2),
        ("response.acknowledged.1", 2),
        ("contribution.withdrawn.1", 2),
    ]
    assert {leaf["r"] for leaf in leaves if leaf["ch"] == "mail"} == {"participant"}


def test_nobody_else_s_letter_lets_her_act_for_them(tupou: Tupou) -> None:
    tupou.postbox.receive(mail("Keep the courses."), at=day(1))
    tupou.writes("Teach by radio.", on=1)
    tupou.answers("withdraw 1", on=2)
    assert state(1) == State.UNCONFIRMED
    assert tupou.subjects[-1] == "Your mail was not accepted"
