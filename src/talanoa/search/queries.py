"""One search over inputs, responses, reports, bodies and archived messages: what `person` may read.

The newest of each kind come first.

The databases keep the indexes (migration 0001); every hit passes the `visible_to` of its kind when it is read.
The order is by time: it costs nothing, is the same on both databases, and nobody can write a text to come first.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.urls import reverse

from talanoa.archives.models import Archive
from talanoa.archives.queries import search as search_archives
from talanoa.contributions.models import Answer, Contribution, Response
from talanoa.inputs.models import Input
from talanoa.lib.excerpts import Piece, excerpt
from talanoa.lib.searchwords import SPACELESS, Query, read
from talanoa.people.models import Person
from talanoa.processes.models import Process
from talanoa.registry.models import Body
from talanoa.reports.models import Report

KINDS = ("body", "report", "response", "input", "archived")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: its kind (of KINDS), title and address, where the words stand; its process or archive."""

    kind: str
    title: str
    address: str
    pieces: tuple[Piece, ...]
    process: str = ""


def search(
    words: str,
    *,
    person: Person | None,
    process: Process | None = None,
    kinds: Iterable[str] = (),
    limit: int,
) -> list[Hit]:
    """Return what answers `words`, of each kind at most `limit`; nothing where nothing is asked for.

    Without `kinds` it looks in all of them; with `process` only in what belongs to it: no body and no archive.
    """
    query = read(words)
    if query.is_empty:
        return []
    asked = set(kinds) or set(KINDS)
    return [hit for kind in KINDS if kind in asked for hit in _FIND[kind](query, person, process, limit)]


def _inputs(query: Query, person: Person | None, process: Process | None, limit: int) -> Iterator[Hit]:
    rows = Input.objects.visible_to(person).filter(pk__in=_found("inputs_input", ("title", "text"), query))
    if process:
        rows = rows.filter(contribution__process=process)
    for row in _newest(rows.select_related("contribution__process"), limit):
        key, number = row.contribution.process.key, row.contribution.number
        address = reverse("inputs:show", args=[key, number])
        yield Hit("input", row.title or f"#{number}", address, _shown(row.text, query), key)


def _responses(query: Query, person: Person | None, process: Process | None, limit: int) -> Iterator[Hit]:
    found = _found("contributions_response", ("text", "change"), query)
    rows = Response.objects.visible_to(person).filter(
        pk__in=found, process__in=Process.objects.visible_to(person)
    )
    if process:
        rows = rows.filter(process=process)
    readable = Contribution.objects.visible_to(person).values("pk")
    reached = Answer.objects.filter(response=OuterRef("pk"), contribution__in=readable).order_by(
        "contribution__number"
    )
    rows = rows.annotate(number=Subquery(reached.values("contribution__number")[:1]))
    for row in _newest(rows.select_related("process", "theme"), limit):
        key, theme = row.process.key, row.theme
        address = (
            reverse("contributions:theme", args=[key, theme.slug])
            if theme
            else reverse("inputs:show", args=[key, row.number])
        )
        title = theme.label if theme else str(row)
        yield Hit("response", title, address, _shown(f"{row.text} {row.change}", query), key)


def _reports(query: Query, person: Person | None, process: Process | None, limit: int) -> Iterator[Hit]:
    found = _found("documents_revision", ("text", "summary"), query)
    rows = Report.objects.visible_to(person).filter(sealed_at__isnull=False, sealed_revision__in=found)
    if process:
        rows = rows.filter(process=process)
    for row in _newest(rows.select_related("process", "document", "sealed_revision"), limit):
        key = row.process.key
        address = reverse("reports:show", args=[key])
        yield Hit("report", str(row), address, _shown(row.sealed_revision.text, query), key)


def _bodies(query: Query, _person: Person | None, process: Process | None, limit: int) -> Iterator[Hit]:
    if process:
        return
    found = _found("registry_body", ("name", "short", "remit"), query)
    for row in _newest(Body.objects.listed().filter(pk__in=found), limit):
        yield Hit("body", str(row), reverse("registry:show", args=[row.key]), _shown(row.remit, query))


def _archived(query: Query, person: Person | None, process: Process | None, limit: int) -> Iterator[Hit]:
    if process:
        return
    archives = list(Archive.objects.visible_to(person).values_list("pk", flat=True))
    for row in search_archives(archives, query, limit=limit):
        address = reverse("archives:show", args=[row.archive.name, row.hash])
        yield Hit(
            "archived", row.subject or f"#{row.number}", address, _shown(row.text, query), row.archive.name
        )


_FIND: dict[str, Callable[[Query, Person | None, Process | None, int], Iterator[Hit]]] = {
    "body": _bodies,
    "report": _reports,
    "response": _responses,
    "input": _inputs,
    "archived": _archived,
}


def _newest(rows: QuerySet[Any], limit: int) -> QuerySet[Any]:
    return rows.order_by("-pk")[:limit]


def _shown(text: str, query: Query) -> tuple[Piece, ...]:
    return excerpt(text, query.words + query.parts)


def _found(table: str, columns: tuple[str, ...], query: Query) -> RawSQL:
    """Return the keys of the rows of `table` that answer; what was typed is only ever a parameter."""
    given: list[str] = []
    if connection.vendor == "sqlite":
        conditions = _sqlite(table, columns, query, given)
    else:
        conditions = _postgresql(columns, query, given)
    return RawSQL(f"SELECT id FROM {table} WHERE {' AND '.join(conditions)}", given)  # noqa: S608, S611 - names of ours


def _sqlite(table: str, columns: tuple[str, ...], query: Query, given: list[str]) -> list[str]:
    conditions = []
    if query.words:
        index = f"search_{table}_words"
        conditions.append(f"id IN (SELECT rowid FROM {index} WHERE {index} MATCH %s)")  # noqa: S608 - names of ours
        given.append(query.for_fts5())
    else:
        for word in query.without:
            index = f"search_{table}_words"
            conditions.append(f"id NOT IN (SELECT rowid FROM {index} WHERE {index} MATCH %s)")  # noqa: S608 - names of ours
            given.append(f'"{word}"')
    likes = " OR ".join(f"{column} LIKE %s" for column in columns)
    for negation, parts in (("", query.parts), ("NOT ", query.without_parts)):
        for part in parts:
            conditions.append(f"id {negation}IN (SELECT rowid FROM search_{table}_parts WHERE {likes})")  # noqa: S608 - names of ours
            given += [f"%{part}%"] * len(columns)
    return conditions


def _postgresql(columns: tuple[str, ...], query: Query, given: list[str]) -> list[str]:
    conditions = []
    if query.words or query.without:
        conditions.append("search_words @@ websearch_to_tsquery('talanoa', %s)")
        given.append(query.for_websearch())
    told = " || ' ' || ".join(columns)
    if query.parts:
        conditions.append(f"({told}) ~ '[{SPACELESS}]'")
    for negation, parts in (("", query.parts), ("NOT ", query.without_parts)):
        for part in parts:
            conditions.append(f"({told}) {negation}ILIKE %s")
            given.append(f"%{part}%")
    return conditions
