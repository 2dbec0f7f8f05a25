"""Tables that may leave: other pseudonyms and numbers, days for hours, no words, and no small cells.

What leaves is not anonymous. Whoever holds the public pages can often tell a row by its day and its length; so every
release says so. What is prevented: that two releases are joined by their pseudonyms or numbers, and that a row tells
the group, region, organization, language or way of somebody whom fewer than five share it with (k-anonymity, Sweeney
2002, International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems 10).
"""

import csv
import hashlib
import hmac
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from talanoa.lib.archive.pseudonyms import pseudonyms
from talanoa.lib.archive.tables import Table, write
from talanoa.lib.cells import safe_cell
from talanoa.lib.measures.definitions import LEAST_CELL
from talanoa.lib.measures.process_tables import TABLES
from talanoa.lib.studies.smallcells import WITHHELD, Cell, recoded

PROTECTION = "protection.json"
UNKNOWN = "unknown"
KEPT: Mapping[str, tuple[str, ...]] = {
    "message": ("message", "person", "sent_at", "thread", "parent", "n_attachments"),
    "person": ("person", "stakeholder_group", "group_method", "region", "first_at", "last_at", "n_messages"),
    "affiliation": ("person", "organization", "valid_from", "valid_to", "source"),
    "thread": ("thread", "opening", "opened_at", "last_at", "n_messages"),
    "process": ("process", "title", "state", "opened_at"),
    "contribution": (
        "process",
        "number",
        "kind",
        "person",
        "stakeholder_group",
        "channel",
        "state",
        "received_at",
    ),
    "response": ("process", "number", "status", "change", "responded_at"),
    "decision": ("process", "recommendation", "answer", "decided_at"),
    "event": ("process", "event", "kind", "number", "happened_at", "channel", "role"),
    "stage": ("process", "position", "kind", "opens_at", "closes_at", "opened_at", "closed_at"),
    "standing": ("process", "number", "shown", "language", "interests"),
}
"""The columns that leave; a new one stays until it is named here."""
_NUMBERS = frozenset({"message", "thread", "parent", "opening", "number"})
_OTHERWISE = {
    "change": "yes where the text changed because of it; empty where it did not",
    "organization": "name; where fewer than five persons stand behind it, a pseudonym",
    "stakeholder_group": "code of the group; unknown where nothing says it; withheld where fewer than five share it",
    "region": "region; unknown where nothing says it; withheld where fewer than five of the group share it",
    "event": "number in the order of days",
}
"""What a column says of what leaves, where that is another thing than before."""
Rows = list[dict[str, Any]]


@dataclass(slots=True)
class _Release:
    """What is done to the rows: the pseudonyms and numbers of this release, and what replaces what is rare."""

    key: bytes
    cells: Mapping[Cell, Cell]
    regions: Mapping[str, str]
    names: Mapping[str, str]
    codes: Mapping[str, set[str]]
    numbers: Mapping[int, int]
    pseudonym: Callable[[str], str] = field(init=False)

    def __post_init__(self) -> None:
        self.pseudonym = pseudonyms(self.key)


def protect(source: Path, out: Path, key: bytes) -> dict[str, int]:
    """Write the tables of `source` into `out` as they may leave, as Parquet and as CSV; return what was withheld.

    `key`, at least 16 octets, is that of this release alone: who throws it away cannot tell rows of two releases.
    """
    rows = {table.name: _read(source / f"{table.name}.parquet") for table in TABLES}
    made = _prepared(rows, key)
    out.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        if (source / f"{table.name}.parquet").exists():
            _write(leaving(table), [_changed(made, table.name, row) for row in rows[table.name]], out)
    told = {
        "least": LEAST_CELL,
        "persons": len(rows["person"]),
        "cells_withheld": sum(old != new for old, new in made.cells.items()),
        "organizations_renamed": len(made.names),
        "codes_withheld": sum(map(len, made.codes.values())),
    }
    (out / PROTECTION).write_text(f"{json.dumps(told, indent=1)}\n", encoding="utf-8")
    return told


def leaving(table: Table) -> Table:
    """Return the table as it leaves."""
    columns = KEPT[table.name]
    kinds = {name: table.columns[name] for name in columns}
    days = {name: " (day)" if kind == "TIMESTAMP" else "" for name, kind in kinds.items()}
    meanings = {name: _OTHERWISE.get(name, table.meanings[name]) + days[name] for name in columns}
    return Table(table.name, kinds, meanings)


