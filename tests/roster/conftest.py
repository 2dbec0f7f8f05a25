"""People of the roster, each with what they stated of their interests; the process `nm` that Amina convenes."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from conftest import START, day
from mail.example_mails import Postbox
from talanoa.lib.ties import Tie
from talanoa.people.actions import know_person
from talanoa.people.interests import Interests
from talanoa.people.models import Person
from talanoa.processes.actions.interests import state_interests
from talanoa.processes.models import Participant, Process
from talanoa.record.models import Log
from talanoa.roster.actions.asking import Wanted, ask_expert, request_expert
from talanoa.roster.actions.joining import Offered, join_roster
from talanoa.roster.models import Assignment, Expert, ExpertRequest

Join = Callable[..., Expert]
Request = Callable[..., ExpertRequest]
Ask = Callable[..., Assignment]
WHAT = "Somebody who can chair five meetings about training on undersea cables."


def state(person: Person, *ties: Tie, at: float = 0, text: str = "Nothing else.") -> None:
    """State interests in general, on a day."""
    state_interests(None, by=person, interests=Interests(ties, text), at=day(at), channel="web")


def somebody(name: str, *, zone: str = "UTC", organization: str = "") -> Person:
    """Make a person known, in a time zone."""
    address = f"{name.split(maxsplit=1)[0].lower()}@people.example"
    person = know_person(name=name, address=address, organization=organization)
    person.time_zone = zone
    person.save()
    return person


@pytest.fixture
def join(log: Log) -> Join:
    """Let somebody state their interests and join: join("Neema Mushi", "sw", "en")."""

    def joining(who: str | Person, *languages: str, ties: tuple[Tie, ...] = (), **more: str) -> Expert:
        facts = {"zone": more.pop("zone", "UTC"), "organization": more.pop("organization", "")}
        person = somebody(who, **facts) if isinstance(who, str) else who
        state(person, *ties)
        offered = Offered(more.pop("kind", "facilitator"), languages or ("en",), **more)
        return join_roster(by=person, offered=offered, at=START, channel="web")

    return joining


@pytest.fixture
def request_for(process: Process, convenor: Participant) -> Request:
    """Ask for a facilitator as Amina, on day 1: request_for("sw")."""

    def requesting(*languages: str, **more: object) -> ExpertRequest:
        facts = {"kind": "facilitator", "text": WHAT, "needed_by": date(2026, 5, 1)} | more
        wanted = Wanted(languages=languages or ("en",), **facts)  # type: ignore[arg-type]
        return request_expert(process, by=convenor, wanted=wanted, at=day(1), channel="web")

    return requesting


@pytest.fixture
def ask(convenor: Participant, request_for: Request) -> Ask:
    """Ask one of the roster as Amina, on day 2; without a request, for one in English."""

    def asking(expert: Expert, request: ExpertRequest | None = None, *, at: float = 2) -> Assignment:
        return ask_expert(request or request_for(), expert, by=convenor, at=day(at), channel="web")

    return asking


@pytest.fixture
def postbox(amina: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)
