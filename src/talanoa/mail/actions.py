"""Steps of mail: keep what came, queue what goes out and say what became of it, forget what was erased."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.faults import fault_point
from talanoa.lib.shortening import shortened
from talanoa.mail import tokens
from talanoa.mail.models import Bounce, OutgoingMessage, RawMessage, Silence, Subscription
from talanoa.mail.outbox import BOUNCE, file_of, public_headers, whole_address
from talanoa.mail.queries import bounce_score, waiting
from talanoa.people.models import Person
from talanoa.people.queries import person_at

MOST = 19_900
"""Bytes of text in a mail: 20 kB, less what a link grows by when its token is put in."""
CLAIM = timedelta(minutes=15)
"""How long a mail belongs to the sender that took it up; one that died frees it so."""
PATIENCE = timedelta(days=5)
"""After how long a mail is given up (RFC 5321, section 4.5.4.1: at least 4 to 5 days)."""
STEPS = tuple(timedelta(minutes=n) for n in (1, 5, 15, 60, 240))
TOO_MANY = 8


@transaction.atomic
def keep_raw(raw: bytes, *, recipient: str, at: datetime) -> RawMessage:
    """Store an incoming mail byte for byte, before anything reads it: one row for each address it came to."""
    fault_point("before-raw")
    row = _raw_row(raw, recipient, at)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # the same mail again; asking first would cost each new one another statement
        return RawMessage.objects.get(sha256=row.sha256, recipient=row.recipient)
    return row


@transaction.atomic
def keep_all(mails: Sequence[tuple[bytes, str]], *, at: datetime) -> list[RawMessage]:
    """Store mails that came together, each with whom it came to; as `keep_raw` has it, in one transaction."""
    fault_point("before-raw")
    rows = [_raw_row(raw, recipient, at) for raw, recipient in mails]
    try:
        with transaction.atomic():
            return RawMessage.objects.bulk_create(rows)
    except IntegrityError:  # one of them came before
        return [keep_raw(raw, recipient=recipient, at=at) for raw, recipient in mails]


def _raw_row(raw: bytes, recipient: str, at: datetime) -> RawMessage:
    hashed = hashlib.sha256(raw).hexdigest()
    return RawMessage(sha256=hashed, recipient=recipient.lower()[:200], data=raw, received_at=at)


@transaction.atomic
def take_from_person(*, process_key: str, number: int) -> None:
    """Mark the mails of a number as read by a person. Raises RuleBroken: not_for_hand."""
    rows = RawMessage.objects.filter(process_key=process_key, number=number, needs_person=True)
    if not rows.update(needs_person=False):
        raise RuleBroken(_("No mail of this number waits to be read by hand."), code="not_for_hand")


@transaction.atomic
def number_raw(raw: RawMessage, *, number: int) -> None:
    """Note the number that a mail got after all, so that erasing that erases the mail too."""
    RawMessage.objects.filter(pk=raw.pk).update(number=number)


@transaction.atomic
def empty_raw(raw: RawMessage) -> None:
    """Forget what a mail says that never became ours."""
    RawMessage.objects.filter(pk=raw.pk).update(data=b"", message_id="")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail of ours before it waits: `key` names event and recipient, so that none is written twice.

    `number` says what it speaks of, so that erasing that erases the mail too; `thread` names the conversation that it
    answers in. A text beyond 20 kB ends with the address of the whole.
    """

    key: str
    to: str
    subject: str
    text: str
    headers: dict[str, str]
    number: int | None = None
    thread: str = ""


@transaction.atomic(savepoint=False)
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
    thread: str = "",
) -> OutgoingMessage:
    """Put a mail into the outbox, once; `process_key` is that of the process it speaks of. The rest as in `Letter`."""
    letter = Letter(key, to, subject, text, headers or {}, number, thread)
    return queue_letter(letter, process_key=process_key, at=at)


@transaction.atomic(savepoint=False)
def queue_letter(letter: Letter, *, process_key: str, at: datetime) -> OutgoingMessage:
    """Put a mail into the outbox, once."""
    made = _waiting(letter, process_key, at)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:  # it was written before; asking first would cost each new one another statement
        return OutgoingMessage.objects.get(key=made.key)
    return made


@transaction.atomic(savepoint=False)
def queue_all(letters: Iterable[Letter], *, process_key: str, at: datetime) -> None:
    """Put mails into the outbox that nobody can have written before."""
    OutgoingMessage.objects.bulk_create(_waiting(letter, process_key, at) for letter in letters)


def _waiting(letter: Letter, process_key: str, at: datetime) -> OutgoingMessage:
    bounce = tokens.draw(f"bounce {letter.key}")
    tail = _("The rest stands here: %(page)s") % {"page": whole_address(process_key, letter.number)}
    return OutgoingMessage(
        key=letter.key[:120],
        to=letter.to,
        subject=" ".join(letter.subject.split())[:300],
        text=shortened(letter.text, most=MOST, tail=tail),
        headers={**letter.headers, BOUNCE: bounce},
        bounce_sha256=tokens.digest(bounce),
        thread=letter.thread,
        created_at=at,
        process_key=process_key,
        number=letter.number,
    )


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
    told = {"level": level, "paused_until": paused_until, "digest_at": None}
    made, _created = Subscription.objects.update_or_create(
        person=person, process_key=process_key, defaults=told
    )
    return made


