"""The session secret: given by the operator, or made once and kept in the installation's key directory."""

import os
import secrets
from pathlib import Path


def secret_key(given: str, home: Path) -> str:
    """Return `given`, or the secret kept in `home`/keys, made on first use and readable by nobody else."""
    if given:
        return given
    path = home / "keys" / "session.secret"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    secret = secrets.token_urlsafe(64)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secret)
    return secret
