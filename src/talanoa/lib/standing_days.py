"""How a recommendation says that a default is to change: “Default appeal: 35 days”."""

import re

_STATED = re.compile(
    r"\bdefault[ \t]+[`*]?([a-z]+(?:-[a-z]+)?)[`*]?:[ \t]*(\d{1,3})[ \t]+days\b", re.IGNORECASE
)


def stated(text: str) -> dict[str, int]:
    """Return the days for each default that `text` names, in the form above; the last one of a name counts."""
    return {name.lower(): int(days) for name, days in _STATED.findall(text)}
