"""Which statement comes next: a public function of counts, seed and participant, that anybody can repeat.

First come statements that the participant's own group was asked least often, then those asked least often at all;
counts within a factor of two of each other are the same, and a mixed number decides, so that not everybody gets the
same ones at once. So each group is heard on each statement, instead of only where opinions differ most.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """How often a statement was voted on: in the participant's group, and in all."""

    in_group: int
    in_all: int


def statement_order(asked: Mapping[int, Asked], *, participant: int, seed: str) -> tuple[int, ...]:
    """Return the statements that somebody has not voted on, in the order to ask them."""

    def key(statement: int) -> tuple[int, int, bytes]:
        counts = asked[statement]
        mixed = hashlib.sha256(f"{seed}|{participant}|{statement}".encode()).digest()
        return counts.in_group.bit_length(), counts.in_all.bit_length(), mixed

    return tuple(sorted(asked, key=key))
