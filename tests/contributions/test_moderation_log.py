"""The public log of moderation: every act in its order, counts without people, how long holds lasted."""

from collections.abc import Callable
from dataclasses import fields
from datetime import timedelta
from typing import Any

from conftest import day
from talanoa.contributions.actions.appealing import raise_appeal, rule_on_appeal
from talanoa.contributions.actions.moderating import (
    end_quarantines,
    flag_contribution,
    hold_contribution,
    quarantine,
    reject_contribution,
    release_contribution,
)
from talanoa.contributions.models import Contribution
from talanoa.contributions.moderation_log import LogLine, counts, holds, log_lines
from talanoa.inputs.models import Input
from talanoa.people.actions import know_person
from talanoa.people.models import Group
from talanoa.processes.models import Participant, Process

Send = Callable[..., Input]


def on(number: float) -> dict[str, Any]:
    return {"at": day(number), "channel": "web"}


def hold(contribution: Contribution, by: Participant, number: float = 2) -> None:
    hold_contribution(contribution, by=by, reason="abuse", **on(number))


def test_every_act_stands_in_it_once_with_role_reason_and_what_became_of_the_appeal(
    *,
    spoken: Contribution,
    author: Participant,
    stranger: Participant,
    dalia: Participant,
    chair: Participant,
    process: Process,
) -> None:
    flag_contribution(spoken, by=stranger, reason="abuse", text="A thief!", **on(2))
    hold(spoken, dalia)
    appeal = raise_appeal(spoken, by=author, text="No.", **on(3))
    waiting = [(row.act, row.appeal) for row in log_lines(process, at=day(3))]
    assert waiting == [("flag", ""), ("hold", "open"), ("appeal", "")]
    assert log_lines(process, at=day(17))[1].appeal == "overdue"
    rule_on_appeal(appeal, by=chair, outcome="overturned", reasons="No.", **on(4))
    told = [
        (row.hour, row.act, row.number, row.reason, row.role, row.outcome, row.appeal)
        for row in log_lines(process, at=day(4))
    ]
    assert told == [
        ("2026-03-04T09Z", "flag", 1, "abuse", "participant", "", ""),
        ("2026-03-04T09Z", "hold", 1, "abuse", "secretariat", "", "overturned"),
        ("2026-03-05T09Z", "appeal", 1, "", "participant", "", ""),
        ("2026-03-06T09Z", "rule", 1, "", "chair", "overturned", ""),
    ]


def test_a_line_has_no_place_for_a_person_or_a_word() -> None:
    assert {field.name for field in fields(LogLine)} == {
        "hour",
        "act",
        "number",
        "reason",
        "role",
        "outcome",
        "appeal",
        "entry",
        "at",
    }


def test_another_process_has_its_own_log(spoken: Contribution, dalia: Participant, nino: Participant) -> None:
    hold(spoken, dalia)
    assert log_lines(nino.process, at=day(3)) == []


def test_holds_are_measured_from_the_first_hold_to_what_ended_it(
    send: Send, many: Callable[[int], list[Contribution]], dalia: Participant, process: Process
) -> None:
    rows = many(5)
    for row in rows[:3]:
        hold(row, dalia)
    release_contribution(rows[0], by=dalia, **on(3))
    reject_contribution(rows[1], by=dalia, reason="abuse", text="Names.", **on(6))
    quarantine(rows[3], until=day(2.25), **on(2))
    end_quarantines(at=day(2.25))
    reject_contribution(rows[4], by=dalia, reason="spam", text="Soap.", **on(2))
    found = holds(log_lines(process, at=day(7)))
    assert (found.running, found.over) == (1, 3)
    assert (found.median, found.longest) == (timedelta(days=1), timedelta(days=4))
    assert holds([]).median is None


def test_an_overturned_appeal_ends_a_hold_and_a_decision_that_stands_does_not(
    spoken: Contribution, author: Participant, dalia: Participant, chair: Participant, process: Process
) -> None:
    hold(spoken, dalia)
    appeal = raise_appeal(spoken, by=author, text="No.", **on(3))
    rule_on_appeal(appeal, by=chair, outcome="upheld", reasons="Yes.", **on(4))
    assert holds(log_lines(process, at=day(4))).running == 1


def test_roles_and_reasons_are_counted(
    many: Callable[[int], list[Contribution]], dalia: Participant, convenor: Participant, process: Process
) -> None:
    first, second, third = many(3)
    hold(first, dalia)
    hold(second, convenor)
    reject_contribution(third, by=convenor, reason="spam", text="Soap.", **on(2))
    found = counts(process, log_lines(process, at=day(3)))
    assert found.by_role == [("convenor", "hold", 1), ("convenor", "reject", 1), ("secretariat", "hold", 1)]
    assert found.by_reason == [("abuse", "hold", 2), ("spam", "reject", 1)]


def test_fewer_than_five_of_a_group_are_not_counted_in_public(
    send: Send, dalia: Participant, process: Process
) -> None:
    for n in range(5):
        person = know_person(name=f"G{n}", address=f"g{n}@gov.example", group=Group.GOVERNMENT)
        contribution = send(person, f"Words {n}").contribution
        assert counts(process, log_lines(process, at=day(3))).by_group == {}
        hold(contribution, dalia)
    assert counts(process, log_lines(process, at=day(3))).by_group == {"government": 5}
