"""The step by which a chair lays the result of a round of statements beside a call, for everybody to weigh."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.consensus.events import EvidenceAttached
from talanoa.consensus.models import Call, Evidence
from talanoa.consensus.permissions import require_caller
from talanoa.kernel.errors import RuleBroken
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import Actor, Process
from talanoa.record.events import Committed
from talanoa.statements.checking import final_result
from talanoa.statements.models import Round


@transaction.atomic
def attach_evidence(call: Call, *, by: Actor, made: Round, at: datetime, channel: str) -> Evidence:
    """Lay the result of a closed round of the process beside a call that is not declared yet; again is the same.

    The chair's act. The question, the declaration and every finding stay as the chair writes them.
    Raises NotAllowed; RuleBroken: own_text, interest_statement_missing, call_declared, revision_changed, round_unknown.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=call.process_id)
    call = process.calls.select_related("revision", "draft").get(pk=call.pk)
    role, chair = require_caller(by, call.draft, at=at)
    known = call.evidence.filter(round=made).first()
    if known:
        return known
    call.check_undeclared()
    call.check_current()
    result = final_result(made) if made.process_id == process.pk else None
    if result is None:
        raise RuleBroken(_("No such round of statements is closed."), code="round_unknown")
    attached = Evidence.objects.create(
        call=call, round=made, result_sha256=result.body_sha256, name=chair.person.name, attached_at=at
    )
    event = EvidenceAttached(
        call=call.number, round=made.number, sha256=result.body_sha256, name=Committed(attached, "name")
    )
    put_on_record(process, event, by=chair, role=role, at=at, channel=channel)
    return attached
