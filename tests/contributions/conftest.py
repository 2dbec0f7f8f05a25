"""What was said in the process that these tests speak of."""

from collections.abc import Callable

import pytest

from conftest import day
from remembering import remembered
from steps import DECIDED_ON, RULINGS, finish
from talanoa.contributions.models import Contribution
from talanoa.inputs.models import Input
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Process
from talanoa.reports.actions import decide

Send = Callable[..., Input]
LETTER = (
    "Pay the trainers in the currency of the place, and before the course begins. Let each village choose the hour,"
    " because the tide and the market decide when people can sit down."
)


@pytest.fixture
@remembered
def spoken(send: Send, yusuf: Person) -> Contribution:
    """Number 1: Yusuf's input, published with his name."""
    return send(yusuf).contribution


@pytest.fixture
def held(spoken: Contribution) -> Contribution:
    """The same, not confirmed by its sender yet."""
    Contribution.objects.filter(pk=spoken.pk).update(state="unconfirmed")
    return spoken


@pytest.fixture
def author(process: Process, yusuf: Person) -> Participant:
    return enter(process, yusuf, at=day(1))


@pytest.fixture
def stranger(process: Process, lucia: Person) -> Participant:
    """Somebody else who takes part."""
    return enter(process, lucia, at=day(1))


@pytest.fixture
def many(send: Send, sione: Person) -> Callable[[int], list[Contribution]]:
    """Send so many inputs: many(6)."""
    return lambda n: [send(sione, f"Point {k} from Nuku'alofa.").contribution for k in range(n)]


@pytest.fixture
def decided(spoken: Contribution, convenor: Participant) -> Participant:
    """The convenor of the process after its decision."""
    finish(convenor)
    decide(convenor.process, by=convenor, rulings=RULINGS, at=day(DECIDED_ON), channel="web")
    return convenor


@pytest.fixture
@remembered
def campaign(send: Send, yusuf: Person, lucia: Person, sione: Person) -> list[Contribution]:
    """Numbers 1 to 3 in nearly the same words, and number 4 with words of Lucía's own."""
    said = [
        send(yusuf, text=LETTER),
        send(lucia, text=f"Hola,\n\n{LETTER.lower()}\n\nSaludos,\nLucía"),
        send(sione, text=LETTER.replace("people can", "all can")),
        send(lucia, text=f"{LETTER} On my island the boat comes on Tuesdays only, so begin on Wednesday."),
    ]
    return [one.contribution for one in said]
