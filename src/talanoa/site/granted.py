"""What is kept of somebody's part in sponsored research, for their own data."""

from typing import Any

from talanoa.grants.models import Applicant, Award
from talanoa.people.models import Person


def applied_data(person: Person) -> list[dict[str, Any]]:
    """Return every application that names somebody, with what it says of them, and its awards."""
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
        "awards": [_awarded(award) for award in one.awards.order_by("number")],
    }


def _awarded(award: Award) -> dict[str, Any]:
    """Return an award with what was reported of it and what came of it."""
    reports = [
        {
            "milestone": report.milestone.number,
            "text": report.text,
            "file": report.filename,
            "outcome": report.outcome,
        }
        for milestone in award.milestones.order_by("number")
        for report in milestone.reports.order_by("number")
    ]
    outputs = [{"title": row.title, "authors": row.authors} for row in award.outputs.order_by("number")]
    return {"award": award.number, "state": award.state, "reports": reports, "outputs": outputs}
