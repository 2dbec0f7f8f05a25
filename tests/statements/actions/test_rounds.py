"""How a round begins and ends, by whom, and what stands on the record of it."""

from hashlib import sha256
from typing import Any

import pytest

from conftest import day
from statements.conftest import LATE, QUESTION, CastVotes
from steps import line, new_entries, refusal
from talanoa.conf.clockwork import tick
from talanoa.kernel.errors import NotAllowed
from talanoa.lib.published_votes import from_json
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import SYSTEM, Participant, Process
from talanoa.record.auditing import audit
from talanoa.record.models import Log
from talanoa.statements.actions.rounds import close_round, close_rounds, open_round
from talanoa.statements.models import Round, Voter

OPEN: dict[str, Any] = {"question": QUESTION, "at": day(1), "channel": "web"}


def test_convenor_or_secretariat_open_a_round_and_the_record_says_until_when(
    process: Process, dalia: Participant
) -> None:
    [entry] = new_entries(lambda: open_round(process, by=dalia, days=7, **OPEN))
    assert entry == line("round.opened.1", r="secretariat", at=day(1), round=1, until="2026-03-10T09:00Z")
    assert open_round(process, by=dalia, **OPEN).number == 2


def test_nobody_else_opens_one(process: Process, chair: Participant, sponsor: Participant) -> None:
    for by in (chair, sponsor, SYSTEM):
        with pytest.raises(NotAllowed):
            open_round(process, by=by, **OPEN)


@pytest.mark.parametrize("days", [2, 181])
def test_round_length_is_neither_shorter_than_three_days_nor_longer_than_half_a_year(
    process: Process, convenor: Participant, days: int
) -> None:
    assert refusal(lambda: open_round(process, by=convenor, days=days, **OPEN)) == "round_length"


def test_a_round_asks_something(process: Process, convenor: Participant) -> None:
    told = OPEN | {"question": " "}
    assert refusal(lambda: open_round(process, by=convenor, **told)) == "reason_missing"


def test_a_question_that_reads_as_a_vote_is_none(process: Process, convenor: Participant) -> None:
    told = OPEN | {"question": "Do we in 2030 agree?"}
    assert refusal(lambda: open_round(process, by=convenor, **told)) == "reads_as_vote"


def test_no_round_begins_before_the_opening(process: Process, convenor: Participant) -> None:
    Process.objects.update(state=Process.State.CHARTER_REVIEW)
    assert refusal(lambda: open_round(process, by=convenor, **OPEN)) == "wrong_state"


def test_round_running_nobody_ends_it_earlier_than_everybody_was_told(
    round_: Round, convenor: Participant
) -> None:
    act: dict[str, Any] = {"by": convenor, "at": day(21.9), "channel": "web"}
    assert refusal(lambda: close_round(round_, **act)) == "round_running"


def test_the_clock_closes_a_round_and_its_hashes_stand_on_the_record(
    round_: Round, cast: CastVotes, two: tuple[int, int], crowd: list[Person]
) -> None:
    for person in crowd:
        cast(person, {two[0]: "agree", two[1]: "pass"})
    [entry] = new_entries(lambda: close_rounds(at=LATE))
    result = round_.results.get()
    hashes = {
        "result_sha256": sha256(result.body.encode()).hexdigest(),
        "table_sha256": sha256(result.table.encode()).hexdigest(),
    }
    facts = {"round": 1, "voters": 12, "statements": 2, **hashes}
    assert entry == line("round.closed.1", r="system", at=LATE, ch="tick", **facts)
    assert (close_rounds(at=LATE), Round.objects.get().closed_at) == (0, LATE)


def test_the_tick_closes_what_is_due(round_: Round) -> None:
    tick(at=day(21.9))
    assert Round.objects.get().closed_at is None
    tick(at=LATE)
    assert Round.objects.get().closed_at == LATE


def test_a_round_is_closed_once_and_by_the_desk_alone(
    round_: Round, chair: Participant, yusuf: Person
) -> None:
    act: dict[str, Any] = {"at": LATE, "channel": "web"}
    member = enter(round_.process, yusuf, at=day(2))
    with pytest.raises(NotAllowed):
        close_round(round_, by=member, **act)
    close_round(round_, by=chair, **act)
    assert refusal(lambda: close_round(round_, by=chair, **act)) == "round_closed"


def test_an_empty_round_closes_without_a_result(round_: Round) -> None:
    close_rounds(at=LATE)
    result = round_.results.get()
    assert (result.n_voters, result.body, result.is_final) == (0, "", True)


def test_the_table_holds_votes_and_groups_of_five_or_more_and_no_name(
    round_: Round, cast: CastVotes, two: tuple[int, int], crowd: list[Person], log: Log
) -> None:
    for person in crowd:
        cast(person, {two[0]: "agree" if person.group == "academia" else "disagree"})
    close_rounds(at=LATE)
    table = from_json(round_.results.get().table)
    told = sorted((one.group, one.votes) for one in table.voters)
    assert told == [("", "d."), *[("academia", "a.")] * 6, *[("private_sector", "d.")] * 5]
    words = [one.check_word for one in table.voters]
    assert words == sorted(words)
    assert {(row.number, row.check_word) for row in Voter.objects.all()} == {
        (one.number, one.check_word) for one in table.voters
    }
    assert audit(log).holds
