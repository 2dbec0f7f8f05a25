"""Two machines that answer each other come to an end, and nobody who sends an input loses the receipt."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from conftest import day
from mail.example_mails import Postbox, answer, mail, words
from talanoa.inputs.models import Input
from talanoa.mail.letters import write_to
from talanoa.mail.models import RawMessage
from talanoa.mail.outbox import write_outbox
from talanoa.people.models import Person
from talanoa.processes.models import Process

ROUNDS = 30
HELP = "help\n"


@pytest.fixture
def postbox(process: Process, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


def exchanged(postbox: Postbox, yusuf: Person, away: Callable[[str, str, int], bytes]) -> int:
    """Write to somebody whose program answers every mail with `away`, and count the mails until silence."""
    write_to(yusuf, key="k", subject="The report is public", lines=["W."], at=day(1), process_key="nm")
    write_outbox()
    seen = 0
    for n in range(ROUNDS):
        letters = postbox.letters("yusuf@garissa.example")
        if len(letters) == seen:
            return seen + n
        seen = len(letters)
        letter = letters[-1]
        raw = away(str(letter["Reply-To"]), str(letter["Message-ID"]), n)
        postbox.receive(raw, at=day(1 + n / 1440))
    return seen + ROUNDS


def marked(header: str) -> Callable[[str, str, int], bytes]:
    return lambda to, _answered, n: mail(
        "I am away until Monday.", to=to, subject="I am away", name=f"{n}@garissa.example", headers=header
    )


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied\n",
        "Precedence: bulk\n",
        "Precedence: list\n",
        "Precedence: junk\n",
        "X-Auto-Response-Suppress: All\n",
        "Return-Path: <>\n",
        "List-Id: <nm.talanoa.example>\n",
        "X-Loop: talanoa.example\n",
    ],
)
def test_a_machine_that_says_so_gets_no_answer(postbox: Postbox, yusuf: Person, header: str) -> None:
    assert exchanged(postbox, yusuf, marked(header)) == 2


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: The report is public",
        "Réponse automatique : Le rapport",
        "Out of office",
        "自动回复: 报告",
    ],
)
def test_a_machine_that_is_known_by_its_subject_gets_no_answer(
    postbox: Postbox, yusuf: Person, subject: str
) -> None:
    def away(to: str, _answered: str, n: int) -> bytes:
        return mail("I am away until Monday.", to=to, subject=subject, name=f"{n}@garissa.example")

    assert exchanged(postbox, yusuf, away) == 2
    assert Input.objects.get().contribution.state == "unconfirmed"


Away = Callable[[EmailMessage, int], bytes]
LONG = "I am away until Monday, and my colleagues in the office will read your mail until I am back. Ticket"


def program(
    text: str,
    *,
    quotes: str | None = "> ",
    subject: str = "Re: {0}",
    to: str = "Reply-To",
    named: bool = True,
) -> Away:
    """A program that answers every letter and says by nothing that it is one; `{1}` counts."""

    def away(letter: EmailMessage, n: int) -> bytes:
        carried = words(letter).splitlines() if quotes is not None else []
        quoted = "\n".join(f"{quotes}{line}" for line in carried)
        head = f"In-Reply-To: {letter['Message-ID']}\n" if named else ""
        return mail(
            text.format("", n) + "\n\n" + quoted,
            to=str(letter["Reply-To"]) if to == "Reply-To" else to,
            subject=subject.format(letter["Subject"], n),
            name=f"{n}@garissa.example",
            headers=head,
        )

    return away


HIDDEN = {
    "the same text": program("I am away.", quotes=None),
    "it quotes the whole letter": program("I am away."),
    "it repeats the whole letter as if it were its own": program("I am away.", quotes=""),
    "it counts": program(f"{LONG} {{1}}.", quotes=None),
    "it quotes and counts": program(f"{LONG} {{1}}."),
    "other subjects": program("I am away.", subject="Away {1}"),
    "a thread of its own each time": program("I am away.", subject="Away {1}", named=False),
    "it names no letter": program("I am away.", named=False),
    "it says nothing but our own words": program("", quotes=""),
}


def letters_and_answers(postbox: Postbox, yusuf: Person, away: Away, *, minutes: float) -> tuple[int, int]:
    """Write to somebody whose program answers each letter after so long; count our letters and its answers."""
    write_to(yusuf, key="k", subject="The report is public", lines=["W."], at=day(1), process_key="nm")
    write_outbox()
    seen = 0
    for n in range(ROUNDS):
        letters = postbox.letters("yusuf@garissa.example")
        if len(letters) == seen:
            return seen, n
        seen = len(letters)
        postbox.receive(away(letters[-1], n), at=day(1 + (n + 1) * minutes / 1440))
    return seen, ROUNDS


@pytest.mark.parametrize("away", HIDDEN.values(), ids=HIDDEN.keys())
def test_a_program_that_hides_what_it_is_and_answers_at_once_gets_no_answer(
    postbox: Postbox, yusuf: Person, away: Away
) -> None:
    assert letters_and_answers(postbox, yusuf, away, minutes=0.5) == (1, 1)


@pytest.mark.parametrize("away", HIDDEN.values(), ids=HIDDEN.keys())
def test_a_program_that_hides_what_it_is_and_takes_its_time_gets_one_answer(
    postbox: Postbox, yusuf: Person, away: Away
) -> None:
    """Its first mail may be a person's; it says the same again, so the second is not answered."""
    assert letters_and_answers(postbox, yusuf, away, minutes=5) == (2, 2)


