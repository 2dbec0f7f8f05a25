"""Proofs in a file (C2SP tlog-proof): the index of an entry, the hashes up to the root, a signed checkpoint.

Errors: ProofMalformed, a ValueError, when the text has not that form. Whether the proof holds is asked in
`merkle.check_inclusion` and `notes.open_note`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from talanoa.lib import strict64
from talanoa.lib.checkpoints import CheckpointMalformed, parse_size
from talanoa.lib.merkle import HASH_SIZE

FIRST_LINE = "c2sp.org/tlog-proof@v1"
MAX_HASHES = 63


class ProofMalformed(ValueError):
    """The text is not a proof of the form tlog-proof@v1."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Where an entry stands (`index`, from 0), its inclusion proof, and the signed note it leads to."""

    index: int
    hashes: Sequence[bytes]
    checkpoint: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "hashes", tuple(self.hashes))

    @property
    def text(self) -> str:
        """The proof as a file."""
        hashes = "".join(f"{strict64.encode(each)}\n" for each in self.hashes)
        return f"{FIRST_LINE}\nindex {self.index}\n{hashes}\n{self.checkpoint}"

    @classmethod
    def parse(cls, text: str) -> "Proof":
        """Return the proof in `text`. An `extra` line is passed over: it is not authenticated."""
        head, blank, checkpoint = text.partition("\n\n")
        first, *lines = head.split("\n")
        if first != FIRST_LINE or not blank:
            raise ProofMalformed(f"a proof begins with {FIRST_LINE} and ends with a checkpoint")
        if lines and lines[0].startswith("extra "):
            lines = lines[1:]
        if not lines or not lines[0].startswith("index "):
            raise ProofMalformed("the proof does not say which entry it is about")
        if len(lines) > 1 + MAX_HASHES:
            raise ProofMalformed("the proof has more hashes than any tree is high")
        return cls(_index(lines[0]), [_hash(line) for line in lines[1:]], checkpoint)


def _index(line: str) -> int:
    try:
        return parse_size(line.removeprefix("index "))
    except CheckpointMalformed as error:
        raise ProofMalformed("the index is not a number") from error


def _hash(line: str) -> bytes:
    try:
        data = strict64.decode(line)
    except ValueError as error:
        raise ProofMalformed("a hash of the proof is not base64") from error
    if len(data) != HASH_SIZE:
        raise ProofMalformed("a hash of the proof has not 32 bytes")
    return data
