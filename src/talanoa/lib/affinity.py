"""How near two texts are: the cosine of their TF-IDF vectors over telling words, 0 to 1.

With f the number of a word t in a text, N the number of all texts on both sides and n how many of them hold t, the
weight of t is (1 + ln f) * ln((1 + N) / n). Salton and Buckley (1988), "Term-weighting approaches in automatic text
retrieval", with the 1 that keeps a word that every text holds from weighing nothing at all.
"""

from collections import Counter
from collections.abc import Mapping
from math import log, sqrt

from talanoa.lib.stemming import telling

Vector = dict[str, float]


def affinities(asking: Mapping[int, str], answering: Mapping[int, str]) -> dict[tuple[int, int], float]:
    """Return the cosine of each text of `asking` with each one of `answering`, under the pair of their keys.

    Both sides together are the collection that the weights come from. A text without telling words is near to nothing.
    """
    asked = {key: Counter(telling(text)) for key, text in asking.items()}
    answered = {key: Counter(telling(text)) for key, text in answering.items()}
    everything = [*asked.values(), *answered.values()]
    held_by = Counter(word for counted in everything for word in counted)
    rare = {word: log((1 + len(everything)) / n) for word, n in held_by.items()}
    left = {key: _vector(counted, rare) for key, counted in asked.items()}
    holders: dict[str, list[tuple[int, float]]] = {}
    for key, counted in answered.items():
        for word, weight in _vector(counted, rare).items():
            holders.setdefault(word, []).append((key, weight))
    found = dict.fromkeys(((one, other) for one in asked for other in answered), 0.0)
    for one, vector in left.items():
        for word, weight in vector.items():
            for other, against in holders.get(word, ()):
                found[one, other] += weight * against
    return found


def _vector(counted: Counter[str], rare: Mapping[str, float]) -> Vector:
    """Return the weights of the words of a text, at length 1."""
    weights = {word: (1 + log(n)) * rare[word] for word, n in counted.items()}
    length = sqrt(sum(weight * weight for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()} if length else {}
