"""A process with one input, and the same process further on."""

from collections.abc import Callable

import pytest

from conftest import day
from remembering import remembered
from steps import DECIDED_ON, RULINGS, answer_all, finish, seal
from talanoa.contributions.models import Contribution
from talanoa.inputs.models import Input
from talanoa.people.models import Person
from talanoa.processes.actions.stages import keep_stages
from talanoa.processes.models import Participant
from talanoa.reports.actions import decide
from talanoa.reports.models import Report

Send = Callable[..., Input]


@pytest.fixture
@remembered
def spoken(send: Send, yusuf: Person) -> Contribution:
    """Number 1."""
    return send(yusuf).contribution


@pytest.fixture
def answered(spoken: Contribution, convenor: Participant) -> Contribution:
    """Number 1, answered; the call is over."""
    keep_stages(at=day(41))
    answer_all(convenor)
    return spoken


@pytest.fixture
def sealed(spoken: Contribution, convenor: Participant) -> Report:
    """The report, sealed on day 42; its review period ends on day 63."""
    return seal(convenor)


@pytest.fixture
def final(spoken: Contribution, convenor: Participant) -> Report:
    """The report after its review period."""
    return finish(convenor)


@pytest.fixture
def decided(final: Report, convenor: Participant) -> Report:
    return decide(final.process, by=convenor, rulings=RULINGS, at=day(DECIDED_ON), channel="web")
