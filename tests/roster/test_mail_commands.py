"""The expert roster by mail."""

from datetime import timedelta
from email.message import EmailMessage

import pytest

from conftest import day
from mail.example_mails import Postbox, answer, mail, words
from roster.conftest import Ask, Join, Request, state
from talanoa.conf.clockwork import tick
from talanoa.inputs.models import Input
from talanoa.lib.ties import EMPLOYER, Tie
from talanoa.mail import tokens
from talanoa.mail.addressing import is_ours
from talanoa.mail.letters import write_to
from talanoa.mail.registry import understand
from talanoa.people.actions import prefer_language
from talanoa.people.models import Person
from talanoa.processes.models import Process
from talanoa.processes.queries import participant
from talanoa.roster.models import Assignment, Expert

NEEMA = "Neema Mushi <neema@people.example>"


def flat(letter: EmailMessage) -> str:
    return " ".join(words(letter).split())


@pytest.fixture
def letter(postbox: Postbox, process: Process, yusuf: Person) -> EmailMessage:
    """A letter of the process to Yusuf, which he can answer as himself."""
    lines = ["What happened."]
    write_to(yusuf, key="x", subject="News", lines=lines, at=day(1), process_key="nm", alone=True)
    tick(at=day(1))
    return postbox.last()


def asked(postbox: Postbox, ask: Ask, join: Join) -> EmailMessage:
    """The letter that asks Neema, on day 2."""
    ask(join("Neema Mushi", "en", "sw"))
    tick(at=day(2))
    return postbox.last("neema@people.example")


def reply(postbox: Postbox, letter: EmailMessage, text: str, *, at: float = 3, sender: str = NEEMA) -> str:
    return postbox.receive(answer(letter, text, sender=sender), at=day(at)).code


def test_the_address_of_the_roster_is_ours(log: object) -> None:
    assert is_ours("roster@talanoa.example")


def test_one_line_joins_and_the_same_word_leaves(
    postbox: Postbox, letter: EmailMessage, yusuf: Person
) -> None:
    state(yusuf)
    said = "roster: facilitator; en, Kiswahili; radio, ferries\nI chaired a village council.\n\nYusuf"
    assert reply(postbox, letter, said, sender="Yusuf Abdi <yusuf@garissa.example>") == ""
    made = Expert.objects.get()
    assert (made.kind, made.languages, made.topics) == ("facilitator", ["en", "sw"], "radio, ferries")
    assert made.about == "I chaired a village council."
    assert "number 1: Facilitator; English, Kiswahili." in flat(postbox.last())
    reply(postbox, postbox.last(), "Roster: leave", sender="Yusuf Abdi <yusuf@garissa.example>")
    made.refresh_from_db()
    assert made.left_at == day(3)


def test_to_join_asks_for_a_statement_of_interests(
    postbox: Postbox, letter: EmailMessage, yusuf: Person
) -> None:
    code = reply(postbox, letter, "roster: both; en", sender="Yusuf Abdi <yusuf@garissa.example>")
    assert code == "interest_statement_missing"


def test_nobody_puts_somebody_else_on_the_roster(postbox: Postbox, process: Process, yusuf: Person) -> None:
    state(yusuf)
    assert postbox.receive(mail("roster: both; en; all"), at=day(2)).code == "not_allowed"
    assert not Expert.objects.exists()


@pytest.mark.parametrize("said", ["Roster: we need one of trainers; soon.", "Roster", "Accept: all of it."])
def test_an_input_about_a_roster_is_an_input(said: str) -> None:
    assert understand(said, key="nm", about=None).word in ("input", "roster" if said == "Roster" else "input")
    assert understand(said, key="nm", about=17).text in (said, "")


def test_who_is_asked_reads_for_what_and_how_to_answer(postbox: Postbox, ask: Ask, join: Join) -> None:
    letter = asked(postbox, ask, join)
    assert letter["Subject"] == "Will you? Request 1 to the expert roster"
    told = flat(letter)
    for line in (
        "“How should training be funded?” asks you",
        "> Somebody who can chair five meetings about training on undersea cables.",
        "Needed by 1 May 2026.",
        "until Saturday 14 March 2026, 09:00 UTC",
        "decline in public: a reason",
        "/roster/requests/1/",
    ):
        assert line in told


