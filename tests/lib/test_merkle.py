import hashlib
from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.example_log import ExampleLog
from talanoa.lib import merkle
from talanoa.lib.merkle import ProofError, check_consistency, check_inclusion

SIZES = range(1, 71)
LEAVES = [merkle.leaf_hash(b"entry %d" % index) for index in range(71)]
NODES = {(level, index): node for level, index, node in merkle.fold_nodes(LEAVES)}

# The eight entries and the roots that certificate-transparency implementations share as test data.
KNOWN_ENTRIES = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
KNOWN_ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def read(level: int, index: int) -> bytes:
    return NODES[level, index]


ROOTS = [merkle.root(size, read) for size in range(71)]


def tree_hash(leaves: Sequence[bytes]) -> bytes:
    """RFC 6962, section 2.1, in its own recursive words."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    k = split(len(leaves))
    return merkle.node_hash(tree_hash(leaves[:k]), tree_hash(leaves[k:]))


def path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """RFC 6962, section 2.1.1, in its own recursive words."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if index < k:
        return [*path(index, leaves[:k]), tree_hash(leaves[k:])]
    return [*path(index - k, leaves[k:]), tree_hash(leaves[:k])]


def growth(old: int, leaves: Sequence[bytes], *, known: bool = True) -> list[bytes]:
    """RFC 6962, section 2.1.2, in its own recursive words."""
    if old == len(leaves):
        return [] if known else [tree_hash(leaves)]
    k = split(len(leaves))
    if old <= k:
        return [*growth(old, leaves[:k], known=known), tree_hash(leaves[k:])]
    return [*growth(old - k, leaves[k:], known=False), tree_hash(leaves[:k])]


def split(size: int) -> int:
    return 1 << (size - 1).bit_length() - 1


def flipped(data: bytes) -> Iterator[bytes]:
    """The hash with each of its bytes changed in one bit."""
    for at in range(len(data)):
        yield data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1 :]


def mutants(proof: list[bytes]) -> Iterator[list[bytes]]:
    """Every one-byte change, and every hash left out, doubled, or swapped with the next."""
    for at, each in enumerate(proof):
        for other in flipped(each):
            yield [*proof[:at], other, *proof[at + 1 :]]
        yield [*proof[:at], *proof[at + 1 :]]
        yield [*proof[:at], each, *proof[at:]]
        yield [*proof[:at], each[:-1], *proof[at + 1 :]]
    for at in range(len(proof) - 1):
        yield [*proof[:at], proof[at + 1], proof[at], *proof[at + 2 :]]
    yield [*proof, LEAVES[0]]


@pytest.mark.parametrize(("size", "expected"), KNOWN_ROOTS.items())
def test_the_root_is_the_one_that_other_logs_compute(size: int, expected: str) -> None:
    leaves = [merkle.leaf_hash(bytes.fromhex(entry)) for entry in KNOWN_ENTRIES[:size]]
    assert merkle.fold(leaves).hex() == expected


@pytest.mark.parametrize("size", range(71))
def test_the_root_is_that_of_the_definition(size: int) -> None:
    expected = tree_hash(LEAVES[:size])
    assert (merkle.root(size, read), merkle.fold(LEAVES[:size])) == (expected, expected)


@pytest.mark.parametrize("size", SIZES)
def test_every_inclusion_proof_is_that_of_the_definition_and_holds(size: int) -> None:
    for index in range(size):
        proof = merkle.inclusion(index, size, read)
        check_inclusion(LEAVES[index], index, size, proof, ROOTS[size])
        assert proof == path(index, LEAVES[:size])


@pytest.mark.parametrize("new", SIZES)
def test_every_consistency_proof_is_that_of_the_definition_and_holds(new: int) -> None:
    for old in range(1, new + 1):
        proof = merkle.consistency(old, new, read)
        check_consistency(old, new, ROOTS[old], ROOTS[new], proof)
        assert proof == growth(old, LEAVES[:new])


@pytest.mark.parametrize("size", SIZES)
def test_no_changed_inclusion_proof_holds(size: int) -> None:
    for index in range(size):
        for proof in mutants(merkle.inclusion(index, size, read)):
            assert refuses_inclusion(LEAVES[index], index, size, proof, ROOTS[size])


@pytest.mark.parametrize("size", SIZES)
def test_no_inclusion_proof_holds_for_another_leaf_root_or_index(size: int) -> None:
    for index in range(size):
        proof = merkle.inclusion(index, size, read)
        for leaf in flipped(LEAVES[index]):
            assert refuses_inclusion(leaf, index, size, proof, ROOTS[size])
        for root in flipped(ROOTS[size]):
            assert refuses_inclusion(LEAVES[index], index, size, proof, root)
        for other in {*range(-1, size + 2)} - {index}:
            assert refuses_inclusion(LEAVES[index], other, size, proof, ROOTS[size])


