"""The installation's keys: made once, readable by nobody else, missed with words that help."""

import stat
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from talanoa.kernel.keyring import KeyMissing, Keyring

SEED, OTHER = bytes(range(32)), bytes(32)


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    made = Keyring()
    made.directory = tmp_path / "keys"
    return made


def test_a_key_file_is_readable_by_its_owner_only(ring: Keyring) -> None:
    ring.create("real", SEED)
    assert ring.directory
    [file] = ring.directory.iterdir()
    assert (file.name, file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (
        "real.ed25519",
        SEED,
        0o600,
    )
    assert stat.S_IMODE(ring.directory.stat().st_mode) == 0o700


def test_a_key_that_is_there_is_never_replaced(ring: Keyring) -> None:
    ring.create("real", SEED)
    before = ring.public("real")
    ring.create("real", OTHER)
    assert ring.public("real") == before


def test_what_it_signs_its_public_key_verifies_and_no_other_text(ring: Keyring) -> None:
    ring.create("real", SEED)
    public = Ed25519PublicKey.from_public_bytes(ring.public("real"))
    public.verify(ring.sign("real", b"size 7"), b"size 7")
    with pytest.raises(InvalidSignature):
        public.verify(ring.sign("real", b"size 7"), b"size 8")


def test_a_missing_key_says_which_command_makes_it(ring: Keyring) -> None:
    with pytest.raises(KeyMissing, match=r"No key at real\.ed25519: run `talanoa init` first\."):
        ring.public("real")


def test_without_a_directory_nothing_is_written_anywhere() -> None:
    with pytest.raises(KeyMissing, match="directory is not set"):
        Keyring().create("real", SEED)
