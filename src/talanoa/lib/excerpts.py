"""The place in a text where words of a search stand, as data: pieces of it, each marked or not."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

READ_LIMIT = 20_000
BEFORE, LENGTH = 60, 220


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of the text, and whether they are what was looked for."""

    text: str
    is_hit: bool = False


def excerpt(text: str, terms: Sequence[str]) -> tuple[Piece, ...]:
    """Return about LENGTH characters around the first of `terms`, accents and case aside; else the beginning."""
    read = " ".join(text[:READ_LIMIT].split())
    plain = "".join(map(_folded, read))
    wanted = "|".join(re.escape("".join(map(_folded, term))) for term in terms)
    found = re.search(wanted, plain) if wanted else None
    start = max(0, found.start() - BEFORE) if found else 0
    end = min(len(read), start + LENGTH)
    pieces, at = [], start
    for hit in re.finditer(wanted, plain[:end]) if found else ():
        pieces += [Piece(read[at : hit.start()]), Piece(read[hit.start() : hit.end()], is_hit=True)]
        at = hit.end()
    whole = [*pieces, Piece(read[at:end] + ("…" if end < len(read) else ""))]
    first = Piece("…" + whole[0].text) if start else whole[0]
    return tuple(piece for piece in (first, *whole[1:]) if piece.text)


def _folded(character: str) -> str:
    """Return one character for one: small, without its accents."""
    if character.isascii():
        return character.lower()
    return unicodedata.normalize("NFD", character)[0].lower()[0]
