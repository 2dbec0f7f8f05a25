"""From an input over its answer to the decision, as rows."""

from pathlib import Path

import pytest

from conftest import day
from steps import DECIDED_ON, RULINGS, finish
from studies.test_tables import MAKE, Send, rows
from talanoa.people.models import Person
from talanoa.processes.models import Participant
from talanoa.reports.actions import decide
from talanoa.reports.models import Report
from talanoa.studies.tables import write_tables


@pytest.fixture
def decided(send: Send, yusuf: Person, convenor: Participant) -> Report:
    """The report on one input, decided."""
    send(yusuf)
    final = finish(convenor)
    return decide(final.process, by=convenor, rulings=RULINGS, at=day(DECIDED_ON), channel="web")


def test_answers_and_decisions_are_rows(decided: Report, tmp_path: Path) -> None:
    counts = write_tables(decided.process, tmp_path, pseudonym=MAKE)

    assert counts["response"] == 1
    assert counts["decision"] == decided.decisions.count() > 0
    [answered] = rows(tmp_path, "response", "number, status")
    assert answered[0] == 1
    assert len(rows(tmp_path, "decision", "recommendation, answer")) == len(RULINGS)
