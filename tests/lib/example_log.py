"""A log in memory with a fixed key: what the record's tables and its signer do, small enough to read at once."""

import hashlib
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from talanoa.lib import merkle
from talanoa.lib.checkpoints import Checkpoint, sign
from talanoa.lib.leaves import commit, leaf
from talanoa.lib.notes import Verifier
from talanoa.lib.proofs import Proof
from talanoa.lib.receipts import Receipt

VALUES = {
    "title": "Comments on the draft principles for Internet cooperation 17",
    "author": "Adaeze Okonkwo",
    "organization": "Pacific Islands Chapter of the Internet Society",
    "country": "Cook Islands",
    "text_sha256": hashlib.sha256(b"Keep the root zone neutral.").hexdigest(),
}
PUBLIC = {"v": 1, "k": "input.received.1", "p": "nm-2026", "n": 17, "t": "2026-11-23T19Z", "r": "participant"}
PUBLIC |= {"g": "civil", "ch": "mail"}


@dataclass
class ExampleLog:
    origin: str = "talanoa.example/record"
    seed: bytes = b"\x01" * 32
    leaves: list[bytes] = field(default_factory=list)
    nodes: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def append(self, data: bytes) -> int:
        index = len(self.leaves)
        self.leaves.append(data)
        for level, at, node in merkle.completed_nodes(index, merkle.leaf_hash(data), self.read):
            assert (level, at) not in self.nodes
            self.nodes[level, at] = node
        return index

    def read(self, level: int, index: int) -> bytes:
        return self.nodes[level, index]

    def grow(self, size: int) -> "ExampleLog":
        for index in range(len(self.leaves), size):
            self.append(b"entry %d" % index)
        return self

    @property
    def key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @property
    def public(self) -> bytes:
        return self.key.public_key().public_bytes_raw()

    @property
    def verifier(self) -> Verifier:
        return Verifier.of(self.origin, self.public)

    def checkpoint(self) -> str:
        size = len(self.leaves)
        return sign(Checkpoint(self.origin, size, merkle.root(size, self.read)), self.public, self.key.sign)

    def proof(self, index: int) -> Proof:
        return Proof(index, merkle.inclusion(index, len(self.leaves), self.read), self.checkpoint())


def salts_for(names: list[str]) -> dict[str, bytes]:
    return {name: hashlib.sha256(name.encode()).digest() for name in names}


def receive(log: ExampleLog, values: dict[str, str] | None = None, *, then: int = 3) -> Receipt:
    """Append one entry with `values`, let `then` more entries follow, return its receipt."""
    values = VALUES if values is None else values
    salts = salts_for(list(values))
    data = leaf(PUBLIC, {name: commit(name, value, salts[name]) for name, value in values.items()})
    index = log.append(data)
    log.grow(index + 1 + then)
    return Receipt(data, values, salts, log.proof(index))
