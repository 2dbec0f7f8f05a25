"""Answers: drafted at the desk, approved in public, received by each author, disputed and replied to."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.events import (
    DisputeReplied,
    ResponseAcknowledged,
    ResponseDisputed,
    ResponsePublished,
)
from talanoa.contributions.models import Answer, Contribution, Dispute, Response, Theme
from talanoa.contributions.permissions import require_author
from talanoa.contributions.queries import SAME_ANSWER_LIMIT, addressed_by, n_same_answers
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import clean_line, clean_text
from talanoa.lib.processkeys import ranges
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import Actor, Participant, Process
from talanoa.processes.permissions import require_approver, require_office
from talanoa.record.events import Committed

LIMIT = 20_000
OPEN_STATES = (Process.State.OPEN, Process.State.REPORT_DRAFT, Process.State.REVIEW_PERIOD)


@transaction.atomic
def draft_response(
    process: Process,
    *,
    by: Participant,
    status: str,
    text: str,
    at: datetime,
    theme: Theme | None = None,
    contributions: Iterable[Contribution] = (),
    change: str = "",
    where: str = "",
    together: str = "",
) -> Response:
    """Draft the answer to a theme, or to chosen contributions. A working act: nobody is told yet.

    Raises NotAllowed; RuleBroken: reason_missing, place_missing, status_unknown, other_process, needs_no_answer,
    text_too_long.
    """
    require_office(by, process)
    chosen = list(contributions)
    if any(c.process_id != process.pk for c in chosen) or (theme and theme.process_id != process.pk):
        raise RuleBroken(_("An answer serves inputs of its own process only."), code="other_process")
    for contribution in chosen:
        contribution.check_answerable()
    draft = Response(
        process=process, theme=theme, together=_line(together, 300), drafted_by=by, drafted_at=at
    )
    _say(draft, status=status, text=text, change=change, where=where)
    draft.save()
    Answer.objects.bulk_create(Answer(contribution=c, response=draft) for c in chosen)
    return draft


@transaction.atomic
def change_draft(
    response: Response, *, by: Actor, status: str, text: str, change: str = "", where: str = ""
) -> Response:
    """Change the words of a draft that nobody was told of. A working act.

    Raises NotAllowed; RuleBroken: deletion_forbidden, reason_missing, place_missing, status_unknown, text_too_long.
    """
    response = Response.objects.select_for_update(no_key=True).get(pk=response.pk)
    require_office(by, response.process)
    _check_draft(response)
    _say(response, status=status, text=text, change=change, where=where)
    response.save()
    return response


def _say(response: Response, *, status: str, text: str, change: str, where: str) -> None:
    """Give an answer its words, clean and with a reason."""
    if status not in Response.Status.values:
        raise RuleBroken(
            _("Give one of these statuses: %(names)s.") % {"names": ", ".join(Response.Status.values)},
            code="status_unknown",
        )
    response.status, response.text = status, _clean(text)
    response.change, response.where = _clean(change), _line(where, 200)
    response.check_reasoned()


def _check_draft(response: Response) -> None:
    if response.approved_at is not None:
        raise RuleBroken(
            _("This answer is public. Publish a better one; the first one stays on the record."),
            code="deletion_forbidden",
        )


@transaction.atomic
def discard_draft(response: Response, *, by: Actor) -> None:
    """Undo a draft that nobody was told of. Raises NotAllowed; RuleBroken: deletion_forbidden."""
    response = Response.objects.select_for_update(no_key=True).get(pk=response.pk)
    require_office(by, response.process)
    _check_draft(response)
    response.answers.all().delete()
    response.delete()


@transaction.atomic
def approve_response(response: Response, *, by: Actor, at: datetime, channel: str) -> list[Contribution]:
    """Publish an answer to every contribution it serves and that does not have it yet; return those.

    Called again on a theme's answer, it reaches what was filed under the theme since.
    Raises NotAllowed; RuleBroken: wrong_state, nobody_to_answer, same_answer_without_reason.
    """
    rows = Response.objects.select_for_update(of=("self",), no_key=True).select_related("process", "theme")
    response = rows.get(pk=response.pk)
    role = require_approver(by, response.process)
    response.process.check_state(*OPEN_STATES)
    response.check_reasoned()
    reached = _newly_reached(response)
    if not reached:
        raise RuleBroken(_("There is no input that this answer would newly reach."), code="nobody_to_answer")
    _check_same_answer(response, len(reached))
    if response.approved_at is None:
        response.approved_at = at
        response.save(update_fields=["approved_at"])
    Answer.objects.bulk_create(
        (Answer(contribution=c, response=response) for c in reached), ignore_conflicts=True
    )
    response.answers.filter(contribution__in=reached).update(sent_at=at)
    event = ResponsePublished(
        status=response.status,
        numbers=ranges([c.number for c in reached]),
        theme=response.theme.slug if response.theme else "-",
        text=Committed(response, "text_sha256"),
    )
    put_on_record(response.process, event, by=by, role=role, at=at, channel=channel)
    return reached


def _newly_reached(response: Response) -> list[Contribution]:
    told = set(response.answers.filter(sent_at__isnull=False).values_list("contribution_id", flat=True))
    return [c for c in addressed_by(response) if c.pk not in told]


def _check_same_answer(response: Response, n_reached: int) -> None:
    """Refuse one text for many inputs without a theme or a stated reason (w3c/process#182)."""
    if response.theme_id or response.together:
        return
    if n_reached + n_same_answers(response) > SAME_ANSWER_LIMIT:
        raise RuleBroken(
            _(
                "One answer to more than %(limit)s inputs needs a theme, or one sentence on why it serves them all."
            )
            % {"limit": SAME_ANSWER_LIMIT},
            code="same_answer_without_reason",
        )


@transaction.atomic
def acknowledge_response(answer: Answer, *, by: Actor, at: datetime, channel: str) -> Answer:
    """Say, as the author, that the answer does one justice. Raises NotAllowed; RuleBroken: not_answered."""
    answer, role = _own_answer(answer, by)
    if answer.reception == Answer.Reception.ACKNOWLEDGED:
        return answer
    answer.reception = Answer.Reception.ACKNOWLEDGED
    answer.save(update_fields=["reception"])
    number = answer.contribution.number
    process = answer.contribution.process
    put_on_record(process, ResponseAcknowledged(), by=by, role=role, at=at, channel=channel, number=number)
    return answer


@transaction.atomic
def dispute_response(answer: Answer, *, by: Actor, text: str, at: datetime, channel: str) -> Dispute:
    """Say, as the author, how the summary or the answer misreads one; it stands in public beside the answer.

    The same words again, such as a mail delivered twice, are the same dispute.
    Raises NotAllowed; RuleBroken: not_answered, reason_missing, text_too_long.
    """
    answer, role = _own_answer(answer, by)
    said = _clean(text)
    if not said.strip():
        raise RuleBroken(_("Say in your own words what was misread."), code="reason_missing")
    known = Dispute.objects.filter(answer=answer, text=said).first()
    if known:
        return known
    answer.reception = Answer.Reception.DISPUTED
    answer.save(update_fields=["reception"])
    dispute = Dispute.objects.create(answer=answer, text=said, raised_at=at)
    event = ResponseDisputed(text=Committed(dispute, "text_sha256"))
    number = answer.contribution.number
    put_on_record(answer.contribution.process, event, by=by, role=role, at=at, channel=channel, number=number)
    return dispute


def _own_answer(answer: Answer, by: Actor) -> tuple[Answer, str]:
    rows = Answer.objects.select_for_update(of=("self",), no_key=True).select_related(
        "contribution__process", "response"
    )
    answer = rows.get(pk=answer.pk)
    role = require_author(by, answer.contribution)
    if answer.response.approved_at is None or answer.sent_at is None:
        raise RuleBroken(_("There is no answer yet."), code="not_answered")
    return answer, role


@transaction.atomic
def reply_to_dispute(dispute: Dispute, *, by: Actor, reply: str, at: datetime, channel: str) -> Dispute:
    """Reply to a dispute, once and in public. Raises NotAllowed; RuleBroken: reason_missing, replied_already."""
    rows = Dispute.objects.select_for_update(of=("self",), no_key=True).select_related(
        "answer__contribution__process"
    )
    dispute = rows.get(pk=dispute.pk)
    contribution = dispute.answer.contribution
    role = require_approver(by, contribution.process)
    if dispute.replied_at is not None:
        raise RuleBroken(_("This dispute has its reply."), code="replied_already")
    dispute.reply = _clean(reply)
    if not dispute.reply.strip():
        raise RuleBroken(_("A reply needs words."), code="reason_missing")
    dispute.replied_at = at
    dispute.save(update_fields=["reply", "replied_at"])
    event = DisputeReplied(reply=Committed(dispute, "reply_sha256"))
    put_on_record(
        contribution.process, event, by=by, role=role, at=at, channel=channel, number=contribution.number
    )
    return dispute


def _line(text: str, limit: int) -> str:
    return clean_line(text[: 5 * limit], 15 * limit)[:limit].rstrip()


def _clean(text: str) -> str:
    try:
        return clean_text(text, LIMIT)
    except ValueError as long:
        raise RuleBroken(
            _("Please stay under %(limit)s characters.") % {"limit": LIMIT}, code="text_too_long"
        ) from long
