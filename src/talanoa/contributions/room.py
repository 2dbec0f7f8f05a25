"""The room of a process: who spoke and whose words were taken up, by stakeholder group, region and country.

Counted is what everybody may read, so that no number tells the group of somebody who wanted to stay unseen; who joined
without speaking is counted from five on. Everybody sees the same figures, the convenor too.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, QuerySet

from talanoa.contributions.models import Answer, Authorship, Contribution, Response
from talanoa.lib.concentration import Concentration, concentrations, mail_domain
from talanoa.lib.declared import WHOLE, Target
from talanoa.lib.intervals import wilson
from talanoa.lib.regions import place_name, region_of
from talanoa.lib.ties import EMPLOYER, FUNDER, holds
from talanoa.people.models import Group
from talanoa.processes.charter import targets
from talanoa.processes.models import FloorFinding, Process, Stage
from talanoa.processes.queries import (
    GROUP_FLOOR,
    invited_by_group,
    invited_by_region,
    people_by_group,
    published_charter,
)

TAKEN_UP = (Response.Status.ACCEPTED, Response.Status.PARTLY_ACCEPTED)
NOWHERE = "untold"
"""The code of those who name no country, or one that spans several regions."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One line: a group, a region or a country.

    `people`, who joined, and `invited` are None below five and where they are not counted; `spoke` are persons.
    `low` and `high` are the 95 % interval of its share of all inputs, from 0 to 1.
    """

    code: str
    name: str
    people: int | None
    invited: int | None
    spoke: int
    inputs: int
    taken_up: int
    low: float
    high: float
    target: Target | None = None
    speakers: int = 0

    @property
    def share_low(self) -> int:
        """The lower end of the share in percent."""
        return round(100 * self.low)

    @property
    def share_high(self) -> int:
        """The upper end of the share in percent."""
        return round(100 * self.high)

    @property
    def is_below(self) -> bool:
        """Tell whether fewer of it spoke than its floor."""
        return self.target is not None and self.spoke < self.target.floor

    @property
    def balance(self) -> str:
        """Return how its share of the speakers stands to its target: below, under, within or over; else empty."""
        if self.target is None:
            return ""
        if self.is_below:
            return "below"
        if WHOLE * self.spoke < self.target.low * self.speakers:
            return "under"
        return "over" if WHOLE * self.spoke > self.target.high * self.speakers else "within"


@dataclass(frozen=True, slots=True)
class Board:
    """The room by group, region and country, each with most inputs first, and how many inputs and speakers that are.

    `ties` are the employers and funders that stand behind many of a group; `domains` the same of mail domains, which
    are not named.
    """

    inputs: int
    speakers: int
    groups: tuple[Seat, ...]
    regions: tuple[Seat, ...]
    countries: tuple[Seat, ...]
    parts: tuple[Seat, ...] = ()
    ties: tuple[Concentration, ...] = ()
    domains: tuple[Concentration, ...] = ()

    @property
    def has_invited(self) -> bool:
        """Tell whether of some group or region so many were invited that they are counted."""
        return any(seat.invited is not None for seat in (*self.groups, *self.regions))

    @property
    def below(self) -> list[Seat]:
        """The groups and regions below their floor."""
        return [seat for seat in (*self.groups, *self.regions) if seat.is_below]


@dataclass(slots=True)
class _Count:
    """What is counted of one code."""

    speakers: set[int] = field(default_factory=set)
    inputs: int = 0
    taken_up: int = 0


Counts = dict[str, _Count]


def board(process: Process, *, stage: str = "") -> Board:
    """Return who spoke in `process`, in all of it or in its stage of this kind; eight queries."""
    rows = _rows(process, stage)
    taken = Answer.objects.filter(
        contribution=OuterRef("pk"), sent_at__isnull=False, response__status__in=TAKEN_UP
    )
    told = list(
        rows.annotate(is_taken=Exists(taken))
        .order_by()
        .values_list("person", "authorship__group", "authorship__country", "is_taken", "authorship__subgroup")
    )
    charter = published_charter(process)
    wanted = {one.code: one for one in targets(charter.facts)} if charter else {}
    groups = _counted((group, person, taken) for person, group, _place, taken, _part in told)
    regions = _counted((region_of(place) or NOWHERE, person, taken) for person, _g, place, taken, _p in told)
    countries = _counted((place or NOWHERE, person, taken) for person, _group, place, taken, _part in told)
    parts = _counted((part, person, taken) for person, _group, _place, taken, part in told if part)
    speakers = {(group, person) for person, group, _place, _taken, _part in told}
    return Board(
        len(told),
        len({person for _group, person in speakers}),
        _seats(groups, dict(Group.choices), people_by_group(process), invited_by_group(process), wanted),
        _seats(regions, {}, {}, invited_by_region(process), wanted),
        _seats(countries, {}, {}, {}, {}),
        _seats(parts, {part: part for part in parts}, {}, {}, {}),
        tuple(concentrations(speakers, _ties(rows))),
        tuple(concentrations(speakers, _domains(rows), least=GROUP_FLOOR)),
    )


def _rows(process: Process, stage: str) -> QuerySet[Contribution]:
    rows = Contribution.objects.filter(process=process).counted().visible_to(None)
    return rows.filter(input__stage__kind=stage) if stage in Stage.Kind.values else rows


def _counted(told: Iterable[tuple[str, int, bool]]) -> Counts:
    counts: Counts = {}
    for code, person, is_taken in told:
        one = counts.setdefault(code, _Count())
        one.speakers.add(person)
        one.inputs += 1
        one.taken_up += is_taken
    return counts


def _seats(
    counts: Counts,
    names: Mapping[str, object],
    people: Mapping[str, int],
    invited: Mapping[str, int],
    wanted: Mapping[str, Target],
) -> tuple[Seat, ...]:
    """Return one line for each code that was counted, joined or is wanted, those with most inputs first."""
    whole = sum(one.inputs for one in counts.values())
    speakers = len(set().union(*(one.speakers for one in counts.values())))
    is_wanted = [code for code in wanted if (code in Group.values) == bool(names)]
    lines = [
        Seat(
            code,
            str(names.get(code) or ("" if code == NOWHERE else place_name(code))),
            people.get(code),
            invited.get(code),
            len(one.speakers),
            one.inputs,
            one.taken_up,
            *wilson(one.inputs, whole),
            wanted.get(code),
            speakers,
        )
        for code, one in (dict.fromkeys([*people, *invited, *is_wanted], _Count()) | counts).items()
    ]
    return tuple(sorted(lines, key=lambda line: (-line.inputs, line.name)))


def _named(rows: QuerySet[Contribution]) -> QuerySet[Contribution]:
    return rows.filter(publication=Contribution.Publication.NAMED).order_by()


def _ties(rows: QuerySet[Contribution]) -> Iterator[tuple[str, int, str]]:
    """Return who employs and funds those who spoke with their name, as they said it then."""
    of = {"contribution__in": _named(rows).values("pk")}
    said = Authorship.objects.filter(**of).exclude(organization="")
    yield from said.values_list("group", "contribution__person", "organization")
    for stated in ("interests", "interests_here"):
        tie = f"{stated}__affiliations"
        told = Authorship.objects.filter(**of, **{f"{tie}__kind__in": (EMPLOYER, FUNDER)}).values_list(
            "group",
            "contribution__person",
            f"{tie}__organization",
            f"{tie}__since",
            f"{tie}__until",
            "contribution__received_at",
        )
        for group, person, organization, since, until, at in told:
            if holds(since, until, at.date()):
                yield group, person, organization


def _domains(rows: QuerySet[Contribution]) -> Iterator[tuple[str, int, str]]:
    for group, person, address in _named(rows).values_list("authorship__group", "person", "person__address"):
        if domain := mail_domain(address):
            yield group, person, domain


def gaps(process: Process, *, stage: str) -> list[tuple[str, int, int]]:
    """Return each group and region below its floor in a stage: its code, the floor, and how many spoke."""
    charter = published_charter(process)
    wanted = [one for one in targets(charter.facts) if one.floor] if charter else []
    if not wanted:
        return []
    told = _rows(process, stage).order_by()
    pairs = set(told.values_list("person", "authorship__group", "authorship__country"))
    spoke = Counter(code for _person, code in {(person, group) for person, group, _place in pairs})
    spoke += Counter(
        code for _person, code in {(person, region_of(place)) for person, _group, place in pairs}
    )
    return [(one.code, one.floor, spoke[one.code]) for one in wanted if spoke[one.code] < one.floor]


@dataclass(frozen=True, slots=True)
class Missed:
    """What a call missed when it was over: each group or region by name, how many spoke, how many should have."""

    finding: FloorFinding
    lines: tuple[tuple[str, int, int], ...]


def missed(process: Process) -> list[Missed]:
    """Return what the calls of `process` missed when they were over, the first one first; one query."""
    rows = FloorFinding.objects.filter(stage__process=process).exclude(gaps=[]).select_related("stage")
    return [
        Missed(row, tuple((_called(code), spoke, floor) for code, floor, spoke in row.gaps)) for row in rows
    ]


def _called(code: str) -> str:
    return str(dict(Group.choices).get(code) or place_name(code))
