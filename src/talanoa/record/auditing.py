"""Checks the whole record against itself and against the rows that hold what people said."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from talanoa.lib import leaves, merkle
from talanoa.lib.notes import NoteMalformed, NoteUnsigned
from talanoa.record.models import Entry, Log, Opening
from talanoa.record.queries import latest_checkpoint, root, rows_of, signed_size

CHUNK = 2000


@dataclass(slots=True)
class AuditReport:
    """What an audit found: counts of what was checked and one sentence for each thing that is wrong."""

    entries: int = 0
    values: int = 0
    erased: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.wrong


def audit(log: Log, *, progress: Callable[[int], None] | None = None) -> AuditReport:
    """Rebuild the root from all leaves, check the newest signature, and open every commitment.

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
        told = json.loads(bytes(leaf))
        if (told["k"], told.get("p", ""), told.get("n")) != (kind, process, number):
            report.wrong.append(f"entry {index}: its row disagrees with its leaf")
        report.entries += 1
        if progress and report.entries % CHUNK == 0:
            progress(report.entries)
        yield merkle.leaf_hash(bytes(leaf))


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
    openings = Opening.objects.filter(entry__log=log).select_related("entry").order_by("entry_id")
    batch: list[Opening] = []
    for opening in openings.iterator(CHUNK):
        batch.append(opening)
        if len(batch) == CHUNK:
            _check_batch(batch, report)
            batch = []
    _check_batch(batch, report)


def _check_batch(batch: list[Opening], report: AuditReport) -> None:
    rows = rows_of(batch)
    for opening in batch:
        report.values += 1
        if opening.salt is None:
            report.erased += 1
            continue
        row = rows.get((opening.model, opening.row))
        where = f"entry {opening.entry.index}: {opening.field}"
        if row is None:
            report.wrong.append(f"{where} is gone from {opening.model}")
            continue
        value = str(getattr(row, opening.attribute))
        promised = json.loads(bytes(opening.entry.leaf))["c"].get(opening.field)
        if leaves.commit(opening.field, value, bytes(opening.salt)) != promised:
            report.wrong.append(f"{where} is not what was put on the record")
