"""What is done about an objection, in public: answer it, accommodate it, maintain it, find on it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.consensus.events import ObjectionHandled
from talanoa.consensus.models import Handling, Objection
from talanoa.consensus.permissions import require_caller
from talanoa.contributions.conduct import checked_words
from talanoa.contributions.permissions import require_author
from talanoa.documents.models import Revision
from talanoa.drafts.permissions import require_editor
from talanoa.kernel.errors import RuleBroken
from talanoa.lib import decision_rules
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import Actor, Default, Participant, Process
from talanoa.record.events import Committed

State = Objection.State
MAINTAINED = (State.ANSWERED, State.STANDS)


@transaction.atomic
def answer_objection(objection: Objection, *, by: Actor, text: str, at: datetime, channel: str) -> Handling:
    """Answer an objection on its merits; its author is told, and has time to say whether the answer will do.

    Raises NotAllowed; RuleBroken: call_declared, wrong_state, reason_missing, text_too_long.
    """
    objection = _locked(objection)
    role, answerer = require_editor(by, objection.call.process)
    objection.check_state(State.OPEN, State.STANDS)
    return _handle(objection, State.ANSWERED, by=answerer, role=role, text=text, at=at, channel=channel)


@transaction.atomic
def accommodate_objection(
    objection: Objection, *, by: Actor, revision: Revision, text: str, at: datetime, channel: str
) -> Handling:
    """Say by which later revision of the text an objection was accommodated; its author may say that it is not.

    Raises NotAllowed; RuleBroken: call_declared, wrong_state, revision_unknown, reason_missing, text_too_long.
    """
    objection = _locked(objection)
    role, answerer = require_editor(by, objection.call.process)
    objection.check_state(State.OPEN, State.ANSWERED, State.STANDS)
    called = objection.call.revision
    if revision.document_id != called.document_id or revision.number <= called.number:
        raise RuleBroken(
            _("Name the later revision of the same text in which this was changed."), code="revision_unknown"
        )
    return _handle(
        objection,
        State.ACCOMMODATED,
        by=answerer,
        role=role,
        text=text,
        revision=revision,
        at=at,
        channel=channel,
    )


@transaction.atomic
def maintain_objection(
    objection: Objection, *, by: Participant, text: str, at: datetime, channel: str
) -> Handling:
    """Say, as who objected, that the answer or the change will not do, and why.

    Raises NotAllowed; RuleBroken: call_declared, wrong_state, reason_missing, text_too_long.
    """
    objection = _locked(objection)
    role = require_author(by, objection.contribution)
    objection.check_state(State.ANSWERED, State.ACCOMMODATED)
    return _handle(objection, State.STANDS, by=by, role=role, text=text, at=at, channel=channel)


@transaction.atomic
def find_on_objection(
    objection: Objection,
    *,
    by: Actor,
    finding: str,
    text: str,
    alternatives: str = "",
    at: datetime,
    channel: str,
) -> Handling:
    """Find, as the chair, what an objection weighs: one of the findings of the decision rule, with reasons.

    Only one that was answered and is maintained, or not replied to in time, is `outweighed` (with the alternatives that
    were weighed) or has `no_bearing`; one is `set_aside` without discussion where it was answered before or is off the
    question. Raises NotAllowed; RuleBroken: own_text, interest_statement_missing, call_declared, finding_unknown,
    wrong_state, reply_running, reason_missing, text_too_long.
    """
    objection = _locked(objection)
    role, chair = require_caller(by, objection.call.draft, at=at)
    allowed = objection.call.decision_rule.findings
    if finding not in allowed:
        raise RuleBroken(
            _("By the rule of this call a chair finds one of: %(names)s.") % {"names": ", ".join(allowed)},
            code="finding_unknown",
        )
    if finding == State.SET_ASIDE:
        objection.check_state(State.OPEN, *MAINTAINED)
    else:
        objection.check_state(*MAINTAINED)
    if decision_rules.replies_due([objection.as_raised()], at):
        raise RuleBroken(
            _("Whoever objected may still say whether the answer will do."), code="reply_running"
        )
    weighed = checked_words(alternatives) if finding == State.OUTWEIGHED else ""
    return _handle(
        objection,
        State(finding),
        by=chair,
        role=role,
        text=text,
        alternatives=weighed,
        at=at,
        channel=channel,
    )


def _locked(objection: Objection) -> Objection:
    """Return the objection as it stands now, with its call, under the lock of the process; the call runs still."""
    process = Process.objects.select_for_update(no_key=True).get(pk=objection.call.process_id)
    rows = Objection.objects.select_related("contribution__process", "call__process", "call__revision")
    found = rows.get(pk=objection.pk, call__process=process)
    found.call.check_undeclared()
    return found


def _handle(
    objection: Objection,
    state: Objection.State,
    *,
    by: Participant,
    role: str,
    text: str,
    alternatives: str = "",
    revision: Revision | None = None,
    at: datetime,
    channel: str,
) -> Handling:
    """Keep what was done, with its entry, and let the objection stand as it does now."""
    made = Handling.objects.create(
        objection=objection,
        state=state,
        text=checked_words(text, Objection.TEXT_LIMIT),
        alternatives=alternatives,
        revision=revision,
        by=by,
        name=by.person.name,
        role=role,
        at=at,
    )
    process = objection.call.process
    is_told = state in (State.ANSWERED, State.ACCOMMODATED)
    days = process.defaults[Default.OBJECTION_REPLY]
    objection.state, objection.reply_by = state, at + timedelta(days=days) if is_told else None
    objection.save(update_fields=["state", "reply_by"])
    event = ObjectionHandled(
        state=state,
        revision=revision.number if revision else 0,
        text=Committed(made, "text_sha256"),
        name=Committed(made, "name"),
    )
    number = objection.contribution.number
    made.entry = put_on_record(process, event, by=by, role=role, at=at, channel=channel, number=number)
    made.save(update_fields=["entry"])
    return made
