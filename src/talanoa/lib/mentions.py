"""Numbers of contributions that a text names: `nm-17` of its own process, or `#17`."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_NUMBER = re.compile(
    r"(?<![\w#&/.@+-])(?:#|([a-z][a-z0-9-]{0,11})-)([1-9]\d{0,6})(?![\w@-]|\.\d)", re.IGNORECASE
)


class Mention(NamedTuple):
    """A number that a text names, and where in it: from `start` up to `end`."""

    start: int
    end: int
    number: int


def mentions(text: str, key: str) -> Iterator[Mention]:
    """Yield what `text` names of the process `key`; parts of an address or of a longer word are none."""
    for found in _NUMBER.finditer(text):
        if (found[1] or key).lower() == key:
            yield Mention(found.start(), found.end(), int(found[2]))
