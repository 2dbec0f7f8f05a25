"""Questions to the record: proofs, checkpoints, opened values, receipts."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import Q

from talanoa.lib import merkle
from talanoa.lib.checkpoints import Checkpoint as SignedSize
from talanoa.lib.notes import Verifier, open_note
from talanoa.lib.proofs import Proof
from talanoa.lib.receipts import Receipt
from talanoa.record.events import KINDS
from talanoa.record.models import Checkpoint, Entry, Log, Node, Opening

T = TypeVar("T")


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


def _nodes(log: Log, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    condition = Q()
    for level, index in wanted:
        condition |= Q(level=level, index=index)
    if not condition:
        return {}
    rows = Node.objects.filter(condition, log=log).values_list("level", "index", "hash")
    return {(level, index): bytes(hashed) for level, index, hashed in rows}


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
    return [_opened_value(opening, row_of(opening)) for opening in rows]


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


def row_of(opening: Opening) -> Any:
    """Return the row in which the committed value lives, or None when it is gone."""
    return apps.get_model(opening.model)._default_manager.filter(pk=opening.row).first()


def _opened_value(opening: Opening, row: Any) -> OpenedValue:
    if opening.salt is None:
        return OpenedValue(opening.field, None, None, erased=True)
    if row is None:
        return OpenedValue(opening.field, None, None, erased=False)
    return OpenedValue(opening.field, str(getattr(row, opening.attribute)), bytes(opening.salt), erased=False)


def receipt_of(entry: Entry, values: Sequence[OpenedValue]) -> Receipt:
    """Return the receipt of `entry` with those `values` opened."""
    known = [v for v in values if v.value is not None and v.salt is not None]
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
    return str(kind.told) % _Told(public_fields(entry)) if kind else entry.kind


class _Told(dict[str, Any]):
    """Public fields as words: codes without underscores, a dash for what is not there."""

    def __getitem__(self, name: str) -> str:
        return str(self.get(name, "-")).replace("_", " ")
