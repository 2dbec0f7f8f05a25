"""Steps of a call: publish it for comments, change it before it opens, cancel it; the clock opens and closes it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.actions.standing import Author
from talanoa.contributions.conduct import checked_words
from talanoa.contributions.models import Assurance
from talanoa.discussions.actions import Said, start_thread
from talanoa.grants.events import (
    GrantCallCanceled,
    GrantCallClosed,
    GrantCallOpened,
    GrantCallPublished,
    GrantCallRevised,
)
from talanoa.grants.models import ResearchCall, check_comment_time, sha256_of
from talanoa.grants.queries import read_call
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.calls import CallText
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import SYSTEM, Participant, Process
from talanoa.processes.permissions import require_organizer

State = ResearchCall.State


@dataclass(frozen=True, slots=True)
class Posted:
    """What the message that begins the thread of comments needs: an identifier of its own, the address of the call."""

    message_id: str
    page: str


@transaction.atomic
def publish_call(
    process: Process, *, by: Participant, text: str, posted: Posted, at: datetime, channel: str
) -> ResearchCall:
    """Publish a call, held for comments: it begins a thread in which everybody says what is wrong with it.

    Raises NotAllowed; RuleBroken: space_crossed, call_unreadable, call_key_taken, comment_too_short, discussion_closed.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    role = require_organizer(by, process)
    process.check_real()
    facts = read_call(text)
    check_comment_time(facts, at)
    if ResearchCall.objects.filter(key=facts.id).exists():
        raise RuleBroken(
            _("There is a call “%(key)s” already: give this one another id.") % {"key": facts.id},
            code="call_key_taken",
        )
    thread = _ask_for_comments(process, facts, by=by, posted=posted, at=at, channel=channel)
    made = ResearchCall.objects.create(
        key=facts.id,
        process=process,
        title=facts.title,
        text=text,
        opens_on=facts.opens,
        closes_on=facts.closes,
        thread=thread,
        made_by=by,
        published_at=at,
    )
    event = GrantCallPublished(
        call=made.key,
        version=1,
        opens=made.opens_on.isoformat(),
        closes=_until(made),
        thread=thread,
        text_sha256=made.text_sha256,
    )
    put_on_record(process, event, by=by, role=role, at=at, channel=channel)
    return made


def _until(call: ResearchCall) -> str:
    return call.closes_on.isoformat() if call.closes_on else "-"


def _ask_for_comments(
    process: Process, facts: CallText, *, by: Participant, posted: Posted, at: datetime, channel: str
) -> int:
    """Begin the thread of comments; return the number of its opening."""
    told = _(
        "This call for applications is planned to open on %(day)s. Before it does, say here what is wrong with it:"
        " the question, who may apply, how it is judged, who pays. The call: %(page)s"
    )
    said = Said(
        subject=_("Comments on a call: %(title)s") % {"title": facts.title},
        text="\n\n".join(
            [told % {"day": facts.opens.isoformat(), "page": posted.page}, facts.question.strip()]
        ),
        message_id=posted.message_id,
    )
    author = Author(by.person, by.person.name, by.group, Assurance.PROVEN)
    key = f"grant call {facts.id}"
    made = start_thread(process, by=by, author=author, said=said, dedup_key=key, channel=channel, at=at)
    return made.contribution.number


@transaction.atomic
def revise_call(
    call: ResearchCall, *, by: Participant, text: str, reason: str, at: datetime, channel: str
) -> ResearchCall:
    """Change a call that is held, and say what of the comments led to it; the days for comments begin again.

    Raises NotAllowed; RuleBroken: grant_call_state, call_unreadable, call_key_taken, comment_too_short, reason_missing,
    text_too_long.
    """
    call = ResearchCall.objects.locked(call)
    role = require_organizer(by, call.process)
    call.check_state(State.HELD)
    facts = read_call(text)
    if facts.id != call.key:
        raise RuleBroken(_("The id of a call stays: %(key)s.") % {"key": call.key}, code="call_key_taken")
    check_comment_time(facts, at)
    call.text, call.title, call.version = text, facts.title, call.version + 1
    call.opens_on, call.closes_on, call.reason = facts.opens, facts.closes, checked_words(reason)
    call.__dict__.pop("facts", None)  # the file that was read before
    call.save(update_fields=["text", "title", "version", "opens_on", "closes_on", "reason"])
    event = GrantCallRevised(
        call=call.key,
        version=call.version,
        opens=call.opens_on.isoformat(),
        closes=_until(call),
        text_sha256=call.text_sha256,
        reason_sha256=sha256_of(call.reason),
    )
    put_on_record(call.process, event, by=by, role=role, at=at, channel=channel)
    return call


@transaction.atomic
def cancel_call(
    call: ResearchCall, *, by: Participant, reason: str, at: datetime, channel: str
) -> ResearchCall:
    """Cancel a call with a public reason; applications under it keep their numbers, and nothing follows from them.

    Raises NotAllowed; RuleBroken: grant_call_state, reason_missing, text_too_long.
    """
    call = ResearchCall.objects.locked(call)
    role = require_organizer(by, call.process)
    call.check_state(State.HELD, State.OPEN)
    call.state, call.reason = State.CANCELED, checked_words(reason)
    call.save(update_fields=["state", "reason"])
    event = GrantCallCanceled(call=call.key, reason_sha256=sha256_of(call.reason))
    put_on_record(call.process, event, by=by, role=role, at=at, channel=channel)
    return call


@transaction.atomic
def keep_call(call: ResearchCall, *, at: datetime) -> bool:
    """Open or close a call whose day has come; tell whether anything was done. The clock's own act."""
    call = ResearchCall.objects.locked(call)
    if not ResearchCall.objects.due(at).filter(pk=call.pk).exists():
        return False
    opens = call.state == State.HELD
    call.state = State.OPEN if opens else State.CLOSED
    call.save(update_fields=["state"])
    event = GrantCallOpened(call=call.key) if opens else GrantCallClosed(call=call.key)
    put_on_record(call.process, event, by=SYSTEM, role="system", at=at, channel="tick")
    return True


def keep_calls(*, at: datetime) -> int:
    """Open and close all calls whose day has come at `at` (aware, UTC); return how many."""
    return sum(keep_call(row, at=at) for row in ResearchCall.objects.due(at))
