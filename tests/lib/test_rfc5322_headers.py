"""Who sent a mail, to whom, and whether a machine did: read so that no trick names somebody else."""

import pytest

from lib.example_mails import mail, parted
from talanoa.lib.rfc5322 import parse


@pytest.mark.parametrize(
    ("value", "name", "address"),
    [
        ("amina@example.org", "", "amina@example.org"),
        ("amina@example.org (Amina (Nairobi))", "Amina (Nairobi)", "amina@example.org"),
        ('"Odhiambo, \\"A.\\"" <amina@example.org>', 'Odhiambo, "A."', "amina@example.org"),
        ("Odhiambo, Amina <amina@example.org>", "Amina", "amina@example.org"),
        ('"=?utf-8?Q?Zo=C3=A9?=" <zoe@example.org>', "Zoé", "zoe@example.org"),
        ("bank@example.org <amina@example.org>", "bank@example.org", "amina@example.org"),
        ("Team: amina@example.org;", "", "amina@example.org"),
        ("<@relay.example,@b.example:amina@example.org>", "", "amina@example.org"),
        ("Amina amina@example.org", "", "amina@example.org"),
        ("Аминá <амина@пример.рф>", "Аминá", "амина@пример.рф"),
        ("amina@example.org (unfinished", "unfinished", "amina@example.org"),
        ("amina@example.org, AMINA@example.org", "", "amina@example.org"),
    ],
)
def test_the_sender_is_read(value: str, name: str, address: str) -> None:
    found = parse(mail(start=f"From: {value}\n"))
    assert (found.sender_name, found.sender_address) == (name, address)


@pytest.mark.parametrize(
    ("value", "note"),
    [
        ("amina@example.org, tevita@example.org", "sender_ambiguous"),
        ("<amina@example.org> <tevita@example.org>", "sender_ambiguous"),
        ("amina@example.org tevita@example.org", "sender_ambiguous"),
        ("amina@example.org\nFrom: tevita@example.org", "sender_ambiguous"),
        ("amina@exam\u200bple.org", "sender_missing"),
        ("amina at example.org", "sender_missing"),
        ('"Amina <amina@example.org>', "sender_missing"),
        ("=?utf-8?q?amina=40example=2Eorg?=", "sender_missing"),
        ("<>", "sender_missing"),
    ],
)
def test_no_address_is_better_than_one_of_two(value: str, note: str) -> None:
    found = parse(mail("Date: Mon, 2 Nov 2026 10:00:00 +0000\n", start=f"From: {value}\n"))
    assert (found.sender_address, found.charset_notes) == ("", (note,))


def test_only_fifty_recipients_are_read() -> None:
    addresses = [f"member{number}@example.org" for number in range(60)]
    found = parse(mail(f"Cc: {', '.join(addresses)}\n"))
    assert found.to == ("input@talanoa.example", *addresses[:49])
    assert found.charset_notes == ("recipients_cut",)


def test_of_endless_references_the_last_fifty_count() -> None:
    found = parse(
        mail("References:" + "".join(f"\n <{number}@example.org>" for number in range(2000)) + "\n")
    )
    assert found.references == tuple(f"{number}@example.org" for number in range(1950, 2000))


@pytest.mark.parametrize(
    "headers",
    [
        "Auto-Submitted: auto-replied; owner=x\n",
        "Precedence: Bulk\n",
        "Precedence: junk\n",
        "Precedence: list\n",
        "X-Auto-Response-Suppress: OOF, AutoReply\n",
        "Return-Path: <>\n",
    ],
)
def test_a_machine_is_known_by_its_headers(headers: str) -> None:
    assert parse(mail(headers)).auto_submitted


@pytest.mark.parametrize(
    "headers",
    ["", "Auto-Submitted: no (person)\n", "Precedence: first-class\n", "Return-Path: <a@b.example>\n"],
)
def test_a_person_is_no_machine(headers: str) -> None:
    assert not parse(mail(headers)).auto_submitted


def test_a_report_on_delivery_comes_from_a_machine() -> None:
    assert parse(parted("report; report-type=delivery-status", "\nNot delivered.")).auto_submitted


def test_the_list_is_named_and_is_no_machine() -> None:
    found = parse(mail("List-Id: Talk on input <Talk.Example.org>\n"))
    assert (found.list_id, found.auto_submitted) == ("talk.example.org", False)
