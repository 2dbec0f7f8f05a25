"""The record through Django: appends, actions with their receipt, proofs and the audit, on the database at hand.

The peer is the same database committing one empty row through the same connection.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter

from django.db import connection, transaction

from benchmarks.figures import Figure, at_least, at_most, in_turn, pace, rate, ratio, seconds, shown
from benchmarks.installation import OPENED, TEXT, add_entries, add_inputs, add_people, open_one, plain
from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.models import Assurance, Contribution
from talanoa.contributions.receipts import receipt_text
from talanoa.inputs.actions.receiving import Words, receive_input
from talanoa.inputs.models import Input
from talanoa.lib import receipts
from talanoa.lib.notes import Verifier
from talanoa.processes.models import Participant, Process, Stage
from talanoa.record.actions import append
from talanoa.record.auditing import audit
from talanoa.record.events import ContentErased
from talanoa.record.models import Entry, Log
from talanoa.record.queries import proof_of

ACTIONS = {"sqlite": 50, "postgresql": 50}
SENT = OPENED + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    rounds: int = 5
    appends: int = 60
    actions: int = 40
    inputs: int = 5_000
    entries: int = 1_000_000 if os.environ.get("TALANOA_NIGHTLY") else 100_000
    proofs: int = 200


TINY = Size(rounds=1, appends=3, actions=2, inputs=7, entries=60, proofs=3)
STEP = 100_000


def figures(size: Size, _folder: Path) -> Iterator[Figure]:
    """Yield the figures of the record on this database, small and then with many entries."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE blank (id integer)")
    acting = Acting(open_one())
    yield acting.commits(size)
    yield from acting.receipted(size)
    while (missing := size.entries - size.inputs - Log.objects.get().size) > 0:
        add_entries(plain(min(missing, STEP)), process="nm")
    yield audited("audit without values")
    add_inputs(acting.process, size.inputs)
    yield audited("audit, values opened")
    yield acting.commits(size)
    yield from acting.receipted(size)
    yield from proofs(size)


@dataclass(slots=True)
class Acting:
    """People who send inputs, each their own."""

    process: Process
    number: Iterator[int] = field(default_factory=count)

    def commits(self, size: Size) -> Figure:
        """Measure appends beside empty commits."""
        ours, theirs = in_turn(
            size.rounds,
            lambda span: rate(self.append, span),
            lambda span: rate(blank, span),
            size=size.appends,
        )
        told = f"{ratio(ours, theirs):.0%} of {median(theirs):,.0f}/s empty commits"
        return Figure(f"append at {held()}", f"{median(ours):,.0f}/s", against=told)

    def append(self, number: int) -> None:
        """Append one entry that commits to nothing, durably."""
        event = ContentErased(entry=number, ground="author_request", fields="-", appeal_until="2026-12-24")
        with transaction.atomic():
            append(event, at=SENT, channel="web", role="convenor", process="nm", number=1)

    def receipted(self, size: Size) -> Iterator[Figure]:
        """Yield how many inputs a second get their number, entry and receipt; and the receipt's size."""
        call = self.process.stages.get(kind=Stage.Kind.INPUT)
        texts: list[str] = []
        paces = []
        for _round in range(size.rounds):
            people = add_people(self.process, size.actions)
            paces.append(pace(lambda by: texts.append(receipt_text(self.send(call, by))), people))
        checked(texts[-1])
        told = f"{shown(median(each.processor for each in paces))} ms of processor each"
        reached = median(each.rate for each in paces)
        yield at_least(ACTIONS[connection.vendor], f"action with receipt at {held()}", reached, against=told)
        first = Contribution.objects.order_by("number")[0]
        again = f"{len(receipt_text(first).encode()):,} B when asked for again later"
        largest = max(len(text.encode()) for text in texts)
        yield at_most(2000, f"receipt given at {held()}", largest, " B", again)

    def send(self, call: Stage, by: Participant) -> Contribution:
        """Send one input."""
        number = next(self.number)
        made: Input = receive_input(
            call,
            by=by,
            author=author_of(by.person, assurance=Assurance.PROVEN),
            words=Words(title=f"Pay the trainers ({number})", text=TEXT),
            publication=Contribution.Publication.NAMED,
            dedup_key=f"sent-{number}",
            channel="web",
            at=SENT,
        )
        return made.contribution


def held() -> str:
    """Return how many entries the record has."""
    return f"{Log.objects.get().size:,} entries"


def blank(_number: int) -> None:
    """Commit an empty row through Django's own connection."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO blank VALUES (NULL)")


def checked(text: str) -> None:
    """Refuse to go on with a receipt that does not hold."""
    verdict = receipts.check(receipts.parse(text), [Verifier.parse(Log.objects.get().vkey)])
    if verdict.code != receipts.OK:
        raise AssertionError(verdict.message)


def proofs(size: Size) -> Iterator[Figure]:
    """Yield what an inclusion proof costs here, its queries included."""
    total = Log.objects.get().size
    asked = [at * total // size.proofs for at in range(size.proofs)]
    entries: Sequence[Entry] = list(Entry.objects.filter(index__in=asked).select_related("log"))
    each = [1000 * seconds(partial(proof_of, entry)) for entry in entries]
    yield at_most(1, f"inclusion proof at {held()}", median(each), " ms")


def audited(what: str) -> Figure:
    """Audit everything, and say what a million such entries would take."""
    begun = perf_counter()
    found = audit(Log.objects.get())
    took = perf_counter() - begun
    if not found.holds:
        raise AssertionError(found.wrong[:3])
    told = f"{shown(took)} s for {found.entries:,} entries, {found.values:,} values opened"
    return at_most(10, f"{what}, per million entries", took * 1_000_000 / found.entries, " s", told)
