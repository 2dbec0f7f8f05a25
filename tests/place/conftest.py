"""The place with its own charter, whose host is Amina, and a process that decided something about a default."""

from collections.abc import Callable

import pytest

from conftest import START, day
from steps import FINAL_ON, seal
from talanoa.inputs.models import Input
from talanoa.lib.processkeys import PLACE
from talanoa.people.models import Person
from talanoa.processes import charter
from talanoa.processes.actions.chartering import create_process, publish_charter
from talanoa.processes.models import Participant, Process
from talanoa.processes.queries import participant
from talanoa.reports.actions import Ruling, decide, end_reviews
from talanoa.reports.models import Report

DECISION = """# How long

People were ill [nm-1].

Recommendation 1. Give people more time. Default appeal: 35 days.

Recommendation 2. Default input: 60 days, and Default review: 13 days.

Recommendation 3. Default overlap-reply: 30 days.
"""
RULINGS = {
    1: Ruling("accepted", "They need it."),
    2: Ruling("accepted", "Calls run through holidays."),
    3: Ruling("accepted_in_part", "Not now."),
}
DECIDED_ON = 70


@pytest.fixture
def place(amina: Person) -> Process:
    """Process number 1, with a public charter."""
    facts = charter.template(PLACE) | {"runs": "Amina's foundation."}
    made = create_process(by=amina, key=PLACE, facts=facts, at=START, channel="cli")
    publish_charter(made, by=made.participants.get(), at=START, channel="cli")
    made.refresh_from_db()
    return made


@pytest.fixture
def host(place: Process, amina: Person) -> Participant:
    found = participant(place, amina)
    assert found
    return found


@pytest.fixture
def final(send: Callable[..., Input], yusuf: Person, convenor: Participant) -> Process:
    """The report with the three recommendations, final and not decided on."""
    send(yusuf)
    seal(convenor, DECISION)
    assert end_reviews(at=day(FINAL_ON)) == 1
    return convenor.process


@pytest.fixture
def decided(final: Process, convenor: Participant) -> Report:
    """Two recommendations were accepted, one only in part."""
    return decide(final, by=convenor, rulings=RULINGS, at=day(DECIDED_ON), channel="web")
