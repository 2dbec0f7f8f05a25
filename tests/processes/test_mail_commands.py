"""What a reader wants by mail: how much of it, a pause, a language, help; from the owner of the address only."""

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from conftest import day
from mail.example_mails import LUCIA, Postbox, answer, mail, words
from talanoa.inputs.models import Input
from talanoa.mail.letters import write_to
from talanoa.mail.models import Silence, Subscription
from talanoa.mail.outbox import write_outbox
from talanoa.mail.registry import EXPLAINED, Explained, Spoken, understand
from talanoa.people.models import Person
from talanoa.processes.models import Process

Send = Callable[..., Input]
YUSUF_S = "yusuf@garissa.example"


@pytest.fixture
def postbox(process: Process, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


@pytest.fixture
def letter(postbox: Postbox, yusuf: Person) -> EmailMessage:
    """A letter to Yusuf about what concerns everybody."""
    write_to(yusuf, key="k", subject="The report is public", lines=["Words."], at=day(1), process_key="nm")
    write_outbox()
    return postbox.last()


def wanted(person: Person) -> tuple[str, object]:
    row = Subscription.objects.get(person=person)
    return row.level, row.paused_until


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("subscribe every", ("every", None)),
        ("Subscribe: EVERY.", ("every", None)),
        ("SUBSCRIBE", ("digest", None)),
        ("subscribe own", ("own", None)),
        ("unsubscribe", ("own", None)),
        ("Unsubscribe me", ("own", None)),
        ("stop", ("own", None)),
        ("pause", ("digest", day(32))),
        ("pause 7", ("digest", day(9))),
        ("Pause 7 days", ("digest", day(9))),
        ("pause 999", ("digest", day(367))),
    ],
)
def test_one_word_in_an_answer_to_our_letter_is_enough(
    postbox: Postbox, letter: EmailMessage, yusuf: Person, text: str, expected: tuple[str, object]
) -> None:
    got = postbox.receive(answer(letter, text), at=day(2))
    assert (got.number, got.code, wanted(yusuf)) == (None, "", expected)
    assert postbox.last()["Subject"] == "Your letters"
    assert "What is addressed to you alone" in words(postbox.last())


@pytest.mark.parametrize(
    "text",
    [
        "Subscribe to the idea of a levy.",
        "Pause the levy for 7 years.",
        "Language rights matter.",
        "Stop the levy.",
    ],
)
def test_a_sentence_that_begins_like_a_wish_is_an_input(postbox: Postbox, text: str) -> None:
    assert postbox.receive(mail(text), at=day(1)).number == 1
    assert not Subscription.objects.exists()


def test_a_pause_keeps_the_level_and_resume_ends_it(
    postbox: Postbox, letter: EmailMessage, yusuf: Person
) -> None:
    for text in ("subscribe every", "pause 7"):
        postbox.receive(answer(letter, text), at=day(2))
    assert wanted(yusuf) == ("every", day(9))
    postbox.receive(answer(letter, "resume"), at=day(3))
    assert wanted(yusuf) == ("every", None)


def test_resume_turns_mail_on_again_after_it_came_back(
    postbox: Postbox, letter: EmailMessage, yusuf: Person
) -> None:
    Silence.objects.create(person=yusuf, since=day(1))
    postbox.receive(answer(letter, "resume"), at=day(2))
    assert not Silence.objects.exists()


@pytest.mark.parametrize("text", ["subscribe every", "unsubscribe", "pause", "resume", "language fr"])
def test_from_alone_changes_nothing_the_owner_of_the_address_is_asked(
    postbox: Postbox, yusuf: Person, text: str
) -> None:
    Silence.objects.create(person=yusuf, since=day(1))
    postbox.receive(mail(text), at=day(2))
    yusuf.refresh_from_db()
    assert not Subscription.objects.exists()
    assert (yusuf.language, Silence.objects.count()) == ("en", 1)
    assert postbox.last(YUSUF_S)["Subject"] == "Is this from you?"


@pytest.mark.parametrize("said", ["confirm", "Yes.", "That was me.", "subscribe every"])
def test_an_answer_to_the_question_confirms_what_was_asked(
    postbox: Postbox, yusuf: Person, said: str
) -> None:
    postbox.receive(mail("subscribe every"), at=day(1))
    postbox.receive(answer(postbox.last(), said), at=day(2))
    assert (wanted(yusuf), Input.objects.count()) == (("every", None), 0)


def test_a_pause_that_was_asked_for_is_as_long_as_it_was_asked_for(postbox: Postbox, yusuf: Person) -> None:
    postbox.receive(mail("pause 7"), at=day(1))
    postbox.receive(answer(postbox.last(), "confirm"), at=day(2))
    assert wanted(yusuf) == ("digest", day(9))


def test_a_stranger_subscribes_by_answering_our_question(postbox: Postbox) -> None:
    tupou = "Tupou Fifita <tupou@nukualofa.example>"
    postbox.receive(mail("subscribe", sender=tupou), at=day(1))
    postbox.receive(answer(postbox.last("tupou@nukualofa.example"), "confirm", sender=tupou), at=day(2))
    assert wanted(Person.objects.get(address="tupou@nukualofa.example")) == ("digest", None)


