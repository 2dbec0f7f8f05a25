"""What is kept of somebody's part in sponsored research, for their own data."""

from typing import Any

from talanoa.grants.models import Applicant
from talanoa.people.models import Person


def applied_data(person: Person) -> list[dict[str, Any]]:
    """Return every application that names somebody, with what it says and what it says of them."""
    rows = Applicant.objects.filter(person=person).select_related("application__call")
    return [_applied(row) for row in rows.order_by("pk")]


def _applied(row: Applicant) -> dict[str, Any]:
    told = ("name", "organization", "group", "country", "orcid", "answer")
    one = row.application
    words = {"title": one.title, "answers": one.answers, "budget": one.budget} if row.is_lead else {}
    return {
        "application": one.number,
        "call": one.call.key,
        "state": one.state,
        **{name: getattr(row, name) for name in told},
        **words,
    }
