"""Steps of mail: keep what came, route it once, write what goes out, forget what was erased."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.faults import fault_point
from talanoa.mail.models import OutgoingMessage, RawMessage, Subscription
from talanoa.mail.outbox import file_of
from talanoa.people.models import Person


@transaction.atomic
def keep_raw(raw: bytes, *, recipient: str, at: datetime) -> RawMessage:
    """Store an incoming mail byte for byte, before anything reads it: one row for each address it came to."""
    fault_point("before-raw")
    kept, _created = RawMessage.objects.get_or_create(
        sha256=hashlib.sha256(raw).hexdigest(),
        recipient=recipient.lower()[:200],
        defaults={"data": raw, "received_at": at},
    )
    return kept


@transaction.atomic
def take_from_person(*, process_key: str, number: int) -> None:
    """Mark the mails of a number as read by a person. Raises RuleBroken: not_for_hand."""
    rows = RawMessage.objects.filter(process_key=process_key, number=number, needs_person=True)
    if not rows.update(needs_person=False):
        raise RuleBroken(_("No mail of this number waits to be read by hand."), code="not_for_hand")


@transaction.atomic
def queue_mail(
    *,
    key: str,
    to: str,
    subject: str,
    text: str,
    at: datetime,
    headers: dict[str, str] | None = None,
    process_key: str = "",
    number: int | None = None,
) -> OutgoingMessage:
    """Put a mail into the outbox; `key` names event and recipient, so that none is written twice.

    `process_key` and `number` say what it speaks of, so that erasing that erases the mail too.
    """
    made, _created = OutgoingMessage.objects.get_or_create(
        key=key[:120],
        defaults={
            "to": to,
            "subject": " ".join(subject.split())[:300],
            "text": text,
            "headers": headers or {},
            "created_at": at,
            "process_key": process_key,
            "number": number,
        },
    )
    return made


@transaction.atomic
def follow(
    person: Person, *, process_key: str, level: str, paused_until: datetime | None = None
) -> Subscription:
    """Set how much mail `person` gets about a process, or until when (aware, UTC) they get none of it.

    A working act: nobody else is touched by it. Raises RuleBroken: level_unknown.
    """
    if level not in Subscription.Level.values:
        raise RuleBroken(
            _("Say one of these: %(levels)s.") % {"levels": ", ".join(Subscription.Level.values)},
            code="level_unknown",
        )
    made, _created = Subscription.objects.update_or_create(
        person=person, process_key=process_key, defaults={"level": level, "paused_until": paused_until}
    )
    return made


@transaction.atomic
def forget_subject(*, process_key: str, number: int) -> None:
    """Empty every mail, in or out, that speaks of an erased contribution; its file goes too."""
    for written in OutgoingMessage.objects.filter(process_key=process_key, number=number):
        path = file_of(written)
        if path is not None:
            path.unlink(missing_ok=True)
    OutgoingMessage.objects.filter(process_key=process_key, number=number).update(
        subject="", text="", headers={}
    )
    for raw in RawMessage.objects.filter(process_key=process_key, number=number):
        raw.data, raw.message_id, raw.sha256 = b"", "", f"erased-{raw.pk}"
        raw.save(update_fields=["data", "message_id", "sha256"])
