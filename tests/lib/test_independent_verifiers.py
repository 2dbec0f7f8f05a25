"""Programs that we did not write find what we write right: pymerkle, sigstore, and Go's checksum database."""

import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pymerkle
import pytest
from sigstore._internal.merkle import verify_merkle_inclusion
from sigstore._internal.rekor.checkpoint import SignedCheckpoint
from sigstore.errors import VerificationError

from lib.example_log import ExampleLog, receive
from talanoa.lib import merkle, strict64
from talanoa.lib.checkpoints import Checkpoint
from talanoa.lib.notes import open_note
from talanoa.lib.tiles import ENTRIES, WIDTH, entry_bundle, tile_bytes, tiles_for

GO_SOURCES = Path("/usr/share/gocode")
PROGRAM = Path(__file__).parent / "go" / "verify.go"


def test_pymerkle_finds_the_same_root_at_every_size() -> None:
    log, tree = ExampleLog().grow(77), pymerkle.InmemoryTree(algorithm="sha256")
    for size, data in enumerate(log.leaves, 1):
        tree.append_entry(data)
        assert tree.get_root(size) == merkle.root(size, log.read)


def rekor_entry(log: ExampleLog, index: int, data: bytes) -> SimpleNamespace:
    """An entry in the shape of sigstore's, as far as its Merkle code looks at it."""
    size = len(log.leaves)
    hashes = merkle.inclusion(index, size, log.read)
    root = merkle.root(size, log.read)
    proof = SimpleNamespace(log_index=index, tree_size=size, hashes=hashes, root_hash=root)
    return SimpleNamespace(_inner=SimpleNamespace(inclusion_proof=proof, canonicalized_body=data))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 64, 77])
def test_sigstore_accepts_every_inclusion_proof(size: int) -> None:
    log = ExampleLog().grow(size)
    for index, data in enumerate(log.leaves):
        verify_merkle_inclusion(rekor_entry(log, index, data))


def test_sigstore_refuses_an_entry_that_is_not_in_the_log() -> None:
    with pytest.raises(VerificationError):
        verify_merkle_inclusion(rekor_entry(ExampleLog().grow(9), 4, b"entry 5"))


def test_sigstore_reads_our_checkpoints() -> None:
    log = ExampleLog().grow(77)
    read = SignedCheckpoint.from_text(log.checkpoint())
    root = merkle.root(77, log.read).hex()
    assert (read.checkpoint.origin, read.checkpoint.log_size, read.checkpoint.log_hash) == (
        log.origin,
        77,
        root,
    )
    [signature] = read.signed_note.signatures
    assert (signature.name, signature.sig_hash) == (log.origin, log.verifier.key_id)
    log.key.public_key().verify(strict64.decode(signature.signature.decode()), read.signed_note.note.encode())


@pytest.fixture(scope="session")
def go_program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checker of `go/verify.go`, built with Debian's golang-go and golang-golang-x-mod-dev."""
    go = shutil.which("go")
    if go is None or not (GO_SOURCES / "src/golang.org/x/mod/sumdb").is_dir():
        pytest.skip("needs Debian's golang-go and golang-golang-x-mod-dev")
    folder = tmp_path_factory.mktemp("go")
    variables = {
        "GO111MODULE": "off",
        "GOPATH": str(GO_SOURCES),
        "GOCACHE": str(folder / "cache"),
        "GOFLAGS": "",
    }
    command = [go, "build", "-o", str(folder / "verify"), str(PROGRAM)]
    subprocess.run(command, check=True, env={"PATH": "/usr/bin:/bin", "HOME": str(folder), **variables})
    return folder / "verify"


def export(log: ExampleLog, folder: Path) -> None:
    """Write the log as static files, with claims about every record and every earlier size."""
    size = len(log.leaves)
    for tile in tiles_for(size):
        first = tile.index * WIDTH
        path = folder / tile.path
        path.parent.mkdir(parents=True, exist_ok=True)
        leaves = log.leaves[first : first + tile.width]
        entries = tile.level == ENTRIES
        path.write_bytes(
            entry_bundle(leaves) if entries else tile_bytes(tile.level, tile.index, tile.width, log.read)
        )
    (folder / "vkey").write_text(log.verifier.vkey)
    (folder / "checkpoint").write_text(log.checkpoint(), encoding="utf-8")
    claims = [
        claim("record", at, log.nodes[0, at], merkle.inclusion(at, size, log.read)) for at in range(size)
    ]
    claims += [
        claim("tree", old, merkle.root(old, log.read), merkle.consistency(old, size, log.read))
        for old in range(1, size + 1)
    ]
    (folder / "claims").write_text("\n".join(claims))


def claim(kind: str, number: int, node: bytes, proof: list[bytes]) -> str:
    return f"{kind} {number} {strict64.encode(node)} {','.join(map(strict64.encode, proof))}"


@pytest.mark.parametrize("size", [1, 2, 3, 70, 256, 257, 1000])
def test_go_accepts_our_notes_tiles_and_proofs_and_refuses_changed_ones(
    size: int, go_program: Path, tmp_path: Path
) -> None:
    log = ExampleLog()
    receive(log, then=0)
    export(log.grow(size), tmp_path)
    found = subprocess.run([go_program, tmp_path], check=True, capture_output=True, text=True)
    assert found.stdout == f"{size} {2 * size} {2 * size}\n"


def test_go_refuses_a_checkpoint_of_another_log(go_program: Path, tmp_path: Path) -> None:
    log = ExampleLog().grow(3)
    export(log, tmp_path)
    (tmp_path / "vkey").write_text(ExampleLog(log.origin, b"\x07" * 32).verifier.vkey)
    found = subprocess.run([go_program, tmp_path], check=False, capture_output=True, text=True)
    assert (found.returncode, found.stdout) == (1, "")


def test_a_checkpoint_that_sigstore_reads_opens_here_too() -> None:
    log = ExampleLog().grow(5)
    text, _ = open_note(log.checkpoint(), [log.verifier])
    assert Checkpoint.parse(text).text == SignedCheckpoint.from_text(log.checkpoint()).signed_note.note
