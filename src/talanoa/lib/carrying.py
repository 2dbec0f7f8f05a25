"""What became of the paragraph that somebody spoke about, in a later revision of the text."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

_MARKS = re.compile(r"[*_`~#>\[\]\\]")


class Carried(StrEnum):
    """The paragraph reads as it did, reads otherwise, or is not in the text any more."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"


def carried(then: str | None, now: str | None) -> Carried:
    """Return what became of a paragraph that read `then` when somebody spoke about it, and reads `now`.

    `now` is None where no paragraph has its anchor any more. What is said about the whole text (`then` is None)
    stays where it is, whatever is written.
    """
    if then is None:
        return Carried.SAME
    if now is None:
        return Carried.GONE
    return Carried.SAME if then == now else Carried.CHANGED


def by_place(counts: Mapping[str, int], anchors: Iterable[str]) -> tuple[dict[str, int], int]:
    """Part what is counted by anchor into what stands at `anchors` and the sum of what has lost its paragraph.

    The anchor "" is the whole text; it is never lost.
    """
    known = {"", *anchors}
    here = {anchor: n for anchor, n in counts.items() if anchor in known}
    return here, sum(n for anchor, n in counts.items() if anchor not in known)


def occurs(words: str, text: str) -> bool:
    """Tell whether `words` stand in `text`, whatever the line breaks, the letter case and the marks of Markdown."""
    return _bare(words) in _bare(text)


def _bare(text: str) -> str:
    return " ".join(_MARKS.sub("", text).split()).casefold()
