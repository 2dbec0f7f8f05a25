"""A badge inside a plain text: lines of 72 columns between two marks, which mail may quote, indent and end anew.

Errors: BadgeMissing, a ValueError.
"""

import re

from talanoa.lib.badge_verdicts import MAX_CHARACTERS
from talanoa.lib.folding import unquote, wrap_letters

BEGIN, END = "== badge ==", "== end of badge =="
MAX_TEXT = 131_072
_MARK = re.compile(rf"((?:\s*[>|]){{0,20}}\s*){BEGIN}\s*")
_LINE_END = re.compile(r"\r\n|\r|\n")


class BadgeMissing(ValueError):
    """No badge stands in the text, or more than one."""


def lines_of(token: str) -> list[str]:
    """Return the lines that carry a badge in a letter."""
    return [BEGIN, *wrap_letters(token), END]


def found_in(text: str) -> str:
    """Return the badge in `text`: what stands between the marks, or the whole where there are none.

    Only blanks and the marks of a quotation are taken away: what is left is the badge to the letter, or no badge.
    """
    if len(text) > MAX_TEXT:
        raise BadgeMissing(f"longer than {MAX_TEXT} characters")
    lines = _LINE_END.split(text)
    begins = [place for place, line in enumerate(lines) if _MARK.fullmatch(line)]
    if len(begins) > 1:
        raise BadgeMissing("two badges stand in it")
    if begins:
        mark = _MARK.fullmatch(lines[begins[0]])
        inside = list(unquote(lines[begins[0] + 1 :], mark[1] if mark else ""))
        ends = [place for place, line in enumerate(inside) if line.strip() == END]
        if not ends:
            raise BadgeMissing("the end of the badge is missing")
        lines = inside[: ends[0]]
    found = "".join("".join(lines).split())
    if not found or len(found) > MAX_CHARACTERS:
        raise BadgeMissing("no badge stands in it")
    return found
