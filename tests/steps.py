"""What the tests do again and again: take a process to its next stage, and look at what an act left behind."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import pytest

from conftest import START, day
from remembering import remembered
from talanoa.contributions.actions.answering import approve_response, draft_response
from talanoa.contributions.actions.desk import file_under, make_theme
from talanoa.contributions.models import Answer, Contribution, Response, Theme
from talanoa.drafts.actions.writing import begin_draft
from talanoa.drafts.models import Draft
from talanoa.kernel.errors import RuleBroken
from talanoa.people.models import Person
from talanoa.processes import charter
from talanoa.processes.actions.chartering import create_process, publish_charter
from talanoa.processes.actions.roles import give_role
from talanoa.processes.actions.stages import keep_stages, open_process
from talanoa.processes.models import Participant, Process, Role
from talanoa.processes.queries import participant
from talanoa.record.models import Entry
from talanoa.record.queries import public_fields
from talanoa.reports.actions import Ruling, end_reviews, seal_report, write_report
from talanoa.reports.models import Report

REPORT = """# Training

Money is what lacks [nm-1].

Recommendation 1. Pay the trainers.

Recommendation 2. Publish the budget.
"""
SEALED_ON, FINAL_ON, DECIDED_ON = 42, 64, 70
RULINGS = {
    1: Ruling("accepted", "The money is there."),
    2: Ruling("not_accepted", "The budget is public already."),
}


def new_entries(act: Callable[[], object]) -> list[dict[str, Any]]:
    """Do `act` and return the public fields of the entries that it put on the record."""
    before = Entry.objects.count()
    act()
    return [public_fields(entry) for entry in Entry.objects.filter(index__gte=before).order_by("index")]


def line(
    kind: str, *, r: str, at: datetime, ch: str = "web", p: str = "nm", **public: object
) -> dict[str, Any]:
    """What a leaf shows to everybody."""
    head = {"v": 1, "k": kind, "t": f"{at:%Y-%m-%dT%HZ}", "r": r, "ch": ch}
    return head | ({"p": p} if p else {}) | public


def refusal(act: Callable[[], object]) -> str:
    """Do `act`, which a rule forbids, and return the code of the rule; nothing stands on the record."""
    before = Entry.objects.count()
    with pytest.raises(RuleBroken) as broken:
        act()
    assert Entry.objects.count() == before
    return broken.value.rule


def draft(person: Person, **facts: object) -> tuple[Process, Participant]:
    """A process that nobody has published yet, with its convenor; `facts` replace those of the template."""
    told = charter.template("open-consultation", title="How should training be funded?") | facts
    made = create_process(by=person, key="nm", facts=told, at=START, channel="web")
    found = participant(made, person)
    assert found
    return made, found


DRAFT = """# Training of trainers

Money is what lacks.

Recommendation 1. Pay the trainers by the hour.

Recommendation 2. Publish the budget each year.
"""
DRAFTED_ON = 41
COMMENTED_ON = 61


@remembered
def working_group(person: Person) -> Participant:
    """A process in which drafts are agreed on, 21 days after its call for input ended; its convenor."""
    facts = charter.template("working-group", title="How should training be funded?")
    made = create_process(by=person, key="wg", facts=facts, at=START, channel="web")
    convenor = participant(made, person)
    assert convenor
    publish_charter(made, by=convenor, at=START, channel="web")
    open_process(made, by=convenor, at=START, channel="web")
    keep_stages(at=day(40))
    found = participant(made, person)
    assert found
    return found


@remembered
def member(by: Participant, person: Person, role: Role) -> Participant:
    """`person` with a role that the convenor `by` gives them."""
    give_role(by.process, person, role=role, by=by, at=day(DRAFTED_ON), channel="web")
    found = participant(by.process, person)
    assert found
    return found


@remembered
def begun(by: Participant, text: str = DRAFT) -> Draft:
    """A draft that `by` writes on the first day of the drafting."""
    return begin_draft(by.process, by=by, title="Training", text=text, at=day(DRAFTED_ON), channel="web")


def theme_with(by: Participant, *contributions: Contribution, label: str = "Money") -> Theme:
    """A theme of the process in which `by` acts."""
    theme = make_theme(by.process, by=by, label=label, summary=f"They speak of {label}.")
    file_under(contributions, theme, by=by)
    return theme


def answer_all(by: Participant, contributions: Iterable[Contribution] | None = None) -> list[Answer]:
    """Answer every contribution of the process under one theme."""
    chosen = contributions or Contribution.objects.filter(process=by.process).counted()
    theme = theme_with(by, *chosen)
    said = draft_response(
        by.process, by=by, theme=theme, status="accepted", text="Yes: it costs little.", at=day(3)
    )
    approve_response(said, by=by, at=day(3), channel="web")
    return list(said.answers.all())


def answer(contribution: Contribution, by: Participant, **said: str) -> Response:
    """Draft an answer to one contribution."""
    words = {"status": "accepted", "text": "Yes: it costs little."} | said
    return draft_response(contribution.process, by=by, contributions=[contribution], at=day(3), **words)


def seal(convenor: Participant, text: str = REPORT) -> Report:
    """Let the call end, answer what waits, write the report and seal it on day 42."""
    process = convenor.process
    keep_stages(at=day(41))
    answer_all(convenor)
    write_report(process, by=convenor, title="Report", text=text, at=day(SEALED_ON))
    return seal_report(process, by=convenor, at=day(SEALED_ON), channel="web")


def finish(convenor: Participant) -> Report:
    """Seal the report and let its review period end."""
    report = seal(convenor)
    assert end_reviews(at=day(FINAL_ON)) == 1
    report.refresh_from_db()
    return report
