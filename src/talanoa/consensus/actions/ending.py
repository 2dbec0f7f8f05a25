"""The end of the consensus calls: what was agreed goes into the report."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.consensus.events import ConsensusEnded
from talanoa.consensus.models import Ending
from talanoa.consensus.queries import check_endable, uncalled_drafts
from talanoa.contributions.conduct import checked_words
from talanoa.drafts.models import Draft
from talanoa.kernel.errors import RuleBroken
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.actions.stages import begin_stage
from talanoa.processes.models import Actor, Participant, Process, Role, Stage
from talanoa.processes.permissions import require_role
from talanoa.record.events import Committed


@transaction.atomic
def end_consensus(process: Process, *, by: Actor, because: str = "", at: datetime, channel: str) -> Ending:
    """End the consensus calls, so that the report is written; `because` says in public why a text has no outcome.

    A process in which nothing was called at all goes on in the same way, once its drafts are open for comments no
    longer. `at` is an aware UTC time. Raises NotAllowed; RuleBroken: drafting_closed, comments_running, call_running,
    objection_unanswered, outcome_contested, draft_uncalled, reason_missing, text_too_long.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    role = require_role(by, process, Role.CHAIR, Role.CONVENOR)
    assert isinstance(by, Participant)  # noqa: S101 - who holds a role is one
    process.check_drafting(at)
    check_endable(process, at)
    left = uncalled_drafts(process)
    made = Ending.objects.create(
        process=process, because=_reason(process, left, because), by=by, name=by.person.name, ended_at=at
    )
    event = ConsensusEnded(
        uncalled=",".join(str(draft.number) for draft in left) or "-",
        because=Committed(made, "because_sha256"),
        name=Committed(made, "name"),
    )
    put_on_record(process, event, by=by, role=role, at=at, channel=channel)
    process.state = Process.State.REPORT_DRAFT
    process.save(update_fields=["state"])
    if process.open_stage(Stage.Kind.CONSENSUS, at=at) is None:
        begin_stage(process, Stage.Kind.CONSENSUS, until=None, at=at)
    begin_stage(process, Stage.Kind.REPORT, until=None, at=at)
    return made


def _reason(process: Process, left: list[Draft], because: str) -> str:
    """Return why a text has no outcome. Raises RuleBroken: draft_uncalled, reason_missing, text_too_long."""
    if because.strip():
        return checked_words(because, Ending.TEXT_LIMIT)
    if left:
        raise RuleBroken(
            _("These drafts have no outcome: %(titles)s. Call them first, or say in public why not.")
            % {"titles": "; ".join(f"{draft.number}, {draft.document.title}" for draft in left)},
            code="draft_uncalled",
            subjects=[str(draft.number) for draft in left],
        )
    if not process.drafts.exists():
        raise RuleBroken(
            _("Nothing was drafted. Say in public why the report comes without."), code="draft_uncalled"
        )
    return ""
