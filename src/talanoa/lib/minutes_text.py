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
_SPEAKER = re.compile(
    r"(?P<name>[^<>:：]{1,200}?)\s*(?:<(?P<called>[^<>\s]{1,254})>)?\s*[:：]\s*(?P<text>.*)"
)


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
        found = _SPEAKER.fullmatch(whole)
        if found is None or not found["text"].strip():
            wrong.append(number)
        elif found["name"].strip().lower() == DECISION and not found["called"]:
            decisions.append(found["text"].strip())
        else:
            lines.append(Spoken(found["name"].strip(), found["called"] or "", found["text"].strip()))
    return Noted(tuple(lines), tuple(decisions), tuple(wrong))


def _paragraphs(text: str) -> list[tuple[int, str]]:
    """Return each line with what goes on below it, and the number of its first line."""
    found: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if line[0] in " \t" and found:
            first, before = found[-1]
            found[-1] = (first, f"{before} {line.strip()}")
        else:
            found.append((number, line.strip()))
    return found
