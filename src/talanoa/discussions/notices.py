"""What people are told of a message: its author the receipt, those who want every message the message itself."""

from talanoa.discussions.letters import (
    mail_subject,
    message_headers,
    message_lines,
    received_lines,
    subject_received,
)
from talanoa.discussions.models import Message
from talanoa.discussions.queries import numbered
from talanoa.mail.letters import write_to
from talanoa.mail.models import Subscription
from talanoa.processes.models import Process
from talanoa.record.models import Entry

SAY = "say"
"""The mail command that an answer to a message means."""


def tell_message(entry: Entry) -> None:
    """Mail the receipt of a message that came on another channel than mail; hand it on where it is public."""
    message = _message(entry)
    if message is None:
        return
    contribution = message.contribution
    if contribution.channel != "mail":
        write_to(
            contribution.person,
            key=f"receipt-{entry.pk}",
            subject=subject_received(contribution),
            lines=received_lines(message),
            at=entry.at,
            process_key=contribution.process.key,
            number=contribution.number,
            word=SAY,
        )
    _hand_on(message, entry)


def tell_shown(entry: Entry) -> None:
    """Hand on a message that was held and is public now; of other kinds nothing is handed on."""
    message = _message(entry)
    if message is not None:
        _hand_on(message, entry)


def _message(entry: Entry) -> Message | None:
    process = Process.objects.filter(key=entry.process_key).first()
    return numbered(process, entry.number or 0) if process else None


def _hand_on(message: Message, entry: Entry) -> None:
    """Send it to everybody who wants every message, but not to its author: once each, whatever happens twice."""
    contribution = message.contribution
    if contribution.state != contribution.State.PUBLISHED or not contribution.is_public:
        return
    rows = Subscription.objects.filter(
        process_key=contribution.process.key, level=Subscription.Level.EVERY
    ).exclude(person=contribution.person_id)
    headers, lines = message_headers(message), message_lines(message)
    for wanted in rows.select_related("person").order_by("pk"):
        if wanted.paused_until is not None and wanted.paused_until > entry.at:
            continue
        write_to(
            wanted.person,
            key=f"message-{message.pk}-{wanted.person_id}",
            subject=mail_subject(message),
            lines=lines,
            at=entry.at,
            process_key=contribution.process.key,
            number=contribution.number,
            word=SAY,
            headers=headers,
        )
