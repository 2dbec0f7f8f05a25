"""Words and files that the tests of inputs send."""

from collections.abc import Callable

import pytest

from conftest import day
from talanoa.inputs.actions.receiving import Words
from talanoa.inputs.models import Input
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Process

Send = Callable[..., Input]
FILE = b"# Training\n\nPay the trainers, says the file.\n"


@pytest.fixture
def filed(send: Send, yusuf: Person) -> Input:
    """Number 1: Yusuf's words, with the file they came in."""
    words = Words(
        title="Training",
        text="Pay the trainers, says the file.",
        filename="training.md",
        media_type="text/markdown",
        data=FILE,
        notes=("decoded_as_cp1252",),
    )
    return send(yusuf, words=words)


@pytest.fixture
def author(process: Process, yusuf: Person) -> Participant:
    return enter(process, yusuf, at=day(1))
