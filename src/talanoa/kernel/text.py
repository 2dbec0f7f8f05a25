"""Text from people as the platform keeps it: composed Unicode, no controls, nothing that turns a line around.

Errors: ValueError where a text is longer than its limit; it is never cut.
"""

import re
import unicodedata

from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken

_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_BLANK_LINES = re.compile(r"\n{4,}")
_NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")
_MARKS = 30
_COMPOSED_FROM = 4
_LETTERS = str.maketrans({
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
})  # fmt: skip


def without_controls(value: str) -> str:
    r"""Return `value` with `\n` line ends and without what a reader cannot see.

    Removed are C0 and C1 controls but tab and `\n`, embeddings, overrides and isolates of direction (they can
    show a text in another order than it is kept in; marks of direction stay), byte order marks, lone
    surrogates, and U+FFFE and U+FFFF, which no XML holds. Source: UAX #9, section 2; Unicode TR #36,
    section 2.1; XML 1.0, section 2.2.
    """
    return _CONTROLS.sub("", _BREAKS.sub("\n", value))


def clean_line(value: str, limit: int) -> str:
    """Return `value` as one line, composed (NFC), with single spaces.

    Raises ValueError over `limit` characters.
    """
    return _composed(" ".join(without_controls(value).split()), limit)


def fitting_line(value: str, limit: int) -> str:
    """Return `value` as `clean_line` does. Raises RuleBroken(line_too_long) over `limit` characters."""
    try:
        return clean_line(value, limit)
    except ValueError as long:
        raise RuleBroken(
            _("Please keep each line under %(limit)s characters.") % {"limit": limit}, code="line_too_long"
        ) from long


def clean_text(value: str, limit: int) -> str:
    """Return `value` composed (NFC), without blanks at line ends, with two blank lines in a row at most.

    Blank lines at both ends go. Raises ValueError over `limit` characters.
    """
    lines = without_controls(value).split("\n")
    text = "\n".join(line.rstrip() for line in lines).strip("\n")
    return _composed(_BLANK_LINES.sub("\n\n\n", text), limit)


def slug(value: str, limit: int = 40) -> str:
    """Return the ASCII letters and digits of `value`, lower case, joined by hyphens.

    Accents are dropped. Empty where nothing of `value` is Latin: the caller says what stands instead.
    """
    letters = unicodedata.normalize("NFKD", _thinned(value[: 10 * limit].lower().translate(_LETTERS)))
    return _NOT_IN_SLUGS.sub("-", letters.encode("ascii", "ignore").decode()).strip("-")[:limit].rstrip("-")


def _composed(text: str, limit: int) -> str:
    """Return `text` in NFC; at most four characters become one, so a longer text is refused at once."""
    if len(text) > _COMPOSED_FROM * limit:
        raise ValueError(f"{len(text)} characters; at most {limit}")
    composed = unicodedata.normalize("NFC", _thinned(text))
    if len(composed) > limit:
        raise ValueError(f"{len(composed)} characters; at most {limit}")
    return composed


def _thinned(text: str) -> str:
    """Drop the marks after the 30th on one letter.

    No natural text has more (UAX #15, section 13); to normalize them takes the square of their number.
    """
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MARKS:
            kept.append(character)
    return "".join(kept)
