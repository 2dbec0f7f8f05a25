"""Saying something by mail: a mail to `nm+talk@` begins a thread, an answer to a message joins its thread."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy

from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.mail_commands import sender_of
from talanoa.contributions.receipts import receipt_text
from talanoa.discussions.actions import Said, reply, start_thread
from talanoa.discussions.letters import received_lines, subject_received
from talanoa.discussions.models import Message
from talanoa.discussions.notices import SAY
from talanoa.discussions.queries import answered, by_dedup_key, is_taken, numbered
from talanoa.discussions.skin import new_message_id
from talanoa.lib.messageids import is_message_id, nearest_first
from talanoa.lib.quoting import unquoted
from talanoa.mail import tokens
from talanoa.mail.outbox import PROOF
from talanoa.mail.registry import MailReply, MailRequest, command, continuation
from talanoa.processes.actions.roles import enter
from talanoa.processes.mail_commands import process_of
from talanoa.processes.models import Process


@continuation
def continues(key: str, ids: Sequence[str]) -> str:
    """Return the command of a mail that answers a message of the process, wherever it is sent to."""
    return SAY if answered(key, ids) else ""


@command(
    SAY,
    takes_words=True,
    place="talk",
    told=gettext_lazy(
        "Your words are a message of the discussion, in the thread that our mail was about. A mail to the address with"
        " +talk begins a new thread."
    ),
    example="say: I agree with what was written on fees.",
)
def say(request: MailRequest) -> MailReply:
    """Say something in the discussion; an unknown sender's message is numbered and held until confirmed."""
    process = process_of(request)
    known = by_dedup_key(process, request.dedup_key)
    if known:
        return _received(known, request)
    person = sender_of(request)
    by = enter(process, person, at=request.at)
    author = author_of(person, assurance=request.grade, group=by.group)
    said, key = _said(request, process), request.dedup_key
    parent = _answered(request, process)
    if parent is None:
        made = start_thread(
            process, by=by, author=author, said=said, dedup_key=key, channel="mail", at=request.at
        )
    else:
        made = reply(parent, by=by, author=author, said=said, dedup_key=key, channel="mail", at=request.at)
    return _received(made, request)


def _answered(request: MailRequest, process: Process) -> Message | None:
    """Return the message that the mail answers, by the identifiers it names or by the letter it answers."""
    ids = nearest_first(request.parsed.in_reply_to, request.parsed.references)
    return answered(process.key, ids) or numbered(process, request.number or 0)


def _said(request: MailRequest, process: Process) -> Said:
    """Return the mail's words, apart from what it only carries along; nothing of it is left out."""
    parsed = request.parsed
    own, carried = unquoted(parsed.text)
    is_free = is_message_id(parsed.message_id) and not is_taken(process, parsed.message_id)
    return Said(
        subject=parsed.subject,
        text=request.text,
        quoted=carried if own.strip() else "",
        message_id=parsed.message_id if is_free else new_message_id(process),
        references=tuple(reversed(nearest_first(parsed.in_reply_to, parsed.references))),
    )


def _received(message: Message, request: MailRequest) -> MailReply:
    """Answer the author, who can say more in the thread by answering again."""
    contribution = message.contribution
    token = tokens.issue(
        contribution.person,
        process_key=contribution.process.key,
        number=contribution.number,
        at=request.at,
        word=SAY,
    )
    return MailReply(
        subject=subject_received(contribution),
        lines=received_lines(message),
        number=contribution.number,
        receipt=receipt_text(contribution),
        to=contribution.person,
        extra={PROOF: token},
    )
