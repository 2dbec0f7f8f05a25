"""Pseudonyms of people: an HMAC of who they are, with a key that is kept apart (RFC 2104).

A new key makes new pseudonyms, so that two releases cannot be joined; without the key nobody can try addresses.
"""

import hashlib
import hmac
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

LENGTH = 16
"""Hexadecimal digits: 64 bits, so that a million people share one with a chance of about one in 40 million."""


def key_in(path: Path, new: bytes) -> bytes:
    """Return the key that `path` holds; `new`, kept there for its owner alone, where there is no file yet."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_bytes(new)
    return path.read_bytes()


def pseudonyms(key: bytes) -> Callable[[str], str]:
    """Return what makes pseudonyms with `key`, which holds at least 16 octets; "" stays "".

    Raises ValueError for a shorter key.
    """
    if len(key) < LENGTH:
        raise ValueError("The key of pseudonyms is too short.")

    @lru_cache(maxsize=1 << 16)
    def pseudonym(identity: str) -> str:
        return hmac.digest(key, identity.encode(), hashlib.sha256).hex()[:LENGTH] if identity else ""

    return pseudonym
