"""What somebody said on a list in answer to an announcement: it becomes an input only by their own word."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.actions.standing import Author
from talanoa.contributions.models import Assurance, Contribution
from talanoa.inputs.actions.receiving import Words, receive_input
from talanoa.inputs.events import InputListed
from talanoa.inputs.models import Input, ListReply
from talanoa.inputs.permissions import require_writer
from talanoa.inputs.queries import listed_before, said_already
from talanoa.kernel.errors import RuleBroken
from talanoa.mail.actions import empty_raw, number_raw
from talanoa.mail.models import RawMessage
from talanoa.people.models import Person
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import FollowedList, Participant, Process
from talanoa.processes.queries import open_call
from talanoa.record.events import Committed

FORGOTTEN_AFTER = timedelta(days=90)
"""As long as a token holds with which its author could confirm it."""


@transaction.atomic
def note_reply(
    process: Process,
    raw: RawMessage,
    *,
    followed: FollowedList | None,
    person: Person | None,
    name: str,
    text: str,
    message_id: str,
    permalink: str,
    dedup_key: str,
    at: datetime,
) -> ListReply:
    """Keep what was said on a list until its author confirms it; the same mail again returns the first one.

    Without a `person` nobody can be asked, and only the desk knows of it. A working act: nothing is public.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    process.check_real()
    known = listed_before(process, raw, person=person, message_id=message_id)
    if known:
        return known
    state = ListReply.State
    return ListReply.objects.create(
        process=process,
        list=followed,
        raw=raw,
        person=person,
        name=name[:300],
        text=text,
        message_id=message_id[:400],
        permalink=permalink[: ListReply.LINK_LIMIT],
        dedup_key=dedup_key,
        noted_at=at,
        state=state.WAITING if person else state.UNANSWERABLE,
    )


@transaction.atomic
def mark_asked(reply: ListReply, *, at: datetime) -> None:
    """Note that its author was asked by a letter: once. A working act."""
    reply.asked_at = at
    reply.save(update_fields=["asked_at"])


@transaction.atomic
def confirm_listed(reply: ListReply, *, by: Participant, at: datetime, channel: str) -> Input:
    """Let the author of something said on a list make it an input; to confirm it again returns the same input.

    Number, receipt and entry are those of any input; a second entry says on which list it was said first. Where the
    same mail came directly too, that one is the input. Raises NotAllowed; RuleBroken: call_closed, wrong_state, and
    those of `receive_input`.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=reply.process_id)
    reply = (
        ListReply.objects.select_for_update(of=("self",), no_key=True).select_related("list").get(pk=reply.pk)
    )
    person = require_writer(by, reply)
    if reply.contribution_id is not None:
        return Input.objects.select_related("contribution__process").get(contribution=reply.contribution_id)
    reply.check_waiting()
    stage = open_call(process, at)
    if stage is None:
        raise RuleBroken(
            _("The call for input of “%(title)s” is not open now.") % {"title": process.title},
            code="call_closed",
        )
    known = said_already(process, message_id=reply.message_id, address=person.address, text=reply.text)
    made = known or receive_input(
        stage,
        by=by,
        author=Author(
            person=person,
            name=reply.name or person.name,
            group=person.group,
            organization=person.organization,
            country=person.country,
            assurance=Assurance.PROVEN,
        ),
        words=Words(title="", text=reply.text),
        publication=Contribution.Publication.NAMED,
        dedup_key=reply.dedup_key,
        channel=channel,
        source="mail",
        at=at,
    )
    _close(reply, made, by=by, at=at, channel=channel)
    return made


def _close(reply: ListReply, made: Input, *, by: Participant, at: datetime, channel: str) -> None:
    """Tie the reply to its input, where none is tied to it yet, and say on the record where it was said first."""
    contribution = made.contribution
    reply.state, reply.text, reply.name = ListReply.State.CONFIRMED, "", ""
    if not ListReply.objects.filter(contribution=contribution).exists():
        reply.contribution = contribution
    reply.save(update_fields=["state", "text", "name", "contribution"])
    number_raw(reply.raw, number=contribution.number)
    event = InputListed(
        list=reply.list.list_id if reply.list else "-",
        permalink=Committed(reply, "permalink") if reply.permalink else "-",
    )
    put_on_record(
        contribution.process,
        event,
        by=by,
        role="participant",
        at=at,
        channel=channel,
        number=contribution.number,
    )


@transaction.atomic
def decline_listed(reply: ListReply, *, by: Participant) -> ListReply:
    """Let the author of something said on a list keep it from being an input: its words are forgotten here at once.

    A working act: nobody else ever knew of it. To decline it again changes nothing.
    Raises NotAllowed; RuleBroken: wrong_state.
    """
    reply = ListReply.objects.select_for_update(no_key=True).get(pk=reply.pk)
    require_writer(by, reply)
    if reply.state != ListReply.State.DECLINED:
        reply.check_waiting()
        _forget(reply, ListReply.State.DECLINED)
    return reply


@transaction.atomic
def forget_listed(*, at: datetime) -> int:
    """Forget what was said on a list 90 days before `at` and never confirmed; return how much. The clock's own act."""
    rows = ListReply.objects.waiting().filter(noted_at__lte=at - FORGOTTEN_AFTER)
    due = list(rows.select_for_update(no_key=True))
    for reply in due:
        _forget(reply, ListReply.State.FORGOTTEN)
    return len(due)


def _forget(reply: ListReply, state: str) -> None:
    reply.state = state
    reply.empty()
    reply.save(update_fields=["state"])
    empty_raw(reply.raw)
