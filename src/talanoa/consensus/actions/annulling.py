"""What a designation or a finding loses when it is overturned: part of the act that overturns it."""

from datetime import datetime

from django.db import transaction

from talanoa.consensus.events import DesignationAnnulled, ObjectionRestored
from talanoa.consensus.models import Designation, Handling, Objection
from talanoa.consensus.queries import raised_in
from talanoa.lib.decision_rules import barring
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import Actor


@transaction.atomic(savepoint=False)
def annul_designation(designation: Designation, *, by: Actor, role: str, at: datetime, channel: str) -> None:
    """Let a designation hold no longer from `at` (aware, UTC) on; one that was annulled before stays so."""
    if designation.annulled_at is not None or designation.entry is None:
        return
    designation.annulled_at = at
    designation.save(update_fields=["annulled_at"])
    event = DesignationAnnulled(
        call=designation.call.number,
        recommendation=designation.recommendation,
        entry=designation.entry.index,
    )
    put_on_record(designation.call.process, event, by=by, role=role, at=at, channel=channel)


@transaction.atomic(savepoint=False)
def restore_objection(handling: Handling, *, by: Actor, role: str, at: datetime, channel: str) -> None:
    """Let an objection stand again on which a finding was overturned, and annul what was found only because of it.

    Something said about it since then stays as it is.
    """
    objection = Objection.objects.select_related("contribution__process", "call__process").get(
        pk=handling.objection_id
    )
    if objection.state != handling.state or handling.entry is None:
        return
    objection.state, objection.reply_by = Objection.State.STANDS, None
    objection.save(update_fields=["state", "reply_by"])
    process, number = objection.call.process, objection.contribution.number
    event = ObjectionRestored(entry=handling.entry.index)
    put_on_record(process, event, by=by, role=role, at=at, channel=channel, number=number)
    rows = Designation.objects.standing().filter(call__process=process, call__draft=objection.call.draft_id)
    for row in rows.select_related("call__process", "call__revision", "entry"):
        level = row.call.decision_rule.level(row.level)
        if level and number in barring(level, row.recommendation, raised_in(row.call)):
            annul_designation(row, by=by, role=role, at=at, channel=channel)