def test_a_program_that_thanks_for_every_letter_thanks_once(postbox: Postbox, yusuf: Person) -> None:
    postbox.receive(mail("Teach by radio."), at=day(1))
    seen = []
    for n in range(4):
        letter = postbox.last()
        seen.append(len(postbox.letters()))
        postbox.receive(program("Resend.")(letter, n), at=day(1.1 + n / 100))
    assert seen == [1, 2, 2, 2]


def test_a_program_that_says_something_new_each_time_gets_five_answers_in_a_day_and_no_more(
    postbox: Postbox, yusuf: Person
) -> None:
    """A person could write so: each is an input with its receipt."""
    assert letters_and_answers(postbox, yusuf, program("Away, {1}."), minutes=5) == (6, 6)


def test_what_is_not_answered_is_numbered_and_waits_at_the_desk(postbox: Postbox, yusuf: Person) -> None:
    letters_and_answers(postbox, yusuf, HIDDEN["it counts"], minutes=0.5)
    assert Input.objects.get().contribution.state == "unconfirmed"
    assert RawMessage.objects.get().outcome == "received"


@pytest.mark.parametrize(("minutes", "state"), [(0.5, "unconfirmed"), (5, "published")])
def test_what_answers_at_once_is_held_until_its_author_confirms_it(
    postbox: Postbox, yusuf: Person, minutes: float, state: str
) -> None:
    """A letter about no number: whoever answers it from their own address is proven, unless a program is."""
    away = program("I am away.")
    letters_and_answers(postbox, yusuf, away, minutes=minutes)
    assert Input.objects.order_by("pk")[0].contribution.state == state


def test_who_answers_a_refusal_or_the_help_is_known_again(postbox: Postbox) -> None:
    postbox.receive(mail("Keep the courses."), at=day(1))
    for n, said in enumerate(("help", "withdraw 9", "withdraw 1")):
        postbox.receive(answer(postbox.last(), said), at=day(2 + n))
    assert Input.objects.get().contribution.state == "withdrawn"


@dataclass(frozen=True, slots=True)
class Says:
    """One mail of a person: what it says, minutes after the letter that it answers or after the one before."""

    text: str
    minutes: float = 3
    answers: bool = True


