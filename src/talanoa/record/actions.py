"""The only writers of the record. Each runs inside its caller's transaction, so an act and its entry are one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, models, transaction

from talanoa.kernel.entropy import entropy
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.faults import fault_point
from talanoa.kernel.keyring import keyring
from talanoa.kernel.rows import Value, insert_each
from talanoa.kernel.space import REAL, Space
from talanoa.lib import leaves, merkle
from talanoa.lib.checkpoints import Checkpoint as SignedSize
from talanoa.lib.checkpoints import sign
from talanoa.lib.notes import Verifier, key_id
from talanoa.lib.proofs import Proof
from talanoa.lib.receipts import Receipt
from talanoa.record.events import Committed, ContentErased, Event, LogOpened
from talanoa.record.models import Checkpoint, Entry, Log, Node, Opening
from talanoa.record.queries import with_nodes


class OutsideTransaction(RuntimeError):
    """An entry was to be written outside a transaction: the act and its entry could come apart."""


@transaction.atomic
def open_log(*, origin: str, at: datetime, space: Space = REAL) -> Log:
    """Create the log of `space` with a key of its own, or return it when it is there.

    `origin` names the log in every checkpoint for ever; `at` is an aware UTC time.
    """
    existing = Log.objects.filter(name=space.log).first()
    if existing:
        return existing
    key_name = space.log.replace("/", "-")
    keyring.create(key_name, entropy(space, f"log key {space.log}"))
    public = keyring.public(key_name)
    vkey = Verifier(name=origin, key_id=key_id(origin, public), public=public).vkey
    log = Log.objects.create(name=space.log, origin=origin, key_name=key_name, vkey=vkey)
    append(LogOpened(vkey=vkey), at=at, channel="cli", role="system", space=space)
    return log


@dataclass(frozen=True, slots=True)
class Line:
    """What is to stand on the record: an event, in which role and for which group, about which number."""

    event: Event
    role: str
    group: str = ""
    number: int | None = None


def append(
    event: Event,
    *,
    at: datetime,
    channel: str,
    role: str,
    group: str = "",
    process: str = "",
    number: int | None = None,
    space: Space = REAL,
) -> Entry:
    """Append `event` to the log of `space` and sign the new checkpoint.

    `at` is an aware UTC time, of which the leaf tells the hour. `group` is given only where at least five
    people of the process belong to it. Raises OutsideTransaction; RuleBroken: log_missing, value_not_one_line.
    """
    line = Line(event, role, group, number)
    return append_all([line], at=at, channel=channel, process=process, space=space)[0]


def append_all(
    lines: Sequence[Line], *, at: datetime, channel: str, process: str = "", space: Space = REAL
) -> list[Entry]:
    """Append events that happened together, one after another, and sign one checkpoint over all of them.

    At least one line; each as `append` has it. Raises OutsideTransaction; RuleBroken: log_missing, value_not_one_line.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(f"{lines[0].event.kind} must be appended in the transaction of its act")
    fault_point("before-append")
    log = Log.objects.select_for_update(no_key=True).filter(name=space.log).first()
    if log is None:
        raise RuleBroken("This installation has no record yet: run `talanoa init` first.", code="log_missing")
    shared: dict[str, object] = {"t": f"{at:%Y-%m-%dT%HZ}", "ch": channel, "p": process}
    drafts = [_draft(line, shared, space, index) for index, line in enumerate(lines, log.size)]
    entries = Entry.objects.bulk_create(
        Entry(
            log=log,
            index=draft.index,
            kind=draft.line.event.kind,
            process_key=process,
            number=draft.line.number,
            at=at,
            leaf=draft.leaf,
        )
        for draft in drafts
    )
    pairs = list(zip(entries, drafts, strict=True))
    opened_by = (one for entry, draft in pairs for one in _openings(entry, draft))
    insert_each(Opening, ("entry", "field", "salt", "model", "row", "attribute"), opened_by)
    for (entry, draft), proof in zip(pairs, _grow(log, [draft.leaf for draft in drafts]), strict=True):
        opened = {field: source.value for field, source in draft.committed.items()}
        entry.receipt = Receipt(leaf=draft.leaf, opened=opened, salts=draft.salts, proof=proof)
    fault_point("after-append")
    return entries


@dataclass(frozen=True, slots=True)
class _Draft:
    """An entry before it has its row: its place, its leaf, and what opens the commitments in it."""

    line: Line
    index: int
    committed: dict[str, Committed]
    salts: dict[str, bytes]
    leaf: bytes


