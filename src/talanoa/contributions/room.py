"""The room of a process: who spoke and whose words were taken up, by stakeholder group, region and country.

Counted is what everybody may read, so that no number tells the group of somebody who wanted to stay unseen; people are
counted from five on. Everybody sees the same figures, the convenor too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from talanoa.contributions.models import Answer, Contribution, Response
from talanoa.lib.intervals import wilson
from talanoa.lib.regions import place_name, region_of
from talanoa.people.models import Group
from talanoa.processes.models import Process, Stage
from talanoa.processes.queries import people_by_group

TAKEN_UP = (Response.Status.ACCEPTED, Response.Status.PARTLY_ACCEPTED)
NOWHERE = "untold"
"""The code of those who name no country, or one that spans several regions."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One line: a group, a region or a country. `people` is None below five and where people are not counted.

    `low` and `high` are the 95 % interval of its share of all inputs, from 0 to 1.
    """

    code: str
    name: str
    people: int | None
    inputs: int
    taken_up: int
    low: float
    high: float

    @property
    def share_low(self) -> int:
        """The lower end of the share in percent."""
        return round(100 * self.low)

    @property
    def share_high(self) -> int:
        """The upper end of the share in percent."""
        return round(100 * self.high)


@dataclass(frozen=True, slots=True)
class Board:
    """The room by group, region and country, each with most inputs first, and how many inputs that are."""

    inputs: int
    groups: tuple[Seat, ...]
    regions: tuple[Seat, ...]
    countries: tuple[Seat, ...]


def board(process: Process, *, stage: str = "") -> Board:
    """Return who spoke in `process`, in all of it or in its stage of this kind; two queries."""
    taken = Answer.objects.filter(
        contribution=OuterRef("pk"), sent_at__isnull=False, response__status__in=TAKEN_UP
    )
    rows = Contribution.objects.filter(process=process).counted().visible_to(None)
    if stage in Stage.Kind.values:
        rows = rows.filter(input__stage__kind=stage)
    told = (
        rows.annotate(is_taken=Exists(taken))
        .values_list("authorship__group", "authorship__country")
        .order_by()
    )
    counted = list(told.annotate(n=Count("pk"), n_taken=Count("pk", filter=Q(is_taken=True))))
    people = people_by_group(process)
    groups = _seats(
        (((group, n, taken) for group, _country, n, taken in counted)), dict(Group.choices), people
    )
    regions = _seats(((_region(country), n, taken) for _group, country, n, taken in counted), {}, {})
    countries = _seats(((country or NOWHERE, n, taken) for _group, country, n, taken in counted), {}, {})
    return Board(sum(row[2] for row in counted), groups, regions, countries)


def _region(country: str) -> str:
    return region_of(country) or NOWHERE


def _seats(
    counted: Iterable[tuple[str, int, int]], names: Mapping[str, object], people: Mapping[str, int]
) -> tuple[Seat, ...]:
    """Return one line for each code of `counted` and of `people`, those with most inputs first."""
    inputs, taken_up = dict.fromkeys(people, 0), dict.fromkeys(people, 0)
    for code, n, n_taken in counted:
        inputs[code] = inputs.get(code, 0) + n
        taken_up[code] = taken_up.get(code, 0) + n_taken
    whole = sum(inputs.values())
    lines = [
        Seat(
            code,
            str(names.get(code) or ("" if code == NOWHERE else place_name(code))),
            people.get(code),
            n,
            taken_up[code],
            *wilson(n, whole),
        )
        for code, n in inputs.items()
    ]
    return tuple(sorted(lines, key=lambda line: (-line.inputs, line.name)))
