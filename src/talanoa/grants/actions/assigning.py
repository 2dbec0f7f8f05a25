"""Steps of convenor and secretariat with reviewers: name them, note conflicts of interest, have them drawn."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.conduct import checked_words
from talanoa.grants.actions.barring import Bar, bar, bar_whom_it_concerns
from talanoa.grants.events import (
    ApplicantsRevealed,
    ReviewerAdded,
    ReviewerNamed,
    ReviewersAssigned,
    RoundBegun,
)
from talanoa.grants.models import (
    Application,
    Conflict,
    Drawing,
    Reading,
    ResearchCall,
    Reviewer,
    check_unbarred,
)
from talanoa.grants.permissions import require_officer
from talanoa.grants.queries import judges_of, obstacle_in_words
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import fitting_line
from talanoa.lib.affinity import affinities
from talanoa.lib.assignment import Assignment as Found
from talanoa.lib.assignment import Infeasible, Problem, assign
from talanoa.lib.assignment import Reviewer as Drawn
from talanoa.lib.regions import region_of
from talanoa.people.models import Person
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import Participant
from talanoa.processes.permissions import require_organizer
from talanoa.record.events import Committed

MOST_LOAD = 40


@transaction.atomic
def name_reviewer(
    call: ResearchCall,
    person: Person,
    *,
    by: Participant,
    about: str,
    load: int,
    at: datetime,
    channel: str,
) -> Reviewer:
    """Name somebody as a reviewer, with what they know in words and how many applications they read at most.

    Group and region are as they declare them. Raises NotAllowed; RuleBroken: grant_call_state, reviewer_named,
    reviewer_region_missing, load_unfit, reason_missing, text_too_long.
    """
    call = ResearchCall.objects.locked(call)
    role = require_organizer(by, call.process)
    call.check_state(ResearchCall.State.HELD, ResearchCall.State.OPEN, ResearchCall.State.CLOSED)
    region = region_of(person.country)
    if not region:
        raise RuleBroken(
            _("%(name)s has declared no country: reviewers come from two regions at least.")
            % {"name": person.name},
            code="reviewer_region_missing",
        )
    if not 1 <= load <= MOST_LOAD:
        raise RuleBroken(
            _("A reviewer reads 1 to %(most)s applications.") % {"most": MOST_LOAD}, code="load_unfit"
        )
    if Reviewer.objects.filter(call=call, person=person).exists():
        raise RuleBroken(
            _("%(name)s reviews for this call already.") % {"name": person.name}, code="reviewer_named"
        )
    made = Reviewer.objects.create(
        call=call,
        number=call.reviewers.count() + 1,
        person=person,
        name=person.name,
        about=checked_words(about),
        load=load,
        group=person.group,
        region=region,
        named_at=at,
    )
    event = ReviewerNamed(call=call.key, reviewer=made.number, load=load, name=Committed(made, "name"))
    put_on_record(call.process, event, by=by, role=role, at=at, channel=channel)
    rows = Application.objects.standing().filter(call=call).select_related("call__process")
    bar_whom_it_concerns(rows, [person.pk], by=by, role=role, at=at, channel=channel)
    return made


@transaction.atomic
def record_conflict(
    application: Application, person: Person, *, by: Participant, reason: str, at: datetime, channel: str
) -> Conflict:
    """Note a conflict of interest that somebody declared otherwise; they are barred from now on.

    What they reviewed counts no more, and what was recommended with their part goes back to the panel.

    Raises NotAllowed; RuleBroken: conflict_known, reason_missing, text_too_long, line_too_long.
    """
    application = Application.objects.locked(application)
    role = require_officer(by, application)
    detail = fitting_line(checked_words(reason), 500)
    found = Bar(application, person, Conflict.Source.DECLARED, detail)
    made = bar(found, by=by, role=role, at=at, channel=channel)
    if made is None:
        raise RuleBroken(_("This conflict of interest is on the record already."), code="conflict_known")
    return made


@transaction.atomic
def assign_reviewers(
    call: ResearchCall, *, by: Participant, seed: str, at: datetime, channel: str
) -> Drawing:
    """Draw who reads which eligible application that nobody was drawn for in this round.

    Each has exactly as many as the round says, from two groups and two regions; nobody reads beyond their load, or
    with a conflict of interest; the one that is served worst is served as well as can be.

    `seed` is drawn by the skin; the same texts and seed give the same assignment. Raises NotAllowed; RuleBroken:
    grant_call_state, nothing_to_assign, assigned_already, assignment_infeasible, which names the constraint.
    """
    call = ResearchCall.objects.locked(call)
    role = require_organizer(by, call.process)
    _check_ready(call)
    eligible = Application.objects.filter(call=call, state=Application.State.ELIGIBLE)
    drawn = Reading.objects.filter(application__call=call, round=call.current_round)
    rows = list(eligible.exclude(pk__in=drawn.values("application")).select_related("call__process"))
    reviewers = list(call.reviewers.select_related("person"))
    if eligible.exists() and not rows:
        raise RuleBroken(_("Reviewers are assigned for this round already."), code="assigned_already")
    if not rows or not reviewers:
        raise RuleBroken(
            _("There must be applications found eligible, and reviewers."), code="nothing_to_assign"
        )
    judges = {one.person_id for one in reviewers} | judges_of(call)
    barred = bar_whom_it_concerns(rows, judges, by=by, role=role, at=at, channel=channel)
    found = _drawn(call, rows, reviewers, barred, seed)
    made = Drawing.objects.create(
        call=call,
        round=call.current_round,
        seed=seed,
        sha256=found.sha256,
        floor=found.floor,
        bound=found.bound,
        made_at=at,
    )
    applications = {row.number: row for row in rows}
    numbered = {one.number: one for one in reviewers}
    Reading.objects.bulk_create(
        Reading(
            application=applications[one], reviewer=numbered[other], round=call.current_round, asked_at=at
        )
        for one, other in found.pairs
    )
    event = ReviewersAssigned(
        call=call.key,
        round=call.current_round,
        applications=len(rows),
        reviewers=len({other for _one, other in found.pairs}),
        seed=Committed(made, "seed"),
        sha256=Committed(made, "sha256"),
    )
    put_on_record(call.process, event, by=by, role=role, at=at, channel=channel)
    return made


def _check_ready(call: ResearchCall) -> None:
    """Refuse to assign before the last day of a call; a rolling one assigns what is there."""
    open_ = (ResearchCall.State.OPEN,) if call.closes_on is None else ()
    call.check_state(ResearchCall.State.CLOSED, *open_)


def _drawn(
    call: ResearchCall,
    rows: list[Application],
    reviewers: list[Reviewer],
    barred: set[tuple[int, int]],
    seed: str,
) -> Found:
    """Draw by the numbers that people know, so that whoever has the texts and the seed can draw again elsewhere.

    What somebody reads in this round already counts into their load.
    """
    texts = {row.number or 0: row.words for row in rows}
    held = Reading.objects.standing().filter(reviewer__in=reviewers, round=call.current_round)
    busy = Counter(held.values_list("reviewer", flat=True))
    problem = Problem(
        applications=tuple(texts),
        reviewers=tuple(
            Drawn(one.number, one.group, one.region, max(one.load - busy[one.pk], 0)) for one in reviewers
        ),
        k=call.round.reviews,
        affinity=affinities(texts, {one.number: one.about for one in reviewers}),
        barred=frozenset(
            (row.number or 0, one.number)
            for row in rows
            for one in reviewers
            if (one.person_id, row.pk) in barred
        ),
        seed=seed,
    )
    try:
        return assign(problem)
    except Infeasible as why:
        told = [obstacle_in_words(one) for one in why.obstacles[:10]]
        raise RuleBroken("\n".join(told), code="assignment_infeasible") from why


@transaction.atomic
def add_reviewer(
    application: Application, reviewer: Reviewer, *, by: Participant, at: datetime, channel: str
) -> Reading:
    """Ask one more reviewer to read an application in this round, above all where one stepped back.

    Raises NotAllowed, also where the reviewer has a conflict of interest; RuleBroken: application_state,
    assigned_already.
    """
    application = Application.objects.locked(application)
    role = require_officer(by, application)
    application.check_state(Application.State.ELIGIBLE)
    check_unbarred(reviewer.person, application)
    call = application.call
    made, is_new = Reading.objects.get_or_create(
        application=application, reviewer=reviewer, round=call.current_round, defaults={"asked_at": at}
    )
    if not is_new or reviewer.call_id != call.pk:
        raise RuleBroken(_("They read this application already."), code="assigned_already")
    event = ReviewerAdded(application=application.number or 0, round=call.current_round)
    put_on_record(call.process, event, by=by, role=role, at=at, channel=channel)
    return made


@transaction.atomic
def reveal_applicants(call: ResearchCall, *, by: Participant, at: datetime, channel: str) -> ResearchCall:
    """Show those who judge who applies, once every review of the round is in.

    In a rolling call, for the applications whose own reviews are all in: the others stay blind.

    Raises NotAllowed; RuleBroken: grant_call_state, reviews_missing.
    """
    call = ResearchCall.objects.locked(call)
    role = require_organizer(by, call.process)
    call.check_state(ResearchCall.State.OPEN, ResearchCall.State.CLOSED)
    rows = Application.objects.handed_in().filter(call=call, unblinded_at=None)
    if call.closes_on is not None:
        _check_reviewed(call)
    elif not (rows := rows.filter(pk__in=_through(call))).exists():
        raise _reviews_missing()
    rows.update(unblinded_at=at)
    event = ApplicantsRevealed(call=call.key, round=call.current_round)
    put_on_record(call.process, event, by=by, role=role, at=at, channel=channel)
    return call


@transaction.atomic
def begin_round(call: ResearchCall, *, by: Participant, at: datetime, channel: str) -> ResearchCall:
    """Begin the next round of reviews, once every review of this one is in.

    Raises NotAllowed; RuleBroken: grant_call_state, reviews_missing, rounds_over.
    """
    call = ResearchCall.objects.locked(call)
    role = require_organizer(by, call.process)
    call.check_state(ResearchCall.State.CLOSED)
    _check_reviewed(call)
    if call.current_round >= len(call.facts.rounds):
        raise RuleBroken(_("The call has no further round."), code="rounds_over")
    call.current_round += 1
    call.save(update_fields=["current_round"])
    event = RoundBegun(call=call.key, round=call.current_round)
    put_on_record(call.process, event, by=by, role=role, at=at, channel=channel)
    return call


def _through(call: ResearchCall) -> set[int]:
    """Return the applications, by key, that were drawn for in this round, and of which every review is in."""
    rows = Reading.objects.standing().filter(application__call=call, round=call.current_round)
    waiting = rows.exclude(state=Reading.State.REVIEWED)
    return set(
        rows.exclude(application__in=waiting.values("application")).values_list("application", flat=True)
    )


def _check_reviewed(call: ResearchCall) -> None:
    """Raise RuleBroken(reviews_missing) unless reviewers were assigned for the round, and all of them are through."""
    rows = Reading.objects.standing().filter(application__call=call, round=call.current_round)
    rows = rows.filter(application__in=Application.objects.standing())
    if not rows.exists() or rows.exclude(state=Reading.State.REVIEWED).exists():
        raise _reviews_missing()


def _reviews_missing() -> RuleBroken:
    return RuleBroken(
        _("First every review of this round has to be in; who does not review can step back."),
        code="reviews_missing",
    )
