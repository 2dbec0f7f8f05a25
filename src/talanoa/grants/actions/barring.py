"""What follows where somebody has a conflict of interest: they are barred, and what they did of it counts no more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from talanoa.grants.events import ConflictRecorded, ReviewRecused
from talanoa.grants.models import Application, Conflict, Reading, Verdict, found_conflicts
from talanoa.people.models import Person
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import Actor
from talanoa.record.actions import append
from talanoa.record.events import Committed

ROLE = "reviewer"


@dataclass(frozen=True, slots=True)
class Bar:
    """Somebody, an application, and why they may not judge it: a source of Conflict with its detail in words."""

    application: Application
    person: Person
    source: str
    detail: str


@transaction.atomic
def bar(found: Bar, *, by: Actor, role: str, at: datetime, channel: str) -> Conflict | None:
    """Put a conflict on the record, part of the act that finds it; None where it stands there."""
    made, is_new = note(found, at=at)
    if not is_new:
        return None
    application = found.application
    event = ConflictRecorded(
        application=application.number or 0,
        source=found.source.replace("_", "-"),
        detail=Committed(made, "detail"),
        name=Committed(made, "name"),
    )
    put_on_record(application.call.process, event, by=by, role=role, at=at, channel=channel)
    step_back(application, found.person, at=at, channel=channel)
    return made


@transaction.atomic
def bar_whom_it_concerns(
    rows: Iterable[Application], judges: Iterable[int], *, by: Actor, role: str, at: datetime, channel: str
) -> set[tuple[int, int]]:
    """Put every conflict on the record that is found now between persons who judge, by their keys, and applications.

    Part of the act that brings them together: what somebody erases or changes of themselves later takes nothing back.
    Returns the pairs (person, application), by their keys, that have any on the record.
    """
    applications, judges = {row.pk: row for row in rows}, set(judges)
    people = Person.objects.in_bulk(judges)
    for (person, key), told in found_conflicts(judges, applications.values()).items():
        for one in told:
            found = Bar(applications[key], people[person], one.source, one.detail)
            bar(found, by=by, role=role, at=at, channel=channel)
    kept = Conflict.objects.filter(application__in=applications, person__in=judges)
    return set(kept.values_list("person", "application"))


@transaction.atomic
def note(found: Bar, *, at: datetime) -> tuple[Conflict, bool]:
    """Keep a conflict once; tell whether it is new."""
    facts = {"name": found.person.name, "detail": found.detail[:500], "found_at": at}
    return Conflict.objects.get_or_create(
        application=found.application, person=found.person, source=found.source, defaults=facts
    )


@transaction.atomic
def step_back(application: Application, person: Person, *, at: datetime, channel: str) -> None:
    """Take back what somebody was to read or has reviewed of an application, part of the act that bars them.

    The entry names no group of theirs: it would tell who that is. What was recommended with their part goes back to
    the panel.
    """
    rows = Reading.objects.standing().filter(application=application, reviewer__person=person)
    had_part = rows.filter(state=Reading.State.REVIEWED).exists()
    for row in rows.order_by("pk"):
        row.state = Reading.State.RECUSED
        row.save(update_fields=["state"])
        event = ReviewRecused(application=application.number or 0, round=row.round)
        append(event, at=at, channel=channel, role=ROLE, process=application.call.process.key)
    newest = application.verdicts.filter(step=Verdict.Step.RECOMMENDATION).last()
    had_part |= newest is not None and newest.by.person_id == person.pk
    if had_part and application.state == Application.State.RECOMMENDED:
        application.state = Application.State.ELIGIBLE
        application.save(update_fields=["state"])
