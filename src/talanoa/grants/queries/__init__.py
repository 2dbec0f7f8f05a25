"""Questions about calls and applications; whatever is listed or counted is what its reader may read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from talanoa.contributions.models import Appeal
from talanoa.grants.models import (
    JUDGES,
    Applicant,
    Application,
    Reading,
    ResearchCall,
    Review,
    Verdict,
    found_conflicts,
    owed_by,
)
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib.applications import COSTLY, LONG, MISSING, TOTAL, Fault
from talanoa.lib.assignment import CONFLICT, GROUPS, LOAD, REGIONS, Obstacle
from talanoa.lib.calls import OPEN, CallText, CallWrong, Criterion, read
from talanoa.lib.scores import Outcome, outcomes
from talanoa.people.models import Person
from talanoa.processes.models import OFFICE, Participant
from talanoa.processes.permissions import ORGANIZERS


def call_named(key: str) -> ResearchCall | None:
    """Return the public call with this key."""
    rows = ResearchCall.objects.visible_to(None).select_related("process")
    return rows.filter(key=key.strip().lower()).first()


def calls_open(at: datetime) -> QuerySet[ResearchCall]:
    """Return the calls that take applications on the day of `at` (aware, UTC), by key."""
    rows = ResearchCall.objects.visible_to(None).filter(state=ResearchCall.State.OPEN)
    return rows.exclude(closes_on__lt=at.date()).order_by("key")


def application_numbered(number: int) -> Application | None:
    """Return the application with this number."""
    return Application.objects.filter(number=number).select_related("call__process", "entry").first()


def drafts_of(person: Person) -> QuerySet[Application]:
    """Return the drafts that a person leads, newest first."""
    rows = Application.objects.filter(applicants__person=person, applicants__number=1)
    return rows.filter(state=Application.State.DRAFT).select_related("call__process").order_by("-drafted_at")


def applications_of(person: Person) -> QuerySet[Application]:
    """Return the applications that name a person who did not say no, newest first."""
    own = Applicant.objects.standing().filter(person=person).values("application")
    return Application.objects.filter(pk__in=own).select_related("call").order_by("-pk")


def officers(application: Application) -> list[Participant]:
    """Return the convenors and secretaries of its process who have no conflict of interest in an application."""
    rows = Participant.objects.filter(
        process=application.call.process_id, roles__role__in=ORGANIZERS
    ).distinct()
    seats = list(rows.select_related("person").order_by("pk"))
    barred = {who for who, _row in found_conflicts([seat.person_id for seat in seats], [application])}
    barred |= set(application.conflicts.values_list("person", flat=True))
    return [seat for seat in seats if seat.person_id not in barred]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the form with its answer, or a line of the budget with its amount."""

    id: str
    text: str
    said: str


def answers(application: Application) -> list[Asked]:
    """Return the questions of the call with the answers of an application."""
    given: Mapping[str, str] = application.answers
    return [Asked(one.id, one.text, given.get(one.id, "")) for one in application.call.facts.questions]


def budget(application: Application) -> list[Asked]:
    """Return the lines of its budget that ask for something."""
    given: Mapping[str, int] = application.budget
    return [
        Asked(one.id, one.text, str(given[one.id]))
        for one in application.call.facts.budget_lines
        if given.get(one.id)
    ]


def unmet(application: Application) -> list[str]:
    """Return the conditions of the call that an application was found not to meet."""
    return [one.text for one in application.call.facts.eligibility if one.id in application.unmet]


def draft_of(call: ResearchCall, person: Person) -> Application | None:
    """Return the draft that a person leads under a call."""
    rows = Application.objects.filter(call=call, state=Application.State.DRAFT)
    return rows.filter(applicants__person=person, applicants__number=1).first()


def names_of(application: Application) -> list[str]:
    """Return the names and organizations of those who apply."""
    rows = application.applicants.values_list("name", "organization")
    return [said for pair in rows for said in pair if said]


def in_words(fault: Fault) -> str:
    """Say what an application lacks."""
    told = {
        MISSING: _("%(field)s: nothing stands there yet."),
        LONG: _("%(field)s: please keep it under %(limit)s words."),
        COSTLY: _("budget %(field)s: at most %(limit)s."),
        TOTAL: _("%(field)s: at most %(limit)s in all."),
    }.get(fault.kind, _("budget %(field)s: the call has no such line."))
    return told % {"field": fault.field, "limit": fault.limit}


def read_call(text: str, name: str = "call.yaml") -> CallText:
    """Return the call that the text of a file tells. Raises RuleBroken(call_unreadable) with every fault."""
    try:
        return read(name, text)
    except CallWrong as wrong:
        raise RuleBroken("\n".join(wrong.wrong[:20]), code="call_unreadable") from wrong


def judges_of(call: ResearchCall) -> set[int]:
    """Return the persons who come across applications of a call by a role in its process."""
    rows = Participant.objects.filter(process=call.process_id, roles__role__in=JUDGES)
    return set(rows.values_list("person", flat=True))


