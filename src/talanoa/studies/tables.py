"""A process of our own as tables for studies: those of an archive, and what only our own record has.

Only what everybody may read has words and a person; of the rest there is a row with number, kind and state. People
stand in the tables by pseudonyms, made of their address as those of an archive are: with one key, somebody who writes
here and on an imported list is one person.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from talanoa.contributions.models import Answer, Authorship, Contribution, Response
from talanoa.discussions.models import Message
from talanoa.inputs.models import Input
from talanoa.lib.archive.affiliations import DECLARED, UNKNOWN
from talanoa.lib.archive.tables import (
    AFFILIATION,
    CONTRIBUTION,
    DECISION,
    MESSAGE,
    PERSON,
    PROCESS,
    RESPONSE,
    THREAD,
    Table,
    Value,
    write,
)
from talanoa.lib.measures.process_tables import EVENT, STAGE, STANDING
from talanoa.lib.published_votes import from_json
from talanoa.lib.regions import region_of
from talanoa.lib.studies.round_files import write_round
from talanoa.people.models import Group
from talanoa.processes.models import Process
from talanoa.reports.models import RecommendationAnswer
from talanoa.statements.models import Result
from talanoa.statements.queries import texts_for
from talanoa.studies.queries import acts, stages, standings

CHUNK = 2000
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """A contribution that everybody may read, with its author as shown."""

    contribution: Contribution
    authorship: Authorship
    person: str | None
    group: str
    country: str
    organization: str


def write_tables(process: Process, folder: Path, *, pseudonym: Callable[[str], str]) -> dict[str, int]:
    """Write what everybody may read of `process` as Parquet into `folder`; return how many rows each table has."""
    said = {one.contribution.pk: one for one in _said(process, pseudonym)}
    messages = list(_messages(process, said))
    tables: tuple[tuple[Table, Iterable[Row]], ...] = (
        (MESSAGE, messages),
        (THREAD, _threads(messages)),
        (PERSON, _persons(said.values())),
        (AFFILIATION, _affiliations(said.values())),
        (PROCESS, [(process.key, process.title, process.state, process.created_at)]),
        (CONTRIBUTION, _contributions(process, said)),
        (RESPONSE, _responses(process, said)),
        (DECISION, _decisions(process)),
        (EVENT, acts(process)),
        (STAGE, stages(process)),
        (STANDING, standings(process)),
    )
    folder.mkdir(parents=True, exist_ok=True)
    return {table.name: write(table, rows, folder / f"{table.name}.parquet") for table, rows in tables}


def write_rounds(process: Process, folder: Path, key: bytes) -> None:
    """Write the votes of the closed rounds of `process` into `folder`, as they may leave with this `key`."""
    rows = Result.objects.filter(round__process=process, is_final=True).select_related("round")
    for one in rows.order_by("round__number").iterator(chunk_size=1):
        texts = {number: text for number, (_place, text) in texts_for(one.round, None).items()}
        write_round(one.round.number, from_json(one.table), texts, folder, key)


def _said(process: Process, pseudonym: Callable[[str], str]) -> Iterator[_Said]:
    """Give what is public. Who asked to stay unnamed has no pseudonym: it would tie all they ever said together."""
    rows = Contribution.objects.visible_to(None).filter(process=process)
    for one in rows.select_related("authorship", "person").order_by("number").iterator(chunk_size=CHUNK):
        author = one.authorship.shown()
        person = pseudonym(one.person.address or f"person {one.person_id}") if author.name else None
        group = UNKNOWN if author.group == Group.OTHER else str(author.group)
        yield _Said(one, one.authorship, person, group, author.country, author.organization)


def _messages(process: Process, said: dict[int, _Said]) -> Iterator[Row]:
    rows = Message.objects.visible_to(None).filter(process=process)
    rows = rows.select_related("parent__contribution", "thread__opening__contribution", "contribution")
    for one in rows.order_by("contribution__number").iterator(chunk_size=CHUNK):
        opening, parent = one.thread.opening, one.parent
        yield (
            one.contribution.number,
            said[one.contribution_id].person,
            one.contribution.received_at,
            "",
            opening.contribution.number if opening else None,
            parent.contribution.number if parent else None,
            one.message_id,
            parent.message_id if parent else "",
            " ".join(one.answered_ids()),
            one.title,
            f"{one.text}\n\n{one.quoted}" if one.quoted else one.text,
            0,
            "",
        )


def _threads(messages: Iterable[Row]) -> Iterator[Row]:
    """Give the threads of the messages that everybody may read, by the number of the opening."""
    found: dict[Value, list[Row]] = {}
    for row in messages:
        found.setdefault(row[4], []).append(row)
    for thread, rows in found.items():
        yield (thread, rows[0][0], rows[0][9], rows[0][2], rows[-1][2], len(rows))


def _persons(said: Iterable[_Said]) -> Iterator[Row]:
    found: dict[str, list[_Said]] = {}
    for one in said:
        if one.person:
            found.setdefault(one.person, []).append(one)
    for person, rows in found.items():
        known = next((row for row in reversed(rows) if row.group != UNKNOWN), None)
        method = DECLARED if known else UNKNOWN
        region = next((region for row in reversed(rows) if (region := region_of(row.country))), UNKNOWN)
        times = [row.contribution.received_at for row in rows]
        yield (person, known.group if known else UNKNOWN, method, region, min(times), max(times), len(rows))


def _affiliations(said: Iterable[_Said]) -> Iterator[Row]:
    """Give for whom people said that they speak: from when they first said it until they named another one."""
    named: dict[str, list[tuple[datetime, str]]] = {}
    for one in said:
        if one.person and one.organization:
            named.setdefault(one.person, []).append((one.contribution.received_at, one.organization))
    for person, rows in named.items():
        for organization in dict.fromkeys(name for _at, name in rows):
            times = [at for at, name in rows if name == organization]
            later = [at for at, name in rows if name != organization and at > max(times)]
            yield (person, organization, min(times), min(later, default=None), DECLARED)


def _contributions(process: Process, said: dict[int, _Said]) -> Iterator[Row]:
    inputs = Input.objects.visible_to(None).filter(contribution__process=process)
    words = dict(inputs.values_list("contribution", "text"))
    messages = Message.objects.visible_to(None).filter(process=process)
    words |= dict(messages.values_list("contribution", "text"))
    for one in Contribution.objects.filter(process=process).order_by("number").iterator(chunk_size=CHUNK):
        shown = said.get(one.pk)
        person, group, country = (shown.person, shown.group, shown.country) if shown else (None, UNKNOWN, "")
        text = words.get(one.pk) if shown else None
        yield (
            process.key,
            one.number,
            one.kind,
            person,
            group,
            country,
            one.channel,
            one.state,
            one.received_at,
            text,
        )


def _responses(process: Process, said: dict[int, _Said]) -> Iterator[Row]:
    public = Response.objects.visible_to(None).filter(process=process)
    rows = Answer.objects.filter(response__in=public, contribution__in=list(said))
    for one in rows.select_related("response", "contribution").order_by("contribution__number", "pk"):
        made = one.response
        number = one.contribution.number
        yield (process.key, made.pk, number, made.status, made.text, made.change, made.approved_at)


def _decisions(process: Process) -> Iterator[Row]:
    rows = RecommendationAnswer.objects.filter(report__process=process).order_by("number")
    for number, answer, reason, at in rows.values_list("number", "answer", "reason", "decided_at"):
        yield (process.key, str(number), answer, reason, at)
