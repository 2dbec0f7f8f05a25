"""What a mail about a draft means: which draft, which paragraph, the words, and the reason beside them.

People write `12: too vague`, `d2 12: too vague`, `d2: too long in all`, or words alone, which are about the whole
text. The sign of a paragraph may stand before its number.
"""

import re
from dataclasses import dataclass

TAKEN = r"(?:d[0-9]{1,4}(?:[ ,]+(?:¶ ?)?[0-9]{1,5})?|(?:¶ ?)?[0-9]{1,5})(?:\s*[:：].*)?"
"""What may stand after the command on its line, as a pattern for the registry of commands."""
_PLACE = re.compile(
    r"\s*(?:d(?P<draft>[0-9]{1,4})(?:[ ,]+(?:¶ ?)?(?P<inside>[0-9]{1,5}))?|(?:¶ ?)?(?P<paragraph>[0-9]{1,5}))"
    r"\s*(?:[:：]|\n|$)",
    re.IGNORECASE,
)
_BECAUSE = re.compile(r"(?:(?:^|\n)\s*/?|\s/)\s*because\s*[:：]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spoken:
    """The number of the draft and of the paragraph that are named, from 1, each None where none is; the words."""

    draft: int | None
    paragraph: int | None
    words: str


def spoken(text: str) -> Spoken:
    """Part what somebody wrote after the command into place and words."""
    found = _PLACE.match(text)
    if found is None:
        return Spoken(None, None, text.strip())
    paragraph = found["inside"] or found["paragraph"]
    draft = int(found["draft"]) if found["draft"] else None
    return Spoken(draft, int(paragraph) if paragraph else None, text[found.end() :].strip())


def parted(words: str) -> tuple[str, str]:
    """Part `new words / because: why` into the new words and the reason, "" where none is given.

    The reason begins at the last `because:` that stands on a line of its own or after a stroke.
    """
    marks = list(_BECAUSE.finditer(words))
    if not marks:
        return words.strip(), ""
    return words[: marks[-1].start()].strip(), words[marks[-1].end() :].strip()


def unfolded(words: str) -> str:
    """Return what a mail program broke into lines as the one line that it was."""
    return " ".join(words.split())
