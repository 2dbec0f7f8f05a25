"""Votes as lines: what a ballot holds in its one written form, and how people write it in a mail.

In a mail each line is a number and a word, such as `17 agree`, in any order, quoted or not; several may stand on one
line. A line in which anything else stands is no vote. What quotes our own letters must never be read as one: they hold
no line of that form, and a text that holds one inside (`reads_as_vote`) is refused before it comes into a letter.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

AGREE, DISAGREE, PASS = "agree", "disagree", "pass"
VOTES = (AGREE, DISAGREE, PASS)
_WORDS = {"agree": AGREE, "a": AGREE, "yes": AGREE, "disagree": DISAGREE, "d": DISAGREE, "no": DISAGREE}
_WORDS |= {"pass": PASS, "p": PASS}
_NUMBER = r"(?:#|[a-z][a-z0-9-]*-)?(\d{1,7})\s*[.:)=-]?\s*"
_WHOLE, _SHORT = "agree|disagree|pass", "agree|disagree|pass|yes|no|a|d|p"
_PAIR = re.compile(rf"{_NUMBER}({_SHORT})", re.IGNORECASE)
_OWN, _QUOTED = (
    re.compile(rf"{_NUMBER}(?:{words})(?:[\s,;]+{_NUMBER}(?:{words}))*[\s.,;]*", re.IGNORECASE)
    for words in (_SHORT, _WHOLE)
)
_QUOTE = re.compile(r"^\s*[>|][\s>|]*")
_NEARLY = re.compile(rf"{_NUMBER}[a-z]{{1,12}}[\s.,;]*", re.IGNORECASE)
_INSIDE = re.compile(rf"\d\s*[.:)=-]?\s*(?:{_WHOLE})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Read:
    """What a mail votes: by number, the last vote on each; and lines that look like votes and are none."""

    votes: Mapping[int, str]
    unread: tuple[str, ...]


def read(text: str) -> Read:
    """Return the votes in a mail."""
    votes: dict[int, str] = {}
    unread: list[str] = []
    for raw in text.splitlines():
        quote = _QUOTE.match(raw)
        line = raw[quote.end() :].strip() if quote else raw.strip()
        if (_QUOTED if quote else _OWN).fullmatch(line):
            votes |= {int(number): _WORDS[word.lower()] for number, word in _PAIR.findall(line)}
        elif not quote and _NEARLY.fullmatch(line):
            unread.append(line)
    return Read(votes, tuple(unread))


def reads_as_vote(text: str) -> bool:
    """Tell whether some line of a text, however a mail program breaks it, could be read as a vote."""
    return _INSIDE.search(text) is not None


def written(votes: Mapping[int, str]) -> str:
    """Return a ballot in its one form, such as `agree 17 19; disagree 18`: the order of the votes says nothing."""
    parts = [(vote, sorted(number for number, one in votes.items() if one == vote)) for vote in VOTES]
    return "; ".join(f"{vote} {' '.join(map(str, numbers))}" for vote, numbers in parts if numbers)


CHECK_LENGTH = 16


def check_word(salt: bytes) -> str:
    """Return the word by which the holder of a receipt finds their row in the published table.

    It is made of the salt of the votes in their last receipt, which nobody else has: the first 16 digits of the SHA-256
    in hexadecimal of the line `talanoa check word` and the salt.
    """
    return hashlib.sha256(b"talanoa check word\n" + salt).hexdigest()[:CHECK_LENGTH]
