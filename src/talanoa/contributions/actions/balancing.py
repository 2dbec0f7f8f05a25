"""Who is missing when a call is over: it closes once every floor of the charter is reached, or the reason is public."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.conduct import checked_words
from talanoa.contributions.events import FloorsExplained, FloorsMissed
from talanoa.contributions.room import gaps
from talanoa.kernel.errors import RuleBroken
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.actions.stages import keep_stage
from talanoa.processes.models import SYSTEM, Actor, FloorFinding, Process, Stage
from talanoa.processes.permissions import require_convenor
from talanoa.processes.queries import finding_of, stages_over
from talanoa.record.events import Committed


def find_floors(*, at: datetime) -> int:
    """Look which floors are missed in every call that is over at `at` (aware, UTC); return how many were looked at."""
    return sum(find_floor(stage, at=at) for stage in stages_over(at))


@transaction.atomic
def find_floor(stage: Stage, *, at: datetime) -> bool:
    """Look which floors one call missed that is over, and say so once; tell whether it was looked at.

    Until the reason is public, who confirms or is released late still counts. The clock's own act.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=stage.process_id)
    stage = process.stages.get(pk=stage.pk)
    known = finding_of(stage)
    if stage.closed_at is not None or (known is not None and known.lets_close):
        return False
    found = gaps(process, stage=stage.kind)
    if known is None:
        known = FloorFinding.objects.create(stage=stage, gaps=found, found_at=at)
        if found:
            event = FloorsMissed(stage=stage.kind, gaps=_told(found))
            put_on_record(process, event, by=SYSTEM, role="system", at=at, channel="tick")
    elif [list(gap) for gap in found] != known.gaps:
        known.gaps = found
        known.save(update_fields=["gaps"])
    return True


def _told(found: list[tuple[str, int, int]]) -> str:
    return ",".join(f"{code}:{spoke}/{floor}" for code, floor, spoke in found)


@transaction.atomic
def explain_floors(process: Process, *, by: Actor, reason: str, at: datetime, channel: str) -> FloorFinding:
    """Say in public why a call closes although it missed a floor; it closes with that.

    The convenor's act. Raises NotAllowed; RuleBroken: no_floor_missed, reason_missing, text_too_long.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    role = require_convenor(by, process)
    stage = next((stage for stage in stages_over(at) if stage.process_id == process.pk), None)
    found = finding_of(stage) if stage else None
    if stage is None or found is None or found.lets_close:
        raise RuleBroken(_("No call waits for this: none is over and below a floor."), code="no_floor_missed")
    found.reason = checked_words(reason).strip()
    if not found.reason:
        raise RuleBroken(_("Say in a sentence why it closes all the same."), code="reason_missing")
    found.person, found.explained_at = getattr(by, "person", None), at
    found.save(update_fields=["reason", "person", "explained_at"])
    event = FloorsExplained(stage=stage.kind, reason_sha256=Committed(found, "reason_sha256"))
    put_on_record(process, event, by=by, role=role, at=at, channel=channel)
    keep_stage(stage, at=at)
    return found
