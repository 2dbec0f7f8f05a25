"""Badges by mail: the letter brings the whole badge, and one word in answer to it erases it here."""

from email.message import EmailMessage

import pytest

from badges.conftest import SITE, Award
from conftest import day
from mail.example_mails import YUSUF, Postbox, answer, words
from talanoa.badges.actions.awarding import Earned
from talanoa.badges.actions.ending import erase_badge, revoke_badge
from talanoa.badges.models import Badge
from talanoa.conf.clockwork import tick
from talanoa.lib.badge_texts import found_in
from talanoa.mail.addressing import is_ours
from talanoa.people.actions import know_person, prefer_language
from talanoa.people.models import Person
from talanoa.processes.models import Participant


def brought(postbox: Postbox, award: Award, person: Person) -> EmailMessage:
    """The letter that brings a badge, on day 1."""
    award(person)
    tick(at=day(1))
    return postbox.last(person.address)


def said(letter: EmailMessage) -> str:
    return " ".join(words(letter).split())


def test_the_letter_brings_the_badge_whole_and_says_how_to_check_it(
    postbox: Postbox, award: Award, yusuf: Person
) -> None:
    letter = brought(postbox, award, yusuf)
    badge = Badge.objects.get()
    assert letter["Subject"] == "Your badge: Participant"
    assert found_in(words(letter)) == badge.token
    assert f"{SITE}/badges/{badge.public_id}/" in words(letter)
    assert f"{SITE}/badges/check/" in words(letter)
    assert "entries 0, 1 of the record; entry 2 holds its digest" in said(letter)
    assert max(map(len, words(letter).splitlines())) <= 78


def test_a_badge_for_all_abilities_of_a_course_fits_into_one_letter(
    postbox: Postbox, award: Award, yusuf: Person
) -> None:
    codes = tuple((f"A{n}", "Explain what deciding together can and cannot do") for n in range(14))
    made = award(yusuf, Earned("x", "1.0.0", "Ọ" * 120, "Words. " * 130, 3, codes))
    tick(at=day(1))
    assert len(made.token) > 15_000
    assert found_in(words(postbox.last())) == made.token


def test_an_answer_that_says_erase_has_it_erased(postbox: Postbox, award: Award, yusuf: Person) -> None:
    letter = brought(postbox, award, yusuf)
    assert postbox.receive(answer(letter, "Erase."), at=day(2)).code == ""
    assert Badge.objects.get().token == ""
    assert "Your badge is erased here" in said(postbox.last())


@pytest.mark.parametrize("text", ["Thank you!", "erase nothing, please", "What does erase do?", "unsure"])
def test_any_other_answer_changes_nothing(postbox: Postbox, award: Award, yusuf: Person, text: str) -> None:
    letter = brought(postbox, award, yusuf)
    postbox.receive(answer(letter, text), at=day(2))
    assert Badge.objects.get().token
    assert "Nothing changed" in said(postbox.last())


def test_an_answer_from_somebody_else_changes_nothing(
    postbox: Postbox, award: Award, yusuf: Person, lucia: Person
) -> None:
    letter = brought(postbox, award, yusuf)
    letter.replace_header("Reply-To", "badges@talanoa.example")
    assert postbox.receive(answer(letter, "erase", sender=YUSUF), at=day(2)).code == "not_allowed"
    assert Badge.objects.get().token


def test_the_address_of_badges_is_ours() -> None:
    assert is_ours("badges@talanoa.example")


def test_the_holder_is_told_why_a_badge_was_revoked(
    postbox: Postbox, award: Award, yusuf: Person, host: Participant
) -> None:
    revoke_badge(award(yusuf), by=host, reason="Somebody else answered.", at=day(1), channel="cli")
    tick(at=day(1))
    letter = postbox.last(yusuf.address)
    assert letter["Subject"] == "Your badge “Participant” was revoked"
    assert "> Somebody else answered." in words(letter)


def test_nobody_else_is_written_to(postbox: Postbox, award: Award, yusuf: Person, host: Participant) -> None:
    revoke_badge(award(yusuf), by=host, reason="Wrong.", at=day(1), channel="cli")
    tick(at=day(1))
    assert {str(letter["To"]) for letter in postbox.letters()} == {yusuf.address}


def test_what_was_erased_before_it_was_sent_is_sent_to_nobody(
    postbox: Postbox, award: Award, yusuf: Person
) -> None:
    erase_badge(award(yusuf), by=yusuf, at=day(1), channel="web")
    tick(at=day(1))
    assert postbox.letters() == []


def test_a_french_reader_is_written_to_in_french(postbox: Postbox, award: Award) -> None:
    aissatou = know_person(name="Aïssatou Ndiaye", address="aissatou@saintlouis.example")
    prefer_language(by=aissatou, language="fr")
    letter = brought(postbox, award, aissatou)
    assert letter["Subject"] == "Votre badge : Participant"
    assert "personne n’en a besoin pour participer" in said(letter)
    assert found_in(words(letter)) == Badge.objects.get().token
