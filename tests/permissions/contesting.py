"""What contests the calls of the world: a challenge, and appeals at each step; the participant sits on a panel."""

from typing import Any

from permissions.canaries import canary
from permissions.stages import ago, member
from talanoa.consensus.actions.challenging import raise_challenge
from talanoa.consensus.actions.contesting import admit_appeal, bring_appeal
from talanoa.consensus.actions.empaneling import announce_draw, draw_panel
from talanoa.consensus.actions.hearing import give_opinion
from talanoa.consensus.actions.positions import take_position
from talanoa.consensus.contestable import acts_in
from talanoa.consensus.models import Call, PanelAppeal
from talanoa.contributions.models import Assurance
from talanoa.people.actions import know_person, prove_address
from talanoa.people.interests import Interests
from talanoa.people.models import Person
from talanoa.processes.actions.interests import state_interests
from talanoa.processes.models import Process

SCRIPT = "<script>alert(1)</script>"
APPEALS = {"raised": 1, "admitted": 2, "announced": 3, "drawn": 4}
"""The number of the appeal at each step, in the order in which they were brought."""
_AGAINST = ("consensus.designated.1", "call.opened.1", "estimate.published.1", "estimate.published.1")


def stand(call: Call, cast: dict[str, Person], days: float) -> None:
    """Let the author and the participant take part in a call, so many days ago."""
    for role in ("author", "participant"):
        by = member(call.process, cast[role])
        told = {"assurance": Assurance.PROVEN, "at": ago(days), "channel": "web"}
        take_position(call, by=by, option="abstain", **told)  # type: ignore[arg-type]


def contest_all(process: Process, cast: dict[str, Person], calls: dict[str, Call]) -> None:
    """Challenge what was found, appeal against four acts, and take each appeal one step further."""
    by = {role: member(process, cast[role]) for role in ("author", "secretariat", "participant")}
    found = calls["settled"].designations.get()
    raise_challenge(found, by=by["author"], text=SCRIPT, at=ago(9), channel="web")
    for n in (1, 2, 3):
        person = know_person(name=f"Juror <b onx=1>{n}", address=f"juror{n}@pool.example")
        _fit(process, person)
    _fit(process, cast["participant"])
    appeals = _brought(calls, by["author"])
    desk: dict[str, Any] = {"by": by["secretariat"], "channel": "web"}
    for appeal in appeals[1:]:
        admit_appeal(appeal, at=ago(1.5), **desk)
    for appeal in appeals[2:]:
        announce_draw(appeal, sources=[SCRIPT], known_at=ago(1), seats=3, at=ago(1.5), **desk)
    made = draw_panel(appeals[3], said=["1 2 3"], at=ago(0.9), **desk)
    seats = list(made.members.seated())
    reasons = {1: canary("opinion-reasons")}
    other = next(seat for seat in seats if seat.participant_id != by["participant"].pk)
    give_opinion(
        appeals[3], by=other.participant, outcome="upheld", reasons=reasons, at=ago(0.8), channel="web"
    )


def _fit(process: Process, person: Person) -> None:
    prove_address(person, at=ago(60))
    state_interests(process, by=person, interests=Interests(text="I teach."), at=ago(60), channel="web")


def _brought(calls: dict[str, Call], by: Any) -> list[PanelAppeal]:
    """Appeals against the finding of the settled call, the opening of the running one, and its two estimates."""
    made: list[PanelAppeal] = []
    for kind in _AGAINST:
        call = calls["settled" if kind == "consensus.designated.1" else "running"]
        known = {appeal.appeal.entry.index for appeal in made}
        act = next(
            act for act in acts_in(call, ago(2)) if act.entry.kind == kind and act.entry.index not in known
        )
        entry = act.entry.index
        made.append(bring_appeal(call, by=by, entry=entry, arguments=[SCRIPT], at=ago(1.9), channel="web"))
    return made
