"""Verifiable draws: which numbers of a pool the lot picks, so that anybody can draw again and get the same.

The pool is numbered and the sources are named in public before what they will say is known; then nobody can
steer the result, and it takes no trust in who computes it. Source: RFC 3797, sections 2, 4 and 6, and the
reference code in its section 7.

Errors, all ValueError: SourceUnreadable (`source_unreadable`), PoolUnfit (`pool_unfit`), SelectionUnfit
(`selection_unfit`), DrawUnreadable (`draw_unreadable`).
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

LARGEST_POOL = 65_535
"""The number of a round goes into the digest as two octets."""
MOST_SOURCES, MOST_NUMBERS = 16, 16
"""As in the reference code of RFC 3797."""
MOST_DIGITS = 80
"""Room for a number of 256 bits, as public beacons give them."""
MOST_CHARS = MOST_NUMBERS * (MOST_DIGITS + 1)

_WHOLE = re.compile(r"[0-9]+")
_FRACTION = re.compile(r"([0-9]+)\.([0-9]+)")


class SourceUnreadable(ValueError):
    """A source is no list of whole numbers and no single number with a fraction, or there are too many."""

    code = "source_unreadable"

    def __init__(self, number: int) -> None:
        super().__init__(f"source {number} cannot be read")
        self.number = number


class PoolUnfit(ValueError):
    """The pool has less than 1 or more than 65,535 members, or its list of names cannot be numbered."""

    code = "pool_unfit"


class SelectionUnfit(ValueError):
    """To be selected are less than one, or more than the pool has."""

    code = "selection_unfit"


class DrawUnreadable(ValueError):
    """What should be a saved draw is none."""

    code = "draw_unreadable"


@dataclass(frozen=True, slots=True)
class Draw:
    """A draw and all that it takes to repeat it.

    `selected` are numbers of the pool, from 1, in the order in which they were drawn; `digests` are those of
    each round, hexadecimal in capitals as RFC 3797 prints them.
    """

    method: str
    sources: tuple[str, ...]
    pool: int
    key: str
    digests: tuple[str, ...]
    selected: tuple[int, ...]


def _md5(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


METHODS: dict[str, Callable[[bytes], str]] = {"rfc3797": _md5, "sha256": _sha256}
"""`rfc3797` takes MD5, as the RFC does; `sha256` is the same scheme with SHA-256."""


def draw(sources: Sequence[str], *, pool: int, select: int, method: str = "rfc3797") -> Draw:
    """Return which `select` of the numbers 1 to `pool` the `sources` pick, in their order.

    In round i, counted from 0, the digest of i, key and i, read as one number, modulo how many are left, is
    the place (from 0, in rising order) of the next one among those that are left; i is two octets, the most
    significant first. Source: RFC 3797, section 4. `method` is one of METHODS.
    Raises SourceUnreadable, PoolUnfit, SelectionUnfit.
    """
    if not 1 <= pool <= LARGEST_POOL:
        raise PoolUnfit(f"a pool has 1 to {LARGEST_POOL} members, not {pool}")
    if not 1 <= select <= pool:
        raise SelectionUnfit(f"select 1 to {pool}, not {select}")
    key = key_of(sources)
    digests = tuple(_digest(METHODS[method], key, number) for number in range(select))
    left = list(range(1, pool + 1))
    selected = tuple(left.pop(int(digest, 16) % len(left)) for digest in digests)
    return Draw(method, tuple(sources), pool, key, digests, selected)


def _digest(method: Callable[[bytes], str], key: str, number: int) -> str:
    around = number.to_bytes(2, "big")
    return method(around + key.encode("ascii") + around).upper()


def key_of(sources: Sequence[str]) -> str:
    """Return the key of a draw: the numbers of each source, smallest first, each with `.`; `/` ends a source.

    A source is up to 16 whole numbers between blanks, or one number with a fraction such as `3.50`, which
    becomes `3.5`; leading zeros go. Several fractions in one source are refused: whether they are sorted, the
    text of RFC 3797 and its reference code do not say alike. So are words, signs and separators, which no two
    people would write down alike. Raises SourceUnreadable.
    """
    if not 1 <= len(sources) <= MOST_SOURCES:
        raise SourceUnreadable(len(sources))
    return "".join(f"{_source(text, number)}/" for number, text in enumerate(sources, start=1))


def _source(text: str, number: int) -> str:
    """Return the part of the key that stands for the source that is the `number`-th, counted from 1."""
    given = text.split() if len(text) <= MOST_CHARS else []
    if not 1 <= len(given) <= MOST_NUMBERS or any(len(each) > MOST_DIGITS for each in given):
        raise SourceUnreadable(number)
    if len(given) == 1 and (parts := _FRACTION.fullmatch(given[0])):
        return f"{int(parts[1])}.{parts[2].rstrip('0')}"
    if not all(map(_WHOLE.fullmatch, given)):
        raise SourceUnreadable(number)
    return "".join(f"{value}." for value in sorted(map(int, given)))


def names_of(listed: str) -> tuple[str, ...]:
    """Return the names of a pool, one on each line; the number of a name is that of its line.

    Raises PoolUnfit: an empty line before the last name, a name that stands twice, none, or too many.
    """
    names = tuple(line.strip() for line in listed.rstrip().split("\n")[: LARGEST_POOL + 1])
    if not all(names) or len(set(names)) < len(names) or len(names) > LARGEST_POOL:
        raise PoolUnfit("a pool has one name on each line, each once")
    return names


def broken(saved: object) -> tuple[Draw, tuple[str, ...]]:
    """Draw again what a saved draw says and return the draw and the names of the fields that differ from it.

    `saved` is an object as JSON gives it, with `method`, `sources`, `pool`, `key`, `digests` and `selected`.
    Raises DrawUnreadable, and what `draw` raises.
    """
    if not isinstance(saved, dict):
        raise DrawUnreadable("no object")
    method, sources = saved.get("method"), saved.get("sources")
    pool, selected = saved.get("pool"), saved.get("selected")
    if not isinstance(method, str) or method not in METHODS or not isinstance(selected, list):
        raise DrawUnreadable("no method or selection")
    if not isinstance(sources, list) or not all(isinstance(source, str) for source in sources):
        raise DrawUnreadable("no sources")
    if not isinstance(pool, int) or isinstance(pool, bool):
        raise DrawUnreadable("no size of the pool")
    again = draw(sources, pool=pool, select=len(selected), method=method)
    wrong = {
        "key": saved.get("key") != again.key,
        "digests": saved.get("digests") != list(again.digests),
        "selected": selected != list(again.selected),
    }
    return again, tuple(name for name, differs in wrong.items() if differs)
