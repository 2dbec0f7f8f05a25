"""Which senders of an archive may be one person: candidates for a person to decide, each with what speaks for it.

Nobody is compared with everybody (that takes the square of their number): only within blocks that share a normalized
name of two words or more, or the part before the @.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

BLOCK_LIMIT = 20
"""Senders of one block that are compared; a name that more share is that of a program or a role."""

SAME_NAME, SAME_LOCAL = "same name", "same part before the @"
"""Codes of what speaks for it; a colon and what is the same follow."""

_WORDS = re.compile(r"[^\W\d_]+")
_SHORTEST_LOCAL = 5
_ROLES = frozenset({
    "admin", "contact", "hello", "help", "info", "lists", "mail", "mailman", "noreply", "office", "owner", "postmaster",
    "press", "secretariat", "support", "sysadmin", "webmaster",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """A sender: its key, the name, and the address in small letters."""

    key: int
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two senders that may be one person; `one` is the smaller key. `evidence` holds codes with what is the same."""

    one: int
    other: int
    evidence: str


def normalized(name: str) -> str:
    """Return the words of a name without accents, case and order; "" where there are less than two.

    `Lima, João` and `Joao Lima` are both `joao lima`.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = sorted(_WORDS.findall(plain.casefold()))
    return " ".join(words) if len(words) > 1 else ""


def candidates(senders: Iterable[Known]) -> Iterator[Candidate]:
    """Yield every pair once, in the order of its keys; memory grows with the number of senders."""
    pairs: dict[tuple[int, int], list[str]] = {}
    for evidence, block in _blocks(list(senders)):
        for one, other in combinations(sorted(block), 2):
            pairs.setdefault((one, other), []).append(evidence)
    for (one, other), found in sorted(pairs.items()):
        yield Candidate(one, other, "; ".join(found))


def _blocks(senders: list[Known]) -> Iterator[tuple[str, list[int]]]:
    names: dict[str, list[int]] = {}
    locals_: dict[str, list[int]] = {}
    for sender in senders:
        if name := normalized(sender.name):
            names.setdefault(name, []).append(sender.key)
        local = sender.address.partition("@")[0].partition("+")[0]
        if len(local) >= _SHORTEST_LOCAL and local not in _ROLES:
            locals_.setdefault(local, []).append(sender.key)
    for code, blocks in ((SAME_NAME, names), (SAME_LOCAL, locals_)):
        for what, block in blocks.items():
            if 1 < len(block) <= BLOCK_LIMIT:
                yield f"{code}: {what}", block


def joined(keys: Iterable[int], same: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return for each key the smallest key of all that are the same as it, over however many pairs."""
    leads = {key: key for key in keys}

    def root(key: int) -> int:
        while leads[key] != key:
            leads[key] = leads[leads[key]]
            key = leads[key]
        return key

    for one, other in same:
        first, second = sorted((root(one), root(other)))
        leads[second] = first
    return {key: root(key) for key in leads}
