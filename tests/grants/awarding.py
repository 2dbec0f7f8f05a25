"""An application that is funded, an agreement for it, and those who see to it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from conftest import START, day
from grants.reviewing import CLOSED
from talanoa.grants.actions.awarding import accept_award, offer_award
from talanoa.grants.models import Application, Award, Verdict
from talanoa.lib.agreements import Agreement, Due
from talanoa.people.models import Person
from talanoa.processes.models import Participant

DECIDED = CLOSED + 17
"""The day on which the world of these tests decides."""


def on(number: int) -> date:
    """The date of a day of the process."""
    return (START + timedelta(days=number)).date()


FIRST, LAST = on(DECIDED + 30), on(DECIDED + 395)
AGREED = Agreement(
    starts=FIRST,
    ends=LAST,
    budget={"people": 8000, "travel": 1000},
    shares={1: 6000, 2: 3000},
    milestones=(
        Due(FIRST, 3000, "The plan", in_advance=True),
        Due(on(DECIDED + 120), 6000, "Data and text"),
    ),
    conditions="The data are published under an open license.",
)


def act(by: Any, number: float = DECIDED + 1, channel: str = "web") -> dict[str, Any]:
    """Who acts on a day."""
    return {"by": by, "at": day(number), "channel": channel}


def decide(application: Application, by: Participant, outcome: str = "funded", amount: int = 9000) -> None:
    """Let an application stand as decided; tests/grants/actions/test_deciding.py shows how it comes to that."""
    told = {"step": "decision", "number": 1, "outcome": outcome, "amount": amount, "reasons": "So."}
    days = {"given_at": day(DECIDED), "until": day(DECIDED + 28)}
    Verdict.objects.create(application=application, by=by, **told, **days)
    application.state = outcome
    application.save(update_fields=["state"])


def offer(application: Application, by: Participant, **changed: Any) -> Award:
    """Offer the agreement, with what is changed in it."""
    return offer_award(application, agreed=replace(AGREED, **changed), **act(by))


def accept(award: Award, by: Person) -> Award:
    """Accept it on the day after."""
    return accept_award(award, **act(by, DECIDED + 2))
