"""What everybody who took part is told of the report: once each, and that they can answer by mail."""

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import day
from mail.example_mails import Postbox, answer, words
from steps import FINAL_ON, REPORT, RULINGS, finish, seal
from talanoa.conf.clockwork import tick
from talanoa.contributions.models import Contribution
from talanoa.inputs.models import Input
from talanoa.people.actions import know_person
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process
from talanoa.reports.actions import decide
from talanoa.reports.notices import WHOLE
from talanoa.reports.queries import took_part

Send = Callable[..., Input]


@pytest.fixture
def postbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


@pytest.fixture
def inputs(send: Send, yusuf: Person, lucia: Person) -> None:
    """Yusuf sent two inputs, Lucía one, and one came from somebody without an address."""
    for person, text in (
        (yusuf, "One."),
        (yusuf, "Two."),
        (lucia, "Three."),
        (know_person(name="Tupou"), "4."),
    ):
        send(person, text)


def about_the_report(postbox: Postbox, address: str) -> list[str]:
    subjects = [str(letter["Subject"]) for letter in postbox.letters(address)]
    return [subject for subject in subjects if not subject.startswith(("Received", "The answer"))]


def test_sealed_final_and_decided_are_told_once_to_each(
    postbox: Postbox, inputs: None, convenor: Participant, yusuf: Person, lucia: Person
) -> None:
    finish(convenor)
    decide(convenor.process, by=convenor, rulings=RULINGS, at=day(70), channel="web")
    assert [tick(at=day(71)).mails > 0, tick(at=day(72)).mails] == [True, 0]
    told = [
        "The report is public, before anybody acts on it",
        "The report is final",
        "The decision, recommendation by recommendation",
    ]
    assert about_the_report(postbox, yusuf.address) == told
    assert about_the_report(postbox, lucia.address) == told


def test_who_cannot_be_reached_is_counted_as_not_told(
    postbox: Postbox, inputs: None, process: Process, yusuf: Person, lucia: Person
) -> None:
    reached, unreached = took_part(process)
    assert (reached, [person.name for person in unreached]) == ([yusuf, lucia], ["Tupou"])


def test_the_report_itself_is_in_the_letter_with_the_end_of_its_review_period(
    postbox: Postbox, inputs: None, convenor: Participant
) -> None:
    seal(convenor)
    tick(at=day(42))
    said = words(postbox.last())
    assert said.endswith(REPORT)
    assert "runs until Monday 4 May 2026, 09:00 UTC" in said


def test_of_a_long_report_the_recommendations_are_sent(
    postbox: Postbox, inputs: None, convenor: Participant
) -> None:
    seal(convenor, REPORT.replace("Money is", "Money, and time, is " * (WHOLE // 20) + "is"))
    tick(at=day(42))
    said = words(postbox.last())
    assert said.endswith("Recommendation 1. Pay the trainers.\n\nRecommendation 2. Publish the budget.\n")
    assert len(postbox.last().as_bytes()) < 20_000


def test_to_comment_one_answers_that_letter_and_is_known(
    postbox: Postbox, inputs: None, convenor: Participant, yusuf: Person
) -> None:
    seal(convenor)
    tick(at=day(42))
    got = postbox.receive(answer(postbox.last(yusuf.address), "Say who publishes it."), at=day(43))
    made = Contribution.objects.get(number=got.number)
    assert (made.person, made.state, made.input.stage.kind) == (yusuf, Contribution.State.PUBLISHED, "review")


def test_the_decision_is_told_with_each_reason(postbox: Postbox, inputs: None, convenor: Participant) -> None:
    finish(convenor)
    decide(convenor.process, by=convenor, rulings=RULINGS, at=day(FINAL_ON), channel="web")
    tick(at=day(65))
    said = words(postbox.last())
    assert "1. Accepted. The money is there." in said
    assert "2. Not accepted. The budget is public already." in said


def test_nothing_that_was_said_in_private_stands_in_a_letter_to_others(
    postbox: Postbox, send: Send, convenor: Participant, yusuf: Person, lucia: Person
) -> None:
    send(yusuf, "CANARY-TEXT", title="CANARY-TITLE", publication="private")
    send(lucia)
    finish(convenor)
    tick(at=day(65))
    assert not [m for m in postbox.letters(lucia.address) if "CANARY" in m.as_string()]
