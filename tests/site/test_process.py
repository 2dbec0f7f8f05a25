"""The page of one process: what it counts, when what comes next, what is left to do."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from conftest import day
from steps import DECIDED_ON, RULINGS, answer_all, finish, seal
from talanoa.contributions.actions.moderating import hold_contribution, reject_contribution
from talanoa.contributions.actions.standing import withdraw
from talanoa.contributions.models import Contribution
from talanoa.inputs.models import Input
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.actions.stages import keep_stages
from talanoa.processes.models import Participant
from talanoa.record.models import Entry
from talanoa.record.queries import sentence
from talanoa.reports.actions import decide, note_follow_up
from web import Hands, Reader

Send = Callable[..., Input]
CLEAR = "Nothing stands in the way of the report."


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, day(3))


def page() -> str:
    return Reader().open("/p/nm/").text


def test_a_decision_cannot_come_before_a_review_that_has_not_begun(
    send: Send, yusuf: Person, hands: Hands
) -> None:
    send(yusuf)
    assert "not before 2 May 2026" in page()  # the call ends on 11 April; 21 days of review follow
    keep_stages(at=day(41))
    hands.turn_to(day(50))
    assert "not before 12 May 2026" in page()


def test_what_was_received_adds_up_and_what_is_hidden_is_counted(
    send: Send, yusuf: Person, lucia: Person, sione: Person, convenor: Participant
) -> None:
    back = send(yusuf).contribution
    withdraw(back, by=enter(back.process, yusuf, at=day(2)), at=day(2), channel="web")
    act: dict[str, Any] = {"by": convenor, "reason": "abuse", "at": day(2), "channel": "web"}
    hold_contribution(send(lucia).contribution, **act)
    reject_contribution(send(lucia, "Nobody may answer.").contribution, text="It insults.", **act)
    send(sione, publication=Contribution.Publication.PRIVATE)
    send(sione, "Publish the budget.")
    told = page()
    assert "5 received: 1 withdrawn; 4 need an answer." in told
    assert "Not shown, and answered all the same: 1 private, 1 held, 1 rejected." in told
    assert "3 inputs are not shown and not in this table." in told


def test_five_facts_stand_at_the_head_and_the_charter_tells_the_rest(send: Send, yusuf: Person) -> None:
    send(yusuf)
    html = Reader().client.get("/p/nm/").content.decode()
    facts = html.partition('<dl class="facts">')[2].partition("</dl>")[0]
    labels = ["Who runs it", "Who may take part", "What is decided", "Who pays", "Overlap"]
    assert re.findall(r"<dt>([^<]*)</dt>", facts) == labels


def test_a_stage_without_an_end_says_since_when_it_runs(send: Send, yusuf: Person, hands: Hands) -> None:
    send(yusuf)
    keep_stages(at=day(41))
    hands.turn_to(day(42))
    assert "Report Now · since 12 April 2026" in page()


def test_a_review_that_is_over_shows_the_end_that_was_due(
    send: Send, yusuf: Person, convenor: Participant, hands: Hands
) -> None:
    send(yusuf)
    finish(convenor)  # on day 64; its review ended on day 63, the 4th of May
    hands.turn_to(day(65))
    assert "Review period Done · 4 May 2026" in page()


def test_a_decided_process_leads_to_its_decision_and_speaks_of_nothing_in_the_way(
    send: Send, yusuf: Person, convenor: Participant, hands: Hands
) -> None:
    send(yusuf)
    keep_stages(at=day(41))
    answer_all(convenor)
    hands.turn_to(day(41))
    assert CLEAR in page()
    seal(convenor)
    assert CLEAR not in page()


def test_who_decided_is_told_in_public(
    send: Send, yusuf: Person, convenor: Participant, sponsor: Participant, hands: Hands
) -> None:
    send(yusuf)
    finish(convenor)
    decide(convenor.process, by=sponsor, rulings=RULINGS, at=day(DECIDED_ON), channel="web")
    hands.turn_to(day(DECIDED_ON))
    reader = Reader()
    assert reader.open("/p/nm/").links["Read the decision"] == "/p/nm/report/#decision"
    assert "The decision was taken on 11 May 2026 by: Sponsor." in reader.open("/p/nm/report/").text
    note_follow_up(convenor.process, by=convenor, text="Paid.", at=day(80), channel="web")
    assert reader.open("/p/nm/").links["Read what became of it"] == "/p/nm/report/#follow-up"


def test_the_log_says_what_began_and_ended_in_words(send: Send, yusuf: Person, convenor: Participant) -> None:
    back = send(yusuf).contribution
    withdraw(back, by=enter(back.process, yusuf, at=day(2)), at=day(2), channel="web")
    send(yusuf, "One.")
    send(yusuf, "Two.")
    seal(convenor)
    told = [sentence(entry) for entry in Entry.objects.filter(process_key="nm").order_by("index")]
    assert told[3:] == [
        "The call for input began.",
        "Input 1 was received.",
        "Input 1 was withdrawn by its author.",
        "Input 2 was received.",
        "Input 3 was received.",
        "The call for input ended.",
        "The work on the report began.",
        "Answered: 2\N{NON-BREAKING HYPHEN}3 (accepted).",
        "The report was sealed; its review period runs until Monday 4 May 2026, 09:00 UTC.",
        "The work on the report ended.",
        "The review period began.",
    ]
