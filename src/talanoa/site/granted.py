"""What is kept of somebody's part in sponsored research, for their own data."""

from datetime import datetime
from typing import Any

from talanoa.grants.models import Applicant, Award, Conflict, Note, Reading, Review, Verdict, WorkList
from talanoa.people.models import Person


def granted_data(person: Person) -> dict[str, Any]:
    """Return what somebody applied for, reviewed, said and stated, was awarded, and what bars them from what.

    Of a conflict of interest only what they said themselves: what was found of it names those who apply.
    """
    rows = Applicant.objects.filter(person=person).select_related("application__call").order_by("pk")
    readings = Reading.objects.filter(reviewer__person=person).select_related("application", "review")
    decided = Verdict.objects.exclude(entry=None).values("entry")
    return {
        "applications": [_applied(row) for row in rows],
        "reviews": [_read(row) for row in readings],
        "said_of_applications": [
            {"application": row.application.number, "text": row.text, "said_at": _instant(row.said_at)}
            for row in Note.objects.filter(author=person).select_related("application")
        ],
        "conflicts_of_interest": [
            _conflict(row) for row in Conflict.objects.filter(person=person).select_related("application")
        ],
        "published_with_others": [
            {"text": row.text, "stated_at": _instant(row.stated_at)}
            for row in WorkList.objects.visible_to(person)
        ],
        "appeals_of_applications": [
            {"entry": row.entry.index, "text": row.text, "outcome": row.outcome, "reasons": row.reasons}
            for row in person.appeals.filter(entry__in=decided).select_related("entry")
        ],
    }


def _applied(row: Applicant) -> dict[str, Any]:
    """Return what an application says of somebody; its state while they take part, its words to who leads it."""
    told = ("name", "organization", "group", "country", "orcid", "answer")
    one = row.application
    stands = {"state": one.state} if row.answer != Applicant.Answer.DECLINED else {}
    words = {"title": one.title, "answers": one.answers, "budget": one.budget} if row.is_lead else {}
    files = {"files": [file.filename for file in one.attachments.all()]} if row.is_lead else {}
    return {
        "application": one.number,
        "call": one.call.key,
        **stands,
        **{name: getattr(row, name) for name in told},
        **words,
        "awards": [_awarded(award) for award in one.awards.order_by("number")],
        **files,
    }


def _read(row: Reading) -> dict[str, Any]:
    """Return what somebody was asked to review, with what they found."""
    review: Review | None = getattr(row, "review", None)
    found = {"marks": review.marks, "confidence": review.confidence, "text": review.text} if review else {}
    return {
        "application": row.application.number,
        "round": row.round,
        "state": row.state,
        "asked_at": _instant(row.asked_at),
        "attested_at": _instant(row.attested_at) if row.attested_at else None,
        **found,
    }


def _conflict(row: Conflict) -> dict[str, Any]:
    own = {"reason": row.detail} if row.source == Conflict.Source.RECUSED else {}
    return {
        "application": row.application.number,
        "source": row.source,
        "found_at": _instant(row.found_at),
        **own,
    }


def _instant(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


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
