"""Whether a mail that a list handed on and a message of its archive with the same identifier say the same."""

import re

from talanoa.lib.rfc5322.lists import without_footer

_MARKS = re.compile(r"[\W_]+")


def same_words(*, mailed: str, filed: str) -> bool:
    """Tell whether two texts say the same, whatever blanks, marks and line ends became of them on their way.

    A list may write how to leave it below what it hands on (`mailed`), and not in its archive (`filed`).
    """
    sent, kept = _bare(mailed), _bare(filed)
    return sent == kept or (bool(kept) and sent.startswith(kept))


def _bare(text: str) -> str:
    return _MARKS.sub("", without_footer(text)).casefold()