def obstacle_in_words(found: Obstacle) -> str:
    """Say which constraint stands in the way of an assignment, of which application or reviewer, by their numbers."""
    where = (
        _("application %(number)s") % {"number": found.application}
        if found.application is not None
        else _("all applications together")
    )
    who = (
        _("reviewer %(number)s") % {"number": found.reviewer}
        if found.reviewer is not None
        else _("the reviewers together")
    )
    told = {
        LOAD: _("load: %(who)s would have to read %(missing)s more."),
        CONFLICT: _("conflict: %(where)s lacks %(missing)s reviewers without a conflict of interest."),
        GROUPS: _("groups: %(where)s finds reviewers of one stakeholder group only."),
        REGIONS: _("regions: %(where)s finds reviewers of one region only."),
    }[found.constraint]
    return told % {"who": who, "where": where, "missing": found.missing}


def criteria_of(reading: Reading) -> list[Criterion]:
    """Return the criteria that a review marks."""
    facts = reading.application.call.facts
    asked = facts.rounds[reading.round - 1].criteria
    return [one for one in facts.criteria if one.id in asked]


def readings_of(person: Person) -> QuerySet[Reading]:
    """Return what a person was drawn to review and did not step back from, newest first."""
    rows = Reading.objects.standing().filter(reviewer__person=person)
    return rows.select_related("application__call__process", "reviewer__person").order_by("-pk")


def reading_of(person: Person, number: int) -> Reading | None:
    """Return what a person was drawn to review of the application with this number, the newest."""
    rows = Reading.objects.filter(reviewer__person=person, application__number=number)
    return rows.select_related("application__call__process", "reviewer__person").order_by("-round").first()


def outcomes_for(person: Person, call: ResearchCall, number: int) -> dict[int, Outcome]:
    """Return what the reviews of a round say together, by application; only reviews that `person` may read count.

    So who has a conflict of interest gets no figure of that application, and none that one of its reviews goes into.
    """
    rows = Review.objects.visible_to(person).counted()
    rows = rows.filter(reading__application__call=call, reading__round=number)
    marked = [row.marked for row in rows.select_related("reading")]
    return outcomes(call.facts.weighed(number), marked)


@dataclass(frozen=True, slots=True)
class Found:
    """A review as it is shown: `name` is who wrote it, where its reader may know that; a mark by criterion."""

    review: Review
    name: str
    marks: list[tuple[str, int | None]]


def reviews_of(application: Application, person: Person) -> list[Found]:
    """Return the reviews of an application that `person` may read and that count; named for those who see to it."""
    titles = {one.id: one.title for one in application.call.facts.criteria}
    rows = Review.objects.visible_to(person).counted().filter(reading__application=application)
    named = set(Reading.objects.visible_to(person).values_list("pk", flat=True))
    found = []
    for row in rows.select_related("reading__reviewer__person").order_by("reading__round", "pk"):
        is_open = application.call.facts.rounds[row.reading.round - 1].blind == OPEN
        name = row.reading.reviewer.person.name if is_open or row.reading_id in named else ""
        found.append(Found(row, name, [(titles.get(key, key), mark) for key, mark in row.marks.items()]))
    return found


def appealed_verdict(appeal: Appeal) -> Verdict:
    """Return the decision on an application that an appeal is against. Raises NotAllowed for any other appeal."""
    found = Verdict.objects.filter(entry=appeal.entry_id).select_related("application__call__process").first()
    if found is None:
        raise NotAllowed(_("Nobody decides this appeal here."))
    return found


def appeal_for(application: Application, person: Person) -> Appeal | None:
    """Return the newest appeal, for who applies and for those who judge it and owe no review of it."""
    owes = owed_by(person).filter(application=application).exists()
    return None if owes else appeal_on(application)


def appeal_on(application: Application) -> Appeal | None:
    """Return the newest appeal against a decision on an application."""
    entries = application.verdicts.exclude(entry=None).values("entry")
    return Appeal.objects.filter(entry__in=entries).select_related("entry").order_by("-pk").first()


def hearers(application: Application, appeal: Appeal) -> list[Participant]:
    """Return who may hear an appeal: chairs, convenors and secretaries who took no part in what it is against."""
    rows = Participant.objects.filter(process=application.call.process_id, roles__role__in=OFFICE).distinct()
    given = set(application.verdicts.values_list("by", flat=True))
    judged = set(Reading.objects.filter(application=application).values_list("reviewer__person", flat=True))
    judged |= set(application.notes.values_list("author", flat=True))
    seats = [row for row in rows.select_related("person").order_by("pk") if row.pk not in given]
    barred = {who for who, _row in found_conflicts([seat.person_id for seat in seats], [application])}
    barred |= judged | set(application.conflicts.values_list("person", flat=True)) | {appeal.person_id}
    return [seat for seat in seats if seat.person_id not in barred]
