"""Questions about the discussion: its threads, one thread, what a mail answers."""

from collections.abc import Iterable, Sequence

from django.db.models import Count, Max, Q, QuerySet

from talanoa.contributions.models import Contribution
from talanoa.discussions.models import Message, MessageQuerySet, Summary, Thread
from talanoa.people.models import Person
from talanoa.processes.models import Process


def _rows() -> MessageQuerySet:
    return Message.objects.select_related(
        "contribution__process",
        "contribution__authorship",
        "thread__opening__contribution",
        "parent__contribution",
    )


def by_dedup_key(process: Process, key: str) -> Message | None:
    """Return the message that was received under this key, if any: the same thing sent twice is one message."""
    return _rows().filter(contribution__process=process, contribution__dedup_key=key).first()


def numbered(process: Process, number: int) -> Message | None:
    """Return the message with this number, whatever its state; what a reader may see is checked apart."""
    return _rows().filter(process=process, contribution__number=number).first()


def numbered_in(process: Process, numbers: Iterable[int], person: Person | None) -> dict[int, Message]:
    """Return the messages with these numbers whose words `person` may read, by number."""
    rows = _rows().visible_to(person).filter(process=process, contribution__number__in=list(numbers))
    return {message.contribution.number: message for message in rows}


def called(process: Process, permalink: str) -> Message | None:
    """Return the message with this hash in its address, whatever its state."""
    return _rows().filter(process=process, hash=permalink).first()


def answered(process_key: str, ids: Sequence[str]) -> Message | None:
    """Return the message of the process that a mail answers: the nearest of `ids` that is known here."""
    known = {row.message_id: row for row in _rows().filter(process__key=process_key, message_id__in=ids)}
    return next((known[name] for name in ids if name in known), None)


def is_taken(process: Process, message_id: str) -> bool:
    """Tell whether a message of the process has this identifier already."""
    return Message.objects.filter(process=process, message_id=message_id).exists()


def threads(process: Process) -> QuerySet[Thread]:
    """Return the threads of `process`, the one with the newest message first.

    Each has `n_messages`, `n_people` (authors of what is public) and `last_at`.
    """
    public = Q(messages__contribution__in=Contribution.objects.visible_to(None).filter(process=process))
    rows = Thread.objects.filter(process=process, opening__isnull=False).annotate(
        n_messages=Count("messages", distinct=True),
        n_people=Count("messages__contribution__person", filter=public, distinct=True),
        last_at=Max("messages__contribution__received_at"),
    )
    rows = rows.select_related(
        "opening__contribution__authorship", "opening__contribution__process", "opening__parent"
    )
    return rows.order_by("-last_at", "-pk")


def messages_of(thread: Thread) -> QuerySet[Message]:
    """Return all messages of a thread in the order of their numbers, whatever their state."""
    return _rows().filter(thread=thread).order_by("contribution__number")


def readable(messages: Iterable[Message], person: Person | None) -> set[int]:
    """Return the keys of those whose words `person` may read, in one query."""
    rows = Message.objects.visible_to(person).filter(pk__in=[message.pk for message in messages])
    return set(rows.values_list("pk", flat=True))


def summaries(thread: Thread) -> QuerySet[Summary]:
    """Return all versions of the summary of a thread, newest first."""
    return Summary.objects.filter(thread=thread).order_by("-version")
