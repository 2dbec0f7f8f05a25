"""What somebody types into a search: words, "phrases" and -without. Everything else is plain text.

Nothing typed is ever an operator of a database: each term is quoted, and what has no letter or digit is dropped.
A term in a script without spaces between words is looked for as a part of a text, not as a word.
"""

import re
import unicodedata
from dataclasses import dataclass

LENGTH_LIMIT = 200
TERMS_LIMIT = 12
# Thai, Lao, Myanmar, Khmer, kana, Chinese characters: also the class that the indexes are limited to.
SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_SPACELESS = re.compile(f"[{SPACELESS}]")
_TERM = re.compile(r'(-?)(?:"([^"]*)"|([^\s"]+))')
_MARKS = re.compile(r"[%_\\]+")


@dataclass(frozen=True, slots=True)
class Query:
    """Terms that must be there, as words and as parts of a text, and those that must not."""

    words: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    without_parts: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether it asks for nothing: no term that must be there."""
        return not self.words and not self.parts

    def for_fts5(self) -> str:
        """Return the words as an expression of SQLite's FTS5: every term a quoted string."""
        asked = " AND ".join(f'"{word}"' for word in self.words)
        return asked + "".join(f' NOT "{word}"' for word in self.without)

    def for_websearch(self) -> str:
        """Return the words for PostgreSQL's websearch_to_tsquery, which never fails."""
        return " ".join([*(f'"{word}"' for word in self.words), *(f'-"{word}"' for word in self.without)])


def read(typed: str) -> Query:
    """Return what is asked for in the first LENGTH_LIMIT characters and TERMS_LIMIT terms of `typed`."""
    clean = "".join(
        " " if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} else c for c in typed[:LENGTH_LIMIT]
    )
    found: dict[tuple[bool, bool], list[str]] = {}
    terms = 0
    for minus, phrase, word in _TERM.findall(unicodedata.normalize("NFC", clean)):
        for term in _pieces(phrase or word):
            if terms == TERMS_LIMIT:
                break
            terms += 1
            found.setdefault((bool(minus), bool(_SPACELESS.search(term))), []).append(term)
    return Query(
        words=tuple(found.get((False, False), ())),
        parts=tuple(found.get((False, True), ())),
        without=tuple(found.get((True, False), ())),
        without_parts=tuple(found.get((True, True), ())),
    )


def _pieces(term: str) -> list[str]:
    """Return the term without what LIKE reads as a sign, and nothing of what has no letter or digit."""
    pieces = _MARKS.split(term) if _SPACELESS.search(term) else [term]
    return [piece for piece in pieces if any(unicodedata.category(c)[0] in "LN" for c in piece)]