@pytest.mark.parametrize("new", SIZES)
def test_no_changed_consistency_proof_holds(new: int) -> None:
    for old in range(1, new + 1, 3):
        for proof in mutants(merkle.consistency(old, new, read)):
            assert refuses_consistency(old, new, ROOTS[old], ROOTS[new], proof)


@pytest.mark.parametrize("new", SIZES)
def test_no_consistency_proof_holds_for_another_root(new: int) -> None:
    for old in range(1, new + 1):
        proof = merkle.consistency(old, new, read)
        assert all(refuses_consistency(old, new, root, ROOTS[new], proof) for root in flipped(ROOTS[old]))
        assert all(refuses_consistency(old, new, ROOTS[old], root, proof) for root in flipped(ROOTS[new]))


def test_a_fork_has_no_consistency_proof() -> None:
    forked = {(level, index): node for level, index, node in merkle.fold_nodes([*LEAVES[:9], *LEAVES[10:40]])}
    for old, new in product(range(10, 30), range(30, 39)):
        proof = merkle.consistency(old, new, lambda level, index: forked[level, index])
        root = merkle.root(new, lambda level, index: forked[level, index])
        assert refuses_consistency(old, new, ROOTS[old], root, proof)


def test_an_empty_tree_is_the_beginning_of_every_tree() -> None:
    assert merkle.consistency(0, 5, read) == []
    check_consistency(0, 5, merkle.EMPTY_ROOT, ROOTS[5], [])
    check_consistency(0, 0, merkle.EMPTY_ROOT, merkle.EMPTY_ROOT, [])
    assert refuses_consistency(0, 5, ROOTS[1], ROOTS[5], [])
    assert refuses_consistency(0, 0, merkle.EMPTY_ROOT, ROOTS[1], [])


def test_a_shrunken_tree_is_no_extension() -> None:
    assert refuses_consistency(6, 5, ROOTS[6], ROOTS[5], [])
    assert refuses_consistency(-1, 5, ROOTS[1], ROOTS[5], [])


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_there_is_no_proof_for_an_entry_outside_the_tree(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        merkle.inclusion(index, size, read)


def test_there_is_no_proof_that_a_tree_shrank() -> None:
    with pytest.raises(ValueError, match="cannot extend"):
        merkle.consistency(6, 5, read)


def test_a_log_of_exactly_one_entry_takes_its_second_beside_the_first() -> None:
    # Once, `(max(indexes) or -1) + 1` read index 0 as "no entry", and the second append collided with the first.
    log = ExampleLog()
    assert [log.append(b"first"), log.append(b"second")] == [0, 1]
    assert sorted(log.nodes) == [(0, 0), (0, 1), (1, 0)]


def test_the_only_entry_of_a_log_needs_no_hashes() -> None:
    assert merkle.inclusion(0, 1, read) == []
    check_inclusion(LEAVES[0], 0, 1, [], LEAVES[0])


@pytest.mark.parametrize("size", SIZES)
def test_appending_stores_each_perfect_subtree_once(size: int) -> None:
    log = ExampleLog().grow(size)
    expected = {(level, index) for level in range(8) for index in range(size >> level)}
    assert set(log.nodes) == expected
    assert log.nodes == {key: node for key, node in NODES.items() if key in expected}


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=300), st.data())
def test_any_entry_of_any_log_can_be_proven(entries: list[bytes], data: st.DataObject) -> None:
    hashes = [merkle.leaf_hash(entry) for entry in entries]
    nodes = {(level, index): node for level, index, node in merkle.fold_nodes(hashes)}
    index = data.draw(st.integers(0, len(entries) - 1))
    proof = merkle.inclusion(index, len(entries), lambda level, at: nodes[level, at])
    check_inclusion(hashes[index], index, len(entries), proof, merkle.fold(hashes))


@given(
    st.integers(-3, 2**70), st.integers(-3, 2**70), st.lists(st.binary(min_size=32, max_size=32), max_size=90)
)
def test_hostile_proofs_are_refused_and_nothing_else_is_raised(a: int, b: int, proof: list[bytes]) -> None:
    assert refuses_inclusion(LEAVES[0], a, b, proof, LEAVES[1])
    assert refuses_consistency(a, b, LEAVES[0], LEAVES[1], proof)


def refuses_inclusion(leaf: bytes, index: int, size: int, proof: list[bytes], root: bytes) -> bool:
    try:
        check_inclusion(leaf, index, size, proof, root)
    except ProofError:
        return True
    return False


def refuses_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: list[bytes]) -> bool:
    try:
        check_consistency(old, new, old_root, new_root, proof)
    except ProofError:
        return True
    return False
