"""The record without Django: what the Merkle log costs beside an empty durable commit, and beside pymerkle.

One durable append is a leaf with its commitments, the nodes that it completes, and the signed checkpoint,
in plain SQL. The peer writes one empty row; both wait for the disk (synchronous=FULL).
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path
from statistics import median

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pymerkle import InmemoryTree

from benchmarks.figures import Figure, at_least, at_most, in_turn, rate, ratio, seconds
from talanoa.lib import leaves, merkle
from talanoa.lib.checkpoints import Checkpoint, sign

ORIGIN = "talanoa.example/record"
TABLES = """
CREATE TABLE entry (idx INTEGER PRIMARY KEY, leaf BLOB);
CREATE TABLE opening (idx INTEGER, field TEXT, salt BLOB, PRIMARY KEY (idx, field)) WITHOUT ROWID;
CREATE TABLE node (level INTEGER, idx INTEGER, hash BLOB, PRIMARY KEY (level, idx)) WITHOUT ROWID;
CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, note TEXT);
CREATE TABLE blank (id INTEGER PRIMARY KEY);
"""
HEAD = {"v": 1, "k": "input.received.1", "p": "nm", "t": "2026-03-03T09Z", "r": "participant", "ch": "web"}
SAID = {"title": "Pay the trainers", "author": "Yusuf Abdi", "country": "KE", "organization": "", "text": "-"}


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    warm: int = 400
    blocks: int = 40
    block: int = 20
    rounds: int = 5
    tree: int = 100_000
    proofs: int = 300
    peer_proofs: int = 20
    audit: int = 1_000_000


TINY = Size(warm=1, blocks=2, block=2, rounds=1, tree=40, proofs=3, peer_proofs=3, audit=1000)


class PlainLog:
    """A log in a SQLite file, each append one durable commit."""

    def __init__(self, path: Path) -> None:
        self.file = sqlite3.connect(path, isolation_level=None)
        self.file.execute("PRAGMA journal_mode=WAL")
        self.file.execute("PRAGMA synchronous=FULL")
        self.file.executescript(TABLES)
        self.key = Ed25519PrivateKey.from_private_bytes(bytes(32))
        self.public = self.key.public_key().public_bytes_raw()

    def append(self, index: int) -> None:
        """Write entry `index` with all that belongs to it."""
        salts = {field: hashlib.sha256(f"{index}{field}".encode()).digest() for field in SAID}
        leaf = leaf_of(index, salts)
        self.file.execute("BEGIN IMMEDIATE")
        nodes = merkle.completed_nodes(index, merkle.leaf_hash(leaf), self.node)
        self.file.executemany("INSERT INTO node VALUES (?, ?, ?)", nodes)
        signed = Checkpoint(ORIGIN, index + 1, merkle.root(index + 1, self.node))
        self.file.execute("INSERT INTO entry VALUES (?, ?)", (index, leaf))
        openings = ((index, field, salt) for field, salt in salts.items())
        self.file.executemany("INSERT INTO opening VALUES (?, ?, ?)", openings)
        self.file.execute(
            "INSERT INTO checkpoint VALUES (?, ?)", (index + 1, sign(signed, self.public, self.key.sign))
        )
        self.file.execute("COMMIT")

    def nothing(self, _index: int) -> None:
        """Write an empty row, durably: the least that this machine can do."""
        self.file.execute("BEGIN IMMEDIATE")
        self.file.execute("INSERT INTO blank DEFAULT VALUES")
        self.file.execute("COMMIT")

    def node(self, level: int, index: int) -> bytes:
        """Read the hash of one subtree."""
        found = self.file.execute("SELECT hash FROM node WHERE level = ? AND idx = ?", (level, index))
        return bytes(found.fetchone()[0])

    def holds(self) -> bool:
        """Tell whether the newest checkpoint signs the root of the leaves."""
        written = self.file.execute("SELECT leaf FROM entry ORDER BY idx").fetchall()
        (note,) = self.file.execute("SELECT note FROM checkpoint ORDER BY size DESC").fetchone()
        root = merkle.fold(merkle.leaf_hash(leaf) for (leaf,) in written)
        return Checkpoint(ORIGIN, len(written), root).text == note.partition("\n\n")[0] + "\n"


def leaf_of(index: int, salts: dict[str, bytes]) -> bytes:
    """Return the leaf of an input with five commitments, as the record writes it."""
    promised = {field: leaves.commit(field, value, salts[field]) for field, value in SAID.items()}
    return leaves.leaf({**HEAD, "n": index, "state": "published"}, promised)


def figures(size: Size, folder: Path) -> Iterator[Figure]:
    """Yield the figures of the log alone."""
    yield durable(size, folder)
    made = [leaf_of(index, dict.fromkeys(SAID, bytes(32))) for index in range(1000)]
    yield from against_pymerkle(size, made)
    yield audit(size, made)


def durable(size: Size, folder: Path) -> Figure:
    """Measure durable appends beside empty durable commits."""
    log, blank = PlainLog(folder / "plain.sqlite3"), PlainLog(folder / "blank.sqlite3")
    for index in range(size.warm):  # until both write-ahead files have their full length
        log.append(index)
        blank.nothing(index)
    ours, empty = in_turn(
        size.blocks,
        lambda span: rate(lambda index: log.append(size.warm + index), span),
        lambda span: rate(blank.nothing, span),
        size=size.block,
    )
    if not log.holds():
        raise AssertionError("the checkpoint does not sign these leaves")
    told = f"{median(ours):,.0f}/s beside {median(empty):,.0f}/s empty durable commits"
    return at_least(50, "durable append, plain SQL", 100 * ratio(ours, empty), " %", told)


def against_pymerkle(size: Size, made: Sequence[bytes]) -> Iterator[Figure]:
    """Measure append and proof in memory beside pymerkle's tree in memory."""
    peer = InmemoryTree(algorithm="sha256")
    nodes: dict[tuple[int, int], bytes] = {}

    def read(level: int, index: int) -> bytes:
        return nodes[level, index]

    def append(index: int) -> None:
        hashed = merkle.leaf_hash(made[index % len(made)])
        nodes.update(((level, at), node) for level, at, node in merkle.completed_nodes(index, hashed, read))

    def peer_append(index: int) -> None:
        peer.append_entry(made[index % len(made)])

    ours, theirs = in_turn(
        size.rounds,
        lambda span: rate(append, span),
        lambda span: rate(peer_append, span),
        size=size.tree // size.rounds,
    )
    told = f"{ratio(ours, theirs):.1f} x pymerkle's {median(theirs):,.0f}/s"
    yield Figure("append in memory", f"{median(ours):,.0f}/s", against=told)
    total = size.tree // size.rounds * size.rounds
    if merkle.root(total, read) != peer.get_state():
        raise AssertionError("pymerkle has another root")
    asked = [at * total // size.proofs for at in range(size.proofs)]
    mine = rate(lambda index: merkle.inclusion(index, total, read), asked)
    other = rate(lambda index: peer.prove_inclusion(index + 1), asked[:: size.proofs // size.peer_proofs])
    told = f"{mine / other:.1f} x pymerkle's {other:,.0f}/s"
    yield at_most(1, f"inclusion proof in memory, {total:,} entries", 1000 / mine, " ms", told)


def audit(size: Size, made: Sequence[bytes]) -> Figure:
    """Measure the root of many leaves from scratch."""
    all_leaves = chain.from_iterable(repeat(made, size.audit // len(made)))
    took = seconds(lambda: merkle.fold(map(merkle.leaf_hash, all_leaves)))
    return at_most(10, f"root of {size.audit:,} leaves from scratch", took, " s")
