"""A message beside inputs: counted nowhere as an input, broken nowhere where any contribution may stand."""

import csv
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from conftest import Say, day
from steps import REPORT, answer, answer_all, refusal, seal, theme_with
from talanoa.contributions.actions.desk import file_under
from talanoa.contributions.actions.moderating import hold_contribution, release_contribution
from talanoa.contributions.actions.standing import confirm, withdraw
from talanoa.contributions.models import Assurance, Contribution
from talanoa.contributions.queries import coverage, inputs_by_group, themes_with_counts, unanswered
from talanoa.contributions.tables import import_answers
from talanoa.discussions.models import Message
from talanoa.inputs.models import Input
from talanoa.inputs.queries import listing
from talanoa.kernel.errors import RuleBroken
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Process
from talanoa.reports.queries import readiness
from web import Hands, Reader

Send = Callable[..., Input]
ACT: dict[str, Any] = {"at": day(2), "channel": "web"}


@pytest.fixture
def message(say: Say, yusuf: Person) -> Contribution:
    """Number 1 is a message."""
    return say(yusuf, "Who trains?").contribution


@pytest.fixture
def spoken(message: Contribution, send: Send, lucia: Person) -> Contribution:
    """Number 2 is an input."""
    return send(lucia).contribution


def test_a_message_is_counted_nowhere_as_an_input(
    process: Process, message: Contribution, spoken: Contribution, convenor: Participant
) -> None:
    covered = coverage(process)
    assert (covered.received, covered.counted, covered.waiting) == (1, 1, 1)
    assert list(unanswered(process)) == list(listing(process)) == [spoken]
    assert list(Contribution.objects.counted()) == [spoken]
    assert inputs_by_group(process) == {"technical_community": 1}
    assert (message.is_counted, spoken.is_counted) == (False, True)
    hold_contribution(message, by=convenor, reason="abuse", **ACT)
    assert (coverage(process).withheld, coverage(process).unconfirmed) == (0, 0)


def test_a_message_is_neither_sorted_nor_answered_at_the_desk(
    message: Contribution, spoken: Contribution, convenor: Participant
) -> None:
    theme = theme_with(convenor, spoken)
    assert refusal(lambda: file_under([message], theme, by=convenor)) == "needs_no_answer"
    assert refusal(lambda: answer(message, convenor)) == "needs_no_answer"
    [counted] = themes_with_counts(convenor.process)
    assert (counted.n_inputs, counted.n_waiting) == (1, 1)  # type: ignore[attr-defined]
    table = "numbers,status,response\n1,noted,Read.\n"
    with pytest.raises(RuleBroken, match="nothing to answer at: 1"):
        import_answers(convenor.process, table, by=convenor, **ACT)


def test_a_report_is_sealed_although_messages_have_no_answer_and_may_cite_one(
    message: Contribution, spoken: Contribution, convenor: Participant
) -> None:
    report = seal(convenor)
    assert readiness(report).unknown_citations == ()
    page = Client().get("/p/nm/report/").content.decode()
    assert '<a href="/p/nm/talk/n/1/"' in page
    assert "nm-1" in REPORT


def test_the_answer_to_all_reaches_inputs_only(
    message: Contribution, spoken: Contribution, convenor: Participant
) -> None:
    [given] = answer_all(convenor)
    assert given.contribution == spoken


def test_lists_and_tables_of_inputs_hold_no_message(message: Contribution, spoken: Contribution) -> None:
    table = list(csv.DictReader(StringIO(Client().get("/p/nm/inputs.csv").content.decode())))
    assert [row["number"] for row in table] == ["nm-2"]
    assert [row.number for row in Client().get("/p/nm/inputs/").context["rows"]] == ["nm-2"]
    assert [row.number for row in Client().get("/p/nm/").context["latest"]] == ["nm-2"]


@pytest.mark.parametrize("page", ["received/", "receipt.txt", "replace/", "file"])
def test_a_message_has_no_page_of_an_input(message: Contribution, yusuf: Person, page: str) -> None:
    assert Reader(yusuf).client.get(f"/p/nm/inputs/1/{page}").status_code == 404


def test_my_page_and_my_data_hold_messages_too(
    message: Contribution,
    spoken: Contribution,
    yusuf: Person,
    say: Say,
) -> None:
    held = say(yusuf, "Held.", assurance=Assurance.CLAIMED, said={"subject": "A held one"})
    reader = Reader(yusuf)
    page = reader.open("/me/")
    assert page.links["Trainers"] == "/p/nm/talk/n/1/"
    assert page.links["receipt: nm-1"] == "/p/nm/talk/n/1/receipt.txt"
    assert "Confirm that “A held one” is yours" in page.text
    assert "Waiting" not in page.text.replace("Waiting for its sender to confirm", "")
    assert reader.client.get("/p/nm/talk/n/1/receipt.txt").status_code == 200
    data = reader.client.get("/me/data.json").json()["contributions"]
    assert {(row["kind"], row["number"], row["text"]) for row in data} == {
        ("message", "nm-1", "Who trains?"),
        ("message", f"nm-{held.contribution.number}", "Held."),
    }


def test_the_desk_works_on_inputs_and_sees_held_messages(
    *,
    message: Contribution,
    spoken: Contribution,
    say: Say,
    yusuf: Person,
    dalia: Participant,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Hands(monkeypatch, day(2))
    held = say(yusuf, "Held words.", assurance=Assurance.CLAIMED, said={"subject": "A held one"})
    desk = Reader(dalia.person, in_office=True)
    desk.open("/p/nm/desk/")
    page = desk.open("/p/nm/desk/inputs/")
    assert "A held one" not in page.links
    page = desk.open("/p/nm/desk/inputs/?show=held&words=Held")
    assert page.links["A held one"] == f"/p/nm/desk/inputs/{held.contribution.number}/"
    page = desk.follow("A held one")
    assert "Draft an answer to this one" not in page.links
    desk.follow("Hold, release or reject it; flags and appeals")
    desk.press("Release it")
    assert Message.objects.visible_to(None).filter(pk=held.pk).exists()
    assert desk.client.get("/p/nm/desk/inputs/1/respond/").status_code == 404


def test_a_message_stands_where_any_contribution_can(
    message: Contribution, yusuf: Person, convenor: Participant
) -> None:
    by = enter(message.process, yusuf, at=day(2))
    hold_contribution(message, by=convenor, reason="spam", **ACT)
    release_contribution(message, by=convenor, **ACT)
    withdraw(message, by=by, **ACT)
    message.refresh_from_db()
    assert message.state == "withdrawn"


def test_a_held_message_is_confirmed_with_the_link_of_its_letter(say: Say, yusuf: Person) -> None:
    held = say(yusuf, assurance=Assurance.CLAIMED).contribution
    confirm(held, by=enter(held.process, yusuf, at=day(2)), **ACT)
    assert Message.objects.visible_to(None).count() == 1
