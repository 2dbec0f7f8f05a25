"""Questions about the place: what its charter declares, by which defaults it works, what is decided, what is new."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Max

from talanoa.documents.queries import recommendations
from talanoa.lib.declared import Funder, Seat, funder, seat
from talanoa.lib.processkeys import PLACE
from talanoa.lib.standing_days import stated
from talanoa.people.models import Group
from talanoa.place.models import NewsVersion
from talanoa.processes.models import (
    FOUNDING,
    CharterVersion,
    Default,
    DefaultChange,
    Process,
)
from talanoa.processes.queries import published_charter
from talanoa.reports.models import RecommendationAnswer, Report

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class Declared:
    """What the newest public charter of the place declares. What it does not say is empty."""

    charter: CharterVersion
    runs: str
    payer: str
    funders: tuple[Funder, ...]
    seats: tuple[tuple[str, Seat], ...]
    defaults: str
    handover: str


def the_place() -> Process | None:
    """Return the process about the place itself; None before `talanoa init`."""
    return Process.objects.filter(key=PLACE).first()


def declared() -> Declared | None:
    """Return what the charter of the place declares; None where none is public."""
    place = the_place()
    charter = published_charter(place) if place else None
    if charter is None:
        return None
    facts, groups = charter.facts, dict(Group.choices)
    seats = _read(facts.get("seats", []), seat)
    return Declared(
        charter=charter,
        runs=facts["runs"],
        payer=facts["payer"],
        funders=_read(facts.get("funders", []), funder),
        seats=tuple((str(groups.get(row.group, row.group)), row) for row in seats),
        defaults=facts.get("defaults", ""),
        handover=facts.get("handover", ""),
    )


def _read(lines: list[str], read: Callable[[str], Line]) -> tuple[Line, ...]:
    return tuple(read(line) for line in lines)


@dataclass(frozen=True, slots=True)
class Standing:
    """A default that holds now: its days, those of the founding, and the newest change of it, if there is one."""

    default: Default
    days: int
    founding: int
    change: DefaultChange | None


def standing_defaults(at: datetime) -> list[Standing]:
    """Return every default as it holds at `at` (aware, UTC)."""
    rows = DefaultChange.objects.filter(since__lte=at).select_related("process").order_by("version")
    newest = {row.name: row for row in rows}
    return [
        Standing(
            default=default,
            days=newest[default].days if default in newest else FOUNDING[default],
            founding=FOUNDING[default],
            change=newest.get(default),
        )
        for default in Default
    ]


def default_changes() -> list[DefaultChange]:
    """Return all changes of defaults, the newest first."""
    return list(DefaultChange.objects.select_related("process").order_by("-version"))


def decided_days(process: Process, recommendation: int) -> dict[str, int]:
    """Return the days for each default that an accepted recommendation of `process` states; empty where none is."""
    report = Report.objects.filter(process=process, decided_at__isnull=False).first()
    if report is None or report.sealed_revision is None:
        return {}
    accepted = report.decisions.filter(number=recommendation, answer=RecommendationAnswer.Answer.ACCEPTED)
    if not accepted.exists():
        return {}
    rows = recommendations(report.sealed_revision)
    return stated(next((row.text for row in rows if row.number == recommendation), ""))


def is_overtaken(process: Process, default: str) -> bool:
    """Tell whether a decision about `default` that is as new as that of `process` was carried out already."""
    decided = Report.objects.values_list("decided_at", flat=True).get(process=process)
    later = Report.objects.filter(decided_at__gte=decided).values("process")
    return DefaultChange.objects.filter(name=default, process__in=later).exists()


def newest_news() -> list[NewsVersion]:
    """Return all news in their newest version, what was published last first; `first_at` is when it was published."""
    versions: dict[int, NewsVersion] = {}
    for row in NewsVersion.objects.order_by("number", "version"):
        row.first_at = versions[row.number].first_at if row.number in versions else row.said_at
        versions[row.number] = row
    return sorted(versions.values(), key=lambda row: -row.number)


def versions_of(number: int) -> list[NewsVersion]:
    """Return every version of the news with this number, the newest first; empty where there is none."""
    return list(NewsVersion.objects.filter(number=number).order_by("-version"))


def next_number() -> int:
    """Return the number of the next news."""
    return (NewsVersion.objects.aggregate(last=Max("number"))["last"] or 0) + 1
