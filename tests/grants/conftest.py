"""A call of the process `nm` that Amina convenes, and applications from five regions."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from conftest import day
from grants.awarding import accept, decide, offer
from mail.example_mails import Postbox
from remembering import remembered
from talanoa.grants.actions.applying import Lead, keep_draft, submit_application
from talanoa.grants.actions.calling import Posted, keep_calls, publish_call
from talanoa.grants.actions.screening import screen_application
from talanoa.grants.models import Application, Award, ResearchCall
from talanoa.lib.applications import ApplicationText, Fellow
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = (ROOT / "content/calls/first-questions.yaml").read_text(encoding="utf-8")
OPENS, CLOSES = 26, 60
"""Days after the beginning on which the call opens, and its last day."""
POSTED = Posted("call@talanoa.example", "https://talanoa.example/grants/calls/first-questions/")
ANSWERS = {
    "question": "Who stays in a room until it decides?",
    "method": "We count who speaks in two processes that ended.",
    "team": "Two people who did this before.",
    "ethics": "Nobody is named.",
}

Apply = Callable[..., Application]


def call_text(opens: datetime | None = None, closes: datetime | None = None, **changed: str) -> str:
    """The template with other days, and other words where some are given."""
    text = TEMPLATE.replace("2027-02-01", f"{opens or day(OPENS):%Y-%m-%d}")
    text = text.replace("2027-03-31", f"{closes or day(CLOSES):%Y-%m-%d}")
    for old, new in changed.items():
        text = text.replace(f"{old}: ", f"{old}: {new} #", 1)
    return text


@pytest.fixture
@remembered
def held(process: Process, convenor: Participant) -> ResearchCall:
    """A call that is held for comments from day 1."""
    return publish_call(process, by=convenor, text=call_text(), posted=POSTED, at=day(1), channel="web")


@pytest.fixture
@remembered
def grant_call(held: ResearchCall) -> ResearchCall:
    """The same, open."""
    assert keep_calls(at=day(OPENS)) == 1
    held.refresh_from_db()
    return held


@pytest.fixture
def apply(grant_call: ResearchCall) -> Apply:
    """Apply as a person on day 27: apply(yusuf, "Who stays?", fellows=(...))."""

    def applying(person: Person, title: str = "Who stays in the room?", **more: object) -> Application:
        fellows = tuple(
            one if isinstance(one, Fellow) else Fellow(str(one), f"{one}@x.example".lower())
            for one in more.pop("fellows", ())  # type: ignore[attr-defined]
        )
        answers = ANSWERS | dict(more.pop("answers", {}))  # type: ignore[call-overload]
        at = more.pop("at", day(OPENS + 1))
        told = ApplicationText(title, answers, {"people": 9000, "travel": 1000}, fellows)
        facts = {"organization": person.organization, "group": person.group, "country": person.country}
        lead = Lead(person.name, **facts | more)  # type: ignore[arg-type]
        draft = keep_draft(grant_call, by=person, lead=lead, told=told, at=at, channel="web")  # type: ignore[arg-type]
        return submit_application(draft, by=person, at=at, channel="web")  # type: ignore[arg-type]

    return applying


@pytest.fixture
def eligible(apply: Apply, convenor: Participant) -> Apply:
    """The same, found eligible by the convenor on day 28."""

    def applying(person: Person, *told: str, **more: object) -> Application:
        made = apply(person, *told, **more)
        facts = {"unmet": (), "reason": "It meets all.", "at": day(OPENS + 2), "channel": "web"}
        return screen_application(made, by=convenor, **facts)  # type: ignore[arg-type]

    return applying


@pytest.fixture
def postbox(amina: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    """The outbox of the installation."""
    return Postbox(tmp_path, monkeypatch)


@pytest.fixture
@remembered
def funded(eligible: Apply, yusuf: Person, convenor: Participant) -> Application:
    """The application of Yusuf, funded with 9,000."""
    made = eligible(yusuf)
    decide(made, convenor)
    return made


@pytest.fixture
@remembered
def award(funded: Application, convenor: Participant, yusuf: Person) -> Award:
    """Its award, accepted by Yusuf."""
    return accept(offer(funded, convenor), yusuf)
