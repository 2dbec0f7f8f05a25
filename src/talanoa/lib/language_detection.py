"""In which language a text is written, told from its letters: offline, and the same answer every time.

py3langid (naive Bayes over sequences of bytes; Lui and Baldwin 2011, “Cross-domain Feature Selection for Language
Identification”) weighs 139 languages. We say one only where nearly all the weight is on it: of 3,000 short lines in 19
languages it was then right in 99 of 100 up to 40 bytes, in 999 of 1,000 above (docs/dependencies.md has the figures).
All else is "", which HTML too calls a language that nobody knows.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache

SURE = 0.7
"""The share of the weight that a language has at least where it is said."""
READ = 2_000
"""Characters that are read: more take longer and change nothing, but in texts of several languages."""
WRITTEN_AS = {"arz": "ar", "ary": "ar", "wuu": "zh", "yue": "zh", "nn": "no"}
"""Forms that a short text cannot tell apart from the language which readers know them under."""
NO_LANGUAGE = "zxx"
# Bounded, and of ASCII alone: in a script without spaces the words around an address are not part of it.
_ADDRESS = re.compile(r"\w{2,8}://[!-~]+|www\.[!-~]+|[!-~]{1,40}@[!-~]+", re.ASCII)


def detected_language(text: str) -> str:
    """Return the tag of the language of `text`, such as `sw`; "" where it is too short, or nobody can be sure.

    Addresses of pages and people do not count: they are in the language of the network.
    """
    read = _ADDRESS.sub(" ", text[: 2 * READ])[:READ]
    weights: defaultdict[str, float] = defaultdict(float)
    for tag, weight in _weigher()(read):
        weights[WRITTEN_AS.get(tag, tag)] += weight
    best = max(weights, key=lambda tag: weights[tag])
    return best if weights[best] >= SURE and best != NO_LANGUAGE else ""


def prepare_detection() -> None:
    """Read what weighs the languages now, for programs that live on: so the first text waits no longer than others."""
    _weigher()


@cache
def _weigher() -> Callable[[str], list[tuple[str, float]]]:
    """Return what weighs the languages of a text: read once, in 0.4 s and 77 MB, when the first text asks for it."""
    # NumPy comes with it, which no program needs that only shows pages.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    weigh: Callable[[str], list[tuple[str, float]]]
    weigh = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True).rank
    return weigh
