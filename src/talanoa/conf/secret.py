"""The session secret: given by the operator, or made once and kept in the installation's key directory."""

import secrets
from pathlib import Path

from talanoa.kernel.keyring import write_once


def secret_key(given: str, home: Path) -> str:
    """Return `given`, or the secret kept in `home`/keys, made on first use and readable by nobody else."""
    if given:
        return given
    path = home / "keys" / "session.secret"
    write_once(path, secrets.token_urlsafe(64).encode("ascii"))
    return path.read_text(encoding="ascii")
