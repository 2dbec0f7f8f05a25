"""The public log of moderation, read from the record: every act, counts, and how long holds lasted.

No person, no word and no flagger stands in it: only what everybody can read in the entries themselves.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Count

from talanoa.contributions.events import (
    AppealDecided,
    AppealRaised,
    ContributionFlagged,
    ContributionQuarantined,
    ContributionRejected,
    ContributionReleased,
    ContributionWithheld,
)
from talanoa.contributions.models import Appeal, Contribution
from talanoa.processes.models import Process
from talanoa.processes.queries import GROUP_FLOOR
from talanoa.record.models import Entry
from talanoa.record.queries import public_fields

ACTS = {
    ContributionFlagged.kind: "flag",
    ContributionQuarantined.kind: "quarantine",
    ContributionWithheld.kind: "hold",
    ContributionReleased.kind: "release",
    ContributionRejected.kind: "reject",
    AppealRaised.kind: "appeal",
    AppealDecided.kind: "rule",
}
_HOLDS = ("hold", "quarantine")


@dataclass(frozen=True, slots=True)
class LogLine:
    """One act: the hour, what was done to which number, why, in which role, and what became of an appeal to it."""

    hour: str
    act: str
    number: int
    reason: str
    role: str
    outcome: str
    appeal: str
    entry: int
    at: datetime


def log_lines(process: Process, *, at: datetime) -> list[LogLine]:
    """Return every act of moderation in `process`, oldest first; appeals as they stand at `at` (aware, UTC).

    An appeal that is about no number is no matter of moderation: a panel decides it.
    """
    rows = Entry.objects.filter(process_key=process.key, kind__in=ACTS, log__name=process.space.log)
    rows = rows.filter(number__isnull=False)
    appeals = Appeal.objects.filter(contribution__process=process).select_related("entry")
    standing = {appeal.entry_id: appeal.standing(at) for appeal in appeals}
    return [_line(entry, standing.get(entry.pk, "")) for entry in rows.order_by("index")]


def _line(entry: Entry, appeal: str) -> LogLine:
    told = public_fields(entry)
    return LogLine(
        hour=told["t"],
        act=ACTS[entry.kind],
        number=int(told.get("n", 0)),
        reason=str(told.get("reason", "newcomer" if entry.kind == ContributionQuarantined.kind else "")),
        role=str(told["r"]),
        outcome=str(told.get("outcome", "")),
        appeal=appeal,
        entry=entry.index,
        at=entry.at,
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """How often which role did what, for which reasons, and how many authors of each group were kept back.

    Of a group fewer than five are not told: one could tell who they are.
    """

    by_role: list[tuple[str, str, int]]
    by_reason: list[tuple[str, str, int]]
    by_group: dict[str, int]


def counts(process: Process, lines: Iterable[LogLine]) -> Counts:
    """Return the counts over `lines` of `process`."""
    rows = list(lines)
    roles = Counter((line.role, line.act) for line in rows)
    reasons = Counter((line.reason, line.act) for line in rows if line.reason)
    return Counts(_sorted(roles), _sorted(reasons), _by_group(process, rows))


def _sorted(counted: Counter[tuple[str, str]]) -> list[tuple[str, str, int]]:
    return [(first, second, n) for (first, second), n in sorted(counted.items())]


def _by_group(process: Process, lines: list[LogLine]) -> dict[str, int]:
    """Return how many contributions of each group were held or rejected by people, where five or more were."""
    numbers = {line.number for line in lines if line.act in ("hold", "reject")}
    rows = Contribution.objects.filter(process=process, number__in=numbers)
    found = rows.values_list("authorship__group").annotate(n=Count("pk")).order_by()
    return {group: n for group, n in found if n >= GROUP_FLOOR}


@dataclass(frozen=True, slots=True)
class Holds:
    """How many holds there are now, how many are over, and how long those lasted."""

    running: int
    over: int
    median: timedelta | None
    longest: timedelta | None


def holds(lines: Iterable[LogLine]) -> Holds:
    """Return how long holds lasted, from the first hold to the release or rejection that ended it."""
    begun: dict[int, datetime] = {}
    lasted = list(_lasted(lines, begun))
    if not lasted:
        return Holds(len(begun), 0, None, None)
    half = timedelta(seconds=median(span.total_seconds() for span in lasted))
    return Holds(len(begun), len(lasted), half, max(lasted))


def _lasted(lines: Iterable[LogLine], begun: dict[int, datetime]) -> Iterator[timedelta]:
    """Yield the length of each hold that is over; `begun` keeps the beginning of those that are not."""
    for line in lines:
        if line.act in _HOLDS:
            begun.setdefault(line.number, line.at)
        elif line.act in ("release", "reject") or line.outcome == Appeal.Outcome.OVERTURNED:
            start = begun.pop(line.number, None)
            if start is not None:
                yield line.at - start
