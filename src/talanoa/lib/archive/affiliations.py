"""For whom people write and to which stakeholder group they belong, by tables that the operator has.

Two files, in the form that BigBang publishes them: domains (domain, category) and organizations (name,
stakeholdergroup, nationality, email domain names). A third may say it of addresses (email, affiliation, min_date,
max_date). A domain of a mail provider says nothing of anybody. What no table says is unknown, and is counted as that.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from talanoa.lib.concentration import PUBLIC_MAIL
from talanoa.lib.regions import places, region_of

UNKNOWN = "unknown"
DECLARED, TABLE = "declared", "table"
_SAYS_NOTHING = frozenset({"generic", "personal"})
_GROUPS = {
    "academia": "academia",
    "business": "private_sector",
    "civil society": "civil_society",
    "goverment": "government",  # as the published table has it once
    "government": "government",
    "intergovernmental organization": "intergovernmental",
    "private sector": "private_sector",
    "technical community": "technical_community",
}
_SEPARATED = re.compile(r"[,;\s]+")


@dataclass(frozen=True, slots=True)
class Organization:
    """An organization by a table: its stakeholder group and its region, "" where the table says none."""

    name: str
    group: str = ""
    region: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """What a table says of one address: for whom, from when to when (UTC; None: not said)."""

    organization: str
    valid_from: datetime | None
    valid_to: datetime | None
    source: str

    def holds(self, at: datetime) -> bool:
        """Tell whether it says so of the instant `at`."""
        return (self.valid_from is None or self.valid_from <= at) and (
            self.valid_to is None or at <= self.valid_to
        )


@dataclass(slots=True)
class Directory:
    """What the tables say; empty without any."""

    organizations: dict[str, Organization] = field(default_factory=dict)
    domains: dict[str, Organization] = field(default_factory=dict)
    silent: set[str] = field(default_factory=lambda: set(PUBLIC_MAIL))
    dated: dict[str, list[Dated]] = field(default_factory=dict)

    def of_address(self, address: str) -> Organization | None:
        """Return the organization of an address by its domain, or the nearest domain above it."""
        domain = address.partition("@")[2]
        while "." in domain:
            if domain in self.silent:
                return None
            if found := self.domains.get(domain):
                return found
            domain = domain.partition(".")[2]
        return None

    def of_name(self, name: str) -> Organization | None:
        """Return the organization with this name, in any letter case."""
        return self.organizations.get(name.casefold())


def directory(
    *, domains: Path | None = None, organizations: Path | None = None, people: Path | None = None
) -> Directory:
    """Return what the files say. Raises OSError, UnicodeDecodeError; KeyError for a column that is missing."""
    made = Directory()
    if organizations:
        for row in _rows(organizations):
            _take(made, row, organizations.name)
    if domains:
        made.silent |= {
            row["domain"].strip().lower()
            for row in _rows(domains)
            if row["category"].strip() in _SAYS_NOTHING
        } - set(made.domains)
    if people:
        for row in _rows(people):
            said = Dated(
                row["affiliation"].strip(), _day(row["min_date"]), _day(row["max_date"]), people.name
            )
            made.dated.setdefault(row["email"].strip().lower(), []).append(said)
    return made


def _take(made: Directory, row: dict[str, str], source: str) -> None:
    name = row["name"].strip()
    group = _GROUPS.get(" ".join(row["stakeholdergroup"].casefold().split()), "")
    organization = Organization(name, group, _region(row["nationality"].strip()), source)
    made.organizations.setdefault(name.casefold(), organization)
    for domain in _SEPARATED.split(row["email domain names"].lower()):
        if "." in domain:
            made.domains.setdefault(domain.lstrip("@"), organization)


def _region(country: str) -> str:
    named = {place.name.casefold(): code for code, place in places().items()}
    return region_of(named.get(country.casefold(), ""))


def _day(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(value.strip()).replace(tzinfo=UTC)
    except ValueError:
        return None


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            yield {name: value or "" for name, value in row.items() if isinstance(name, str)}
