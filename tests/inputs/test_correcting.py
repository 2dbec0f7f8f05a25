"""The language of an input: stated by its author, else detected; and corrected by them or by the desk."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from command_line import told
from conftest import day
from mail.example_mails import Postbox, answer, mail, words
from steps import line, new_entries, refusal
from talanoa.contributions.actions.standing import withdraw
from talanoa.contributions.models import Contribution
from talanoa.inputs.actions.correcting import correct_language
from talanoa.inputs.actions.receiving import Words, supersede_input
from talanoa.inputs.models import Input
from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Process
from web import Reader

Send = Callable[..., Input]
SWAHILI = "Tunaomba ripoti ichapishwe kabla ya mkutano ujao wa mtandao."
FRENCH = "Nous demandons que le rapport soit publié avant la prochaine réunion."


@pytest.fixture
def postbox(process: Process, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


def said_of(number: int = 1) -> tuple[str, str]:
    """The language of the input with this number, and who says it."""
    return Input.objects.values_list("language", "language_source").get(contribution__number=number)


def read(path: str) -> str:
    """What a page says to the public."""
    return Reader().open(path).text


def correct(made: Input, by: Participant, language: str = "sw") -> Input:
    return correct_language(made, by=by, language=language, at=day(2), channel="web")


# Where nobody states it.


def test_what_nobody_states_is_detected_and_marked_so(send: Send, yusuf: Person) -> None:
    send(yusuf, SWAHILI)
    assert said_of() == ("sw", "detected")


def test_what_an_author_states_is_never_overwritten(send: Send, yusuf: Person) -> None:
    send(yusuf, words=Words(title="Rapport", text=FRENCH, language="ln"))
    assert said_of() == ("ln", "stated")


def test_what_is_too_short_has_no_language_until_somebody_says_it(
    send: Send, yusuf: Person, author: Participant
) -> None:
    made = send(yusuf, "Sawa.")
    assert said_of() == ("", "detected")
    correct(made, author)
    assert said_of() == ("sw", "corrected")


def test_a_mail_is_in_the_language_that_it_shows_not_in_that_of_our_letters(
    postbox: Postbox, yusuf: Person
) -> None:
    postbox.receive(mail(SWAHILI), at=day(1))
    postbox.receive(mail(f"country: Kenya\nlanguage: Français\n\n{FRENCH}"), at=day(1))
    assert (said_of(1), said_of(2)) == (("sw", "detected"), ("fr", "stated"))


def test_a_replacement_keeps_the_language_that_a_person_said(
    send: Send, yusuf: Person, author: Participant
) -> None:
    made = correct(send(yusuf, SWAHILI), author, "rw")
    new = Words(title="", text=FRENCH)
    supersede_input(made, by=author, words=new, dedup_key="new", channel="web", at=day(3))
    assert said_of(2) == ("rw", "stated")


def test_a_replacement_of_what_a_program_found_is_looked_at_anew(
    send: Send, yusuf: Person, author: Participant
) -> None:
    made = send(yusuf, SWAHILI)
    new = Words(title="", text=FRENCH)
    supersede_input(made, by=author, words=new, dedup_key="new", channel="web", at=day(3))
    assert said_of(2) == ("fr", "detected")


def test_the_database_refuses_an_unknown_language_that_somebody_said(send: Send, yusuf: Person) -> None:
    made = send(yusuf, SWAHILI)
    with pytest.raises(IntegrityError, match="input_language_said_is_one"), transaction.atomic():
        Input.objects.filter(pk=made.pk).update(language="", language_source="stated")


# Who corrects it.


@pytest.mark.parametrize("role", ["author", "dalia"])
def test_the_author_or_the_desk_corrects_it(
    role: str, send: Send, yusuf: Person, request: pytest.FixtureRequest
) -> None:
    correct(send(yusuf, FRENCH), request.getfixturevalue(role))
    assert said_of() == ("sw", "corrected")


def test_nobody_else_corrects_it(send: Send, yusuf: Person, lucia: Person, process: Process) -> None:
    made = send(yusuf, FRENCH)
    with pytest.raises(NotAllowed):
        correct(made, enter(process, lucia, at=day(1)))
    assert said_of() == ("fr", "detected")


def test_a_correction_is_one_line_on_the_record(send: Send, yusuf: Person, author: Participant) -> None:
    made = send(yusuf, FRENCH)
    entries = new_entries(lambda: correct(made, author))
    assert entries == [line("language.corrected.1", r="participant", at=day(2), n=1, language="sw")]


def test_of_what_the_public_cannot_read_it_is_not_told_the_language(
    send: Send, yusuf: Person, author: Participant
) -> None:
    made = send(yusuf, FRENCH, publication=Contribution.Publication.PRIVATE)
    entries = new_entries(lambda: correct(made, author))
    assert [entry["language"] for entry in entries] == ["-"]


def test_to_say_it_again_changes_nothing(send: Send, yusuf: Person, author: Participant) -> None:
    made = correct(send(yusuf, FRENCH), author)
    assert new_entries(lambda: correct(made, author)) == []


def test_to_name_what_a_program_found_says_that_it_is_right(
    send: Send, yusuf: Person, author: Participant
) -> None:
    made = send(yusuf, FRENCH)
    assert len(new_entries(lambda: correct(made, author, "fr"))) == 1
    assert said_of() == ("fr", "corrected")


@pytest.mark.parametrize("language", ["", "kiswahili", "x", "sw fr", "SW"])
def test_what_is_no_code_of_a_language_is_refused(
    language: str, send: Send, yusuf: Person, author: Participant
) -> None:
    made = send(yusuf, FRENCH)
    assert refusal(lambda: correct(made, author, language)) == "language_unknown"


def test_what_nobody_reads_any_more_has_no_language_to_correct(
    send: Send, yusuf: Person, author: Participant
) -> None:
    made = send(yusuf, FRENCH)
    withdraw(made.contribution, by=author, at=day(2), channel="web")
    assert refusal(lambda: correct(made, author)) == "wrong_state"


# The three ways to say it.


def test_the_page_says_the_language_and_its_author_corrects_it_there(send: Send, yusuf: Person) -> None:
    send(yusuf, SWAHILI)
    assert "Language: Kiswahili (detected)" in read("/p/nm/inputs/1/")
    reader = Reader(yusuf)
    assert "Language: Kiswahili (detected; correct it)" in reader.open("/p/nm/inputs/1/").text
    assert "The language is noted." in reader.press("It is in this language", language="rw").text
    assert "Language: Ikinyarwanda" in read("/p/nm/inputs/1/")
    assert "detected" not in read("/p/nm/inputs/1/")


def test_the_words_are_marked_with_the_language_that_was_corrected(
    send: Send, yusuf: Person, author: Participant
) -> None:
    correct(send(yusuf, FRENCH), author, "ar")
    page = Reader().client.get("/p/nm/inputs/1/").content.decode()
    assert '<h1 dir="auto" lang="ar">' in page
    assert '<div class="prose" lang="ar">' in page


def test_by_mail_the_author_writes_the_number_and_the_language(postbox: Postbox, yusuf: Person) -> None:
    postbox.receive(mail(FRENCH), at=day(1))
    letter = postbox.last()
    assert "A program reads it as Français." in " ".join(words(letter).split())
    assert postbox.receive(answer(letter, "written 1: Kiswahili"), at=day(2)).code == ""
    assert "nm-1 is in this language: Kiswahili" in " ".join(words(postbox.last()).split())
    assert said_of() == ("sw", "corrected")


def test_by_mail_what_names_no_language_is_refused(postbox: Postbox, yusuf: Person) -> None:
    postbox.receive(mail(FRENCH), at=day(1))
    refused = postbox.receive(answer(postbox.last(), "written 1: klingonisch"), at=day(2))
    assert (refused.code, said_of()) == ("language_unknown", ("fr", "detected"))


def test_the_language_of_our_letters_is_another_matter(postbox: Postbox, yusuf: Person) -> None:
    postbox.receive(mail(SWAHILI), at=day(1))
    postbox.receive(answer(postbox.last(), "language fr"), at=day(2))
    yusuf.refresh_from_db()
    assert (yusuf.language, said_of()) == ("fr", ("sw", "detected"))


def test_a_mail_that_begins_with_written_is_an_input_like_any_other(postbox: Postbox) -> None:
    postbox.receive(mail("Written by hand: the report of the village of Garissa."), at=day(1))
    assert Input.objects.get().text.startswith("Written by hand")


def test_on_the_command_line_too(send: Send, yusuf: Person) -> None:
    send(yusuf, FRENCH)
    done = told("input", "language", "nm", "nm-1", "Kiswahili", "--as", yusuf.address)
    assert done == {"number": 1, "language": "sw"}
    assert said_of() == ("sw", "corrected")


# The list.


def test_the_list_is_filtered_by_the_languages_that_everybody_can_read(
    send: Send, yusuf: Person, lucia: Person
) -> None:
    send(yusuf, SWAHILI)
    assert "All languages" not in read("/p/nm/inputs/")
    send(lucia, FRENCH)
    send(lucia, "Мы просим опубликовать отчёт до следующего заседания.", publication="private")
    page = read("/p/nm/inputs/")
    assert "All languages" in page
    assert "Русский" not in page
    chosen = read("/p/nm/inputs/?language=sw")
    assert ("nm-1" in chosen, "nm-2" in chosen) == (True, False)
    assert "There is no such language here; all are shown." in read("/p/nm/inputs/?language=ru")
