"""A round of statements about training: Amina convenes; Yusuf, Lucía and Sione propose and vote."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from conftest import day
from mail.example_mails import Postbox
from remembering import remembered
from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.models import Assurance
from talanoa.people.actions import know_person
from talanoa.people.models import Group, Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Process
from talanoa.statements.actions.proposing import Proposed, propose_statement
from talanoa.statements.actions.rounds import open_round
from talanoa.statements.actions.voting import cast_ballot
from talanoa.statements.models import Ballot, Round, Statement

QUESTION = "Who should pay the trainers?"
PAY = "The ministry should pay the trainers by the day."
BUDGET = "The budget should be public."
LATE = day(22)
ACT: dict[str, Any] = {"at": day(2), "channel": "web"}
State = Callable[..., Statement]
CastVotes = Callable[..., Ballot]


@pytest.fixture
@remembered
def round_(process: Process, convenor: Participant) -> Round:
    """Open from the first day for 21 days."""
    return open_round(process, by=convenor, question=QUESTION, at=day(1), channel="web")


@pytest.fixture
def state(round_: Round) -> State:
    """Propose as a person: state(yusuf, "text")."""

    def stating(person: Person, text: str = PAY, **more: Any) -> Statement:
        differs, assurance = bool(more.pop("differs", False)), str(more.pop("assurance", Assurance.PROVEN))
        facts: dict[str, Any] = {
            "by": enter(round_.process, person, at=day(2)),
            "author": author_of(person, assurance=assurance),
            "proposed": Proposed(text, differs),
            "dedup_key": sha256(f"{person.pk} {text}".encode()).hexdigest(),
            **ACT,
        }
        return propose_statement(round_, **facts | more)

    return stating


@pytest.fixture
def cast(round_: Round) -> CastVotes:
    """Vote as a person, by number: cast(yusuf, {1: "agree"})."""

    def casting(person: Person, votes: dict[int, str], **more: Any) -> Ballot:
        by = enter(round_.process, person, at=day(2))
        at = more.get("at", ACT["at"])
        facts: dict[str, Any] = {
            "by": by,
            "voter": by,
            "votes": votes,
            "assurance": Assurance.PROVEN,
            "dedup_key": sha256(f"{person.pk} {votes} {at}".encode()).hexdigest(),
            **ACT,
        }
        return cast_ballot(round_, **facts | more)

    return casting


@pytest.fixture
@remembered
def two(state: State, lucia: Person, sione: Person) -> tuple[int, int]:
    """The numbers of two statements: 1 by Lucía on pay, 2 by Sione on the budget."""
    return state(lucia).contribution.number, state(sione, BUDGET).contribution.number


@pytest.fixture
@remembered
def crowd(log: object) -> list[Person]:
    """Twelve people from five regions: six of academia, five of the private sector, one civil servant."""
    places = ("KE", "TO", "UY", "HR", "IN", "EG")
    groups = [Group.ACADEMIA] * 6 + [Group.PRIVATE_SECTOR] * 5 + [Group.GOVERNMENT]
    return [
        know_person(
            name=f"Voter {n}", address=f"voter{n}@room.example", group=group, country=places[n % len(places)]
        )
        for n, group in enumerate(groups)
    ]


@pytest.fixture
def postbox(process: Process, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)
