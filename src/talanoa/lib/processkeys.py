"""Keys of processes and numbers of contributions as people type them: `nm`, `nm-17`, `NM 17`."""

import re
from itertools import islice

RESERVED = frozenset(
    {
        "abuse",
        "archive",
        "awards",
        "badges",
        "bounces",
        "grants",
        "help",
        "issues",
        "learn",
        "postmaster",
        "practice",
        "registry",
        "roster",
        "talanoa",
    }
)
"""Names of addresses that no process can have: RFC 2142 asks for two, our own mail needs the others."""

PRACTICE = "pr-"
"""How the keys of practice rooms begin, and no other."""

PLACE = "place"
"""The key of the process about the place itself: who hosts it, who pays, by which defaults it works."""

MOST_NUMBERS = 10_000
"""Numbers that are read from one short form."""

_KEY = re.compile(r"[a-z][a-z0-9-]{0,10}[a-z0-9]")
_SPAN = re.compile(r"([0-9]{1,7})(?:-([0-9]{1,7}))?")
_NUMBER = re.compile(r"\s*(?:[a-z][a-z0-9-]*?)?[-\s#]*(\d{1,7})\s*", re.IGNORECASE)


def is_key(value: str) -> bool:
    """Tell whether `value` can be a process key: 2 to 12 letters a-z, digits, hyphens; begins with a letter."""
    return _KEY.fullmatch(value) is not None


def label(key: str, number: int) -> str:
    """Return how a contribution is called, such as `nm-17`."""
    return f"{key}-{number}"


def number_in(value: str) -> int | None:
    """Return the number in `17`, `#17`, `nm-17` or `NM 17`, or None where there is none."""
    found = _NUMBER.fullmatch(value)
    return int(found[1]) if found else None


def ranges(numbers: list[int]) -> str:
    """Return numbers in short form without blanks, such as `1-4,7`."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)


def numbers_in(spans: str) -> list[int]:
    """Return the numbers that `ranges` wrote in short form, at most MOST_NUMBERS; of what it did not write, none."""
    found: list[int] = []
    for span in filter(None, map(_SPAN.fullmatch, spans.split(","))):
        first, last = int(span[1]), int(span[2] or span[1])
        found += islice(range(first, last + 1), MOST_NUMBERS - len(found))
    return found
