"""A mail that no program could read is read by a person: its number stays, and what stood there stays provable."""

from pathlib import Path

import pytest

from conftest import day
from mail.example_mails import Postbox, mail, words
from steps import line, new_entries, refusal
from talanoa.conf.clockwork import tick
from talanoa.contributions.models import Contribution
from talanoa.contributions.receipts import receipt_text
from talanoa.inputs.actions.erasing import erase_input
from talanoa.inputs.actions.receiving import Words, transcribe_input
from talanoa.inputs.models import Input, Transcription
from talanoa.inputs.queries import mails_for_hand, mails_refused
from talanoa.kernel.errors import NotAllowed
from talanoa.mail.models import RawMessage
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Process
from talanoa.record.auditing import audit
from talanoa.record.models import Log

UNREADABLE = b"X: " + b"x" * 9000 + b"\r\n\r\nPay the trainers."
READ = {
    "words": Words(title="Money", text="Pay the trainers."),
    "name": "Tupou Fifita",
    "at": day(2),
    "channel": "web",
}


@pytest.fixture
def postbox(process: Process, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


@pytest.fixture
def held(postbox: Postbox) -> Input:
    """The input that stands for a mail which no program could read."""
    postbox.receive(UNREADABLE, to="nm", at=day(1))
    return Input.objects.get()


def test_what_a_person_reads_takes_the_place_of_the_note(
    held: Input, dalia: Participant, process: Process
) -> None:
    made = transcribe_input(held, by=dalia, address="", **READ)
    contribution = Contribution.objects.get()
    assert (made.title, made.text, contribution.number) == ("Money", "Pay the trainers.", 1)
    assert (contribution.authorship.name, contribution.state) == ("Tupou Fifita", "unconfirmed")
    assert (contribution.entered_by, contribution.authorship.assurance) == (dalia, "entered")
    assert list(mails_for_hand(process)) == []


def test_the_record_says_that_a_person_read_it(held: Input, dalia: Participant) -> None:
    entries = new_entries(lambda: transcribe_input(held, by=dalia, address="", **READ))
    assert entries == [line("input.transcribed.1", r="secretariat", at=day(2), n=1)]


def test_what_stood_there_before_stays_provable(held: Input, dalia: Participant, log: Log) -> None:
    before = receipt_text(held.contribution)
    transcribe_input(held, by=dalia, address="", **READ)
    kept = Transcription.objects.get()
    assert (kept.title, kept.name) == ("A mail that could not be read by program", "Unknown sender")
    opened = [row for row in receipt_text(Contribution.objects.get()).splitlines() if "title" in row]
    assert opened
    assert set(opened) <= set(before.splitlines())
    assert audit(log).holds


def test_words_that_were_changed_past_the_act_are_found(held: Input, dalia: Participant, log: Log) -> None:
    transcribe_input(held, by=dalia, address="", **READ)
    Transcription.objects.update(text="Something else.")
    assert not audit(log).holds


def test_the_author_is_told_and_can_confirm(held: Input, dalia: Participant, postbox: Postbox) -> None:
    transcribe_input(held, by=dalia, address="tupou@nukualofa.example", **READ)
    tick(at=day(2))
    letter = postbox.last("tupou@nukualofa.example")
    assert letter["Subject"] == "Your mail was read by hand: nm-1"
    assert "| Pay the trainers." in words(letter)
    raw = mail("confirm", sender="tupou@nukualofa.example", to=str(letter["Reply-To"]))
    assert postbox.receive(raw, at=day(3)).code == ""
    assert Contribution.objects.get().state == "published"


def test_who_is_known_by_the_mail_itself_stays_its_author(
    postbox: Postbox, dalia: Participant, yusuf: Person
) -> None:
    postbox.receive(b"From: yusuf@garissa.example\r\n" + UNREADABLE, to="nm", at=day(1))
    transcribe_input(Input.objects.get(), by=dalia, address="other@a.example", **READ)
    assert Contribution.objects.get().person == yusuf


def test_a_mail_is_read_by_hand_once(held: Input, dalia: Participant) -> None:
    transcribe_input(held, by=dalia, address="", **READ)
    assert refusal(lambda: transcribe_input(held, by=dalia, address="", **READ)) == "not_for_hand"


def test_the_same_mail_again_needs_no_person_again(held: Input, dalia: Participant, postbox: Postbox) -> None:
    transcribe_input(held, by=dalia, address="", **READ)
    assert postbox.receive(UNREADABLE, to="nm", at=day(3)).number == 1
    assert not RawMessage.objects.get().needs_person
    assert Input.objects.get().text == "Pay the trainers."


def test_no_words_are_no_reading(held: Input, dalia: Participant) -> None:
    empty = READ | {"words": Words(title="Money", text=" ")}
    assert refusal(lambda: transcribe_input(held, by=dalia, address="", **empty)) == "text_empty"
    long = READ | {"name": "x" * 301}
    assert refusal(lambda: transcribe_input(held, by=dalia, address="", **long)) == "line_too_long"
    assert RawMessage.objects.get().needs_person


def test_who_holds_no_office_reads_no_mail_by_hand(held: Input, process: Process, lucia: Person) -> None:
    by = enter(process, lucia, at=day(1))
    with pytest.raises(NotAllowed):
        transcribe_input(held, by=by, address="", **READ)
    assert Transcription.objects.count() == 0


def test_erasing_takes_what_stood_there_too(
    held: Input, dalia: Participant, convenor: Participant, log: Log
) -> None:
    transcribe_input(held, by=dalia, address="", **READ)
    erase_input(Input.objects.get(), by=convenor, ground="personal_data", at=day(3), channel="web")
    kept = Transcription.objects.get()
    assert (kept.title, kept.text, kept.name, Input.objects.get().text) == ("", "", "", "")
    assert audit(log).holds


def test_refused_mails_are_listed_for_thirty_days(postbox: Postbox, process: Process) -> None:
    postbox.receive(mail("withdraw 1"), to="nm", at=day(1))
    postbox.receive(mail(), to="nm", at=day(1))
    assert [row.outcome for row in mails_refused(process, day(30))] == ["not_allowed"]
    assert list(mails_refused(process, day(32))) == []
    assert list(mails_for_hand(process)) == []
