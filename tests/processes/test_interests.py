"""Interests beside words: for one process, by web and by mail, as they were when the words were spoken."""

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from conftest import day
from mail.example_mails import Postbox, answer, mail, words
from steps import line, new_entries, refusal
from talanoa.contributions.models import Contribution
from talanoa.inputs.models import Input
from talanoa.lib.ties import EMPLOYER, Tie
from talanoa.mail.letters import write_to
from talanoa.mail.outbox import write_outbox
from talanoa.people.interests import Interests
from talanoa.people.models import InterestStatement, Person, Standing
from talanoa.processes.actions.interests import state_interests
from talanoa.processes.actions.roles import give_role
from talanoa.processes.models import Participant, Process, Role
from web import Hands, Reader

Send = Callable[..., Input]
WORK = Interests((Tie(EMPLOYER, "Garissa University", "2019-03"),))
DECLINES = Interests(is_declined=True)


@pytest.fixture
def postbox(process: Process, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


@pytest.fixture
def letter(postbox: Postbox, yusuf: Person) -> EmailMessage:
    """A letter to Yusuf about what concerns everybody."""
    write_to(yusuf, key="k", subject="The call is open", lines=["Words."], at=day(1), process_key="nm")
    write_outbox()
    return postbox.last()


def here(process: Process, person: Person, interests: Interests, *, at: float = 1) -> InterestStatement:
    return state_interests(process, by=person, interests=interests, at=day(at), channel="web")


def page_of(made: Input) -> str:
    return Reader().open(f"/p/nm/inputs/{made.contribution.number}/").text


def test_a_statement_for_a_process_stands_in_its_part_of_the_record(process: Process, yusuf: Person) -> None:
    assert new_entries(lambda: here(process, yusuf, WORK)) == [
        line("interests.stated.1", r="participant", at=day(1), declined=0)
    ]
    assert new_entries(lambda: here(process, yusuf, DECLINES)) == [
        line("interests.stated.1", r="observer", at=day(1), declined=1)
    ]


def test_beside_words_stands_what_was_stated_before_them_not_after(
    process: Process, send: Send, yusuf: Person
) -> None:
    here(process, yusuf, WORK, at=0.5)
    made = send(yusuf)
    here(process, yusuf, Interests(text="I left the university."), at=2)
    told = page_of(made)
    assert "Employed by Garissa University, since 2019-03" in told
    assert "I left the university" not in told


def test_who_has_stated_nothing_is_said_to_have_stated_nothing(send: Send, yusuf: Person) -> None:
    assert "No statement of interests when this was said" in page_of(send(yusuf))


def test_who_declines_is_visibly_an_observer_and_is_heard_all_the_same(
    process: Process, send: Send, yusuf: Person
) -> None:
    here(process, yusuf, DECLINES, at=0.5)
    made = send(yusuf)
    assert "Observer: does not state interests" in page_of(made)
    assert made.contribution.is_counted


def test_words_without_a_name_stand_without_interests(process: Process, send: Send, yusuf: Person) -> None:
    here(process, yusuf, WORK, at=0.5)
    made = send(yusuf, publication=Contribution.Publication.GROUP_ONLY)
    told = page_of(made)
    assert ("Garissa University" in told, "interests" in told.lower()) == (False, False)


def test_interest_statement_missing(process: Process, convenor: Participant, yusuf: Person) -> None:
    here(process, yusuf, DECLINES)
    chair = {"by": convenor, "at": day(2), "channel": "web"}
    assert (
        refusal(lambda: give_role(process, yusuf, role=Role.CHAIR, **chair)) == "interest_statement_missing"
    )
    assert give_role(process, yusuf, role=Role.OBSERVER, **chair).has_role(Role.OBSERVER)


def test_by_web_a_person_states_changes_and_erases(
    process: Process, yusuf: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands, reader = Hands(monkeypatch, day(1)), Reader(yusuf)
    reader.open("/p/nm/interests/")
    wrong = {"tie-0-organization": "Garissa University", "tie-0-since": "last year"}
    page = reader.press("State this", **wrong)
    assert "This line cannot be read" in page.text
    page = reader.press("State this", **{"tie-0-since": "2019-03"})
    assert "Employed by Garissa University" in page.text
    hands.turn_to(day(2))
    page = reader.press("State this", **{"tie-0-organization": "", "text": "None any more."})
    assert [row.as_text for row in InterestStatement.objects.all()] == [
        "employer: Garissa University; 2019-03",
        "None any more.",
    ]
    reader.open(f"/me/interests/{InterestStatement.objects.first().pk}/erase/")  # type: ignore[union-attr]
    assert "Its author erased it." in reader.press("Erase it for good").text


def test_by_web_in_general_and_from_my_page(
    process: Process, yusuf: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    Hands(monkeypatch, day(1))
    reader = Reader(yusuf)
    assert "No statement of interests yet" in reader.open("/me/").text
    reader.follow("My interests")
    assert "Interests stated" in reader.press("State this", is_declined="", text="None.").text


def test_by_mail_in_lines_for_the_process_that_one_writes_to(
    postbox: Postbox, letter: EmailMessage, yusuf: Person
) -> None:
    ties = "Employer: Garissa University; 2019-03\nspeaks for: The Union; 2024; ; minutes of May"
    said = f"interests:\n{ties}\nNo shares."
    postbox.receive(answer(letter, said), at=day(2))
    made = InterestStatement.objects.get()
    assert (made.process_key, made.text) == ("nm", "No shares.")
    assert [row.organization for row in made.affiliations.all()] == ["Garissa University", "The Union"]
    assert "It stands beside what you say from now on." in words(postbox.last())


def test_by_mail_in_general_where_the_first_line_says_so(
    postbox: Postbox, letter: EmailMessage, yusuf: Person
) -> None:
    postbox.receive(answer(letter, "interests: in general\nemployer: Garissa University"), at=day(2))
    made = InterestStatement.objects.get()
    assert (made.process_key, made.as_text) == ("", "employer: Garissa University")
    postbox.receive(answer(letter, "interests: in general: erase"), at=day(3))
    made.refresh_from_db()
    assert made.is_erased


def test_by_mail_one_word_declines(postbox: Postbox, letter: EmailMessage, yusuf: Person) -> None:
    postbox.receive(answer(letter, "interests: decline"), at=day(2))
    assert InterestStatement.objects.get().standing(day(3)) == Standing.DECLINED
    assert "take part as an observer" in " ".join(words(postbox.last()).split())


def test_by_mail_a_line_that_cannot_be_read_is_told_back(
    postbox: Postbox, letter: EmailMessage, yusuf: Person
) -> None:
    postbox.receive(answer(letter, "interests: employer: Garissa University; last year"), at=day(2))
    assert not InterestStatement.objects.exists()
    assert "cannot be read" in words(postbox.last())


def test_nobody_states_the_interests_of_somebody_else_by_mail(postbox: Postbox, yusuf: Person) -> None:
    postbox.receive(mail("interests: none at all", name="forged@garissa.example"), at=day(2))
    assert not InterestStatement.objects.exists()


def test_what_i_stated_is_among_my_data(process: Process, yusuf: Person) -> None:
    state_interests(None, by=yusuf, interests=WORK, at=day(1), channel="web")
    data = Reader(yusuf).client.get("/me/data.json").json()
    assert data["interests"][0]["text"] == "employer: Garissa University; 2019-03"
