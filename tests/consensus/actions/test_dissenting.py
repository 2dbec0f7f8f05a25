"""Whoever dissents may say so in the report, in words of their own, within a stated time."""

from datetime import datetime

from conftest import day
from consensus.conftest import FOUND, SETTLED
from steps import new_entries, refusal
from talanoa.consensus.actions.designating import designate
from talanoa.consensus.actions.dissenting import state_minority
from talanoa.consensus.models import Call, MinorityStatement
from talanoa.consensus.queries import minority_statements
from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.models import Assurance
from talanoa.processes.models import Participant

WITHIN = day(95)


def dissent(call: Call, by: Participant, at: datetime = WITHIN, **other: object) -> MinorityStatement:
    said: dict[str, object] = {"text": "The rate leaves out the islands.", "dedup_key": "m1"} | other
    author = author_of(by.person, assurance=Assurance.PROVEN, group=by.group)
    return state_minority(call, by=by, author=author, at=at, channel="mail", **said)  # type: ignore[arg-type]


def declared(call: Call, chair: Participant) -> Call:
    return designate(call, by=chair, found=FOUND, at=SETTLED, channel="web")


def test_a_minority_statement_has_a_number_and_everybody_may_read_it(
    call: Call, chair: Participant, second: Participant
) -> None:
    made = declared(call, chair)
    told = new_entries(lambda: dissent(made, second, recommendation=1))
    assert [(entry["k"], entry["n"], entry["recommendation"]) for entry in told] == [
        ("minority.stated.1", 1, 1)
    ]
    assert [row.text for row in minority_statements(call.process)] == ["The rate leaves out the islands."]


def test_the_same_mail_twice_is_one_statement(call: Call, chair: Participant, second: Participant) -> None:
    made = declared(call, chair)
    dissent(made, second)
    assert new_entries(lambda: dissent(made, second)) == []


def test_nothing_to_dissent_from_before_the_outcome(call: Call, second: Participant) -> None:
    assert refusal(lambda: dissent(call, second)) == "nothing_to_dissent_from"


def test_minority_window_over(call: Call, chair: Participant, second: Participant) -> None:
    made = declared(call, chair)
    assert refusal(lambda: dissent(made, second, at=day(105))) == "minority_window_over"
    dissent(made, second, at=day(104.9))
