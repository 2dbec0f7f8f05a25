"""The Merkle tree of RFC 6962 and RFC 9162: the hashes a log stores, its root, and proofs that need no trust.

Only hashes of perfect subtrees are ever stored or read: `Read(level, index)` returns the hash over the leaves
`index * 2**level` up to `(index + 1) * 2**level`, which never changes once it exists. Nothing here recurses.
Errors: ProofError, a ValueError, when a proof does not lead to the root it claims.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence

Read = Callable[[int, int], bytes]
Node = tuple[int, int, bytes]

HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


class ProofError(ValueError):
    """The proof does not show what it claims to show."""


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of one entry (RFC 6962, section 2.1: prefix 0x00)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two neighboring subtrees (RFC 6962, section 2.1: prefix 0x01)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def completed_nodes(index: int, leaf: bytes, read: Read) -> list[Node]:
    """Return the nodes (level, index, hash) that appending `leaf` at `index` completes, level 0 first.

    `leaf` is a leaf hash; `read` is asked only for left neighbors, which earlier appends have stored.
    """
    level, nodes = 0, [(0, index, leaf)]
    while index & 1:
        leaf = node_hash(read(level, index - 1), leaf)
        level, index = level + 1, index >> 1
        nodes.append((level, index, leaf))
    return nodes


def root(size: int, read: Read) -> bytes:
    """Return the root of the first `size` leaves (RFC 6962, section 2.1); EMPTY_ROOT for none."""
    return _span(0, size, read) if size else EMPTY_ROOT


def inclusion(index: int, size: int, read: Read) -> list[bytes]:
    """Return the proof that leaf `index` is in the tree of `size` leaves (RFC 6962, section 2.1.1).

    Sibling of the leaf first, child of the root last. ValueError unless 0 <= index < size.
    """
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    return _path(0, index, size, read)


def consistency(old: int, new: int, read: Read) -> list[bytes]:
    """Return the proof that the tree of `new` leaves begins with the tree of `old` (RFC 6962, section 2.1.2).

    Empty when the old tree is empty or the trees are the same. ValueError unless 0 <= old <= new.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} leaves cannot extend one of {old}")
    if old in {0, new}:
        return []
    level = (old & -old).bit_length() - 1
    index = (old >> level) - 1
    start = [read(level, index)] if index else []
    return start + _path(level, index, new, read)


def check_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Raise ProofError unless `proof` leads from the leaf hash at `index` to the root of `size` leaves.

    RFC 9162, section 2.1.3.2.
    """
    if not 0 <= index < size:
        raise ProofError(f"no entry {index} in a tree of {size}")
    _require_hashes(leaf, root, *proof)
    node, last, reached = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise ProofError("the proof is too long")
        if node & 1 or node == last:
            reached = node_hash(sibling, reached)
            node, last = _climb_border(node, last)
        else:
            reached = node_hash(reached, sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise ProofError("the proof is too short")
    _require_same(reached, root, "the proof leads to another root")


def check_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Raise ProofError unless `proof` shows that the tree of `new` leaves begins with the tree of `old`.

    RFC 9162, section 2.1.4.2. An empty old tree is the beginning of every tree.
    """
    if not 0 <= old <= new:
        raise ProofError(f"a tree of {new} cannot extend one of {old}")
    _require_hashes(old_root, new_root, *proof)
    if old == 0:
        _require_same(old_root, EMPTY_ROOT, "the old root is not that of an empty tree")
    if old == new:
        _require_same(old_root, new_root, "one size, two roots")
    if old in {0, new}:
        if proof:
            raise ProofError("the proof is too long")
        return
    _check_growth(old, new, old_root, new_root, proof)


def fold(leaf_hashes: Iterable[bytes]) -> bytes:
    """Return the root over all leaf hashes from scratch: about one hash per leaf, memory for 64 at most."""
    peaks: list[bytes] = []
    for size, leaf in enumerate(leaf_hashes):
        node, rest = leaf, size
        while rest & 1:
            node = node_hash(peaks.pop(), node)
            rest >>= 1
        peaks.append(node)
    return _join(peaks) if peaks else EMPTY_ROOT


def fold_nodes(leaf_hashes: Iterable[bytes]) -> Iterator[Node]:
    """Yield every node (level, index, hash) that a log of these leaf hashes stores, as they are completed."""
    peaks: dict[int, bytes] = {}
    for index, leaf in enumerate(leaf_hashes):
        for node in completed_nodes(index, leaf, lambda level, _: peaks[level]):
            peaks[node[0]] = node[2]
            yield node


def _span(begin: int, end: int, read: Read) -> bytes:
    """Root of the leaves from `begin` to `end`; a subtree at least that large begins at `begin`."""
    peaks = []
    while begin < end:
        level = (end - begin).bit_length() - 1
        peaks.append(read(level, begin >> level))
        begin += 1 << level
    return _join(peaks)


def _join(peaks: Sequence[bytes]) -> bytes:
    """Root over the perfect subtrees of a tree, largest first."""
    joined = peaks[-1]
    for peak in reversed(peaks[:-1]):
        joined = node_hash(peak, joined)
    return joined


def _path(level: int, index: int, size: int, read: Read) -> list[bytes]:
    """Siblings on the way from a perfect node up to the root of `size` leaves."""
    path, last = [], (size - 1) >> level
    while last:
        sibling = index ^ 1
        if sibling < last:
            path.append(read(level, sibling))
        elif sibling == last:
            path.append(_span(sibling << level, size, read))
        level, index, last = level + 1, index >> 1, last >> 1
    return path


def _climb_border(node: int, last: int) -> tuple[int, int]:
    """Skip the levels at which the last node has no sibling (RFC 9162, section 2.1.3.2, step 4)."""
    while node and not node & 1:
        node, last = node >> 1, last >> 1
    return node, last


def _check_growth(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Steps 3 to 8 of RFC 9162, section 2.1.4.2, for 0 < old < new."""
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    hashes = list(proof) if node else [old_root, *proof]
    if not hashes:
        raise ProofError("the proof is too short")
    before = after = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            raise ProofError("the proof is too long")
        if node & 1 or node == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            node, last = _climb_border(node, last)
        else:
            after = node_hash(after, sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise ProofError("the proof is too short")
    _require_same(before, old_root, "the proof leads to another old root")
    _require_same(after, new_root, "the proof leads to another new root")


def _require_hashes(*hashes: bytes) -> None:
    if any(len(each) != HASH_SIZE for each in hashes):
        raise ProofError("a hash in the proof has the wrong length")


def _require_same(reached: bytes, claimed: bytes, otherwise: str) -> None:
    if reached != claimed:
        raise ProofError(otherwise)
