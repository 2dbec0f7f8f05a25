"""Audits of processes beside each other, and what happened to a process since one of its packs was made."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from talanoa.record.models import Entry
from talanoa.studies.models import Publication

GONE = ("redaction.made.1", "contribution.withdrawn.1")
"""Kinds of entries after which a pack holds rows that the pages do not show any more."""
COLUMNS = (
    ("processes_compared", "persons"),
    ("processes_compared", "groups"),
    ("processes_compared", "regions"),
    ("decisions_traced", "inputs"),
    ("decisions_traced", "share_answered"),
    ("decisions_traced", "share_changing"),
    ("review_before_decision", "review_days"),
)
"""The measures, with their columns, by which processes stand beside each other; none is summed with another."""


@dataclass(frozen=True, slots=True)
class Line:
    """An audit with the values of COLUMNS; None where a value is hidden, or did not come to be."""

    publication: Publication
    values: tuple[float | None, ...]

    @property
    def shown(self) -> list[str]:
        """The values as people read them: counts whole, shares in percent, nothing where none is known."""
        return [
            "" if value is None else f"{value:.0%}" if column.startswith("share") else f"{value:,}"
            for value, (_measure, column) in zip(self.values, COLUMNS, strict=True)
        ]


def compared() -> list[Line]:
    """Return the newest standing audit of each process, the newest first."""
    found: dict[int, Line] = {}
    rows = Publication.objects.standing().filter(kind=Publication.Kind.AUDIT).select_related("process")
    for one in rows.defer("pack"):
        if one.process_id and one.process_id not in found:
            found[one.process_id] = Line(one, tuple(_values(one.results)))
    return list(found.values())


def _values(results: dict[str, Any]) -> Iterator[float | None]:
    told = {row["measure"]: row for rows in results.values() for row in rows}
    for measure, column in COLUMNS:
        one = told.get(measure)
        first = one["rows"][0] if one and one["rows"] else None
        yield first[one["columns"].index(column)] if one and first else None


def gone_since(publication: Publication) -> int:
    """Return how many contributions of its process were erased or withdrawn since the pack was made."""
    if publication.entry is None or publication.process is None:
        return 0
    rows = Entry.objects.filter(
        process_key=publication.process.key, kind__in=GONE, log=publication.entry.log_id
    )
    return rows.filter(index__gt=publication.entry.index).count()
