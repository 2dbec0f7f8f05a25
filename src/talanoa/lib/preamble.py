"""What the sender of a mail says of themselves in lines at its top, such as `country: Kenya`."""

import re

from talanoa.lib.aliases import fold

NAMES = {
    "name": "name",
    "group": "group",
    "stakeholder group": "group",
    "organization": "organization",
    "organisation": "organization",
    "country": "country",
    "language": "language",
    "show": "show",
}
"""What a line may be called, and what it tells."""

_LINE = re.compile(r"\s*([^:\uff1a]{2,30})[:\uff1a](.*)")


def read_preamble(text: str) -> tuple[dict[str, str], str]:
    """Return what the lines at the top of `text` tell, by their names in NAMES, and the text below them.

    The lines end at the first that is none of them, or that tells something twice; a blank line may follow.
    """
    told: dict[str, str] = {}
    lines = text.strip().split("\n")
    while lines and (found := _LINE.fullmatch(lines[0])):
        name, value = NAMES.get(fold(found[1]), ""), found[2].strip()
        if not name or not value or name in told:
            break
        told[name] = value
        lines.pop(0)
    return told, "\n".join(lines).strip()
