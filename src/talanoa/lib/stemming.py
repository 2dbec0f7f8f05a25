"""The words of a text as they are compared: folded, without the ones that say nothing, cut to a light stem."""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_SAYING_NOTHING = (
    "a about after all also an and any are as at be because been before being between both but by can could do does "
    "each either every for from had has have he her here him his how i if in into is it its itself just many may me "
    "more most much must my no nor not of off on once one only or other our out over own per same she should so some "
    "such than that the their them then there these they this those through to too under until up us very was we were "
    "what when where which while who whom whose why will with within without would you your "
    "au aux avec ce ces dans de des du elle en est et il la le les leur ne ou par pas pour que qui se sur un une "
    "con da das del do dos el em e la las lo los na no nos o os para por que se sin sob su um uma y"
)
STOP_WORDS = frozenset(_SAYING_NOTHING.split())
SHORTEST = 4
"""Letters that a stem keeps at least; a shorter word stays as it is."""
_ENDINGS = (
    ("ies", "y"), ("sses", "ss"), ("ing", ""), ("edly", ""), ("ed", ""), ("ation", "at"), ("ition", "it"), ("ion", ""),
    ("ment", ""), ("ally", "al"), ("ly", ""), ("ators", "at"), ("ator", "at"), ("ities", "ity"), ("es", "e"), ("s", ""),
)  # fmt: skip
_STAYS = ("ss", "us", "is")


def fold(text: str) -> str:
    """Return `text` in one letter case and without accents: `Gouvernance générale` is `gouvernance generale`."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the light stem of a folded word: endings of number and of the verb go, and a last e.

    After the S-stemmer (Harman 1991, “How effective is suffixing?”), with -ing, -ed, -ion, -ment and -ly besides. It
    is made for English; a word of another language loses its plural at most.
    """
    for _round in range(2):
        for ending, instead in _ENDINGS:
            if word.endswith(ending) and not (ending == "s" and word.endswith(_STAYS)):
                cut = word[: len(word) - len(ending)] + instead
                word = cut if len(cut) >= SHORTEST else word
                break
    return word[:-1] if word.endswith("e") and len(word) > SHORTEST else word


def words(text: str) -> list[str]:
    """Return every word of `text`, folded and cut to its stem, in order."""
    return [stem(word) for word in _WORD.findall(fold(text))]


def telling(text: str) -> list[str]:
    """Return the words of `text` that say something, folded and cut to their stems, in order."""
    return [stem(word) for word in _WORD.findall(fold(text)) if word not in STOP_WORDS and len(word) > 1]


def holds(said: list[str], phrase: list[str]) -> bool:
    """Tell whether the stems of `phrase` stand together in those of `said`."""
    n = len(phrase)
    return n > 0 and any(said[at : at + n] == phrase for at in range(len(said) - n + 1))
