"""What is done in a practice room, by persons and by scripts: the one form in which rules, debrief and replay see it.

The number of an act is its place in the room, from 1. Scripts act in the evening of a day, and persons before that.
"""

import hashlib
import re
from dataclasses import asdict, dataclass

import rfc8785

Package = tuple[str, ...]
"""One option for each slot, in the order of the slots."""
CHAIR = "chair"
"""The seat that calls, revises and designates; a script always holds it."""

STATE, READ = "state", "read"
ASK, TELL, REPAIR = "ask", "tell", "repair"
PROPOSE, AGREE, DOUBT = "propose", "agree", "doubt"
OBJECT, WITHDRAW = "object", "withdraw"
SUPPORT, LIVE, CONCERN, ABSTAIN = "support", "live", "concern", "abstain"
REVISE, CALL, CLOSE, DESIGNATE, END = "revise", "call", "close", "designate", "end"

POSITIONS = (SUPPORT, LIVE, CONCERN, ABSTAIN)
"""What a seat says in the open call, beside an objection."""
PERSON_KINDS = (STATE, READ, ASK, TELL, REPAIR, PROPOSE, AGREE, DOUBT, OBJECT, WITHDRAW, *POSITIONS)
"""What a person can do. `read` says that she opened `to`: charter, background or draft; nobody else is told."""
CHAIR_KINDS = (REVISE, CALL, CLOSE, DESIGNATE, END)
KINDS = (*PERSON_KINDS, *CHAIR_KINDS)
READINGS = ("charter", "background", "draft")
_PARAGRAPH = re.compile(r"(?i)(?:paragraphs?|para\.?|par\.|¶|§|\bp\.?)\s*#?([0-9]{1,2})\b")


@dataclass(frozen=True, slots=True)
class Act:
    """One act of a seat on a day.

    `to` is whom it addresses; `slot` what it is about; `objection` is the number of the act that raised what is
    withdrawn; `remedy` says in words, and `package` by value, what would resolve an objection. Of a script, `rule` is
    the id of the rule that fired, and `answers` the number of the act that it reacts to, or 0.
    """

    day: int
    seat: str
    kind: str
    to: str = ""
    slot: str = ""
    package: Package | None = None
    objection: int = 0
    text: str = ""
    remedy: str = ""
    rule: str = ""
    answers: int = 0


def digest(acts: tuple[Act, ...]) -> str:
    """Return the SHA-256 of all that was done, as 64 hexadecimal digits. Source: RFC 8785 for the bytes."""
    return hashlib.sha256(rfc8785.dumps([asdict(act) for act in acts])).hexdigest()


def paragraphs_named(text: str) -> frozenset[int]:
    """Return the numbers of the paragraphs that a text names, such as `paragraph 3` or `¶3`."""
    return frozenset(int(number) for number in _PARAGRAPH.findall(text))
