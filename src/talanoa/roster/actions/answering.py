"""Steps of who was asked, and of the clock: accept, decline, let it lapse."""

from datetime import datetime

from django.db import transaction

from talanoa.people.models import Person
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import SYSTEM
from talanoa.record.actions import append
from talanoa.record.events import Committed
from talanoa.roster.actions.asking import ASKING
from talanoa.roster.events import AssignmentAccepted, AssignmentDeclined, AssignmentLapsed
from talanoa.roster.models import REASON_LIMIT, Assignment, ExpertRequest, kept
from talanoa.roster.parties import check_free
from talanoa.roster.permissions import require_asked
from talanoa.roster.queries import assignments_due

State = Assignment.State


@transaction.atomic
def accept_assignment(assignment: Assignment, *, by: Person, at: datetime, channel: str) -> Assignment:
    """Accept what one was asked for: the request is filled, and one takes part, without a role that decides.

    What bars somebody is asked once more: a post may have changed since. Raises NotAllowed; RuleBroken: ask_over,
    wrong_state, expert_unlisted, interest_statement_missing, role_held, employed_by_party.
    """
    assignment = _locked(assignment)
    role = require_asked(by, assignment)
    assignment.check_waiting(at)
    process, expert = assignment.request.process, assignment.expert
    process.check_state(*ASKING)
    expert.check_listed()
    check_free(process, expert, at)
    _answer(assignment, State.ACCEPTED, at)
    member = enter(process, expert.person, at=at)
    event = AssignmentAccepted(
        request=assignment.request.number, assignment=assignment.number, expert=expert.number
    )
    put_on_record(process, event, by=member, role=role, at=at, channel=channel)
    return assignment


@transaction.atomic
def decline_assignment(
    assignment: Assignment, *, by: Person, reason: str, at: datetime, channel: str, is_public: bool = False
) -> Assignment:
    """Decline what one was asked for, with or without a reason, which those who asked read; others where it is public.

    Raises NotAllowed; RuleBroken: ask_over, text_too_long.
    """
    assignment = _locked(assignment)
    role = require_asked(by, assignment)
    assignment.check_waiting(at)
    assignment.reason = kept(reason, REASON_LIMIT)
    assignment.is_reason_public = is_public and bool(assignment.reason)
    _answer(assignment, State.DECLINED, at)
    process = assignment.request.process
    event = AssignmentDeclined(
        request=assignment.request.number,
        assignment=assignment.number,
        shown=int(assignment.is_reason_public),
        reason_sha256=Committed(assignment, "reason_sha256"),
    )
    # Who declines does not become a participant, so no group of theirs stands beside it.
    append(event, at=at, channel=channel, role=role, process=process.key, space=process.space)
    return assignment


@transaction.atomic
def lapse_assignment(assignment: Assignment, *, at: datetime) -> bool:
    """End what nobody answered within 10 days; tell whether it was ended. The clock's own act."""
    assignment = _locked(assignment)
    if not assignments_due(at).filter(pk=assignment.pk).exists():
        return False
    _answer(assignment, State.LAPSED, at)
    request = assignment.request
    event = AssignmentLapsed(request=request.number, assignment=assignment.number)
    put_on_record(request.process, event, by=SYSTEM, role="system", at=at, channel="tick")
    return True


def lapse_assignments(*, at: datetime) -> int:
    """End everything that nobody answered within 10 days at `at` (aware, UTC); return how much."""
    return sum(lapse_assignment(row, at=at) for row in assignments_due(at))


def _locked(assignment: Assignment) -> Assignment:
    """Return the assignment as it stands now; nobody else changes it, nor its request, until the act ends."""
    ExpertRequest.objects.locked(assignment.request)
    rows = Assignment.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("request__process", "expert__person").get(pk=assignment.pk)


def _answer(assignment: Assignment, state: State, at: datetime) -> None:
    assignment.state, assignment.answered_at = state, at
    assignment.save(update_fields=["state", "answered_at", "reason", "is_reason_public"])
