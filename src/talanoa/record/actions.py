"""The only writers of the record. Each runs inside its caller's transaction, so an act and its entry are one."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, models, transaction

from talanoa.kernel.entropy import entropy
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.faults import fault_point
from talanoa.kernel.keyring import keyring
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
    if not connection.in_atomic_block:
        raise OutsideTransaction(f"{event.kind} must be appended in the transaction of its act")
    fault_point("before-append")
    log = Log.objects.select_for_update(no_key=True).filter(name=space.log).first()
    if log is None:
        raise RuleBroken("This installation has no record yet: run `talanoa init` first.", code="log_missing")
    committed = dict(sorted(event.committed().items()))
    salts = {field: entropy(space, f"salt {log.size} {field}") for field in committed}
    head: dict[str, object] = {"v": 1, "k": event.kind, "t": f"{at:%Y-%m-%dT%HZ}", "r": role, "ch": channel}
    optional = {"p": process, "n": number, "g": group}
    head |= {name: value for name, value in optional.items() if value not in ("", None)}
    leaf = leaves.leaf(head | event.public(), _commitments(committed, salts))
    entry = Entry.objects.create(
        log=log, index=log.size, kind=event.kind, process_key=process, number=number, at=at, leaf=leaf
    )
    Opening.objects.bulk_create(_openings(entry, committed, salts))
    entry.receipt = Receipt(
        leaf=leaf,
        opened={field: source.value for field, source in committed.items()},
        salts=salts,
        proof=_grow(log, leaf),
    )
    fault_point("after-append")
    return entry


def _commitments(committed: dict[str, Committed], salts: dict[str, bytes]) -> dict[str, str]:
    for field, source in committed.items():
        if not leaves.single_line(source.value):
            raise RuleBroken(f"The value of {field} must be one line.", code="value_not_one_line")
    return {field: leaves.commit(field, source.value, salts[field]) for field, source in committed.items()}


def _openings(entry: Entry, committed: dict[str, Committed], salts: dict[str, bytes]) -> Iterable[Opening]:
    for field, source in committed.items():
        yield Opening(
            entry=entry,
            field=field,
            salt=salts[field],
            model=source.row._meta.label,
            row=source.row.pk,
            attribute=source.attribute,
        )


def _grow(log: Log, leaf: bytes) -> Proof:
    """Add the leaf's hash and the nodes that it completes, sign the new size and root; return the leaf's proof."""
    index, hashed = log.size, merkle.leaf_hash(leaf)

    def grown(read: merkle.Read) -> tuple[list[merkle.Node], bytes, list[bytes]]:
        """Return the new nodes, the new root and the leaf's path, of what `read` gives and of the new nodes."""
        nodes = merkle.completed_nodes(index, hashed, read)
        new = {(level, at): node for level, at, node in nodes}

        def known(level: int, at: int) -> bytes:
            return new.get((level, at)) or read(level, at)

        return nodes, merkle.root(index + 1, known), merkle.inclusion(index, index + 1, known)

    nodes, root, path = with_nodes(log, grown)
    Node.objects.bulk_create(Node(log=log, level=lvl, index=idx, hash=node) for lvl, idx, node in nodes)
    log.size = index + 1
    log.save(update_fields=["size"])
    note = sign(
        SignedSize(origin=log.origin, size=log.size, root=root),
        keyring.public(log.key_name),
        lambda text: keyring.sign(log.key_name, text),
    )
    Checkpoint.objects.create(log=log, size=log.size, note=note)
    return Proof(index=index, hashes=tuple(path), checkpoint=note)


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
