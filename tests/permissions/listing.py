"""The expert roster of the world: one expert and three requests, one declined, one open, one that asks nobody."""

from permissions.canaries import canary
from permissions.stages import ago, member
from talanoa.lib.ties import EMPLOYER, Tie
from talanoa.people.interests import Interests
from talanoa.people.models import Person
from talanoa.processes.actions.interests import state_interests
from talanoa.processes.models import Process
from talanoa.roster.actions.answering import decline_assignment
from talanoa.roster.actions.asking import Wanted, ask_expert, request_expert
from talanoa.roster.actions.joining import Offered, join_roster


def list_experts(process: Process, cast: dict[str, Person]) -> None:
    """Let the participant join the roster, decline one request and be asked for another; the third asks nobody."""
    person, at = cast["participant"], ago(9)
    interests = Interests((Tie(EMPLOYER, "<b onx=1>Roads"),), "<script>alert(1)</script>")
    state_interests(None, by=person, interests=interests, at=at, channel="cli")
    said = Offered("both", ("en", "sw"), "<b onx=1>cables", "<script>alert(1)</script>")
    expert = join_roster(by=person, offered=said, at=at, channel="web")
    by, act = member(process, cast["convenor"]), {"at": ago(2), "channel": "web"}
    wanted = Wanted("expert", ("en",), "<script>alert(1)</script> cables", ago(-30).date())
    first, second, _free = (request_expert(process, by=by, wanted=wanted, **act) for _one in range(3))  # type: ignore[arg-type]
    asked = ask_expert(first, expert, by=by, **act)  # type: ignore[arg-type]
    decline_assignment(asked, by=person, reason=canary("roster-reason"), **act)  # type: ignore[arg-type]
    ask_expert(second, expert, by=by, **act)  # type: ignore[arg-type]
