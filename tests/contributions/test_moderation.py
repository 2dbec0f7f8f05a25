"""Questions about moderation: who is new and for how long they wait, what waits for whom."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from conftest import day
from talanoa.contributions.actions.appealing import raise_appeal
from talanoa.contributions.actions.moderating import flag_contribution, hold_contribution, quarantine
from talanoa.contributions.actions.standing import withdraw
from talanoa.contributions.models import Contribution
from talanoa.contributions.moderation import (
    appealable_act,
    appeals_for,
    hours_of,
    is_newcomer,
    quarantine_until,
    waiting_for,
    words_of,
)
from talanoa.inputs.models import Input
from talanoa.kernel.errors import RuleBroken
from talanoa.people.models import Person
from talanoa.processes import charter
from talanoa.processes.actions.chartering import create_process, publish_charter
from talanoa.processes.models import Participant, Process
from talanoa.processes.queries import participant

Send = Callable[..., Input]
DONE: dict[str, Any] = {"at": day(2), "channel": "web"}


def process_with(hours: str, amina: Person) -> Process:
    """A process whose charter lets first messages be held for so many hours."""
    facts = charter.template("open-consultation", title="Tides") | {"newcomer_hours": hours}
    made = create_process(by=amina, key="tides", facts=facts, at=day(0), channel="cli")
    by = participant(made, amina)
    assert by
    publish_charter(made, by=by, at=day(0), channel="cli")
    return made


@pytest.mark.parametrize("state", Contribution.State)
def test_somebody_is_new_until_something_of_theirs_was_shown(
    spoken: Contribution, yusuf: Person, process: Process, state: str
) -> None:
    Contribution.objects.filter(pk=spoken.pk).update(state=state)
    assert is_newcomer(yusuf, process) is (state not in {"published", "superseded"})


def test_whoever_holds_a_role_is_not_new(process: Process, dalia: Participant, lucia: Person) -> None:
    assert [is_newcomer(person, process) for person in (dalia.person, lucia)] == [False, True]


def test_without_a_word_in_the_charter_nobody_waits(process: Process, lucia: Person) -> None:
    assert (hours_of(process), quarantine_until(lucia, process, at=day(1))) == (0, None)


@pytest.mark.parametrize(("hours", "waits"), [("0", 0), ("6", 6), ("24", 24)])
def test_the_charter_says_for_how_long_somebody_new_waits(
    amina: Person, lucia: Person, hours: str, waits: int
) -> None:
    made = process_with(hours, amina)
    until = day(1) + timedelta(hours=waits) if waits else None
    assert (hours_of(made), quarantine_until(lucia, made, at=day(1))) == (waits, until)
    assert quarantine_until(amina, made, at=day(1)) is None


@pytest.mark.parametrize("hours", ["25", "-1", "six", "1.5", "99999"])
def test_nobody_waits_for_longer_than_a_day(amina: Person, hours: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        process_with(hours, amina)
    assert broken.value.rule == "quarantine_too_long"


def test_the_act_that_keeps_something_back_can_be_appealed_for_28_days(
    spoken: Contribution, dalia: Participant
) -> None:
    hold_contribution(spoken, by=dalia, reason="abuse", **DONE)
    spoken.refresh_from_db()
    found = [appealable_act(spoken, at=at) for at in (day(2), day(30) - timedelta(seconds=1), day(30))]
    assert [act.reason if act else "" for act in found] == ["abuse", "abuse", ""]


def test_what_waits_at_the_desk_waits_for_those_who_may_decide(
    *,
    send: Send,
    yusuf: Person,
    author: Participant,
    stranger: Participant,
    dalia: Participant,
    convenor: Participant,
    chair: Participant,
) -> None:
    first, second, third = (send(yusuf, f"Words {n}").contribution for n in range(3))
    flag_contribution(first, by=stranger, reason="spam", text="Soap.", **DONE)
    hold_contribution(second, by=dalia, reason="abuse", **DONE)
    made = raise_appeal(second, by=author, text="No.", **DONE)
    quarantine(third, until=day(2.5), **DONE)
    at = made.decide_by
    seen = {by: waiting_for(by, at=at) for by in (dalia, convenor, chair)}
    assert [[row.number for row in w.flagged] for w in seen.values()] == [[1]] * 3
    assert [[act.contribution.number for act in w.held] for w in seen.values()] == [[2, 3]] * 3
    assert {by: w.appeals for by, w in seen.items()} == {dalia: [], convenor: [], chair: [made]}
    assert {w.overdue for w in seen.values()} == {1}
    assert [appeals_for(p.person) for p in (dalia, convenor, chair, author)] == [[], [], [made], []]


def test_what_its_author_took_back_or_replaced_waits_at_the_desk_no_more(
    spoken: Contribution, author: Participant, stranger: Participant, dalia: Participant
) -> None:
    flag_contribution(spoken, by=stranger, reason="spam", text="Soap.", **DONE)
    assert waiting_for(dalia, at=day(3)).flagged == [spoken]
    withdraw(spoken, by=author, **DONE)
    assert waiting_for(dalia, at=day(3)).flagged == []


def test_the_words_of_any_kind_are_found_under_the_name_of_the_kind(spoken: Contribution) -> None:
    told = words_of(spoken)
    assert (told.title, told.text, told.language) == (
        spoken.input.title,
        "Pay the trainers in their own currency.",
        "en",
    )
    spoken.kind = "unheard"
    assert words_of(spoken).text == ""
