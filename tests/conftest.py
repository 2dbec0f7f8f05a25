"""People and processes that the tests speak of."""

import gc
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import settings

from remembering import give_keys_again, remembered
from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.models import Assurance, Contribution
from talanoa.discussions.actions import Said, reply, start_thread
from talanoa.discussions.models import Message
from talanoa.inputs.actions.receiving import Words, receive_input
from talanoa.inputs.models import Input
from talanoa.people.actions import appoint_convenor, know_person
from talanoa.people.models import Group, Person
from talanoa.processes import charter
from talanoa.processes.actions.chartering import create_process, publish_charter
from talanoa.processes.actions.roles import enter, give_role
from talanoa.processes.actions.stages import open_process
from talanoa.processes.models import Participant, Process, Role, Stage
from talanoa.processes.queries import participant
from talanoa.record.actions import open_log
from talanoa.record.models import Log

# By day half of Hypothesis's examples, where a test does not say how many; by night all of them.
settings.register_profile("day", max_examples=50)
settings.load_profile("default" if os.environ.get("TALANOA_NIGHTLY") else "day")

Say = Callable[..., Message]
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def pytest_collectstart() -> None:
    """Look for nothing to free while thousands of tests are collected: that takes a quarter of the time."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Leave what was collected out of every later look for what can be freed."""
    gc.freeze()
    gc.enable()


def day(number: float) -> datetime:
    """The instant `number` days after the process began."""
    return START + timedelta(days=number)


@pytest.fixture
def log(db: None) -> Log:
    give_keys_again()
    return open_log(origin="talanoa.example/record", at=START)


@pytest.fixture
@remembered
def amina(log: Log) -> Person:
    """The convenor: Nairobi, civil society."""
    person = know_person(
        name="Amina Wanjiru", address="amina@talanoa.example", group=Group.CIVIL_SOCIETY, country="KE"
    )
    return appoint_convenor(person, at=START, channel="cli")


@pytest.fixture
def yusuf(log: Log) -> Person:
    """A participant in Garissa who writes by mail."""
    return know_person(
        name="Yusuf Abdi", address="yusuf@garissa.example", group=Group.CIVIL_SOCIETY, country="KE"
    )


@pytest.fixture
def lucia(log: Log) -> Person:
    """A network engineer in Montevideo."""
    return know_person(
        name="Lucía Pereira",
        address="lucia@nic.example",
        group=Group.TECHNICAL_COMMUNITY,
        organization="Red del Sur",
        country="UY",
    )


@pytest.fixture
def sione(log: Log) -> Person:
    """A civil servant in Nuku'alofa."""
    return know_person(name="Sione Vea", address="sione@gov.example", group=Group.GOVERNMENT, country="TO")


@pytest.fixture
@remembered
def process(amina: Person) -> Process:
    """A process whose call for input is open from START for 40 days."""
    facts = charter.template("open-consultation", title="How should training be funded?")
    made = create_process(by=amina, key="nm", facts=facts, at=START, channel="cli")
    convenor = participant(made, amina)
    assert convenor
    publish_charter(made, by=convenor, at=START, channel="cli")
    return open_process(made, by=convenor, at=START, channel="cli")


@pytest.fixture
def convenor(process: Process, amina: Person) -> Participant:
    found = participant(process, amina)
    assert found
    return found


@pytest.fixture
@remembered
def dalia(process: Process, convenor: Participant) -> Participant:
    """Secretariat, Cairo."""
    person = know_person(name="Dalia Mansour", address="dalia@talanoa.example", country="EG")
    return give_role(process, person, role=Role.SECRETARIAT, by=convenor, at=START, channel="cli")


@pytest.fixture
@remembered
def sponsor(process: Process, convenor: Participant) -> Participant:
    person = know_person(name="Maarten de Wit", address="maarten@fund.example", country="NL")
    return give_role(process, person, role=Role.SPONSOR, by=convenor, at=START, channel="cli")


@pytest.fixture
def call(process: Process) -> Stage:
    return process.stages.get(kind=Stage.Kind.INPUT)


@pytest.fixture
def send(call: Stage) -> Callable[..., Input]:
    """Send an input as a person: send(yusuf, "text")."""

    def sending(
        person: Person, text: str = "Pay the trainers in their own currency.", **more: object
    ) -> Input:
        by = enter(call.process, person, at=day(1))
        values = {
            "author": author_of(person, assurance=Assurance.PROVEN),
            "words": Words(title=str(more.pop("title", "")), text=text),
            "publication": Contribution.Publication.NAMED,
            "dedup_key": sha256(f"{person.pk}-{text}".encode()).hexdigest(),
            "channel": "web",
            "at": day(1),
        }
        return receive_input(call, by=by, **{**values, **more})  # type: ignore[arg-type]

    return sending


@pytest.fixture
def say(process: Process) -> Say:
    """Say something as a person: say(yusuf, "text"), or in answer: say(lucia, "text", to=message)."""

    def saying(
        person: Person, text: str = "Who trains the trainers?", to: Message | None = None, **more: object
    ) -> Message:
        assurance = more.pop("assurance", Assurance.PROVEN)
        digest = sha256(f"{person.pk} {text}".encode()).hexdigest()
        told = {"subject": "Trainers" if to is None else "", "message_id": f"{digest[:12]}@garissa.example"}
        said = Said(text=text, **{**told, **more.pop("said", {})})  # type: ignore[dict-item]
        facts = {
            "by": enter(process, person, at=day(1)),
            "author": author_of(person, assurance=str(assurance)),
            "said": said,
            "dedup_key": digest,
            "channel": "web",
            "at": day(1),
        } | more
        return reply(to, **facts) if to else start_thread(process, **facts)  # type: ignore[arg-type]

    return saying


@pytest.fixture
@remembered
def chair(process: Process, convenor: Participant) -> Participant:
    """Chair, Zagreb."""
    person = know_person(
        name="Ivana Horvat", address="ivana@zagreb.example", group=Group.ACADEMIA, country="HR"
    )
    return give_role(process, person, role=Role.CHAIR, by=convenor, at=START, channel="cli")


@pytest.fixture
@remembered
def observer(process: Process, convenor: Participant) -> Participant:
    """Observer, Kochi."""
    person = know_person(
        name="Priya Nair", address="priya@kochi.example", group=Group.PRIVATE_SECTOR, country="IN"
    )
    return give_role(process, person, role=Role.OBSERVER, by=convenor, at=START, channel="cli")


@pytest.fixture
@remembered
def nino(log: Log) -> Participant:
    """The convenor of another process, with the key `geo`: Tbilisi."""
    person = know_person(name="Nino Beridze", address="nino@tbilisi.example", country="GE")
    appoint_convenor(person, at=START, channel="cli")
    facts = charter.template("open-consultation", title="Who names the places on a map?")
    made = create_process(by=person, key="geo", facts=facts, at=START, channel="cli")
    found = participant(made, person)
    assert found
    return found


@pytest.fixture
def readers(
    *,
    process: Process,
    yusuf: Person,
    lucia: Person,
    dalia: Participant,
    sponsor: Participant,
    chair: Participant,
    observer: Participant,
    convenor: Participant,
    nino: Participant,
) -> dict[str, Person | None]:
    """Everybody who may ask to read something: Yusuf wrote it, Lucía takes part too."""
    enter(process, lucia, at=START)
    return {
        "visitor": None,
        "author": yusuf,
        "participant": lucia,
        "observer": observer.person,
        "secretariat": dalia.person,
        "chair": chair.person,
        "convenor": convenor.person,
        "sponsor": sponsor.person,
        "convenor of another process": nino.person,
    }
