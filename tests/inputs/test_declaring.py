"""By mail, people say who they are and for whom they speak; what they said before keeps what held then."""

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from conftest import day
from mail.example_mails import LUCIA, Postbox, answer, mail, words
from talanoa.inputs.models import Input
from talanoa.people.models import Person
from talanoa.processes.models import Process

SAID = "declare\nname: Yusuf A. Abdi\nGroup: Civil society\norganisation: Wells of Garissa\ncountry: Kenya"


@pytest.fixture
def postbox(process: Process, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


@pytest.fixture
def letter(postbox: Postbox) -> EmailMessage:
    """Yusuf's receipt, which he answers."""
    postbox.receive(mail("Keep the courses."), at=day(1))
    return postbox.last()


def declared(person: Person) -> tuple[str, str, str, str, str]:
    person.refresh_from_db()
    return person.name, person.group, person.organization, person.country, person.language


def test_who_answers_our_letter_declares_who_they_are(
    postbox: Postbox, letter: EmailMessage, yusuf: Person
) -> None:
    assert postbox.receive(answer(letter, SAID), at=day(2)).code == ""
    assert declared(yusuf) == ("Yusuf A. Abdi", "civil_society", "Wells of Garissa", "KE", "en")
    told = words(postbox.last())
    assert "You are known here as: Yusuf A. Abdi\nYou speak for: Civil society\n" in told


def test_what_is_left_out_stays_as_it_is(postbox: Postbox, letter: EmailMessage, yusuf: Person) -> None:
    before = declared(yusuf)
    postbox.receive(answer(letter, "Declare.\n\ncountry: Tonga\nlanguage: fr"), at=day(2))
    assert declared(yusuf) == (*before[:3], "TO", "fr")
    assert postbox.last()["Subject"] == "Ce que vous déclarez"


def test_the_word_alone_changes_nothing_and_tells_what_is_declared(
    postbox: Postbox, letter: EmailMessage, yusuf: Person
) -> None:
    before = declared(yusuf)
    postbox.receive(answer(letter, "declare"), at=day(2))
    assert declared(yusuf) == before
    assert f"You are known here as: {yusuf.name}" in words(postbox.last())


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("group: farmers", "group_unknown"),
        ("country: Atlantis", "country_unknown"),
        ("language: xx", "language_unknown"),
    ],
)
def test_what_is_no_group_or_place_is_not_guessed(
    postbox: Postbox, letter: EmailMessage, yusuf: Person, line: str, code: str
) -> None:
    before = declared(yusuf)
    assert postbox.receive(answer(letter, f"declare\nname: Y\n{line}"), at=day(2)).code == code
    assert declared(yusuf) == before


@pytest.mark.parametrize("forged", ["stranger", "other"])
def test_nobody_declares_for_another(
    postbox: Postbox, letter: EmailMessage, yusuf: Person, forged: str
) -> None:
    before = declared(yusuf)
    raw = mail(SAID) if forged == "stranger" else answer(letter, SAID, sender=LUCIA)
    assert postbox.receive(raw, at=day(2)).code == "not_allowed"
    assert declared(yusuf) == before


def test_what_was_said_before_keeps_what_held_then(
    postbox: Postbox, letter: EmailMessage, send: Callable[..., Input], yusuf: Person
) -> None:
    made = send(yusuf, "Before.")
    was = made.contribution.authorship.name
    postbox.receive(answer(letter, SAID), at=day(2))
    made.contribution.authorship.refresh_from_db()
    assert (made.contribution.authorship.name, declared(yusuf)[0]) == (was, "Yusuf A. Abdi")


def test_who_begins_an_input_with_the_word_sends_an_input(postbox: Postbox, letter: EmailMessage) -> None:
    got = postbox.receive(mail("Declare open access a right.", name="2@garissa.example"), at=day(2))
    assert got.number == 2
