"""Minutes as people write them down: who said what, one line each, and what was decided.

    # what the reader skips
    Amina Wanjiru <amina@example.org>: Teach by radio,
      and pay for it.
    Somebody in the third row: Who pays?
    Decision: The secretariat asks three ministries.

What is set in goes on with the line above. Before the first colon stands a name; between < and > how its owner is
found: an address, or the number of something they said in the process, such as nm-17.
"""

import re
from dataclasses import dataclass

DECISION = "decision"
_COLON = re.compile("[:：]")
_CALLED = re.compile(r"[^<>\s]{1,254}")


@dataclass(frozen=True, slots=True)
class Spoken:
    """What somebody said: their name as written, how they are found (may be empty), and the words."""

    name: str
    called: str
    text: str


@dataclass(frozen=True, slots=True)
class Noted:
    """Minutes as they were read: what was said, what was decided, and the numbers of lines that nobody could read."""

    lines: tuple[Spoken, ...]
    decisions: tuple[str, ...]
    wrong: tuple[int, ...]


def read(text: str) -> Noted:
    """Return what `text` says; a line without a name or without words is named as wrong, counted from 1."""
    lines, decisions, wrong = [], [], []
    for number, whole in _paragraphs(text):
        said = _spoken(whole)
        if said is None:
            wrong.append(number)
        elif said.name.lower() == DECISION and not said.called:
            decisions.append(said.text)
        else:
            lines.append(said)
    return Noted(tuple(lines), tuple(decisions), tuple(wrong))


def _spoken(whole: str) -> Spoken | None:
    """Part `Name <called>: words`, or `Name: words`, at its first colon; None where it is neither."""
    head, text = (part.strip() for part in (*_COLON.split(whole, maxsplit=1), "")[:2])
    name, called = head, ""
    if head.endswith(">"):
        name, _sign, called = head[:-1].rpartition("<")
        if _CALLED.fullmatch(called) is None:
            return None
    name = name.strip()
    return Spoken(name, called, text) if name and text and not set("<>") & set(name) else None


def _paragraphs(text: str) -> list[tuple[int, str]]:
    """Return each line with what goes on below it, and the number of its first line."""
    found: list[tuple[int, list[str]]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if line[0] in " \t" and found:
            found[-1][1].append(line.strip())
        else:
            found.append((number, [line.strip()]))
    return [(number, " ".join(parts)) for number, parts in found]
