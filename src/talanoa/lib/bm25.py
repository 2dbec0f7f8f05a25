"""How well a text answers a query: Okapi BM25 over a small collection that fits into memory.

For each telling word t of the query, with f its number in the document, l the length of the document and m the mean
length:

    score = sum over t of  idf(t) * f * (k1 + 1) / (f + k1 * (1 - b + b * l / m))
    idf(t) = ln(1 + (N - n + 0.5) / (n + 0.5)),  n of N documents hold t

Robertson and Zaragoza (2009), “The Probabilistic Relevance Framework: BM25 and Beyond”, equations 3.3 and 3.15, with
the 1 inside the logarithm that keeps a word in more than half of the documents from counting against them.
"""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from math import log
from typing import Generic, TypeVar

from talanoa.lib.stemming import telling

K1, B = 1.2, 0.75
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Index(Generic[Key]):
    """The words of every document, counted; `held_by` says in how many documents a word stands."""

    counts: Mapping[Key, Counter[str]]
    held_by: Counter[str]
    mean_length: float


def index(documents: Mapping[Key, str]) -> Index[Key]:
    """Count the words of every document."""
    counts = {key: Counter(telling(text)) for key, text in documents.items()}
    held_by = Counter(word for counted in counts.values() for word in counted)
    total = sum(counted.total() for counted in counts.values())
    return Index(counts, held_by, total / len(counts) if total else 1.0)


def shares(over: Index[Key], query: str) -> dict[Key, float]:
    """Return the score of each document as a share, 0 to 1, of the most that any could get for this query.

    That most is sum of idf(t) * (k1 + 1), which a document comes close to that says nothing but the query, again and
    again. So figures of queries of different length can be held against one threshold. Words that no document holds
    count into the most with the idf of a word that one document holds: much that is new makes everything less alike.
    """
    asked = dict.fromkeys(telling(query))
    weights = {word: _idf(over, word) for word in asked}
    most = sum(weights.values()) * (K1 + 1)
    if not most:
        return dict.fromkeys(over.counts, 0.0)
    return {key: _score(over, counted, weights) / most for key, counted in over.counts.items()}


def _idf(over: Index[Key], word: str) -> float:
    n = max(over.held_by[word], 1)
    return log(1 + (len(over.counts) - n + 0.5) / (n + 0.5))


def _score(over: Index[Key], counted: Counter[str], weights: Mapping[str, float]) -> float:
    length = K1 * (1 - B + B * counted.total() / over.mean_length)
    return sum(
        weight * counted[word] * (K1 + 1) / (counted[word] + length)
        for word, weight in weights.items()
        if counted[word]
    )
