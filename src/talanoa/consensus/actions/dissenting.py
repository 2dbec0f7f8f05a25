"""Dissent that stands in the report: a minority statement, in the words of those who send it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.consensus.events import MinorityStated
from talanoa.consensus.models import Call, MinorityStatement
from talanoa.consensus.permissions import require_voice
from talanoa.consensus.queries import minority_until
from talanoa.contributions.actions.standing import Author, note_mentions, register
from talanoa.contributions.conduct import checked_words
from talanoa.contributions.models import Contribution
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.instants import moment
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import Participant, Process
from talanoa.record.events import Committed


@transaction.atomic
def state_minority(
    call: Call,
    *,
    by: Participant,
    author: Author,
    text: str,
    recommendation: int = 0,
    dedup_key: str,
    at: datetime,
    channel: str,
) -> MinorityStatement:
    """Send a minority statement about what a call found, within the time for it; it gets a number and a receipt.

    The same `dedup_key` returns the first one. Raises NotAllowed; RuleBroken: observer_has_no_voice,
    nothing_to_dissent_from, minority_window_over, recommendation_unknown, reason_missing, text_too_long.
    """
    known = MinorityStatement.objects.filter(
        contribution__process=call.process_id, contribution__dedup_key=dedup_key
    ).first()
    if known:
        return known
    process = Process.objects.select_for_update(no_key=True).get(pk=call.process_id)
    call = process.calls.select_related("revision", "process").get(pk=call.pk)
    role, _member = require_voice(by, process, assurance=author.assurance, at=at)
    _check_time(call, at)
    call.check_recommendation(recommendation)
    said = checked_words(text, MinorityStatement.TEXT_LIMIT)
    contribution = register(
        process,
        kind="minority",
        author=author.within(by),
        entered_by=None,
        state=Contribution.State.PUBLISHED,
        publication=Contribution.Publication.NAMED,
        dedup_key=dedup_key,
        channel=channel,
        at=at,
    )
    made = MinorityStatement.objects.create(
        contribution=contribution, call=call, recommendation=recommendation, text=said
    )
    note_mentions(contribution, (said,))
    _state_on_record(made, by=by, role=role, at=at, channel=channel)
    return made


def _check_time(call: Call, at: datetime) -> None:
    until = minority_until(call)
    if until is None:
        raise RuleBroken(
            _("Nothing was declared in call %(number)s yet.") % {"number": call.number},
            code="nothing_to_dissent_from",
        )
    if at >= until:
        raise RuleBroken(
            _("Minority statements about call %(number)s were taken until %(day)s.")
            % {"number": call.number, "day": moment(until)},
            code="minority_window_over",
        )


def _state_on_record(
    made: MinorityStatement, *, by: Participant, role: str, at: datetime, channel: str
) -> None:
    contribution = made.contribution
    authorship, number = contribution.authorship, contribution.number
    event = MinorityStated(
        call=made.call.number,
        recommendation=made.recommendation,
        text_sha256=Committed(made, "text_sha256"),
        author=Committed(authorship, "name"),
        organization=Committed(authorship, "organization"),
        country=Committed(authorship, "country"),
    )
    contribution.entry = put_on_record(
        contribution.process, event, by=by, role=role, at=at, channel=channel, number=number
    )
    contribution.save(update_fields=["entry"])