def _read(path: Path) -> Rows:
    if not path.exists():
        return []
    found = duckdb.read_parquet(str(path))
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def _prepared(rows: Mapping[str, Rows], key: bytes) -> _Release:
    regions = {row["person"]: row["region"] for row in rows["person"]}
    people: dict[Cell, set[str]] = defaultdict(set)
    for row in rows["person"]:
        people[row["stakeholder_group"], row["region"]].add(row["person"])
    authors: dict[Cell, set[str]] = defaultdict(set)
    for row in rows["contribution"]:
        if row["person"]:
            cell = row["stakeholder_group"] or UNKNOWN, regions.get(row["person"], UNKNOWN)
            authors[cell].add(row["person"])
    organizations = _behind((row["organization"], row["person"]) for row in rows["affiliation"])
    new_name = pseudonyms(key)
    renamed = {
        name: f"organization {new_name(name)[:8]}" for name, who in organizations.items() if _is_small(who)
    }
    return _Release(key, recoded(people, authors), regions, renamed, _rare(rows), _numbers(rows, key))


def _rare(rows: Mapping[str, Rows]) -> dict[str, set[str]]:
    """Return the values of channel, language and interests that fewer than five persons have."""
    authors = {(row["process"], row["number"]): row["person"] for row in rows["contribution"]}
    channels = _behind((row["channel"], row["person"]) for row in rows["contribution"])
    found = {"channel": channels}
    for name in ("language", "interests"):
        told = ((row[name], authors.get((row["process"], row["number"]))) for row in rows["standing"])
        found[name] = _behind(told)
    return {name: {value for value, who in told.items() if _is_small(who)} for name, told in found.items()}


def _behind(pairs: Iterable[tuple[str, str | None]]) -> dict[str, set[str]]:
    """Return which persons stand behind each value; an empty value tells nothing."""
    found: dict[str, set[str]] = defaultdict(set)
    for value, person in pairs:
        if value and person:
            found[value].add(person)
    return found


def _is_small(who: set[str]) -> bool:
    return len(who) < LEAST_CELL


def _numbers(rows: Mapping[str, Rows], key: bytes) -> dict[int, int]:
    """Return new numbers for all messages and contributions, in an order that only the key tells."""
    found = {
        row[name]
        for table in rows.values()
        for row in table
        for name in _NUMBERS & row.keys()
        if row[name] is not None
    }
    order = sorted(found, key=lambda number: hmac.digest(key, b"number %d" % number, hashlib.sha256))
    return {number: place for place, number in enumerate(order, start=1)}


def _changed(made: _Release, table: str, row: Mapping[str, Any]) -> list[Any]:
    """Return a row as it leaves."""
    kept = {name: _value(made, name, row[name]) for name in KEPT[table]}
    if table == "person":
        cell = row["stakeholder_group"], row["region"]
        kept["stakeholder_group"], kept["region"] = made.cells.get(cell, (WITHHELD, WITHHELD))
    if table == "contribution":
        kept["stakeholder_group"] = _group(made, row)
    if table in ("contribution", "standing"):
        kept |= {name: WITHHELD for name in made.codes.keys() & kept.keys() if kept[name] in made.codes[name]}
    return list(kept.values())


def _group(made: _Release, row: Mapping[str, Any]) -> str:
    """Return the group of a contribution; who is not named shares that of nobody in particular."""
    group = row["stakeholder_group"] or UNKNOWN
    region = made.regions.get(row["person"], UNKNOWN)
    if row["person"] is None:
        shown = {new for (old, _region), (new, _other) in made.cells.items() if old == group}
        return group if group == UNKNOWN or shown == {group} else WITHHELD
    return made.cells[group, region][0]


def _value(made: _Release, name: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return value.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=UTC)
    if name == "person":
        return made.pseudonym(value) if value else None
    if name in _NUMBERS:
        return None if value is None else made.numbers[value]
    if name == "organization":
        return made.names.get(value, value)
    if name == "change":
        return "yes" if value else ""
    return value


def _write(table: Table, rows: list[list[Any]], out: Path) -> None:
    rows.sort(key=_order)
    if table.name == "event":
        place, days = (list(table.columns).index(name) for name in ("event", "happened_at"))
        rows.sort(key=lambda row: (row[days], _order([row[2], row[3]])))
        for number, row in enumerate(rows, start=1):
            row[place] = number
    write(table, rows, out / f"{table.name}.parquet")
    with (out / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.columns)
        writer.writerows([_cell(value) for value in row] for row in rows)


def _order(row: Sequence[Any]) -> list[tuple[bool, Any]]:
    return [(value is not None, value) for value in row]


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    return safe_cell(value) if isinstance(value, str) else value
