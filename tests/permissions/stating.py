"""Rounds of statements of the world: one that runs, one closed, one whose time is over; statements in each state."""

from typing import Any

from permissions.canaries import STATEMENTS, canary
from permissions.stages import ago, member
from talanoa.conf.clockwork import tick
from talanoa.contributions.actions.moderating import hold_contribution
from talanoa.contributions.actions.standing import Author, withdraw
from talanoa.contributions.models import Assurance
from talanoa.people.models import Group, Person
from talanoa.processes.models import Participant, Process
from talanoa.record.models import Entry
from talanoa.statements.actions.proposing import Proposed, erase_proposed, propose_statement
from talanoa.statements.actions.rounds import close_rounds, open_round
from talanoa.statements.actions.voting import cast_ballot
from talanoa.statements.events import RoundOpened
from talanoa.statements.models import Ballot, Round, Statement, Voter

SCRIPT = "<script>alert(1)</script>"
ROUNDS = {"over": 1, "running": 2, "due": 3}
"""The number of the round in each state, in the order in which they were opened."""
ROUND_PAGES = {
    f"statements:{name}"
    for name in (
        *("round", "vote", "ballot", "mine", "unvote", "propose"),
        *("close", "enter", "results", "result", "votes", "check"),
    )
}


def state_all(process: Process, cast: dict[str, Person]) -> dict[str, Statement]:
    """Open every round of ROUNDS; the author proposes in each state and votes, the participant votes in one closed."""
    by = {role: member(process, cast[role]) for role in ("author", "participant", "convenor", "secretariat")}
    over, running, _due = (
        open_round(
            process, by=by["secretariat"], question=f"Who pays {n}? {SCRIPT}", days=days, at=at, channel="web"
        )
        for n, days, at in ((1, 3, ago(9)), (2, 30, ago(8)), (3, 3, ago(3.2)))
    )
    old = _stated(over, cast, by["author"], "old", f"<b onx=1>We pay {SCRIPT}")
    _vote(over, by["participant"], old)
    close_rounds(at=ago(5))
    made = {
        state: _stated(running, cast, by["author"], state, canary(f"{state}-text")) for state in STATEMENTS
    }
    act: dict[str, Any] = {"at": ago(3), "channel": "web"}
    hold_contribution(made["proposed-withheld"].contribution, by=by["secretariat"], reason="abuse", **act)
    withdraw(made["proposed-withdrawn"].contribution, by=by["author"], **act)
    tick(at=ago(3))  # the letters about it are written before it is erased
    erase_proposed(made["proposed-erased"], by=by["convenor"], ground="court_order", **act)
    _hide_votes(running, by["author"])
    _vote(running, by["author"], made["proposed"])
    return {state: Statement.objects.get(pk=row.pk) for state, row in made.items()}


def _stated(made: Round, cast: dict[str, Person], by: Participant, state: str, text: str) -> Statement:
    assurance = Assurance.CLAIMED if state == "proposed-unconfirmed" else Assurance.PROVEN
    name = canary(f"{state}-speaker") if state in STATEMENTS else "A"
    return propose_statement(
        made,
        by=by,
        author=Author(cast["author"], name, Group.GOVERNMENT, assurance),
        proposed=Proposed(text),
        dedup_key=f"said {state}",
        at=ago(7),
        channel="web",
    )


def _vote(made: Round, by: Participant, about: Statement) -> None:
    told: dict[str, Any] = {"voter": by, "assurance": Assurance.PROVEN, "dedup_key": f"vote {by.pk}"}
    votes = {about.contribution.number: "agree"}
    cast_ballot(made, by=by, votes=votes, at=ago(6.5), channel="web", **told)


def _hide_votes(made: Round, by: Participant) -> None:
    """Let a voter hold what no vote is, to be searched for; their first ballot too, under an entry of the round."""
    voter = Voter.objects.create(
        round=made, participant=by, votes="." * 9 + canary("voter-votes"), voted_at=ago(7)
    )
    Ballot.objects.create(
        voter=voter,
        lines=canary("ballot-lines"),
        name=by.person.name,
        channel="web",
        cast_at=ago(7),
        dedup_key="hidden",
        entry=Entry.objects.filter(kind=RoundOpened.kind).earliest("pk"),
    )