def test_only_to_subscribe_makes_a_stranger_known(postbox: Postbox) -> None:
    got = postbox.receive(mail("pause", sender="tupou@nukualofa.example"), at=day(1))
    assert (got.code, Person.objects.filter(name__startswith="tupou").count()) == ("not_allowed", 0)


def test_the_question_answered_from_another_address_changes_nothing(postbox: Postbox, yusuf: Person) -> None:
    postbox.receive(mail("subscribe every"), at=day(1))
    postbox.receive(answer(postbox.last(), "confirm", sender=LUCIA), at=day(2))
    assert not Subscription.objects.exists()


def test_a_machine_is_not_asked_and_makes_nobody_known(postbox: Postbox) -> None:
    head = "Auto-Submitted: auto-replied\n"
    postbox.receive(mail("subscribe", sender="tupou@nukualofa.example", headers=head), at=day(1))
    assert (postbox.files(), Person.objects.filter(name__startswith="tupou").exists()) == ([], False)


def test_one_click_of_a_mail_program_ends_letters_whatever_it_writes(
    postbox: Postbox, letter: EmailMessage, yusuf: Person
) -> None:
    _page, _comma, sent_to = str(letter["List-Unsubscribe"]).partition("<mailto:")
    to = sent_to.partition("?")[0]
    postbox.receive(mail("This message was generated by a program.", to=to, sender=LUCIA), at=day(2))
    assert (wanted(yusuf), Input.objects.count()) == (("own", None), 0)


def test_the_address_that_ends_letters_can_do_nothing_else(
    postbox: Postbox, letter: EmailMessage, yusuf: Person, send: Send
) -> None:
    send(yusuf)
    to = str(letter["List-Unsubscribe"]).partition("<mailto:")[2].partition("?")[0]
    postbox.receive(mail("withdraw 1", to=to), at=day(2))
    assert (Input.objects.get().contribution.state, wanted(yusuf)[0]) == ("published", "own")


@pytest.mark.parametrize("said", ["language fr", "Language: Français", "LANGUAGE FR"])
def test_from_now_on_we_write_in_another_language(
    postbox: Postbox, letter: EmailMessage, yusuf: Person, said: str
) -> None:
    postbox.receive(answer(letter, said), at=day(2))
    yusuf.refresh_from_db()
    assert yusuf.language == "fr"
    assert "Désormais" in words(postbox.last())


def test_without_a_language_the_answer_lists_them(postbox: Postbox, letter: EmailMessage) -> None:
    got = postbox.receive(answer(letter, "language"), at=day(2))
    assert got.code == "language_unknown"
    assert "Kiswahili" in got.text


@pytest.mark.parametrize("to", ["help@talanoa.example", "nm@talanoa.example", "talanoa@talanoa.example"])
def test_help_tells_each_command_with_an_example_that_works(postbox: Postbox, to: str) -> None:
    postbox.receive(mail("Help", to=to), at=day(1))
    said = words(postbox.last())
    assert told_in(said) == [row for row in EXPLAINED if not row.at]
    assert len(said.encode()) < 9_000


@pytest.mark.parametrize("at", sorted({row.at for row in EXPLAINED if row.at}))
def test_help_at_an_address_with_words_of_its_own_tells_these(postbox: Postbox, at: str) -> None:
    postbox.receive(mail("Help"), at=day(1))
    assert f"{at}@talanoa.example" in words(postbox.last())
    postbox.receive(mail("Help", to=f"{at}@talanoa.example"), at=day(1))
    assert told_in(words(postbox.last())) == [row for row in EXPLAINED if row.at == at]


def told_in(said: str) -> list[Explained]:
    """The commands of which a help tells words, the beginning of what they do, and example."""
    return [
        row
        for row in EXPLAINED
        if f"\n{' / '.join(row.words)}\n    {str(row.told)[:20]}" in said
        and f"Example: {row.example}\n" in said
    ]


@pytest.mark.parametrize("row", EXPLAINED, ids=lambda row: row.words[0])
def test_what_the_help_says_is_true(row: Explained) -> None:
    assert str(row.told)
    spoken = understand(row.example, key=row.at or "nm", about=17)
    assert spoken.word == row.words[0]
    assert spoken != Spoken("input", None, row.example) or row.words[0] == "input"


def test_anybody_writes_anything_to_help_and_learns_which_calls_are_open(postbox: Postbox) -> None:
    got = postbox.receive(mail("How does this work?", to="help@talanoa.example"), at=day(1))
    assert (got.number, got.code) == (None, "")
    assert "  nm@talanoa.example  How should training be funded?" in words(postbox.last())


def test_a_command_may_stand_in_the_subject_of_an_empty_mail(
    postbox: Postbox, letter: EmailMessage, yusuf: Person
) -> None:
    to = str(letter["Reply-To"])
    postbox.receive(mail("", subject="unsubscribe", to=to), at=day(2))
    assert wanted(yusuf) == ("own", None)