@transaction.atomic
def claim_mail(number: int, *, at: datetime) -> OutgoingMessage | None:
    """Take up the mail with this key of its row for 15 minutes, or return None where another sender has it."""
    taken = waiting(at).filter(pk=number).update(claimed_until=at + CLAIM, attempts=F("attempts") + 1)
    return OutgoingMessage.objects.get(pk=number) if taken else None


@transaction.atomic
def mark_sent(message: OutgoingMessage, *, at: datetime) -> None:
    """Say that the mail server took it; its tokens are kept nowhere else from now on."""
    OutgoingMessage.objects.filter(pk=message.pk).update(
        written_at=at, claimed_until=None, error="", headers=public_headers(message)
    )


@transaction.atomic
def put_off(message: OutgoingMessage, *, code: str, at: datetime) -> bool:
    """Try again later: after 1, 5, 15, 60 minutes, then every 4 hours; tell whether there will be another time."""
    if at >= message.created_at + PATIENCE:
        give_up(message, code=code, at=at)
        return False
    pause = STEPS[min(max(message.attempts, 1), len(STEPS)) - 1]
    OutgoingMessage.objects.filter(pk=message.pk).update(next_at=at + pause, claimed_until=None, error=code)
    return True


@transaction.atomic
def give_up(message: OutgoingMessage, *, code: str, at: datetime) -> None:
    """Stop trying, for the reason `code`; what it said stays until it is erased."""
    OutgoingMessage.objects.filter(pk=message.pk).update(
        failed_at=at, claimed_until=None, error=code, headers=public_headers(message)
    )


@transaction.atomic
def count_bounce(message: OutgoingMessage, *, weight: int, at: datetime) -> Silence | None:
    """Count that a mail came back, once for each mail; at 8 within 14 days its reader gets no more letters.

    Nothing else changes for them: standing, numbers and rights stay. Returns the silence where there is one.
    """
    person = person_at(message.to)
    if person is None:
        return None
    Bounce.objects.get_or_create(message=message, defaults={"person": person, "weight": weight, "at": at})
    if bounce_score(person, at=at) < TOO_MANY:
        return None
    return Silence.objects.get_or_create(person=person, defaults={"since": at})[0]


@transaction.atomic
def end_silence(person: Person) -> None:
    """Send letters to `person` again, and forget what came back before."""
    Silence.objects.filter(person=person).delete()
    Bounce.objects.filter(person=person).delete()


@transaction.atomic
def forget_subject(*, process_key: str, number: int) -> None:
    """Empty every mail, in or out, that speaks of an erased contribution; its file goes too.

    A digest tells of several: it is one of them where it names the page of this one, and goes whole.
    """
    page = whole_address(process_key, number)
    about = Q(number=number) | Q(number__isnull=True, text__contains=page)
    _forget(OutgoingMessage.objects.filter(about, process_key=process_key))
    for raw in RawMessage.objects.filter(process_key=process_key, number=number):
        raw.data, raw.message_id, raw.sha256 = b"", "", f"erased-{raw.pk}"
        raw.save(update_fields=["data", "message_id", "sha256"])


@transaction.atomic
def forget_unnumbered(*, process_key: str, address: str, until: datetime) -> None:
    """Empty what `address` wrote to an address of ours until then (UTC), and our answers, where they have no number.

    For drafts that became something with a number, which is erased.
    """
    letters = OutgoingMessage.objects.filter(
        process_key=process_key, to=address, number=None, created_at__lte=until
    )
    _forget(letters)
    mails = RawMessage.objects.filter(process_key=process_key, number=None, received_at__lte=until)
    _forget_raw(mails, address)


@transaction.atomic
def forget_exchange(*, process_key: str, address: str, page: str, received_at: Collection[datetime]) -> None:
    """Empty the letters to `address` that name `page`, and the mails from there that came at these times (UTC).

    For what somebody did by mail that has no number, such as a ballot, and whose words they have erased.
    """
    letters = OutgoingMessage.objects.filter(process_key=process_key, to=address, text__contains=page)
    _forget(letters)
    mails = RawMessage.objects.filter(process_key=process_key, number=None, received_at__in=received_at)
    _forget_raw(mails, address)


def _forget(letters: QuerySet[OutgoingMessage]) -> None:
    """Empty letters, with the files in which they lie."""
    for written in letters:
        path = file_of(written)
        if path is not None:
            path.unlink(missing_ok=True)
    letters.update(subject="", text="", headers={})


def _forget_raw(mails: Iterable[RawMessage], address: str) -> None:
    """Empty those mails that name `address`."""
    for raw in mails:
        if address.encode() in bytes(raw.data).lower():
            raw.data, raw.message_id, raw.sha256 = b"", "", f"erased-{raw.pk}"
            raw.save(update_fields=["data", "message_id", "sha256"])