@pytest.mark.parametrize(
    "said",
    [
        [Says("I agree with you."), Says("And pay the trainers.")],
        [Says("I agree with nm-12."), Says("I agree with nm-13.")],
        [Says("Yes, of course.", minutes=2), Says("I mean it: teach by radio.", minutes=2)],
        [Says("Confirm", minutes=0.2)],
        [Says("help", minutes=0.2), Says("resend", minutes=0.2), Says("pause 14"), Says("pause 7")],
        [Says("resend"), Says("help"), Says("resend")],
        [Says("Teach by radio.", answers=False), Says("Teach by radio.", answers=False)],
        [Says(f"Idea {n}.", minutes=0, answers=False) for n in range(12)],
        [Says("Teach by radio.", minutes=1500), Says("Teach by radio.", minutes=1500)],
    ],
    ids=[
        "two things",
        "the same with another number",
        "two things soon",
        "a command at once",
        "commands one after another",
        "the same command later",
        "the same again by a new mail",
        "twelve at once",
        "the same again after a day",
    ],
)
def test_a_person_gets_a_letter_for_each_mail(postbox: Postbox, yusuf: Person, said: list[Says]) -> None:
    postbox.receive(mail("Keep the courses."), at=day(1))
    at = 1.0
    for n, one in enumerate(said):
        at += one.minutes / 1440
        letter = postbox.letters("yusuf@garissa.example")[-1]
        name = f"said-{n}@garissa.example"
        raw = answer(letter, one.text) if one.answers else mail(one.text, name=name)
        postbox.receive(raw, at=day(at))
    assert len(postbox.letters("yusuf@garissa.example")) == 1 + len(said)


def test_the_date_of_a_mail_tells_when_it_was_sent_where_it_is_fetched_later(
    postbox: Postbox, yusuf: Person
) -> None:
    write_to(yusuf, key="k", subject="The report is public", lines=["W."], at=day(1), process_key="nm")
    write_outbox()
    head = f"In-Reply-To: {postbox.last()['Message-ID']}\n"
    to = str(postbox.last()["Reply-To"])
    for n, seconds in enumerate((-3, 20, 90)):
        sent_at = day(1) + timedelta(seconds=seconds)
        raw = mail(f"Away {n}", to=to, name=f"{n}@garissa.example", headers=head, sent_at=sent_at)
        postbox.receive(raw, at=day(1.1))
    assert len(postbox.letters("yusuf@garissa.example")) == 2


def test_what_a_stranger_writes_is_answered_once_a_day_and_commands_three_times(postbox: Postbox) -> None:
    stranger, to = "Nia <nia@elsewhere.example>", "learn@talanoa.example"

    def answered(said: str, at: float) -> int:
        postbox.receive(mail(said, sender=stranger, to=to, name=f"{at}@elsewhere.example"), at=day(at))
        return len(postbox.letters("nia@elsewhere.example"))

    assert [answered("I would like to learn.", 1 + n / 10) for n in range(2)] == [1, 1]
    assert [answered("courses", 1.2 + n / 10) for n in range(4)] == [2, 3, 3, 3]
    assert answered("enroll in-the-room", 2.5) == 4


def test_each_input_has_its_receipt_however_many_one_person_sends(postbox: Postbox) -> None:
    for n in range(12):
        postbox.receive(mail(f"Idea {n}.", name=f"{n}@garissa.example"), at=day(1))
    assert len({str(letter["Subject"]) for letter in postbox.letters()}) == 12


def test_a_mail_that_is_not_answered_is_kept_and_numbered_all_the_same(postbox: Postbox) -> None:
    got = postbox.receive(mail(headers="X-Loop: talanoa.example\n"), at=day(1))
    assert (got.number, postbox.files(), RawMessage.objects.get().outcome) == (1, [], "received")


def test_a_list_of_others_is_no_loop(postbox: Postbox) -> None:
    head = "List-Id: <discuss.lists.example>\nX-Loop: discuss@lists.example\n"
    postbox.receive(mail(headers=head), at=day(1))
    assert len(postbox.files()) == 1
