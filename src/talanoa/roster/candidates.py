"""Whom a request could ask, best first, each with why; at the end, with the reason, who fits and may not serve."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken
from talanoa.lib.matching import BOTH, Fit, Offer, Wish, matches
from talanoa.people.models import Standing
from talanoa.processes.models import Participant, Process, Role
from talanoa.roster.models import Assignment, Expert, ExpertRequest
from talanoa.roster.parties import obstacles
from talanoa.roster.queries import loads, with_interests


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who fits, why, and the rule that bars them, if one does."""

    expert: Expert
    fit: Fit
    obstacle: RuleBroken | None


def candidates(request: ExpertRequest, at: datetime) -> list[Candidate]:
    """Return whom the request fits at `at` (aware, UTC), in the order of `lib.matching`; who is barred stands last.

    Whose statement of interests is not of the last 12 months is not among them.
    """
    rows = Expert.objects.listed().filter(kind__in=(request.kind, BOTH)).select_related("person")
    experts = {
        row.expert.number: row.expert for row in with_interests(rows, at) if row.standing == Standing.CURRENT
    }
    held = loads([row.person_id for row in experts.values()])
    offers = [_offer(row, held.get(row.person_id, 0)) for row in experts.values()]
    fits = matches(_wish(request), offers, at=at)
    barred = obstacles(request.process, [experts[fit.number] for fit in fits], at)
    refused = _declined(request)
    found = [
        Candidate(row, fit, barred.get(row.pk) or refused.get(row.person_id))
        for fit in fits
        for row in [experts[fit.number]]
    ]
    return sorted(found, key=lambda row: row.obstacle is not None)


def check_candidate(request: ExpertRequest, expert: Expert) -> None:
    """Refuse to ask who does not do, or does not speak, what is asked for, or who declined it.

    Raises RuleBroken: not_a_candidate, asked_already.
    """
    wish = _wish(request)
    if not matches(wish, [_offer(expert, 0)], at=request.made_at):
        raise RuleBroken(
            _("%(name)s does not offer that, or speaks none of the languages that are asked for.")
            % {"name": expert.name},
            code="not_a_candidate",
        )
    refused = _declined(request).get(expert.person_id)
    if refused:
        raise refused


def _declined(request: ExpertRequest) -> dict[int, RuleBroken]:
    """Return who was asked for this request and declined: a no is taken for one."""
    rows = request.assignments.filter(state=Assignment.State.DECLINED).select_related("expert")
    said = _("%(name)s was asked for this already, and declined.")
    return {
        row.expert.person_id: RuleBroken(said % {"name": row.expert.name}, code="asked_already")
        for row in rows
    }


def _wish(request: ExpertRequest) -> Wish:
    return Wish(request.kind, tuple(request.languages), request.text, _clock_of(request.process))


def _clock_of(process: Process) -> str:
    """Return the time zone of the convenor, the first where there are more."""
    rows = Participant.objects.filter(process=process, roles__role=Role.CONVENOR).order_by("pk")
    first = rows.select_related("person").first()
    return first.person.time_zone if first else "UTC"


def _offer(expert: Expert, load: int) -> Offer:
    return Offer(
        expert.number, expert.kind, tuple(expert.languages), expert.topics, expert.person.time_zone, load
    )
