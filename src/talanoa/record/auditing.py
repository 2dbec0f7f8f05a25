"""Checks the whole record against itself and against the rows that hold what people said."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from talanoa.lib import leaves, merkle
from talanoa.lib.notes import NoteMalformed, NoteUnsigned
from talanoa.record.events import ContentErased
from talanoa.record.models import Entry, Log, Opening
from talanoa.record.queries import latest_checkpoint, root, rows_of, signed_size

CHUNK = 2000


@dataclass(slots=True)
class AuditReport:
    """What an audit found: counts of what was checked and one sentence for each thing that is wrong.

    `redacted` holds entry and field of every commitment whose erasure stands on the record.
    """

    entries: int = 0
    commitments: int = 0
    values: int = 0
    erased: int = 0
    redacted: set[tuple[int, str]] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.wrong


class _Promise(NamedTuple):
    """An opening, with the entry's place and leaf: where the value lives to which the leaf is committed."""

    entry: int
    leaf: bytes
    field: str
    salt: bytes | None
    model: str
    row: int
    attribute: str


def audit(log: Log, *, progress: Callable[[int], None] | None = None) -> AuditReport:
    """Rebuild the root from all leaves, check the newest signature, and open every commitment.

    A commitment that cannot be opened any more is wrong, unless an entry says that its content was erased.
    `progress` is told the number of entries read so far.
    """
    report = AuditReport()
    rebuilt = merkle.fold(_leaf_hashes(log, report, progress))
    _check_tree(log, rebuilt, report)
    _check_values(log, report)
    return report


def _leaf_hashes(log: Log, report: AuditReport, progress: Callable[[int], None] | None) -> Iterator[bytes]:
    rows = Entry.objects.filter(log=log).order_by("index")
    columns = ("index", "kind", "process_key", "number", "leaf")
    for index, kind, process, number, leaf in rows.values_list(*columns).iterator(CHUNK):
        if index != report.entries:
            report.wrong.append(f"entry {report.entries}: missing")
            report.entries = index
        told = _read(leaf)
        if (told["k"], told.get("p", ""), told.get("n")) != (kind, process, number):
            report.wrong.append(f"entry {index}: its row disagrees with its leaf")
        report.commitments += len(told["c"])
        if told["k"] == ContentErased.kind:
            report.redacted |= {(told["entry"], name) for name in told["fields"].split(",")}
        report.entries += 1
        if progress and report.entries % CHUNK == 0:
            progress(report.entries)
        yield merkle.leaf_hash(bytes(leaf))


def _read(leaf: bytes) -> dict[str, Any]:
    """Return the fields of a leaf; as text, because from bytes the reader guesses the encoding first (2 us)."""
    told: dict[str, Any] = json.loads(str(leaf, "utf-8"))
    return told


def _check_tree(log: Log, rebuilt: bytes, report: AuditReport) -> None:
    try:
        signed = signed_size(log, latest_checkpoint(log).note)
    except (NoteMalformed, NoteUnsigned) as wrong:
        report.wrong.append(f"newest checkpoint: {wrong}")
        return
    if signed.size != report.entries:
        report.wrong.append(f"newest checkpoint: signed for {signed.size} entries, found {report.entries}")
    if signed.root != rebuilt:
        report.wrong.append("newest checkpoint: its root is not the root of these entries")
    if root(log, signed.size) != rebuilt:
        report.wrong.append("tree: the stored nodes do not give the root of these entries")


def _check_values(log: Log, report: AuditReport) -> None:
    """Open every commitment, from plain rows: 15 us for a value, with instances of the models 35."""
    columns = ("entry__index", "entry__leaf", "field", "salt", "model", "row", "attribute")
    openings = Opening.objects.filter(entry__log=log).order_by("entry_id").values_list(*columns)
    rows = (_Promise(*row) for row in openings.iterator(CHUNK))
    while batch := list(islice(rows, CHUNK)):
        _check_batch(batch, report)
    if report.values != report.commitments:
        report.wrong.append(f"vault: {report.values} openings for {report.commitments} commitments")


def _check_batch(batch: list["_Promise"], report: AuditReport) -> None:
    rows = rows_of((opening.model, opening.row) for opening in batch)
    found = {opening.entry: opening.leaf for opening in batch}
    promised = {index: _read(leaf)["c"] for index, leaf in found.items()}
    for opening in batch:
        report.values += 1
        where = f"entry {opening.entry}: {opening.field}"
        if opening.salt is None:
            report.erased += 1
            if (opening.entry, opening.field) not in report.redacted:
                report.wrong.append(f"{where} was erased, and no entry says so")
            continue
        row = rows.get((opening.model, opening.row))
        if row is None:
            report.wrong.append(f"{where} is gone from {opening.model}")
            continue
        value = str(getattr(row, opening.attribute))
        made = leaves.commit(opening.field, value, bytes(opening.salt))
        if made != promised[opening.entry].get(opening.field):
            report.wrong.append(f"{where} is not what was put on the record")