@pytest.mark.parametrize(
    "said", ["accept", "Accept.", "I accept", "Accept, thank you.\n\nKind regards\nNeema"]
)
def test_a_plain_accept_accepts(postbox: Postbox, ask: Ask, join: Join, process: Process, said: str) -> None:
    assert reply(postbox, asked(postbox, ask, join), said) == ""
    made = Assignment.objects.get()
    assert made.state == "accepted"
    assert participant(process, made.expert.person)
    tick(at=day(3))
    assert "Neema Mushi accepts request 1" in flat(postbox.last("amina@talanoa.example"))


@pytest.mark.parametrize(
    ("said", "reason", "is_public"),
    [
        ("decline", "", False),
        ("No.", "", False),
        ("Decline\n\nKind regards\nNeema", "", False),
        ("decline: my mother is ill.", "my mother is ill.", False),
        ("I decline, I travel until June.", "I travel until June.", False),
        ("Decline in public: no time.\n\nNeema", "no time.", True),
    ],
)
def test_decline_by_mail(  # noqa: PLR0917 - one case is these facts
    postbox: Postbox, ask: Ask, join: Join, said: str, reason: str, is_public: bool
) -> None:
    assert reply(postbox, asked(postbox, ask, join), said) == ""
    made = Assignment.objects.get()
    assert (made.state, made.reason, made.is_reason_public) == ("declined", reason, is_public)
    tick(at=day(3))
    told = flat(postbox.last("amina@talanoa.example"))
    assert "Neema Mushi declines request 1" in told
    assert reason in told


@pytest.mark.parametrize(
    "said",
    ["I am away until June.", "Accept only if it is paid.", "I will accept mail again on Monday.", "?"],
)
def test_what_says_neither_changes_nothing_and_is_asked_again(
    postbox: Postbox, ask: Ask, join: Join, said: str
) -> None:
    reply(postbox, asked(postbox, ask, join), said)
    assert Assignment.objects.get().state == "asked"
    again = postbox.last("neema@people.example")
    assert "says neither" in flat(again)
    assert reply(postbox, again, "accept", at=4) == ""
    assert Assignment.objects.get().state == "accepted"


def test_a_party_by_mail_is_refused_with_the_code(
    postbox: Postbox, ask: Ask, join: Join, send: object, lucia: Person
) -> None:
    send(lucia)  # type: ignore[operator]  # for Red del Sur
    letter = asked(postbox, ask, join)
    state(Assignment.objects.get().expert.person, Tie(EMPLOYER, "Red del Sur"), at=3)
    assert reply(postbox, letter, "accept", at=4) == "employed_by_party"
    assert "Red del Sur" in flat(postbox.last("neema@people.example"))


def test_an_answer_after_the_days_is_told_so_and_who_asked_hears_of_the_silence(
    postbox: Postbox, ask: Ask, join: Join
) -> None:
    letter = asked(postbox, ask, join)
    tick(at=day(12))
    told = postbox.last("amina@talanoa.example")
    assert "Neema Mushi did not answer request 1" in flat(told)
    assert reply(postbox, letter, "accept", at=13) == "ask_over"
    # Thanks for it are no input to the process, and no answer of Neema's.
    assert reply(postbox, told, "Thank you!", sender="Amina <amina@talanoa.example>") == "number_unknown"
    assert not Input.objects.exists()


def test_nobody_else_answers_by_mail(postbox: Postbox, ask: Ask, join: Join) -> None:
    asked(postbox, ask, join)
    stray = mail("accept", to="roster@talanoa.example", sender=NEEMA)
    assert postbox.receive(stray, at=day(3)).code == "not_allowed"
    assert Assignment.objects.get().state == "asked"


def test_an_answer_to_no_ask_is_refused(postbox: Postbox, yusuf: Person) -> None:
    token = tokens.issue(yusuf, process_key="roster", number=7, at=day(1), word="accept")
    stray = mail("accept", to=f"roster+{token}@talanoa.example")
    assert postbox.receive(stray, at=day(1) + timedelta(hours=1)).code == "number_unknown"


def test_who_answered_on_the_page_already_gets_no_letter(postbox: Postbox, ask: Ask, join: Join) -> None:
    made = ask(join("Neema Mushi"))
    Assignment.objects.filter(pk=made.pk).update(state="declined", answered_at=day(2))
    tick(at=day(2))
    assert postbox.letters("neema@people.example") == []


def test_letters_are_written_in_the_language_of_their_reader(
    postbox: Postbox, request_for: Request, ask: Ask, join: Join
) -> None:
    neema = join("Neema Mushi")
    prefer_language(by=neema.person, language="fr")
    ask(neema, request_for())
    tick(at=day(2))
    assert "samedi 14 mars 2026" in flat(postbox.last("neema@people.example"))
