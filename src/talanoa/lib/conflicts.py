"""Conflicts of interest between somebody who judges and those who apply, each with its reason.

All that is known of a person counts, confirmed or not: a second address that nobody has proved still shows where
somebody works. A wrong match costs one assignment, a missed one the fairness of the call; so what is doubtful is a
conflict, and its reason says what it rests on. Sources: reference: research, section 6 (list of sources of
conflicts).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from talanoa.lib.aliases import fold
from talanoa.lib.concentration import PUBLIC_MAIL, mail_domain
from talanoa.lib.ties import EMPLOYER, MANDATE, Tie

OWN, DECLARED, ORGANIZATION = "own", "declared", "organization"
CO_APPLICANT, CO_AUTHOR, DOMAIN = "co_applicant", "co_author", "domain"
SOURCES = (OWN, DECLARED, ORGANIZATION, CO_APPLICANT, CO_AUTHOR, DOMAIN)
YEARS = 3
"""For so many years something done together, or at the same place, stays a conflict."""
_BINDING = (EMPLOYER, MANDATE)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one person: addresses, names, ORCID iDs, ties; `declared` are keys that they named, and why."""

    key: int
    addresses: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    orcids: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = ()
    declared: Mapping[int, str] = field(default_factory=dict)

    def is_same(self, other: "Known") -> bool:
        """Tell whether both are one person: the same key, an address or an ORCID iD in common."""
        mine, theirs = ({a.casefold() for a in one.addresses} for one in (self, other))
        return self.key == other.key or bool(mine & theirs) or bool(set(self.orcids) & set(other.orcids))


@dataclass(frozen=True, slots=True)
class Work:
    """Something done together: its title, its day, and who did it, as names, addresses or ORCID iDs."""

    title: str
    day: date
    by: tuple[str, ...]
    is_application: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why somebody may not judge: its source (of SOURCES), with whom, and what it rests on, in words."""

    source: str
    applicant: int
    detail: str


def conflicts(
    judge: Known,
    applicants: Sequence[Known],
    works: Iterable[Work] = (),
    *,
    on: date,
    years: int = YEARS,
    until: date | None = None,
) -> tuple[Conflict, ...]:
    """Return every conflict of `judge` with one of `applicants` on the day `on`, in the order of SOURCES.

    What binds them counts from `years` before `on`; where `until` is given, also what began after `on`, until then.
    """
    span = (since(on, years), until or on)
    done = [work for work in works if span[0] <= work.day <= span[1]]
    found = [
        Conflict(source, one.key, detail)
        for one in applicants
        for source, detail in _between(judge, one, done, span)
    ]
    return tuple(sorted(found, key=lambda one: (SOURCES.index(one.source), one.applicant, one.detail)))


def since(on: date, years: int) -> date:
    """Return the day `years` before `on`; the 29th of February becomes the 28th."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)


def _between(
    judge: Known, other: Known, works: Iterable[Work], span: tuple[date, date]
) -> Iterable[tuple[str, str]]:
    if judge.is_same(other):
        yield OWN, "the same person"
        return
    for one, whom in ((judge, other), (other, judge)):
        if whom.key in one.declared:
            yield DECLARED, one.declared[whom.key]
    for name in _shared_organizations(judge, other, span):
        yield ORGANIZATION, name
    for work in works:
        if _is_among(judge, work) and _is_among(other, work):
            yield CO_APPLICANT if work.is_application else CO_AUTHOR, f"{work.title} ({work.day.year})"
    for domain in _shared_domains(judge, other):
        yield DOMAIN, domain


def _shared_organizations(judge: Known, other: Known, span: tuple[date, date]) -> list[str]:
    """Return the organizations for which both worked or spoke at one time between two days."""
    found: dict[str, str] = {}
    for mine in judge.ties:
        for theirs in other.ties:
            if _is_met(mine, theirs, span):
                found.setdefault(fold(mine.organization), mine.organization)
    return sorted(found.values())


def _is_met(mine: Tie, theirs: Tie, span: tuple[date, date]) -> bool:
    """Tell whether two ties bind to one organization, and their times meet between two days."""
    if not {mine.kind, theirs.kind} <= set(_BINDING) or fold(mine.organization) != fold(theirs.organization):
        return False
    begin = max(_first(mine.since), _first(theirs.since), span[0].isoformat())
    return begin <= min(_last(mine.until), _last(theirs.until), span[1].isoformat())


def _first(time: str) -> str:
    """Return the first day that a year, a month or a day means; an open beginning lies before everything."""
    return f"{time}-01-01"[:10] if len(time) <= len("2026") else f"{time}-01"[:10]


def _last(time: str) -> str:
    """Return a day not before the last one that a year, a month or a day means; an open end lies after everything."""
    if not time:
        return "9999"
    return f"{time}-12-31"[:10] if len(time) == len("2026") else f"{time}-31"[:10]


def _is_among(one: Known, work: Work) -> bool:
    by = {fold(name) for name in work.by}
    return any(fold(said) in by for said in (*one.names, *one.addresses, *one.orcids) if fold(said))


def _shared_domains(judge: Known, other: Known) -> list[str]:
    """Return the domains of mail that both use; a part of a domain counts as it."""
    mine = {domain for address in judge.addresses if (domain := own_domain(address))}
    theirs = {domain for address in other.addresses if (domain := own_domain(address))}
    found = {min(one, two, key=len) for one in mine for two in theirs if _is_within(one, two)}
    return sorted(found)


def own_domain(address: str) -> str:
    """Return the domain of an address that tells where somebody belongs; "" for one where anybody gets an address."""
    domain = mail_domain(address.strip()).rstrip(".")
    return "" if any(_is_within(domain, public) for public in PUBLIC_MAIL) else domain


def _is_within(one: str, two: str) -> bool:
    """Tell whether the domains are one, or one lies within the other; a single label such as `org` holds nothing."""
    short, long = sorted((one, two), key=len)
    return short == long or ("." in short and long.endswith(f".{short}"))
