"""A place that signs badges, whose host is Amina, and Yusuf, who has earned one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import START, day
from mail.example_mails import Postbox
from talanoa.badges.actions.awarding import Earned, award_badge, open_issuer
from talanoa.badges.models import Badge, Issuer
from talanoa.lib.processkeys import PLACE
from talanoa.people.models import Person
from talanoa.processes import charter
from talanoa.processes.actions.chartering import create_process, publish_charter
from talanoa.processes.models import SYSTEM, Actor, Participant
from talanoa.processes.queries import participant
from talanoa.record.models import Log

Award = Callable[..., Badge]
SITE = "http://localhost:8000"
PARTICIPANT = Earned(
    id="participant",
    version="1.0.0",
    title="Participant",
    criteria="Has answered the items of sixteen lessons, and has played a practice room to its end.",
    level=2,
    competencies=(("A3", "Read a charter"), ("B3", "Object so that it can be resolved")),
)


@pytest.fixture
def issuer(log: Log) -> Issuer:
    return open_issuer(name="Talanoa", site=SITE, at=START)


@pytest.fixture
def award(issuer: Issuer, amina: Person) -> Award:
    """Award a badge on the first two entries of the record: award(yusuf)."""

    def awarding(
        holder: Person,
        what: Earned = PARTICIPANT,
        *,
        by: Actor = SYSTEM,
        at: float = 1,
        on: tuple[int, ...] = (0, 1),
    ) -> Badge:
        return award_badge(holder, achievement=what, evidence=on, by=by, at=day(at), channel="tick")

    return awarding


@pytest.fixture
def host(amina: Person) -> Participant:
    """Amina, as the convenor of the process about the place itself."""
    facts = charter.template(PLACE) | {"runs": "Amina's foundation."}
    made = create_process(by=amina, key=PLACE, facts=facts, at=START, channel="cli")
    publish_charter(made, by=made.participants.get(), at=START, channel="cli")
    found = participant(made, amina)
    assert found
    return found


@pytest.fixture
def postbox(amina: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)
