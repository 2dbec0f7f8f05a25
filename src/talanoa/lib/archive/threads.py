"""Which messages hang together, after Jamie Zawinski's algorithm (https://www.jwz.org/doc/threading.html), in batches.

All identifiers that a message names, and its own, belong to one thread; also those of messages that are not here.
What it answers is the nearest named message that is here. Where a message names nobody but says `Re:`, it joins the
newest thread with its subject of the last MERGE_DAYS days: the original joins all such, whatever lies between.
A thread is called by the number of its first message.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from talanoa.lib.messageids import nearest_first
from talanoa.lib.subjects import base, is_answer

MERGE_DAYS = 60


def key_of(name: str) -> int:
    """Return 63 bits for an identifier or a subject, so that a million of them fit into little memory."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest()) >> 1


@dataclass(slots=True)
class Named:
    """An identifier that was named: the thread that it belongs to, and the number of its message, if that is here."""

    thread: int
    number: int | None = None


@dataclass(frozen=True)
class Letter:
    """What of a message matters for threads: numbers grow; `sent_at` is aware."""

    number: int
    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    subject: str
    sent_at: datetime | None

    @cached_property
    def names(self) -> list[int]:
        """The keys of what it names, nearest first, without its own."""
        found = nearest_first(self.in_reply_to, self.references)
        return [key_of(name) for name in found if name != self.message_id]

    @cached_property
    def own(self) -> int | None:
        """The key of its own identifier, None where it has none."""
        return key_of(self.message_id) if self.message_id else None

    @cached_property
    def subject_key(self) -> int | None:
        """The key of its subject without marks, None where nothing is left of it."""
        bare = base(self.subject)
        return key_of(f"subject:{bare}") if bare else None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message belongs: its thread, the message it answers, and the nearest named one that is not here yet."""

    number: int
    thread: int
    parent: int | None
    awaits: int | None


@dataclass(slots=True)
class Threads:
    """The threads of one batch over what is known of it: `named` by key, `subjects` by key: (thread, newest time)."""

    named: dict[int, Named]
    subjects: dict[int, tuple[int, datetime]]
    _leads_to: dict[int, int] = field(default_factory=dict)
    _came: dict[int, int] = field(default_factory=dict)

    def add(self, letters: Iterable[Letter]) -> list[Place]:
        """Place the letters in their order; call it once. The threads it gives are final for this batch."""
        placed = [self._placed(letter) for letter in letters]
        return [Place(p.number, self.thread(p.thread), p.parent, p.awaits) for p in placed]

    def thread(self, number: int) -> int:
        """Return the thread that `number` has become part of; itself where it stands alone."""
        while number in self._leads_to:
            number = self._leads_to[number]
        return number

    def merged(self) -> Mapping[int, int]:
        """Return the threads that became part of others: by their number, the number of what they are now."""
        return {number: self.thread(number) for number in self._leads_to}

    def arrived(self) -> Mapping[int, int]:
        """Return the numbers of messages that had been named before they came, by key: others await them."""
        return self._came

    def _placed(self, letter: Letter) -> Place:
        own, names = letter.own, letter.names
        known = [self.named[key] for key in ([own] if own else []) + names if key in self.named]
        threads = {self.thread(one.thread) for one in known} or self._by_subject(letter)
        thread = min(threads | {letter.number})
        for other in (threads | {letter.number}) - {thread}:
            self._leads_to[other] = thread
        here = [key for key in names if key in self.named and self.named[key].number is not None]
        parent = self.named[here[0]].number if here else None
        if own and (own not in self.named or self.named[own].number is None):
            if own in self.named:
                self._came[own] = letter.number
            self.named[own] = Named(thread, letter.number)
        for key in names:
            self.named.setdefault(key, Named(thread))
        self._note_subject(letter, thread)
        awaits = names[0] if names and self.named[names[0]].number is None else None
        return Place(letter.number, thread, parent, awaits)

    def _by_subject(self, letter: Letter) -> set[int]:
        if letter.in_reply_to or letter.references or letter.sent_at is None or not is_answer(letter.subject):
            return set()
        found = self.subjects.get(letter.subject_key or -1)
        if found is None or abs(letter.sent_at - found[1]) > timedelta(days=MERGE_DAYS):
            return set()
        return {self.thread(found[0])}

    def _note_subject(self, letter: Letter, thread: int) -> None:
        key = letter.subject_key
        if key is None or letter.sent_at is None:
            return
        known = self.subjects.get(key)
        if known is None or known[1] <= letter.sent_at:
            self.subjects[key] = (thread, letter.sent_at)
