"""The one way in for mail: whatever comes is kept, numbered where it can be, and answered where it should be."""

from dataclasses import replace
from pathlib import Path

import pytest

from conftest import day
from lib.example_mails import NASTY
from mail.example_mails import LUCIA, Postbox, answer, mail, words
from talanoa.contributions.models import Assurance, Contribution
from talanoa.inputs.actions.erasing import erase_input
from talanoa.inputs.models import Input
from talanoa.lib import receipts
from talanoa.lib.notes import Verifier
from talanoa.mail.models import OutgoingMessage, RawMessage
from talanoa.mail.receiving import Arrival, receive_all
from talanoa.mail.registry import COMMANDS, MailReply, MailRequest, called
from talanoa.people.models import Person
from talanoa.processes.actions.chartering import publish_charter
from talanoa.processes.actions.stages import keep_stages, open_process
from talanoa.processes.models import Participant, Process
from talanoa.record.models import Log

State = Contribution.State
UNPARSABLE = {
    "nothing but blanks": b"   ",
    "header too long": b"Subject: " + b"x" * 9000 + b"\r\n\r\nWords.\r\n",
}
READABLE = (
    b"Content-Disposition: attachment; filename=view.txt\r\nContent-Type: text/plain\r\n\r\nPay them.\r\n"
)


