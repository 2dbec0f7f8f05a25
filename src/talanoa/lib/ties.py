"""What ties somebody to organizations, as lines: `employer: Example University; 2019-03; ; https://...`.

After the kind of the tie come the organization, since when, until when, and the evidence; all but the organization may
be left out. Times are as exact as they are known: a year, a month or a day (ISO 8601).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

EMPLOYER, FUNDER, MEMBER, MANDATE = "employer", "funder", "member", "mandate"
KINDS = (EMPLOYER, FUNDER, MEMBER, MANDATE)
_WRITTEN = {
    "employer": EMPLOYER,
    "employed by": EMPLOYER,
    "funder": FUNDER,
    "funded by": FUNDER,
    "member": MEMBER,
    "member of": MEMBER,
    "mandate": MANDATE,
    "speaks for": MANDATE,
}
MOST = 20
ORGANIZATION_LIMIT, EVIDENCE_LIMIT = 200, 500


@dataclass(frozen=True, slots=True)
class Tie:
    """One tie: its kind (of KINDS), the organization, from when to when, and what shows it."""

    kind: str
    organization: str
    since: str = ""
    until: str = ""
    evidence: str = ""

    def holds_on(self, day: date) -> bool:
        """Tell whether it holds on `day`; an open end holds on."""
        return holds(self.since, self.until, day)

    def as_line(self) -> str:
        """Return the line that `tie` reads."""
        parts = f"{self.organization}; {self.since}; {self.until}; {self.evidence}"
        return f"{self.kind}: {parts.rstrip('; ')}"


def holds(since: str, until: str, day: date) -> bool:
    """Tell whether what runs from `since` to `until` holds on `day`, each end with all of its year or month."""
    text = day.isoformat()
    return since <= text[: len(since)] and (not until or text[: len(until)] <= until)


def tie(line: str) -> Tie | None:
    """Read one line; None where it begins with no kind of tie. Raises ValueError for one that cannot be."""
    word, colon, rest = line.partition(":")
    kind = _WRITTEN.get(" ".join(word.casefold().split())) if colon else None
    if kind is None:
        return None
    organization, since, until, evidence = ([part.strip() for part in rest.split(";", 3)] + [""] * 3)[:4]
    return checked(Tie(kind, organization, since, until, evidence))


def checked(made: Tie) -> Tie:
    """Return the tie. Raises ValueError where it names nobody, is no time, ends before it begins, or is too long."""
    if made.kind not in KINDS or not 0 < len(made.organization) <= ORGANIZATION_LIMIT:
        raise ValueError(made.organization)
    if len(made.evidence) > EVIDENCE_LIMIT:
        raise ValueError(made.evidence)
    for value in (made.since, made.until):
        if value and not _is_time(value):
            raise ValueError(value)
    shorter = min(len(made.since), len(made.until))
    if made.until[:shorter] < made.since[:shorter]:
        raise ValueError(made.until)
    return made


def _is_time(value: str) -> bool:
    """Tell whether `value` is a year, a month or a day of the calendar."""
    whole = {4: f"{value}-01-01", 7: f"{value}-01", 10: value}.get(len(value), "")
    try:
        return bool(whole) and value.isascii() and date.fromisoformat(whole).year > 0
    except ValueError:
        return False


def read(lines: Iterable[str]) -> tuple[tuple[Tie, ...], str]:
    """Return the ties that lines name, and the other lines as text. Raises ValueError: a line that cannot be."""
    ties, words = [], []
    for line in lines:
        found = tie(line)
        if found is None:
            words.append(line)
        else:
            ties.append(found)
    return tuple(ties), "\n".join(words).strip()
