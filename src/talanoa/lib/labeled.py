"""Words under labels, as people write them in a mail or a file: `title: Who stays?`, `budget people: 4000`.

A line that begins with a known label begins what stands under it, and the lines below it go on with it until the next
one. Words before the first label belong to none.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date

_LABEL = re.compile(r"\s{0,3}([a-z0-9-]{1,40}(?: [a-z0-9-]{1,40})?)\s*[:\uff1a]\s*(.*)", re.IGNORECASE)
_AMOUNT = re.compile(r"\d{1,9}")


class LineUnreadable(ValueError):
    """A line cannot be read; its text is the argument."""


def labeled(text: str, is_label: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Yield each label in small letters with what stands under it; `is_label` tells which words are one."""
    label, said = "", list[str]()
    for line in text.splitlines():
        found = _LABEL.fullmatch(line)
        name = found[1].lower() if found else ""
        if found and is_label(name):
            if label:
                yield label, "\n".join(said)
            label, said = name, [found[2]]
        else:
            said.append(line)
    if label:
        yield label, "\n".join(said)


def amount_in(said: str) -> int:
    """Return whole units, which may be written in groups. Raises LineUnreadable."""
    plain = said.strip().replace(" ", "").replace(",", "")
    if not (plain.isascii() and _AMOUNT.fullmatch(plain)):
        raise LineUnreadable(said.strip()[:100])
    return int(plain)


def day_in(said: str) -> date:
    """Return a day as `2027-06-01`. Raises LineUnreadable."""
    try:
        return date.fromisoformat(said.strip())
    except ValueError as wrong:
        raise LineUnreadable(said.strip()[:100]) from wrong
