"""Steps of a process that runs: open it, let the clock open and close its stages, extend a call, close it."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken
from talanoa.processes import charter as charters
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.events import (
    ProcessClosed,
    ProcessOpened,
    StageClosed,
    StageExtended,
    StageOpened,
)
from talanoa.processes.models import (
    SYSTEM,
    Actor,
    Process,
    Stage,
)
from talanoa.processes.permissions import require_convenor
from talanoa.processes.queries import finding_of, open_call, sets_floors, stages_due, stages_over
from talanoa.processes.stage_plan import instant

LONGEST_EXTENSION = 365
EXTENSION_REASONS = ("outreach", "technical_failure", "holidays", "translation")


@transaction.atomic
def open_process(process: Process, *, by: Actor, at: datetime, channel: str) -> Process:
    """Open the process: from now on its stages open and close by the clock.

    Raises NotAllowed; RuleBroken: wrong_state (no published charter).
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    role = require_convenor(by, process)
    process.check_state(Process.State.CHARTER_REVIEW)
    version = process.charters.filter(published_at__isnull=False).latest("version")
    process.state = Process.State.OPEN
    process.save(update_fields=["state"])
    _plan_stages(process, version.facts["stages"], at=at)
    overlap = "not-checked" if charters.is_overlap_unchecked(version.facts) else "checked"
    event = ProcessOpened(version=version.version, overlap=overlap)
    put_on_record(process, event, by=by, role=role, at=at, channel=channel)
    first = process.stages.get(position=1)
    if first.opens_at is not None and first.opens_at <= at:
        _open_stage(first, at=at)
    return process


def _plan_stages(process: Process, stages: list[dict[str, Any]], *, at: datetime) -> None:
    opens = instant(stages[0]["opens_at"]) if stages[0].get("opens_at") else at
    for position, stage in enumerate(stages, start=1):
        first = position == 1
        Stage.objects.create(
            process=process,
            kind=stage["kind"],
            position=position,
            opens_at=max(opens, at) if first else None,
            closes_at=max(opens, at) + timedelta(days=stage["days"]) if first else None,
        )


def _open_stage(stage: Stage, *, at: datetime) -> None:
    stage.opened_at = at
    stage.save(update_fields=["opened_at"])
    until = f"{stage.closes_at:%Y-%m-%dT%H:%MZ}" if stage.closes_at else "-"
    event = StageOpened(stage=stage.kind, position=stage.position, until=until)
    put_on_record(stage.process, event, by=SYSTEM, role="system", at=at, channel="tick")


def _close_stage(stage: Stage, *, at: datetime) -> None:
    stage.closed_at = at
    stage.save(update_fields=["closed_at"])
    event = StageClosed(stage=stage.kind, position=stage.position)
    put_on_record(stage.process, event, by=SYSTEM, role="system", at=at, channel="tick")


@transaction.atomic
def keep_stage(stage: Stage, *, at: datetime) -> bool:
    """Open or close one call for input as the clock says; tell whether anything changed. The clock's own act."""
    process = Process.objects.select_for_update(no_key=True).get(pk=stage.process_id)
    stage = process.stages.get(pk=stage.pk)
    if stage.opened_at is None and stage.opens_at is not None and stage.opens_at <= at:
        _open_stage(stage, at=at)
        return True
    due = stage.opened_at is not None and stage.closed_at is None
    if not due or stage.closes_at is None or stage.closes_at > at or _waits_for_floors(stage):
        return False
    _close_stage(stage, at=at)
    follows = process.stages.get(position=stage.position + 1)
    if follows.kind == Stage.Kind.REPORT:
        process.state = Process.State.REPORT_DRAFT
        process.save(update_fields=["state"])
    _open_stage(follows, at=at)
    return True


def _waits_for_floors(stage: Stage) -> bool:
    """Tell whether a call must stay until its floors are looked at, and a missed one is explained in public."""
    found = finding_of(stage)
    return sets_floors(stage.process) and (found is None or not found.lets_close)


def keep_stages(*, at: datetime) -> int:
    """Open and close every call for input that is due at `at` (aware, UTC); return how many changed."""
    changed = 0
    for _round in range(2):
        changed += sum(keep_stage(stage, at=at) for stage in stages_due(at))
    return changed


@transaction.atomic
def begin_stage(process: Process, kind: str, *, until: datetime | None, at: datetime) -> Stage:
    """Open the stage of this kind, ending the one before it; called by the acts that bring it about.

    The caller holds the lock on the process: no stage changes without it.
    """
    for before in process.stages.filter(closed_at=None, opened_at__isnull=False):
        _close_stage(before, at=at)
    stage = process.stages.get(kind=kind)
    stage.opens_at, stage.closes_at = at, until
    stage.save(update_fields=["opens_at", "closes_at"])
    _open_stage(stage, at=at)
    return stage


@transaction.atomic
def extend_call(process: Process, *, by: Actor, days: int, reason: str, at: datetime, channel: str) -> Stage:
    """Let the open call for input end `days` later; `reason` is one of EXTENSION_REASONS.

    Raises NotAllowed; RuleBroken: call_closed, extension_not_later, reason_unknown, wrong_state.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    role = require_convenor(by, process)
    waiting = (one for one in stages_over(at) if one.process_id == process.pk)
    stage = open_call(process, at) or next(waiting, None)
    if stage is None or stage.closes_at is None:
        raise RuleBroken(_("No call for input is open now."), code="call_closed")
    if stage.kind != Stage.Kind.INPUT:
        raise RuleBroken(_("The review period is fixed by the report that was sealed."), code="wrong_state")
    if reason not in EXTENSION_REASONS:
        raise RuleBroken(
            _("Give one of these reasons: %(reasons)s.") % {"reasons": ", ".join(EXTENSION_REASONS)},
            code="reason_unknown",
        )
    if not 1 <= days <= LONGEST_EXTENSION:
        raise RuleBroken(
            _("A call can only be extended, by 1 to %(days)s days, never shortened.")
            % {"days": LONGEST_EXTENSION},
            code="extension_not_later",
        )
    # A call that is over and below a floor runs on from now.
    stage.closes_at = max(stage.closes_at, at) + timedelta(days=days)
    stage.save(update_fields=["closes_at"])
    event = StageExtended(
        stage=stage.kind,
        position=stage.position,
        until=f"{stage.closes_at:%Y-%m-%dT%H:%MZ}",
        reason=reason,
    )
    put_on_record(process, event, by=by, role=role, at=at, channel=channel)
    return stage


@transaction.atomic
def close_process(process: Process, *, by: Actor, at: datetime, channel: str) -> Process:
    """Close a process after its follow-up. Raises NotAllowed; RuleBroken: wrong_state."""
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    role = require_convenor(by, process)
    process.check_state(Process.State.DECIDED, Process.State.FOLLOW_UP)
    process.state = Process.State.CLOSED
    process.save(update_fields=["state"])
    put_on_record(process, ProcessClosed(), by=by, role=role, at=at, channel=channel)
    return process
