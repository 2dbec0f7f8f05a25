"""What belongs to the author of a contribution belongs to nobody else."""

import pytest

from conftest import START
from talanoa.contributions.models import Contribution
from talanoa.contributions.permissions import require_author
from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import SYSTEM, Participant
from talanoa.processes.queries import participant


def test_the_author_acts_as_a_participant(spoken: Contribution, author: Participant) -> None:
    assert require_author(author, spoken) == "participant"


def test_of_all_readers_only_the_author_may(spoken: Contribution, readers: dict[str, Person | None]) -> None:
    allowed = set()
    for name, person in readers.items():
        try:
            require_author(participant(spoken.process, person) or SYSTEM, spoken)
        except NotAllowed:
            continue
        allowed.add(name)
    assert allowed == {"author"}


def test_the_author_acts_from_within_this_process(
    spoken: Contribution, nino: Participant, yusuf: Person
) -> None:
    elsewhere = enter(nino.process, yusuf, at=START)
    with pytest.raises(NotAllowed, match="Only the author of number 1"):
        require_author(elsewhere, spoken)
