"""Checkpoints (C2SP tlog-checkpoint): the name, size and root of a log, signed as a note.

Errors: CheckpointMalformed, a ValueError, when the text is not a checkpoint.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from talanoa.lib import strict64
from talanoa.lib.merkle import HASH_SIZE
from talanoa.lib.notes import signature_line

MAX_SIZE = 2**63 - 1

_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")


class CheckpointMalformed(ValueError):
    """The text is not origin, size and root, one per line."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of the log `origin` at `size` entries; `root` is its Merkle root, 32 bytes."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The note text: three lines, each with its newline."""
        return f"{self.origin}\n{self.size}\n{strict64.encode(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Return the checkpoint in a note's text; extension lines after it are dropped: we write none."""
        lines = text.split("\n")
        if len(lines) < len(("origin", "size", "root", "")) or not all(lines[:-1]) or lines[-1]:
            raise CheckpointMalformed("a checkpoint has three lines: origin, size, root")
        origin, size, root = lines[:3]
        return cls(origin, parse_size(size), _root(root))


def sign(checkpoint: Checkpoint, public: bytes, sign: Callable[[bytes], bytes]) -> str:
    """Return the signed note of `checkpoint` under the key name that is its origin.

    `sign` turns the note's text into an Ed25519 signature (64 bytes) that `public` verifies.
    KeyMalformed if the origin cannot be a key name (a space, a plus sign).
    """
    text = checkpoint.text
    return f"{text}\n{signature_line(checkpoint.origin, public, sign(text.encode()))}"


def parse_size(text: str) -> int:
    """Return a size or an index in ASCII decimal without leading zeros, at most 2**63 - 1."""
    if not _DECIMAL.fullmatch(text) or int(text) > MAX_SIZE:
        raise CheckpointMalformed("a size is a decimal number without leading zeros")
    return int(text)


def _root(text: str) -> bytes:
    try:
        root = strict64.decode(text)
    except ValueError as error:
        raise CheckpointMalformed("the root is not base64") from error
    if len(root) != HASH_SIZE:
        raise CheckpointMalformed("a root has 32 bytes")
    return root
