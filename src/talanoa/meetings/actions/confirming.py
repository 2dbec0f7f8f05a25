"""Steps of speakers and chair: confirm a line of the minutes, correct it, state what the room confirmed."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken
from talanoa.lib.processkeys import ranges
from talanoa.meetings.events import LineCorrected, LinesConfirmed, MeetingDecisionStated
from talanoa.meetings.models import Correction, Meeting, MeetingDecision, SpokenLine
from talanoa.meetings.models.words import spoken
from talanoa.meetings.permissions import require_recorded
from talanoa.meetings.queries import numbered_lines, own_lines
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import Participant
from talanoa.processes.permissions import require_approver
from talanoa.record.events import Committed

State = SpokenLine.State
Finding = MeetingDecision.Finding


@transaction.atomic
def confirm_lines(
    meeting: Meeting, *, by: Participant, numbers: Collection[int] = (), at: datetime, channel: str
) -> list[SpokenLine]:
    """Confirm that the minutes say what `by` said: the lines with these numbers, or all that still wait.

    Within 7 days of the minutes. Raises NotAllowed; RuleBroken: line_unknown, reply_over, wrong_state.
    """
    meeting = Meeting.objects.locked(meeting)
    own = list(own_lines(meeting, by.person))
    chosen = numbered_lines(own, numbers or [line.number for line in own if line.state == State.ASKED])
    role = require_recorded(by, *chosen)
    waiting = [line for line in chosen if line.state == State.ASKED]
    if not own:
        raise _none()
    own[0].minutes.check_reply(at)
    if not waiting:
        raise RuleBroken(_("You have answered for these lines already."), code="wrong_state")
    for line in waiting:
        line.state = State.CONFIRMED
        line.save(update_fields=["state"])
    event = LinesConfirmed(meeting=meeting.number, lines=ranges([line.number for line in waiting]))
    put_on_record(meeting.process, event, by=by, role=role, at=at, channel=channel)
    return waiting


@transaction.atomic
def correct_line(line: SpokenLine, *, by: Participant, text: str, at: datetime, channel: str) -> Correction:
    """Say what one said: it stands beside the line of the minutes, which stays as it is.

    Within 7 days of the minutes. Raises NotAllowed; RuleBroken: reply_over, wrong_state, text_empty, text_too_long,
    too_many_corrections.
    """
    meeting = Meeting.objects.locked(line.minutes.meeting)
    line = SpokenLine.objects.select_for_update(of=("self",), no_key=True).get(pk=line.pk)
    role = require_recorded(by, line)
    line.check_there()
    line.minutes.check_reply(at)
    before = line.corrections.count()
    if before >= Correction.MOST:
        raise RuleBroken(
            _("A line is corrected at most %(most)s times. Say the rest in the discussion.")
            % {"most": Correction.MOST},
            code="too_many_corrections",
        )
    made = Correction.objects.create(
        line=line, number=before + 1, text=spoken(text, SpokenLine.TEXT_LIMIT), made_at=at
    )
    line.state = State.CORRECTED
    line.save(update_fields=["state"])
    event = LineCorrected(
        meeting=meeting.number,
        line=line.number,
        correction=made.number,
        text_sha256=Committed(made, "text_sha256"),
    )
    put_on_record(meeting.process, event, by=by, role=role, at=at, channel=channel)
    return made


@transaction.atomic
def state_decision(
    decision: MeetingDecision, *, by: Participant, finding: str, reason: str, at: datetime, channel: str
) -> MeetingDecision:
    """State, with reasons, whether the room confirmed what a meeting decided, once its time in the thread is over.

    The chair's act, or the convenor's where no chair is named; no designation of a consensus call follows from it.
    Source: RFC 2418, section 3.2. Raises NotAllowed; RuleBroken: decision_stated, confirmation_running,
    finding_unknown, reason_missing, text_too_long.
    """
    meeting = Meeting.objects.locked(decision.minutes.meeting)
    role = require_approver(by, meeting.process)
    decision = MeetingDecision.objects.select_related("minutes").get(pk=decision.pk)
    decision.check_stateable(at)
    if finding not in Finding.values:
        raise RuleBroken(
            _("State one of these: %(findings)s.") % {"findings": ", ".join(Finding.values)},
            code="finding_unknown",
        )
    if not reason.strip():
        raise RuleBroken(
            _("Give the reason: what was said in the thread, and what it weighs."), code="reason_missing"
        )
    decision.finding, decision.reason = finding, spoken(reason, MeetingDecision.REASON_LIMIT)
    decision.by, decision.name, decision.stated_at = by, by.person.name, at
    decision.save(update_fields=["finding", "reason", "by", "name", "stated_at"])
    event = MeetingDecisionStated(
        meeting=meeting.number,
        decision=decision.number,
        finding=finding,
        reason_sha256=Committed(decision, "reason_sha256"),
    )
    put_on_record(meeting.process, event, by=by, role=role, at=at, channel=channel)
    return decision


def _none() -> RuleBroken:
    return RuleBroken(_("The minutes of this meeting record no line of yours."), code="line_unknown")
