"""Questions about the roster: who stands on it, which languages, which request has a number, who was asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, QuerySet, prefetch_related_objects

from talanoa.lib.languages import language_name
from talanoa.lib.matching import BOTH, languages_in_common
from talanoa.people.models import InterestStatement, Person, Standing
from talanoa.people.queries import disclosures
from talanoa.processes.models import Process
from talanoa.roster.models import Assignment, Expert, ExpertRequest

OVER = (Process.State.DECIDED, Process.State.FOLLOW_UP, Process.State.CLOSED)
"""States of a process in which nobody has a task in it any more."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody on the roster, with what they stated last of their interests, and how they stand to that."""

    expert: Expert
    statement: InterestStatement | None
    standing: Standing


def listing_of(person: Person) -> Expert | None:
    """Return the listing of `person` that stands now, if there is one."""
    return Expert.objects.listed().filter(person=person).first()


def expert_called(number: int) -> Expert | None:
    """Return the listing with this number, whether it stands or was left."""
    return Expert.objects.select_related("person").filter(number=number).first()


def request_called(number: int) -> ExpertRequest | None:
    """Return the request with this number, with who was asked for it."""
    return with_assignments(ExpertRequest.objects.filter(number=number)).first()


def with_assignments(rows: QuerySet[ExpertRequest]) -> QuerySet[ExpertRequest]:
    """Return requests with their processes and whom they asked."""
    asked = Assignment.objects.select_related("expert__person").order_by("number")
    return rows.select_related("process", "made_by__person").prefetch_related(Prefetch("assignments", asked))


def asked_of(person: Person, number: int) -> Assignment | None:
    """Return the newest assignment for which `person` was asked in the request with this number."""
    rows = Assignment.objects.filter(expert__person=person, request__number=number)
    return rows.select_related("request__process", "expert__person").order_by("-number").first()


def waiting_for(person: Person) -> QuerySet[Assignment]:
    """Return the assignments that wait for the answer of `person`, the soonest first."""
    rows = Assignment.objects.waiting().filter(expert__person=person)
    return rows.select_related("request__process").order_by("answer_by")


def assignments_due(at: datetime) -> QuerySet[Assignment]:
    """Return those whose days have passed without an answer at `at` (aware, UTC)."""
    return Assignment.objects.waiting().filter(answer_by__lte=at).order_by("pk")


def loads(persons: Iterable[int]) -> Mapping[int, int]:
    """Return how many assignments in processes that are not over each of some persons holds; others hold none."""
    held = Assignment.objects.filter(state=Assignment.State.ACCEPTED, expert__person__in=persons)
    rows = held.exclude(request__process__state__in=OVER).values("expert__person").annotate(n=Count("pk"))
    return {row["expert__person"]: row["n"] for row in rows}


def spoken() -> list[tuple[str, str]]:
    """Return each language of the roster with its name, by name."""
    tags = {tag for held in Expert.objects.listed().values_list("languages", flat=True) for tag in held}
    return sorted(((tag, language_name(tag)) for tag in tags), key=lambda row: row[1].casefold())


def on_roster(*, language: str = "", kind: str = "") -> QuerySet[Expert]:
    """Return who stands on the roster, by number: all, or who speaks a language, or does what `kind` says."""
    rows = Expert.objects.listed().select_related("person").order_by("number")
    if kind:
        rows = rows.filter(kind__in=(kind, BOTH))
    if language:
        held = rows.values_list("pk", "languages")
        rows = rows.filter(pk__in=[pk for pk, tags in held if languages_in_common((language,), tags)])
    return rows


def with_interests(experts: Iterable[Expert], at: datetime) -> list[Listed]:
    """Return experts with what they stated last in general and how it stands at `at` (aware, UTC); two queries."""
    rows = list(experts)
    told = disclosures([row.person_id for row in rows], "")
    statements = {person: found.general for person, found in told.items() if found.general}
    prefetch_related_objects(list(statements.values()), "affiliations")
    return [
        Listed(row, stated, stated.standing(at) if stated else Standing.MISSING)
        for row in rows
        for stated in [statements.get(row.person_id)]
    ]
