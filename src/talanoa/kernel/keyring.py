"""Where the installation's own keys are kept: files readable by nobody else.

`conf` names the directory when the program starts; what needs a key asks for it by name.
"""

import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def write_once(path: Path, data: bytes) -> None:
    """Write a file that nobody else may read, whole or not at all; one that is there already stays."""
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(handle)
        # A link, because it never replaces the key that another program made meanwhile.
        with suppress(FileExistsError):
            path.hardlink_to(part)
    finally:
        part.unlink(missing_ok=True)


class KeyMissing(RuntimeError):
    """The key file is not there: `talanoa init` makes it."""


class Keyring:
    """The Ed25519 keys in one directory, one 32-byte file each, mode 0600."""

    def __init__(self) -> None:
        self.directory: Path | None = None

    def create(self, name: str, seed: bytes) -> None:
        """Write the key made from `seed` (32 bytes) unless a key of this name exists."""
        write_once(self._path(name), seed)

    def destroy(self, name: str) -> None:
        """Delete the key of this name, where there is one: that of a practice room goes with the room."""
        self._path(name).unlink(missing_ok=True)
        _read.cache_clear()

    def public(self, name: str) -> bytes:
        """Return the 32 bytes of the public key."""
        return self._load(name).public_key().public_bytes_raw()

    def sign(self, name: str, message: bytes) -> bytes:
        """Return the 64-byte Ed25519 signature of `message`."""
        return self._load(name).sign(message)

    def _path(self, name: str) -> Path:
        if self.directory is None:
            raise KeyMissing("The key directory is not set.")
        return self.directory / f"{name}.ed25519"

    def _load(self, name: str) -> Ed25519PrivateKey:
        return _read(self._path(name))


@lru_cache(maxsize=8)
def _read(path: Path) -> Ed25519PrivateKey:
    try:
        return Ed25519PrivateKey.from_private_bytes(path.read_bytes())
    except FileNotFoundError as missing:
        raise KeyMissing(f"No key at {path.name}: run `talanoa init` first.") from missing


keyring = Keyring()
