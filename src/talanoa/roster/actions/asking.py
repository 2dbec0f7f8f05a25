"""Steps of convenor and secretariat: ask the roster for somebody, then ask one of those who fit."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import Participant, Process
from talanoa.processes.permissions import require_organizer
from talanoa.record.events import Committed
from talanoa.roster.candidates import check_candidate
from talanoa.roster.events import AssignmentAsked, ExpertRequested
from talanoa.roster.models import (
    ANSWER_DAYS,
    TEXT_LIMIT,
    Assignment,
    Expert,
    ExpertRequest,
    Roster,
    kept,
    known_languages,
)
from talanoa.roster.parties import check_free

_State = Process.State
ASKING = (_State.CHARTER_REVIEW, _State.OPEN, _State.REPORT_DRAFT, _State.REVIEW_PERIOD, _State.FINAL)
"""States in which a process can ask: its charter can be read, and it is not decided yet."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a process asks for: FACILITATOR or EXPERT, languages, what for, and the day by which it is needed."""

    kind: str
    languages: tuple[str, ...]
    text: str
    needed_by: date


@transaction.atomic
def request_expert(
    process: Process, *, by: Participant, wanted: Wanted, at: datetime, channel: str
) -> ExpertRequest:
    """Ask the roster for one facilitator or expert, in public; nobody is asked by it yet.

    Raises NotAllowed; RuleBroken: space_crossed, wrong_state, expert_kind_unknown, languages_missing, language_unknown,
    text_empty, text_too_long, day_passed.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    role = require_organizer(by, process)
    process.check_real()
    process.check_state(*ASKING)
    facts = _facts(wanted, at)
    Roster.objects.get_or_create(pk=1)
    roster = Roster.objects.select_for_update(no_key=True).get(pk=1)
    roster.last_request += 1
    roster.save(update_fields=["last_request"])
    made = ExpertRequest.objects.create(
        number=roster.last_request, process=process, made_by=by, made_at=at, **facts
    )
    event = ExpertRequested(
        request=made.number,
        wanted=made.kind,
        languages=made.tags,
        until=f"{made.needed_by:%Y-%m-%d}",
        text_sha256=Committed(made, "text_sha256"),
    )
    put_on_record(process, event, by=by, role=role, at=at, channel=channel)
    return made


def _facts(wanted: Wanted, at: datetime) -> dict[str, object]:
    if wanted.kind not in ExpertRequest.Kind.values:
        raise RuleBroken(
            _("Say whom you ask for: %(kinds)s.") % {"kinds": ", ".join(ExpertRequest.Kind.values)},
            code="expert_kind_unknown",
        )
    text = kept(wanted.text, TEXT_LIMIT)
    if not text:
        raise RuleBroken(_("Say what you need somebody for."), code="text_empty")
    if wanted.needed_by < at.date():
        raise RuleBroken(_("Give a day that is still to come."), code="day_passed")
    return {
        "kind": wanted.kind,
        "languages": known_languages(wanted.languages),
        "text": text,
        "needed_by": wanted.needed_by,
    }


@transaction.atomic
def ask_expert(
    request: ExpertRequest, expert: Expert, *, by: Participant, at: datetime, channel: str
) -> Assignment:
    """Ask somebody of the roster, who is written to and has 10 days; one at a time. A person decides whom.

    Raises NotAllowed; RuleBroken: wrong_state, request_over, ask_open, expert_unlisted, not_a_candidate, asked_already,
    interest_statement_missing, role_held, employed_by_party.
    """
    request = ExpertRequest.objects.locked(request)
    role = require_organizer(by, request.process)
    request.process.check_state(*ASKING)
    request.check_open(at)
    expert = Expert.objects.select_related("person").get(pk=expert.pk)
    expert.check_listed()
    check_candidate(request, expert)
    check_free(request.process, expert, at)
    made = Assignment.objects.create(
        request=request,
        number=request.assignments.count() + 1,
        expert=expert,
        asked_by=by,
        asked_at=at,
        answer_by=at + timedelta(days=ANSWER_DAYS),
    )
    event = AssignmentAsked(
        request=request.number,
        assignment=made.number,
        until=f"{made.answer_by:%Y-%m-%dT%H:%MZ}",
        name=Committed(expert, "name"),
    )
    put_on_record(request.process, event, by=by, role=role, at=at, channel=channel)
    return made
