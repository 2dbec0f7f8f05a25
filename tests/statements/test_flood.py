"""A flood of ballots, from one person or many accounts in an hour: limits hold, both results are shown, all stay."""

import json
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from conftest import day
from statements.conftest import ACT, LATE, CastVotes
from steps import refusal
from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.models import Assurance
from talanoa.lib.ballot_lines import VOTES
from talanoa.lib.published_votes import from_json
from talanoa.people.actions import know_person
from talanoa.people.models import Person
from talanoa.processes.models import Participant
from talanoa.processes.queries import published_charter
from talanoa.record.models import Entry
from talanoa.statements.actions.proposing import Proposed, propose_statement
from talanoa.statements.actions.rounds import close_rounds
from talanoa.statements.actions.voting import CHANGES, erase_votes
from talanoa.statements.events import BallotCast
from talanoa.statements.models import Ballot, Result, Round, Voter
from web import Hands, Reader

STATEMENTS, EACH, BOTS = 22, 6, 60
DISLIKED = 22
BOUGHT = dict.fromkeys(range(1, STATEMENTS + 1), "agree")
SUBJECTS = (
    "rooms", "meals", "travel", "books", "videos", "homework", "mentors", "mail", "captions", "evenings", "weekends",
    "examples", "law", "radio", "bandwidth", "measurement", "numbering", "naming", "routing", "security", "privacy",
    "fees",
)  # fmt: skip


@pytest.fixture
def stated(round_: Round, convenor: Participant) -> Round:
    """The round with 22 statements of the convenor."""
    for at, subject in enumerate(SUBJECTS):
        facts: dict[str, Any] = {"dedup_key": f"statement-{at}", **ACT}
        propose_statement(
            round_,
            by=convenor,
            author=author_of(convenor.person, assurance=Assurance.PROVEN),
            proposed=Proposed(f"Training needs better {subject}.", differs=True),
            **facts,
        )
    return round_


@pytest.fixture
def groups(stated: Round) -> list[str]:
    charter = published_charter(stated.process)
    assert charter is not None
    return list(charter.facts["groups"])


@pytest.fixture
def room(groups: list[str], cast: CastVotes) -> list[Person]:
    """Six people of each group of the charter, who come over days; hardly anybody agrees with the last statement."""
    people = []
    for at in range(EACH * len(groups)):
        person = know_person(
            name=f"Voter {at}", address=f"v{at}@room.example", group=groups[at % len(groups)]
        )
        drawn = sha256(str(at).encode()).digest()
        votes = {n: VOTES[drawn[n] % len(VOTES)] for n in range(1, STATEMENTS)}
        cast(person, votes | {DISLIKED: "agree" if at == 0 else "disagree"}, at=day(2) + timedelta(hours=at))
        people.append(person)
    return people


@pytest.fixture
def flooded(room: list[Person], groups: list[str], cast: CastVotes) -> list[Person]:
    """Sixty accounts of one group agree with everything within a minute."""
    bots = []
    for at in range(BOTS):
        bot = know_person(name=f"Account {at}", address=f"bot{at}@flood.example", group=groups[0])
        cast(bot, BOUGHT, at=day(9) + timedelta(seconds=at))
        bots.append(bot)
    return bots


def _row(number: int) -> dict[str, Any]:
    rows = json.loads(Result.objects.get(is_final=True).body)["results"]
    [found] = [row for row in rows if row["statement"] == number]
    return dict(found)


def test_sixty_accounts_in_an_hour_lift_a_statement_among_their_own_and_nowhere_else(
    flooded: list[Person], groups: list[str]
) -> None:
    close_rounds(at=LATE)
    row = _row(DISLIKED)
    agree, disagree, _passed = row["pooled"]
    assert agree > disagree
    assert row["suggestion"]["level"] == "divergence"
    assert row["declared_numbers"]["weakest"] < 0.1
    assert row["declared_numbers"]["weakest_group"] != groups[0]


def test_the_result_tells_of_them_and_what_it_would_be_without_them(
    flooded: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    close_rounds(at=LATE)
    Hands(monkeypatch, LATE)
    result = json.loads(Result.objects.get().body)
    assert (result["stuffing"]["in_bursts"], result["stuffing"]["near_identical"]) == (BOTS, BOTS)
    ways = {how: level for how, _weakest, level in _row(DISLIKED)["robustness"]}
    assert (ways["without bursts"], ways["without near-identical"]) == ("divergence", "divergence")
    page = Reader().open("/p/nm/statements/1/results/").text
    assert f"{BOTS} people in piles of nearly the same ballots, the largest of {BOTS}" in page
    assert f"{BOTS} people who came in an hour with far more than usual" in page
    assert "without near-identical ballots: Divergence" in page
    assert "without those who came in a burst: Divergence" in page


def test_nobodys_vote_is_deleted(flooded: list[Person], room: list[Person]) -> None:
    close_rounds(at=LATE)
    result, whole = Result.objects.get(), len(flooded) + len(room)
    table = from_json(result.table)
    assert (result.n_voters, len(table.voters), Ballot.objects.count()) == (whole, whole, whole)
    assert Entry.objects.filter(kind=BallotCast.kind).count() == whole
    assert sum(one.in_burst for one in table.voters) == BOTS


def test_ballot_limit_one_person_cannot_flood_the_record_and_what_they_said_last_counts(
    stated: Round, cast: CastVotes, yusuf: Person
) -> None:
    minutes = (day(3) + timedelta(minutes=at) for at in range(10 * CHANGES))
    cast(yusuf, {1: "agree"}, at=next(minutes))
    for at in range(CHANGES):
        cast(yusuf, {1: ("disagree", "agree")[at % 2]}, at=next(minutes))
    assert refusal(lambda: cast(yusuf, {1: "pass"}, at=next(minutes))) == "ballot_limit"
    assert (Voter.objects.get().votes, Ballot.objects.count()) == ("a", CHANGES + 1)
    assert Entry.objects.filter(kind=BallotCast.kind).count() == CHANGES + 1


def test_who_votes_on_one_statement_after_the_other_is_never_stopped(
    stated: Round, cast: CastVotes, yusuf: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("talanoa.statements.actions.voting.CHANGES", 1)
    for number in range(1, STATEMENTS + 1):
        cast(yusuf, {number: "agree"}, at=day(3))
    assert Voter.objects.get().n_votes == STATEMENTS


def test_who_takes_their_votes_back_again_and_again_is_stopped_in_the_end(
    stated: Round, cast: CastVotes, yusuf: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("talanoa.statements.actions.voting.MOST", 3)
    for at in range(3):
        ballot = cast(yusuf, {1: "agree"}, at=day(3 + at))
        by = ballot.voter.participant
        assert by is not None
        erase_votes(stated, by=by, at=day(3.5 + at), channel="web")
    assert refusal(lambda: cast(yusuf, {1: "agree"}, at=day(7))) == "ballot_limit"
