"""Badges in the world: one that is shown, one that was erased, one that was revoked; all of it is hostile."""

from permissions.canaries import canary
from permissions.stages import ago
from talanoa.badges.actions.awarding import Earned, award_badge, open_issuer
from talanoa.badges.actions.ending import erase_badge, revoke_badge
from talanoa.badges.models import Badge
from talanoa.lib.processkeys import PLACE
from talanoa.people.models import Person
from talanoa.processes.models import SYSTEM, Participant


def hold_badges(cast: dict[str, Person]) -> None:
    """Let the participant have the three; the convenor is the host."""
    open_issuer(name="<b onx=1>Talanoa", site="http://localhost:8000", at=ago(9))
    holder, host = cast["participant"], Participant.objects.get(process__key=PLACE, person=cast["convenor"])
    _award(holder, "shown")
    erase_badge(_award(holder, "erased"), by=holder, at=ago(7), channel="web")
    revoke_badge(_award(holder, "revoked"), by=host, reason=canary("badge-reason"), at=ago(7), channel="cli")


def _award(holder: Person, state: str) -> Badge:
    """Award what is called like the state that it will be in."""
    what = Earned(state, "1", "<b onx=1>Chair", "<script>alert(1)</script>", 2, (("A1", "<b onx=1>x"),))
    return award_badge(holder, achievement=what, evidence=[0], by=SYSTEM, at=ago(8), channel="tick")