@pytest.fixture
def postbox(process: Process, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


def parted(*parts: bytes, text: bytes = b"") -> bytes:
    """A mail by Yusuf with a text and further parts."""
    head = mail("", headers='Content-Type: multipart/mixed; boundary="=b"\n')
    body = b"".join(b"--=b\r\n" + part + b"\r\n" for part in (b"\r\n" + text, *parts))
    return head + body + b"--=b--\r\n"


def test_a_mail_from_a_stranger_is_numbered_held_and_answered(postbox: Postbox, log: Log) -> None:
    got = postbox.receive(mail(sender="Tupou Fifita <tupou@nukualofa.example>"), at=day(1))
    made = Input.objects.get()
    assert (got.number, got.code, made.text) == (1, "", "Please keep mail only courses.")
    assert made.contribution.state == State.UNCONFIRMED
    assert made.contribution.authorship.assurance == Assurance.CLAIMED
    verdict = receipts.check(
        receipts.parse(words(postbox.last("tupou@nukualofa.example"))), [Verifier.parse(log.vkey)]
    )
    assert verdict.code == receipts.OK


def test_a_known_address_alone_proves_nothing(postbox: Postbox, yusuf: Person) -> None:
    postbox.receive(mail(), at=day(1))
    made = Contribution.objects.get()
    assert (made.person, made.state, made.channel) == (yusuf, State.UNCONFIRMED, "mail")


def test_the_answer_stands_below_the_mail_it_answers(postbox: Postbox) -> None:
    postbox.receive(
        mail(name="2@garissa.example", headers="References: <0@a.example> <1@a.example>\n"), at=day(1)
    )
    letter = postbox.last()
    assert letter["In-Reply-To"] == "<2@garissa.example>"
    assert letter["References"].split() == ["<0@a.example>", "<1@a.example>", "<2@garissa.example>"]
    assert (letter["Subject"], letter["Auto-Submitted"]) == ("Received: nm-1", "auto-replied")


def test_the_answer_quotes_nothing_of_the_mail_and_fits_its_lines(postbox: Postbox, process: Process) -> None:
    Process.objects.update(title="How should " + "training in every language " * 6)
    postbox.receive(mail("CANARY"), at=day(1))
    said = words(postbox.last())
    assert "CANARY" not in said
    above = said.split("== received ==")[0]
    assert max(map(len, above.splitlines())) <= 72
    assert " ".join(Process.objects.get().title.split()) in " ".join(above.split())


@pytest.mark.parametrize(
    "sent_to", ["nm@talanoa.example", "NM@Talanoa.Example", "Desk <nm@talanoa.example>, b@c.example"]
)
def test_without_an_envelope_the_mail_s_own_recipients_count(postbox: Postbox, sent_to: str) -> None:
    assert postbox.receive(mail(to=sent_to), at=day(1)).number == 1


def test_of_several_recipients_the_one_at_our_domain_is_meant(postbox: Postbox) -> None:
    both = "list@lists.example, nm@talanoa.example"
    assert postbox.receive(mail(to=both), at=day(1)).number == 1


@pytest.mark.parametrize("envelope", ["nm", "NM", "nm@talanoa.example", "nm@elsewhere.example"])
def test_the_envelope_may_be_a_key_or_an_address(postbox: Postbox, envelope: str) -> None:
    assert postbox.receive(mail(to="undisclosed-recipients:;"), to=envelope, at=day(1)).number == 1


def test_the_same_mail_again_gets_the_first_number_and_no_second_answer(postbox: Postbox) -> None:
    first, again = postbox.receive(mail(), at=day(1)), postbox.receive(mail(), at=day(2))
    assert (first.number, again.number, again.code) == (1, 1, "")
    assert (Input.objects.count(), RawMessage.objects.count(), len(postbox.letters())) == (1, 1, 1)


def test_the_same_mail_on_another_path_gets_the_first_number_and_is_answered_again(postbox: Postbox) -> None:
    relayed = b"Received: from b.example by c.example; Mon, 2 Mar 2026 10:00:05 +0000\r\n" + mail()
    numbers = [postbox.receive(raw, at=day(1)).number for raw in (mail(), relayed)]
    assert (numbers, Input.objects.count(), RawMessage.objects.count()) == ([1, 1], 1, 2)
    assert [letter["Subject"] for letter in postbox.letters()] == ["Received: nm-1"] * 2
    assert set(RawMessage.objects.values_list("outcome", flat=True)) == {"received"}


def test_another_text_under_the_same_message_id_is_another_input_and_flagged(postbox: Postbox) -> None:
    postbox.receive(mail("One.", name="1@a.example"), at=day(1))
    assert postbox.receive(mail("Two.", name="1@a.example"), at=day(1)).number == 2
    assert list(RawMessage.objects.order_by("pk").values_list("outcome", flat=True)) == [
        "received",
        "id_reused",
    ]


@pytest.mark.parametrize("raw", UNPARSABLE.values(), ids=UNPARSABLE.keys())
def test_a_mail_that_no_program_can_read_is_an_input_that_waits_for_a_person(
    postbox: Postbox, raw: bytes
) -> None:
    got = postbox.receive(raw, to="nm", at=day(1))
    kept = RawMessage.objects.get()
    assert (got.number, got.code, kept.needs_person, bytes(kept.data)) == (1, "", True, raw)
    assert (kept.outcome[:5], postbox.files()) == ("mail_", [])
    assert postbox.receive(raw, to="nm", at=day(2)).number == 1


def test_a_process_that_is_not_there_is_named(postbox: Postbox) -> None:
    got = postbox.receive(mail(), to="zz@talanoa.example", at=day(1))
    assert (got.number, got.code) == (None, "call_unknown")
    assert words(postbox.last()).splitlines() == [
        "There is no process “zz” here. Each process page shows the address to",
        "write to.",
        "",
        "Open now:",
        "  nm@talanoa.example  How should training be funded?",
        "",
        "Code: call_unknown",
    ]


@pytest.mark.parametrize("sent_to", ["consult@talanoa.example", "undisclosed-recipients:;"])
def test_a_mail_that_names_no_process_goes_to_the_only_open_call(postbox: Postbox, sent_to: str) -> None:
    assert postbox.receive(mail(to=sent_to), at=day(1)).number == 1
    assert postbox.receive(mail("Later.", to=sent_to), at=day(41)).code == "call_unknown"


def test_with_two_open_calls_a_mail_that_names_neither_is_told_both(
    postbox: Postbox, nino: Participant
) -> None:
    publish_charter(nino.process, by=nino, at=day(0), channel="web")
    open_process(nino.process, by=nino, at=day(0), channel="web")
    got = postbox.receive(mail(to="consult@talanoa.example"), at=day(1))
    assert got.code == "call_unknown"
    assert [line for line in words(postbox.last()).splitlines() if "@" in line] == [
        "  geo@talanoa.example  Who names the places on a map?",
        "  nm@talanoa.example  How should training be funded?",
    ]
    assert Input.objects.count() == 0


def test_an_answer_to_a_letter_of_ours_goes_to_the_process_of_the_letter(
    postbox: Postbox, nino: Participant
) -> None:
    publish_charter(nino.process, by=nino, at=day(0), channel="web")
    open_process(nino.process, by=nino, at=day(0), channel="web")
    postbox.receive(mail("One."), at=day(1))
    named = str(postbox.last()["Message-ID"]).strip()
    for header in (f"In-Reply-To: {named}\n", f"References: <1@a.example> {named}\n"):
        raw = mail(f"To {header}", to="consult@talanoa.example", headers=header)
        assert postbox.receive(raw, at=day(1)).code == ""
    forged = mail("Two.", to="consult@talanoa.example", headers="In-Reply-To: <1.x@talanoa.example>\n")
    assert postbox.receive(forged, at=day(1)).code == "call_unknown"
    assert list(Contribution.objects.values_list("process__key", "number")) == [
        ("nm", 1),
        ("nm", 2),
        ("nm", 3),
    ]


def test_the_delivering_server_s_word_counts_before_the_sender_s(postbox: Postbox, nino: Participant) -> None:
    publish_charter(nino.process, by=nino, at=day(0), channel="web")
    trace = b"X-Original-To: nm@talanoa.example\r\nReceived: by mx.talanoa.example\r\n"
    assert postbox.receive(trace + mail(to="all@lists.example"), at=day(1)).number == 1
    forged = mail("Two.", to="all@lists.example", headers="Delivered-To: geo@talanoa.example\n")
    assert postbox.receive(trace + forged, at=day(1)).number == 2


def test_who_sent_a_mail_that_no_program_can_read_is_told_its_number(postbox: Postbox) -> None:
    head = b"From: Yusuf Abdi <yusuf@garissa.example>\r\nMessage-ID: <1@a.example>\r\n"
    got = postbox.receive(head + b"X: " + b"x" * 9000 + b"\r\n\r\nWords.", to="nm", at=day(1))
    letter = postbox.last()
    assert (got.number, letter["Subject"], letter["In-Reply-To"]) == (1, "Received: nm-1", "<1@a.example>")
    told = "No program could read your mail, so a person will. It is kept as it came."
    assert " ".join(words(letter).split("\n\n")[0].split()) == told
    assert Contribution.objects.get().state == State.UNCONFIRMED


def test_a_mail_on_which_our_own_program_fails_is_numbered_for_a_person(
    postbox: Postbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_request: MailRequest) -> MailReply:
        raise ZeroDivisionError

    failing = replace(called("withdraw", "nm"), function=fail)
    monkeypatch.setitem(COMMANDS, ("", "withdraw"), failing)
    got = receive_all([Arrival(mail("withdraw"), "nm")], at=day(1))[0]
    kept = RawMessage.objects.get()
    assert (got.number, kept.needs_person, kept.outcome) == (1, True, "mail_not_processed")
    assert "ZeroDivisionError" in caplog.text


def test_a_closed_call_is_named_and_the_mail_is_kept(postbox: Postbox) -> None:
    keep_stages(at=day(41))
    got = postbox.receive(mail(), at=day(41))
    assert (got.code, Input.objects.count(), RawMessage.objects.get().outcome) == (
        "call_closed",
        0,
        "call_closed",
    )
    assert postbox.last()["Subject"] == "Your mail was not accepted"


def test_a_refused_mail_leaves_no_person_behind(postbox: Postbox) -> None:
    before = Person.objects.count()
    postbox.receive(mail("", sender="Tupou Fifita <tupou@nukualofa.example>"), at=day(1))
    assert Person.objects.count() == before


@pytest.mark.parametrize(
    "headers",
    [
        "Auto-Submitted: auto-replied\n",
        "Precedence: bulk\n",
        "Return-Path: <>\n",
        "X-Auto-Response-Suppress: All\n",
    ],
)
def test_a_machine_s_mail_is_received_and_never_answered(postbox: Postbox, headers: str) -> None:
    assert postbox.receive(mail(headers=headers), at=day(1)).number == 1
    assert postbox.receive(mail(headers=headers), to="zz", at=day(1)).code == "call_unknown"
    assert postbox.files() == []


def test_a_machine_that_answers_our_letter_proves_nobody(postbox: Postbox) -> None:
    postbox.receive(mail(), at=day(1))
    away = answer(postbox.last(), "I am away until Friday.", headers="Auto-Submitted: auto-replied\n")
    assert postbox.receive(away, at=day(2)).number == 2
    assert set(Contribution.objects.values_list("state", flat=True)) == {State.UNCONFIRMED}


@pytest.mark.parametrize("text", ["", " \n\n "])
def test_an_empty_mail_is_answered_with_the_help(postbox: Postbox, text: str) -> None:
    got = postbox.receive(mail(text), at=day(1))
    assert (got.number, got.code, Input.objects.count()) == (None, "", 0)
    assert words(postbox.last()).startswith("Your mail had no words in it; nothing was received.")


def test_the_word_input_without_a_text_is_refused_with_a_reason(postbox: Postbox) -> None:
    got = postbox.receive(mail("input"), at=day(1))
    assert (got.number, got.code) == (None, "text_empty")


def test_our_own_letter_sent_back_without_a_word_is_no_input(postbox: Postbox) -> None:
    postbox.receive(mail(), at=day(1))
    assert postbox.receive(answer(postbox.last(), ""), at=day(2)).number is None
    assert Input.objects.count() == 1


def test_what_somebody_passes_on_is_an_input(postbox: Postbox) -> None:
    postbox.receive(mail("> Pay the trainers in their own currency."), at=day(1))
    assert Input.objects.get().text == "> Pay the trainers in their own currency."


def test_a_text_beyond_the_limit_is_refused_not_cut(postbox: Postbox) -> None:
    assert postbox.receive(mail("word " * 50_000), at=day(1)).code == "text_too_long"


def test_windows_1252_a_broken_reply_header_and_two_megabytes_attached(postbox: Postbox) -> None:
    part = b"Content-Type: text/plain; charset=windows-1252\r\n\r\nR\xe9ponse \x96 \x93oui\x94.\r\n"
    attached = b"Content-Type: image/png\r\nContent-Disposition: attachment; filename=map.png\r\n\r\n"
    raw = parted(part, attached + b"\x89PNG" * 524_288).replace(
        b"Subject:", b"In-Reply-To: Amina's message of Monday\r\nSubject:", 1
    )
    assert postbox.receive(raw, at=day(1)).number == 1
    assert Input.objects.get().text == "Réponse – “oui”."
    assert bytes(RawMessage.objects.get().data) == raw


def test_a_mail_without_words_speaks_by_the_first_attachment_that_can_be_read(postbox: Postbox) -> None:
    picture = (
        b"Content-Type: image/png\r\nContent-Disposition: attachment; filename=map.png\r\n\r\n\x89PNG\r\n"
    )
    assert postbox.receive(parted(picture, READABLE), at=day(1)).number == 1
    made = Input.objects.get()
    assert (made.text, made.original.filename) == ("Pay them.", "view.txt")


def test_attachments_that_cannot_be_read_are_named(postbox: Postbox) -> None:
    picture = (
        b"Content-Type: image/png\r\nContent-Disposition: attachment; filename=map.png\r\n\r\n\x89PNG\r\n"
    )
    assert postbox.receive(parted(picture), at=day(1)).code == "upload_type"


def test_a_display_name_of_any_length_and_an_address_nobody_can_have(postbox: Postbox) -> None:
    postbox.receive(mail("One.", sender=f"{'Very long name ' * 60}<x@a.example>"), at=day(1))
    postbox.receive(mail("Two.", sender=f"X <{'x' * 120}@{'a' * 200}.example>"), at=day(1))
    assert [len(c.person.name) for c in Contribution.objects.order_by("number")] == [299, 1]
    assert [str(letter["To"]) for letter in postbox.letters()] == ["x@a.example"]


def test_a_name_with_a_line_end_in_it_writes_no_header(postbox: Postbox) -> None:
    evil = "=?utf-8?q?Yusuf=0D=0ABcc:_all=40a.example?= <yusuf@garissa.example>"
    postbox.receive(mail(sender=evil, subject="=?utf-8?q?Hi=0ABcc:_all=40a.example?="), at=day(1))
    assert postbox.last()["Bcc"] is None
    assert "\n" not in Input.objects.get().title + Contribution.objects.get().authorship.name


@pytest.mark.parametrize("raw", NASTY.values(), ids=NASTY.keys())
def test_every_nasty_mail_is_numbered_or_refused_with_a_code(postbox: Postbox, raw: bytes) -> None:
    got = postbox.receive(raw, to="nm", at=day(1))
    is_empty = got.text.startswith("Your mail had no words in it")
    assert [bool(got.number), bool(got.code), is_empty].count(True) == 1
    assert RawMessage.objects.get().outcome != ""
    assert len(postbox.files()) == OutgoingMessage.objects.count()


def test_somebody_else_s_token_gives_no_rights(postbox: Postbox, lucia: Person) -> None:
    postbox.receive(mail(), at=day(1))
    got = postbox.receive(answer(postbox.last(), "withdraw", sender=LUCIA), at=day(2))
    assert (got.code, Contribution.objects.get().state) == ("not_allowed", State.UNCONFIRMED)


def test_two_senders_are_none_even_with_a_token(postbox: Postbox) -> None:
    postbox.receive(mail(), at=day(1))
    raw = b"From: lucia@nic.example\r\n" + answer(postbox.last(), "confirm")
    assert postbox.receive(raw, at=day(2)).code == "not_allowed"


def test_the_token_of_one_process_is_none_in_another(postbox: Postbox) -> None:
    postbox.receive(mail(), at=day(1))
    letter = postbox.last()
    elsewhere = answer(letter, "confirm").replace(b"To: nm+", b"To: geo+")
    assert postbox.receive(elsewhere, at=day(2)).code == "not_allowed"
    geo = str(letter["Reply-To"]).replace("nm+", "geo+")
    assert postbox.receive(elsewhere, to=geo, at=day(2)).code == "call_unknown"


def test_after_ninety_days_a_token_proves_nothing(postbox: Postbox) -> None:
    postbox.receive(mail(), at=day(1))
    letter = postbox.last()
    assert postbox.receive(answer(letter, "confirm"), at=day(91)).code == "not_allowed"
    assert postbox.receive(answer(letter, "Confirm."), at=day(90)).code == ""


def test_mail_systems_may_change_the_case_of_our_addresses(postbox: Postbox) -> None:
    postbox.receive(mail(), at=day(1))
    letter = postbox.last()
    address = str(letter["Reply-To"])
    letter.replace_header("Reply-To", address.upper())
    assert postbox.receive(answer(letter, "confirm"), at=day(2)).code == ""


def test_an_erased_input_leaves_no_mail_about_it(postbox: Postbox, convenor: Participant) -> None:
    postbox.receive(mail("CANARY about wells", subject="CANARY"), at=day(1))
    erase_input(Input.objects.get(), by=convenor, ground="personal_data", at=day(2), channel="web")
    kept = RawMessage.objects.get()
    assert (bytes(kept.data), OutgoingMessage.objects.get().text, postbox.files()) == (b"", "", [])


def test_a_mail_with_more_text_than_anybody_writes_is_read_by_a_person(postbox: Postbox) -> None:
    got = postbox.receive(mail("Pay them.\n" * 250_000), at=day(1))
    kept = RawMessage.objects.get()
    assert (got.number, kept.needs_person, kept.outcome) == (1, True, "mail_too_complex")
