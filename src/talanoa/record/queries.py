"""Questions to the record: proofs, checkpoints, opened values, receipts."""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection
from django.utils.formats import date_format

from talanoa.kernel.space import Space
from talanoa.lib import merkle
from talanoa.lib.checkpoints import Checkpoint as SignedSize
from talanoa.lib.notes import Verifier, open_note
from talanoa.lib.proofs import Proof
from talanoa.lib.receipts import Receipt
from talanoa.record.events import KINDS
from talanoa.record.models import Checkpoint, Entry, Log, Opening

T = TypeVar("T")

_NODES = """
WITH wanted (level, place) AS (VALUES %s)
SELECT node.level, node."index", node.hash FROM wanted CROSS JOIN record_node node
WHERE node.log_id = %%s AND node.level = wanted.level AND node."index" = wanted.place
"""
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\dZ", re.ASCII)
_RANGE, _NO_BREAK_HYPHEN = re.compile(r"(?<=\d)-(?=\d)", re.ASCII), "\N{NON-BREAKING HYPHEN}"
_AFTER_NUMBER = re.compile(r"(?<=\d):(?=[a-z])", re.ASCII)


@dataclass(frozen=True, slots=True)
class OpenedValue:
    """One committed field of an entry: its value and salt, or neither when erased or not for this reader."""

    field: str
    value: str | None
    salt: bytes | None
    erased: bool


def with_nodes(log: Log, ask: Callable[[merkle.Read], T]) -> T:
    """Return `ask(read)`, fetching all nodes that it reads in one query.

    `ask` runs twice: once to learn which nodes it reads, once with their hashes.
    """
    wanted: list[tuple[int, int]] = []

    def note(level: int, index: int) -> bytes:
        wanted.append((level, index))
        return bytes(32)

    ask(note)
    found = _nodes(log, wanted)
    return ask(lambda level, index: found[level, index])


def _nodes(log: Log, wanted: Sequence[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    """Read these nodes in one query.

    Plain SQL, because SQLite finds each node by its place only if it is told to begin with the places: asked by
    Django's conditions it reads the whole log (62 ms for a proof among 100,000 entries; 0.05 ms so).
    """
    if not wanted:
        return {}
    places = ", ".join(["(%s, %s)"] * len(wanted))
    numbers = [number for place in wanted for number in place]
    with connection.cursor() as cursor:
        cursor.execute(_NODES % places, [*numbers, log.pk])
        return {(level, index): bytes(hashed) for level, index, hashed in cursor.fetchall()}


def root(log: Log, size: int) -> bytes:
    """Return the Merkle root of the first `size` entries."""
    return with_nodes(log, lambda read: merkle.root(size, read))


def inclusion(log: Log, index: int, size: int) -> list[bytes]:
    """Return the inclusion proof of entry `index` in the tree of `size` entries (RFC 6962, section 2.1.1)."""
    return with_nodes(log, lambda read: merkle.inclusion(index, size, read))


def consistency(log: Log, old: int, new: int) -> list[bytes]:
    """Return the proof that the tree of `new` entries extends the tree of `old` (RFC 6962, section 2.1.2)."""
    return with_nodes(log, lambda read: merkle.consistency(old, new, read))


def latest_checkpoint(log: Log) -> Checkpoint:
    """Return the newest signed checkpoint; every entry is covered by one at once."""
    return log.checkpoints.latest("size")


def newest_note(space: Space) -> str:
    """Return the newest checkpoint of the log of `space`: every act there signs another one."""
    return Checkpoint.objects.filter(log__name=space.log).values_list("note", flat=True).latest("size")


def signed_size(log: Log, note: str) -> SignedSize:
    """Return what a checkpoint note of this log says, its signature checked."""
    text, _names = open_note(note, [Verifier.parse(log.vkey)])
    return SignedSize.parse(text)


def proof_of(entry: Entry) -> Proof:
    """Return the inclusion proof of `entry` against the newest checkpoint."""
    checkpoint = latest_checkpoint(entry.log)
    hashes = inclusion(entry.log, entry.index, checkpoint.size)
    return Proof(index=entry.index, hashes=tuple(hashes), checkpoint=checkpoint.note)


def opened(entry: Entry, openings: Sequence[Opening] | None = None) -> list[OpenedValue]:
    """Return every committed field of `entry` with its value as the rows hold it today.

    This is for audits and for the author's own receipt; for a reader use `opened_for`.
    """
    rows = list(entry.openings.order_by("field")) if openings is None else openings
    held = rows_of((opening.model, opening.row) for opening in rows)
    return [_opened_value(opening, held.get((opening.model, opening.row))) for opening in rows]


def opened_for(entry: Entry, person: Any) -> list[OpenedValue]:
    """Return the committed fields of `entry`, each with its value where `person` may see the row it lives in.

    Deny by default: a model without `visible_to` shows nothing.
    """
    shown = []
    for opening in entry.openings.order_by("field"):
        manager = apps.get_model(opening.model)._default_manager
        visible_to = getattr(manager, "visible_to", None)
        row = visible_to(person).filter(pk=opening.row).first() if visible_to else None
        shown.append(_opened_value(opening, row))
    return shown


def rows_of(places: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Any]:
    """Return the rows in which committed values live, by model and key, in one query for each model."""
    wanted: dict[str, set[int]] = {}
    for model, row in places:
        wanted.setdefault(model, set()).add(row)
    return {
        (label, pk): row
        for label, keys in wanted.items()
        for pk, row in apps.get_model(label)._default_manager.in_bulk(keys).items()
    }


def _opened_value(opening: Opening, row: Any) -> OpenedValue:
    if opening.salt is None:
        return OpenedValue(opening.field, None, None, erased=True)
    if row is None:
        return OpenedValue(opening.field, None, None, erased=False)
    return OpenedValue(opening.field, str(getattr(row, opening.attribute)), bytes(opening.salt), erased=False)


def receipt_of(entry: Entry) -> Receipt:
    """Return the receipt of `entry`, for its author: every value opened that the rows hold today.

    Within the act that appended it nothing is read again.
    """
    if entry.receipt is not None:
        return entry.receipt
    known = [v for v in opened(entry) if v.value is not None and v.salt is not None]
    return Receipt(
        leaf=bytes(entry.leaf),
        opened={v.field: v.value for v in known if v.value is not None},
        salts={v.field: v.salt for v in known if v.salt is not None},
        proof=proof_of(entry),
    )


def public_fields(entry: Entry) -> dict[str, Any]:
    """Return the leaf's public fields by name, without the commitments."""
    fields: dict[str, Any] = json.loads(bytes(entry.leaf))
    fields.pop("c", None)
    return fields


def sentence(entry: Entry) -> str:
    """Return what the entry tells as a sentence for people, from its public fields only."""
    kind = KINDS.get(entry.kind)
    told = _Told(public_fields(entry))
    return str(kind.tell(told)) % told if kind else entry.kind


class _Told(dict[str, Any]):
    """Public fields as words: codes without underscores, lists with blanks, a dash for what is not there."""

    def __getitem__(self, name: str) -> str:
        told = str(self.get(name, "-"))
        if _INSTANT.fullmatch(told):
            at = datetime.fromisoformat(told)
            return f"{date_format(at, 'l j F Y')}, {at:%H:%M} UTC"
        told = _RANGE.sub(_NO_BREAK_HYPHEN, told)
        return _AFTER_NUMBER.sub(": ", told.replace("_", " ").replace(",", ", "))
