"""The one source of chance: the operating system's in real space, derived and repeatable in practice."""

import hashlib
import hmac
import os

from talanoa.kernel.space import Space


def entropy(space: Space, label: str) -> bytes:
    """Return 32 bytes for `label`.

    In practice space they are HMAC-SHA256(seed, label), so that a replay draws the same bytes.
    """
    if space.is_real:
        return os.urandom(32)  # noqa: TID251 - this is the one source
    return hmac.digest(space.seed, label.encode(), hashlib.sha256)
