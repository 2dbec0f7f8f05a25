"""What a mail says to a consensus call: one position on the whole text, or one on each recommendation that it names.

    support
    2: objection, evidence: nobody counted the hours.
    resolve: count them for one year.

A position begins a line, after the number of a recommendation where it is about one; what follows is its reason.
"""

import re
from dataclasses import dataclass

_WORDS = {
    "support": r"i\s+support(?:\s+it)?|support",
    "live_with": r"(?:i\s+can\s+)?live[\s_]+with(?:\s+it)?|can[\s_]+live",
    "concern": r"i\s+have\s+a\s+concern|concern",
    "objection": r"i\s+object|objection|object",
    "not_my_field": r"(?:it\s+is\s+)?not[\s_]+my[\s_]+field",
    "abstain": r"i\s+abstain|abstain",
}
_OPTIONS = "|".join(f"(?P<{option}>{words})" for option, words in _WORDS.items())
_STATED = re.compile(
    rf"\s*(?:(?:recommendation|r|no\.?)?\s*#?(?P<number>\d{{1,3}})\s*[:.)]\s*)?(?:{_OPTIONS})(?![\w-])[\s.,:;–-]*",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?P<about>goal|evidence|inclusion|procedure)(?![\w-])[\s.,:;–-]*", re.IGNORECASE)
_RESOLVES = re.compile(
    r"\s*(?:resolved?|resolves|would\s+resolve(?:\s+it)?|what\s+would\s+resolve\s+it)\s*[:：]\s*",
    re.IGNORECASE,
)
MOST = 50
"""So many positions of one mail are read; nobody has more recommendations than that to speak of at once."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One position: recommendation or 0, option, reason; of an objection also its kind and what resolves it."""

    recommendation: int
    option: str
    reason: str
    about: str = ""
    resolves: str = ""


def read(text: str) -> tuple[Stated, ...]:
    """Return the positions that `text` states, in its order, at most MOST; none where it does not begin with one."""
    found: list[tuple[int, str, list[str]]] = []
    for line in text.strip().splitlines():
        match = _STATED.match(line)
        if match:
            option = next(name for name in _WORDS if match[name])
            found.append((int(match["number"] or 0), option, [line[match.end() :]]))
        elif not found:
            return ()
        else:
            found[-1][2].append(line)
    return tuple(_stated(*one) for one in found[:MOST])


def _stated(recommendation: int, option: str, lines: list[str]) -> Stated:
    if option != "objection":
        return Stated(recommendation, option, "\n".join(lines).strip())
    about = _ABOUT.match(lines[0])
    if about:
        lines = [lines[0][about.end() :], *lines[1:]]
    reason: list[str] = []
    resolves: list[str] | None = None
    for line in lines:
        match = _RESOLVES.match(line)
        if match and resolves is None:
            resolves = [line[match.end() :]]
        else:
            (reason if resolves is None else resolves).append(line)
    return Stated(
        recommendation,
        option,
        "\n".join(reason).strip(),
        about["about"].lower() if about else "",
        "\n".join(resolves or []).strip(),
    )
