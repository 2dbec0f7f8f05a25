"""The pages about mail: the operator tests the mailbox, the secretariat reads by hand what no program could."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.urls import reverse

from conftest import day
from journeys.mail_servers import PASSWORD, dovecot, needs_dovecot
from mail.example_mails import Postbox, mail
from talanoa.inputs.models import Input
from talanoa.mail import posting
from talanoa.mail.models import RawMessage
from talanoa.mail.posting import Account
from talanoa.people.actions import know_person
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process
from web import Hands, Reader

PAGE = "/operator/mail/"
UNREADABLE = b"X: " + b"x" * 9000 + b"\r\n\r\nPay the <b>trainers</b>."


@pytest.fixture
def operator(db: None) -> Person:
    return know_person(name="Keola Kahale", address="operator@talanoa.example")


@pytest.fixture
def unreadable(process: Process, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RawMessage:
    """A mail that waits for a person; it is the second day."""
    Hands(monkeypatch, day(2))
    Postbox(tmp_path, monkeypatch).receive(UNREADABLE, to="nm", at=day(1))
    return RawMessage.objects.get()


def test_only_the_operator_sees_the_page_and_only_with_a_second_factor(
    operator: Person, yusuf: Person
) -> None:
    asked = (Reader(), Reader(yusuf, in_office=True), Reader(operator), Reader(operator, in_office=True))
    answers = [reader.client.get(PAGE) for reader in asked]
    assert [answer.status_code for answer in answers] == [302, 403, 302, 200]
    doors = [answer.headers.get("Location", "").partition("?")[0] for answer in answers]
    assert doors == ["/account/login/", "", "/account/2fa/reauthenticate/", ""]


def test_without_a_mailbox_there_is_no_button(operator: Person) -> None:
    reader = Reader(operator, in_office=True)
    page = reader.open(PAGE)
    assert "No mailbox is set." in page.text
    assert [form for form in page.forms if "Test the mailbox" in form.buttons] == []


def test_a_mailbox_that_cannot_be_reached_is_said_so(
    operator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = Account("127.0.0.1", "desk", PASSWORD, port=1, is_tls=False)
    monkeypatch.setattr(posting.mailbox, "account", account)
    reader = Reader(operator, in_office=True)
    reader.open(PAGE)
    page = reader.press("Test the mailbox")
    assert "The mail server cannot be reached: Connection refused" in page.text
    assert PASSWORD not in page.text


@needs_dovecot
def test_the_button_counts_what_waits(operator: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    with dovecot() as server:
        server.put("user1", mail(), mail("Two."))
        account = Account("127.0.0.1", "user1", PASSWORD, port=server.port, is_tls=False)
        monkeypatch.setattr(posting.mailbox, "account", account)
        reader = Reader(operator, in_office=True)
        reader.open(PAGE)
        page = reader.press("Test the mailbox")
    assert "The mailbox opens: 2 mails, 2 unread, 2 wait to be taken in." in page.text


def test_the_desk_leads_to_the_mails_that_wait(
    unreadable: RawMessage, dalia: Participant, settings: LazySettings
) -> None:
    reader = Reader(dalia.person, in_office=True)
    reader.open("/p/nm/desk/")
    assert "nm-1" in reader.follow("Mails that a person must read").text
    reader.follow("nm-1")
    page = reader.press("Put it on the record", title="Money", text="Pay the trainers.", name="Tupou Fifita")
    assert ("None waits." in page.text, Input.objects.get().title) == (True, "Money")


def test_the_mail_is_handed_out_as_it_came_and_never_shown(
    unreadable: RawMessage, dalia: Participant
) -> None:
    reader = Reader(dalia.person, in_office=True)
    answer = reader.client.get(reverse("inputs:raw-mail", args=["nm", unreadable.pk]))
    assert (answer.content, answer["Content-Type"]) == (UNREADABLE, "application/octet-stream")
    assert answer["Content-Disposition"] == f'attachment; filename="nm-mail-{unreadable.pk}.eml"'
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_words_that_are_missing_are_asked_for(unreadable: RawMessage, dalia: Participant) -> None:
    reader = Reader(dalia.person, in_office=True)
    reader.open("/p/nm/desk/mail/1/")
    reader.press("Put it on the record", text=" ", name="Tupou")
    assert (reader.path, Input.objects.get().title) == (
        "/p/nm/desk/mail/1/",
        "A mail that could not be read by program",
    )


def test_a_mail_that_was_received_is_nobody_s_to_download(
    process: Process, dalia: Participant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Postbox(tmp_path, monkeypatch).receive(mail(), to="nm", at=day(1))
    reader = Reader(dalia.person, in_office=True)
    kept = RawMessage.objects.get()
    assert reader.client.get(reverse("inputs:raw-mail", args=["nm", kept.pk])).status_code == 404
