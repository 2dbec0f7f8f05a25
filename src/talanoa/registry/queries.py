"""Questions about the registry: search, who may work on something already, what ends when, what a process found."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from talanoa.lib import bm25
from talanoa.lib.overlap import Candidate, Proposal, Scored, rank
from talanoa.lib.overlap import Topic as Named
from talanoa.registry.models import (
    Action,
    Body,
    Clearance,
    Correction,
    Judgement,
    Liaison,
    Missed,
    Opportunity,
    OutsideProcess,
    OverlapSearch,
    Relation,
    Topic,
)
from talanoa.registry.models.overlaps import NEAR

TABLES: dict[str, type[Body] | type[OutsideProcess] | type[Opportunity]] = {
    "body": Body,
    "process": OutsideProcess,
    "training": Opportunity,
    "funding": Opportunity,
}
"""What an address such as `body/igf` names."""
MOST_FOUND, LEAST_SHARE = 20, 0.02
Row = Body | OutsideProcess | Opportunity


@dataclass(frozen=True, slots=True)
class Found:
    """Something that answers a search: what it is (`body`, `process`, `training`, `funding`), and the row."""

    kind: str
    row: Row


def kind_of(row: Row) -> str:
    """Return what a row is: `body`, `process`, `training` or `funding`."""
    if isinstance(row, Opportunity):
        return row.kind
    return "body" if isinstance(row, Body) else "process"


def about(row: Row) -> str:
    """Return how a row is called, such as `body/igf`."""
    return f"{kind_of(row)}/{row.key}"


def called(name: str) -> Row | None:
    """Return the listed row called `body/igf`, or only `igf`; a body comes first."""
    kind, slash, key = name.strip().lower().rpartition("/")
    tables = [TABLES[kind]] if kind in TABLES else [] if slash else [Body, OutsideProcess, Opportunity]
    rows: Iterable[Any] = (table.objects.listed().filter(key=key).first() for table in tables)
    found: Row | None = next((row for row in rows if row is not None), None)
    return found


def topics() -> list[Named]:
    """Return the controlled list of topics."""
    rows = Topic.objects.filter(is_listed=True).order_by("key")
    return [Named(row.key, row.name, tuple(row.terms)) for row in rows]


def text_of(row: Row) -> str:
    """Return the words in which a row says what it is about."""
    if isinstance(row, Body):
        return "\n".join((row.name, row.short, row.remit, *row.keywords))
    return "\n".join((row.title, row.summary, *row.keywords))


def candidates() -> list[Candidate]:
    """Return every listed body and every listed process of one, as a proposal is held against them."""
    bodies = {row.pk: row for row in Body.objects.filter(is_listed=True).order_by("key")}
    rows = OutsideProcess.objects.filter(is_listed=True, body__in=bodies).order_by("key")
    found = [_candidate(row, row) for row in bodies.values()]
    return found + [_candidate(bodies[row.body_id], row) for row in rows]


def _candidate(body: Body, row: Body | OutsideProcess) -> Candidate:
    process = None if isinstance(row, Body) else row
    return Candidate(
        body=body.key,
        via=process.key if process else "",
        text=text_of(row),
        topics=frozenset(row.topics),
        addressees=tuple(body.addressees),
        jurisdictions=frozenset(row.jurisdictions),
        documents=tuple(body.documents),
        opens=process.opens_on if process else None,
        closes=process.closes_on if process else None,
    )


def overlaps(proposal: Proposal) -> list[Scored]:
    """Return all bodies by how much of what is proposed they may work on already."""
    return rank(proposal, candidates(), topics())


def search(words: str) -> list[Found]:
    """Return what answers `words` best: bodies, processes, trainings and sources of money, at most 20."""
    rows: list[Row] = [
        *Body.objects.filter(is_listed=True),
        *OutsideProcess.objects.filter(is_listed=True).select_related("body"),
        *Opportunity.objects.filter(is_listed=True).select_related("body"),
    ]
    named = {about(row): row for row in rows}
    shares = bm25.shares(bm25.index({name: text_of(row) for name, row in named.items()}), words)
    best = sorted(
        (name for name in named if shares[name] > LEAST_SHARE), key=lambda name: (-shares[name], name)
    )
    return [Found(kind_of(named[name]), named[name]) for name in best[:MOST_FOUND]]


def open_processes(on: date) -> list[OutsideProcess]:
    """Return the processes of other bodies that are not over on the day `on`, what ends soonest first."""
    rows = OutsideProcess.objects.filter(is_listed=True).select_related("body").exclude(status="closed")
    return [row for row in rows if not row.is_over(on)]


def opportunities(kind: str, on: date) -> list[Opportunity]:
    """Return the trainings or the sources of money that are not over on the day `on`."""
    rows = Opportunity.objects.filter(is_listed=True, kind=kind).select_related("body")
    return [row for row in rows if not row.is_over(on)]


def deadlines() -> Iterator[OutsideProcess | Opportunity]:
    """Return whatever has an end, the soonest first."""
    rows: Iterable[OutsideProcess | Opportunity] = [
        *OutsideProcess.objects.filter(is_listed=True, closes_on__isnull=False),
        *Opportunity.objects.filter(is_listed=True, closes_on__isnull=False),
    ]
    return iter(sorted(rows, key=lambda row: (row.closes_on or date.max, row.key)))


def correction(number: int) -> Correction | None:
    """Return the correction with this number."""
    return Correction.objects.filter(number=number).select_related("person").first()


@dataclass(frozen=True, slots=True)
class Standing:
    """How a candidate of a search stands at an instant: what was judged, the last letter, and what still lacks.

    `lacks` is `judgement`, `letter`, `reply` (its days still run), `clearance` (it does the same, and neither consents
    nor was overridden), or empty.
    """

    body: Body
    score: float
    parts: Mapping[str, float]
    must_judge: bool
    judgement: Judgement | None
    liaison: Liaison | None
    clearance: Clearance | None
    lacks: str


def newest_search(process_key: str) -> OverlapSearch | None:
    """Return the newest search for a process."""
    return OverlapSearch.objects.filter(process_key=process_key).order_by("-pk").first()


def standings(process_key: str, *, at: datetime) -> list[Standing]:
    """Return every candidate of the newest search, then what was judged besides, as it stands at `at` (aware, UTC)."""
    found = newest_search(process_key)
    rows = {row["body"]: row for row in (found.candidates if found else ())}
    judged = {row.body.key: row for row in _of_process(Judgement, process_key)}
    written = {row.body.key: row for row in _of_process(Liaison, process_key)}
    cleared = {row.body.key: row for row in _of_process(Clearance, process_key)}
    keys = dict.fromkeys([*rows, *judged, *written])
    bodies = {row.key: row for row in Body.objects.filter(key__in=keys)}
    return [
        _standing(bodies[key], rows.get(key), judged.get(key), written.get(key), cleared.get(key), at=at)
        for key in keys
    ]


def _of_process(table: Any, process_key: str) -> Any:
    return table.objects.filter(process_key=process_key).select_related("body").order_by("pk")


def _standing(
    body: Body,
    row: Any,
    judgement: Judgement | None,
    liaison: Liaison | None,
    clearance: Clearance | None,
    *,
    at: datetime,
) -> Standing:
    must = bool(row and row["must_judge"])
    lacks = ""
    if judgement is None:
        lacks = "judgement" if must else ""
    elif judgement.relation in NEAR and not (liaison and liaison.is_over(at)):
        lacks = "reply" if liaison else "letter"
    elif needs_clearance(judgement) and clearance is None:
        lacks = "clearance"
    told = row or {"score": 0.0, "parts": {}}
    return Standing(body, told["score"], told["parts"], must, judgement, liaison, clearance, lacks)


def needs_clearance(judgement: Judgement | None) -> bool:
    """Tell whether a process would do the same as a body: referring it there is the way, going on needs a clearance."""
    if judgement is None:
        return False
    return judgement.relation == Relation.SAME and judgement.action != Action.REFER


def overrides(process_key: str) -> list[Clearance]:
    """Return the overrides of a process, which stand in its facts."""
    rows = Clearance.objects.filter(process_key=process_key, ground=Clearance.Ground.OVERRIDE)
    return list(rows.select_related("body").order_by("pk"))


def missed_of(process_key: str) -> list[Missed]:
    """Return what others say that a process overlooked."""
    return list(Missed.objects.filter(process_key=process_key).select_related("person"))


def missed_overdue(at: datetime) -> list[Missed]:
    """Return what others say was overlooked and nobody answered in its time at `at` (aware, UTC), the oldest first."""
    return list(
        Missed.objects.filter(answered_at=None, answer_due_at__lte=at).order_by("answer_due_at", "pk")
    )


def liaison_called(number: int) -> Liaison | None:
    """Return the letter to a body with this number."""
    return Liaison.objects.filter(number=number).select_related("body", "person").first()
