"""The chair finds how far each recommendation is agreed, with reasons, and declares the outcome of a call."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.consensus.events import CallDeclared, ConsensusDesignated
from talanoa.consensus.models import Call, Designation
from talanoa.consensus.permissions import require_caller
from talanoa.consensus.queries import raised_in
from talanoa.consensus.register import declaration
from talanoa.contributions.conduct import checked_words
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.instants import moment
from talanoa.lib.decision_rules import (
    Raised,
    barring,
    dissent,
    is_count_only,
    replies_due,
    unanswered,
)
from talanoa.lib.processkeys import label
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import Actor, Participant, Process
from talanoa.record.events import Committed


@dataclass(frozen=True, slots=True)
class Found:
    """What a chair finds on one recommendation: a level of the rule, and why."""

    level: str
    reasons: str


@transaction.atomic
def designate(
    call: Call,
    *,
    by: Actor,
    found: Mapping[int, Found],
    text: str = "",
    at: datetime,
    channel: str,
) -> Call:
    """Find the level of every recommendation of a call that is over, and declare the outcome.

    `found` maps recommendations, 0 for a text that numbers none, to findings. No number of positions is asked for or
    looked at. `text` is the declaration; without one it is what the register of objections tells. Raises NotAllowed;
    RuleBroken: own_text, interest_statement_missing, call_declared, revision_changed, positions_open,
    objection_unanswered, reply_running, designation_incomplete, designation_level_unknown, reason_missing,
    designation_by_number, objection_bars_level, text_too_long.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=call.process_id)
    call = process.calls.select_related("process", "revision", "draft__document").get(pk=call.pk)
    role, chair = require_caller(by, call.draft, at=at)
    call.check_undeclared()
    call.check_current()
    _check_over(call, at)
    raised = raised_in(call)
    _check_answered(call, raised, at)
    _check_found(call, found, raised)
    for number, finding in sorted(found.items()):
        _designate(call, number, finding, by=chair, role=role, at=at, channel=channel)
    levels = {number: finding.level for number, finding in found.items()}
    call.declaration = checked_words(text or declaration(call, levels), Call.DECLARATION_LIMIT)
    call.declared_at = at
    call.save(update_fields=["declaration", "declared_at"])
    event = CallDeclared(
        call=call.number,
        objections=len(raised),
        dissent=",".join(str(number) for number in dissent(0, raised)) or "-",
        text=Committed(call, "declaration_sha256"),
    )
    put_on_record(process, event, by=chair, role=role, at=at, channel=channel)
    return call


def _check_over(call: Call, at: datetime) -> None:
    if at < call.closes_at:
        raise RuleBroken(
            _("Positions are taken until %(day)s; nothing is found before.")
            % {"day": moment(call.closes_at)},
            code="positions_open",
        )


def _check_answered(call: Call, raised: list[Raised], at: datetime) -> None:
    """Refuse to close a call over an objection that nobody answered, or whose author may still reply."""
    if waiting := unanswered(raised):
        raise RuleBroken(
            _("These objections have no answer yet: %(numbers)s.") % {"numbers": _named(call, waiting)},
            code="objection_unanswered",
            subjects=_labels(call, waiting),
        )
    if due := replies_due(raised, at):
        raise RuleBroken(
            _("The authors of these objections may still say whether the answer will do: %(numbers)s.")
            % {"numbers": _named(call, due)},
            code="reply_running",
            subjects=_labels(call, due),
        )


def _check_found(call: Call, found: Mapping[int, Found], raised: list[Raised]) -> None:
    """Refuse findings that leave a recommendation out, give no reason but a count, or pass over an objection."""
    lacking = sorted(set(call.recommendations) ^ set(found))
    if lacking:
        raise RuleBroken(
            _("Each recommendation of the text, and nothing else, gets a level. Look at: %(numbers)s.")
            % {"numbers": ", ".join(map(str, lacking))},
            code="designation_incomplete",
        )
    for number, finding in sorted(found.items()):
        level = call.check_level(finding.level)
        if not finding.reasons.strip():
            raise RuleBroken(_("Say why, in a sentence or two."), code="reason_missing")
        if is_count_only(finding.reasons):
            raise RuleBroken(
                _("A count of heads finds no consensus: say what was argued, and why it weighs as it does."),
                code="designation_by_number",
            )
        against = barring(level, number, raised)
        if against:
            raise RuleBroken(
                _("This level is not possible while these objections stand as they do: %(numbers)s.")
                % {"numbers": _named(call, against)},
                code="objection_bars_level",
                subjects=_labels(call, against),
            )


def _labels(call: Call, numbers: tuple[int, ...]) -> list[str]:
    return [label(call.process.key, number) for number in numbers]


def _named(call: Call, numbers: tuple[int, ...]) -> str:
    return ", ".join(_labels(call, numbers))


def _designate(
    call: Call, number: int, finding: Found, *, by: Participant, role: str, at: datetime, channel: str
) -> None:
    made = Designation.objects.create(
        call=call,
        recommendation=number,
        level=finding.level,
        reasons=checked_words(finding.reasons, Call.TEXT_LIMIT),
        by=by,
        name=by.person.name,
        designated_at=at,
    )
    event = ConsensusDesignated(
        call=call.number,
        recommendation=number,
        level=made.level,
        sha256=call.revision.sha256,
        reasons=Committed(made, "reasons_sha256"),
        name=Committed(made, "name"),
    )
    made.entry = put_on_record(call.process, event, by=by, role=role, at=at, channel=channel)
    made.save(update_fields=["entry"])