def _draft(line: Line, shared: dict[str, object], space: Space, index: int) -> _Draft:
    committed = dict(sorted(line.event.committed().items()))
    salts = {field: entropy(space, f"salt {index} {field}") for field in committed}
    optional = {"n": line.number, "g": line.group, **shared}
    head = {name: value for name, value in optional.items() if value not in ("", None)}
    head |= {"v": 1, "k": line.event.kind, "r": line.role}
    leaf = leaves.leaf(head | line.event.public(), _commitments(committed, salts))
    return _Draft(line, index, committed, salts, leaf)


def _commitments(committed: dict[str, Committed], salts: dict[str, bytes]) -> dict[str, str]:
    for field, source in committed.items():
        if not leaves.single_line(source.value):
            raise RuleBroken(f"The value of {field} must be one line.", code="value_not_one_line")
    return {field: leaves.commit(field, source.value, salts[field]) for field, source in committed.items()}


def _openings(entry: Entry, draft: _Draft) -> Iterable[tuple[Value, ...]]:
    for field, source in draft.committed.items():
        yield entry.pk, field, draft.salts[field], source.row._meta.label, source.row.pk, source.attribute


def _grow(log: Log, written: Sequence[bytes]) -> list[Proof]:
    """Add the hashes of new leaves and the nodes that they complete, sign the new size; return each leaf's proof."""
    first, size = log.size, log.size + len(written)
    hashes = list(map(merkle.leaf_hash, written))

    def grown(read: merkle.Read) -> tuple[dict[tuple[int, int], bytes], bytes, list[list[bytes]]]:
        """Return the new nodes, the new root and the path of each leaf, of what `read` gives and of the new nodes."""
        new: dict[tuple[int, int], bytes] = {}

        def known(level: int, at: int) -> bytes:
            return new.get((level, at)) or read(level, at)

        for index, hashed in enumerate(hashes, first):
            new.update({(lvl, at): node for lvl, at, node in merkle.completed_nodes(index, hashed, known)})
        paths = [merkle.inclusion(index, size, known) for index in range(first, size)]
        return new, merkle.root(size, known), paths

    nodes, root, paths = with_nodes(log, grown)
    grown_by = ((log.pk, lvl, at, node) for (lvl, at), node in nodes.items())
    insert_each(Node, ("log", "level", "index", "hash"), grown_by)
    log.size = size
    log.save(update_fields=["size"])
    note = sign(
        SignedSize(origin=log.origin, size=size, root=root),
        keyring.public(log.key_name),
        lambda text: keyring.sign(log.key_name, text),
    )
    Checkpoint.objects.create(log=log, size=size, note=note)
    return [
        Proof(index=index, hashes=tuple(path), checkpoint=note) for index, path in enumerate(paths, first)
    ]


def erase(
    entries: Iterable[Entry],
    *,
    ground: str,
    at: datetime,
    channel: str,
    role: str,
    process: str = "",
    number: int | None = None,
    space: Space = REAL,
    appeal_days: int,
) -> list[Entry]:
    """Destroy the salts of `entries` and append one redaction entry for each.

    The caller empties the rows in the same transaction. `ground` is a code of the redaction grounds.
    `appeal_days` is how long it can be appealed, as the entry says.
    """
    made = []
    for entry in entries:
        held = entry.openings.filter(salt__isnull=False)
        fields = ",".join(held.order_by("field").values_list("field", flat=True))
        held.update(salt=None)
        until = (at + timedelta(days=appeal_days)).date().isoformat()
        event = ContentErased(entry=entry.index, ground=ground, fields=fields or "-", appeal_until=until)
        made.append(
            append(event, at=at, channel=channel, role=role, process=process, number=number, space=space)
        )
    return made


def keep_elsewhere(row: models.Model, kept: models.Model, *, attributes: Iterable[str]) -> None:
    """Let the commitments to `attributes` of `row` be opened by `kept`, which holds the same values from now on.

    For words that change with an entry of their own: what was committed to before stays provable. An audit
    finds a `kept` that holds anything else.
    """
    held = Opening.objects.filter(model=row._meta.label, row=row.pk, attribute__in=list(attributes))
    held.update(model=kept._meta.label, row=kept.pk)


def entries_about(rows: Iterable[models.Model]) -> list[Entry]:
    """Return the entries that hold a commitment to a value of any of `rows`, oldest first."""
    found: set[int] = set()
    for row in rows:
        held = Opening.objects.filter(model=row._meta.label, row=row.pk)
        found.update(held.values_list("entry_id", flat=True))
    return list(Entry.objects.filter(pk__in=found).order_by("index"))
