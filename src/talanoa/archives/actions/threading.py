"""Part of storing a batch: find the threads of its messages, make one of what turned out to be one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from talanoa.archives.actions.inserting import insert
from talanoa.archives.models import Archive, ArchivedMessage, Identifier, Thread
from talanoa.lib.archive.threads import Letter, Named, Place, Threads

_SUBJECT_LENGTH = 300
_KEPT = ("number", "subject", "subject_key", "opened_at", "last_at", "n_messages")


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the messages of a batch belong, by number; the keys of the rows of their threads, by number."""

    archive: Archive
    places: Mapping[int, Place]
    threads: Mapping[int, int]
    arrived: Mapping[int, int]

    def relink(self) -> None:
        """Let what awaited one of these messages answer it; never in a circle."""
        if not self.arrived:
            return
        rows = ArchivedMessage.objects.filter(archive=self.archive, awaits__in=list(self.arrived))
        for row in rows.only("pk", "number", "awaits", "parent_number", "thread_id"):
            number = self.arrived[row.awaits or 0]
            if not self._answers(number, row):
                row.parent_number = number
            row.awaits = None
            row.save(update_fields=["parent_number", "awaits"])

    def _answers(self, number: int, row: ArchivedMessage) -> bool:
        """Tell whether the message `number` answers `row`, over however many others."""
        rows = ArchivedMessage.objects.filter(thread=row.thread_id).values_list("number", "parent_number")
        parents, seen = dict(rows), set[int]()
        at: int | None = number
        while at is not None and at not in seen:
            if at == row.number:
                return True
            seen.add(at)
            at = parents.get(at)
        return False


def place(archive: Archive, letters: Sequence[Letter]) -> Placed:
    """Place `letters`, save the threads that they make or change, and what leads to these."""
    named = _named(archive, letters)
    before = {key: one.number for key, one in named.items()}
    threads = Threads(named, _subjects(archive, letters))
    places = threads.add(letters)
    merged = {old: now for old, now in threads.merged().items() if old <= archive.last_number}
    keys = _saved(archive, letters, places, merged)
    changed = [key for key, one in threads.named.items() if key not in before or one.number != before[key]]
    insert(
        Identifier,
        ("archive", "key", "thread", "number"),
        rows=[
            (archive.pk, key, keys[threads.thread(threads.named[key].thread)], threads.named[key].number)
            for key in changed
        ],
        unique=("archive", "key"),
    )
    return Placed(archive, {one.number: one for one in places}, keys, threads.arrived())


def _named(archive: Archive, letters: Sequence[Letter]) -> dict[int, Named]:
    keys = {key for letter in letters for key in (*letter.names, letter.own) if key is not None}
    rows = Identifier.objects.filter(archive=archive, key__in=keys)
    return {
        key: Named(thread, number)
        for key, thread, number in rows.values_list("key", "thread__number", "number")
    }


def _subjects(archive: Archive, letters: Sequence[Letter]) -> dict[int, tuple[int, datetime]]:
    keys = {key for letter in letters if (key := letter.subject_key) is not None}
    rows = Thread.objects.filter(archive=archive, subject_key__in=keys, last_at__isnull=False).order_by(
        "last_at"
    )
    told = rows.values_list("subject_key", "number", "last_at")
    return {key: (number, at) for key, number, at in told if key is not None and at is not None}


def _saved(
    archive: Archive, letters: Sequence[Letter], places: Sequence[Place], merged: Mapping[int, int]
) -> dict[int, int]:
    """Return the keys of the threads of the batch by number; they are saved with their counts, merged ones are gone."""
    numbers = {one.thread for one in places} | set(merged) | set(merged.values())
    rows = {row.number: row for row in Thread.objects.filter(archive=archive, number__in=numbers)}
    for letter, where in zip(letters, places, strict=True):
        thread = rows.get(where.thread) or Thread(archive=archive, number=where.thread)
        rows[where.thread] = thread
        if where.thread == letter.number:
            thread.subject, thread.subject_key = letter.subject[:_SUBJECT_LENGTH], letter.subject_key
        _count(thread, 1, letter.sent_at, letter.sent_at)
    gone = {old: rows.pop(old) for old in merged if old in rows}
    for old, thread in gone.items():
        _count(rows[merged[old]], thread.n_messages, thread.opened_at, thread.last_at)
    insert(
        Thread,
        ("archive", *_KEPT),
        rows=[(archive.pk, *(getattr(row, name) for name in _KEPT)) for row in rows.values()],
        unique=("archive", "number"),
    )
    saved = Thread.objects.filter(archive=archive, number__in=list(rows))
    keys = dict(saved.values_list("number", "pk"))
    for old, thread in gone.items():
        ArchivedMessage.objects.filter(thread=thread).update(thread=keys[merged[old]])
        Identifier.objects.filter(thread=thread).update(thread=keys[merged[old]])
        thread.delete()
    return keys


def _count(thread: Thread, n_messages: int, first: datetime | None, last: datetime | None) -> None:
    thread.n_messages += n_messages
    if first and last:
        thread.opened_at = min(thread.opened_at or first, first)
        thread.last_at = max(thread.last_at or last, last)
