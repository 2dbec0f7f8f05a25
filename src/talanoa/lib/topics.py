"""Which themes run through a collection of texts: suggestions for a person, who names, keeps or drops each.

The words of each text are weighed by TF-IDF (Salton and Buckley 1988: 1 + ln f, times ln(N / n), rows of length one),
and the table V of texts by words is taken apart as V = W H without negative figures (Lee and Seung 1999): a row of H is
a theme, as weights of its words; a row of W says how much of each theme a text holds. The start is NNDSVD (Boutsidis
and Gallopoulos 2008), which draws nothing, so the same texts give the same themes. Multiplicative updates lessen the
squared distance (Lee and Seung 2001, theorem 1).
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from talanoa.lib.stemming import STOP_WORDS, fold, stem

Table = NDArray[np.float64]
FEWEST, MOST = 3, 12
"""Themes that are suggested, at least and at most; between them the root of half the number of texts."""
MOST_WORDS = 3000
ROUNDS = 100
SHARE = 0.35
"""Of what a text holds of all themes, so much is of one for it to be put there."""
LABEL_WORDS = 4
_LEAST = 1e-9
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Topic:
    """The words that mark a theme, the most telling first, and the texts that hold much of it, most first."""

    words: tuple[str, ...]
    texts: tuple[int, ...]


def topics(texts: Mapping[int, str], *, n_topics: int = 0) -> list[Topic]:
    """Return the themes of `texts`, the one with most texts first; without `n_topics`, as many as fit their number.

    A word counts that stands in two texts at least and in no more than half of them. Fewer than two texts for each
    theme give none.
    """
    n_topics = n_topics or min(MOST, max(FEWEST, round((len(texts) / 2) ** 0.5)))
    if len(texts) < 2 * n_topics:
        return []
    read = [list(_forms(text)) for text in texts.values()]
    keys, counted = list(texts), [Counter(root for root, _form in forms) for forms in read]
    vocabulary = _vocabulary(counted)
    if len(vocabulary) < n_topics:
        return []
    held, marked = _factors(_weights(counted, vocabulary), n_topics)
    shown = _shown(read)
    shares = held / np.maximum(held.sum(axis=1, keepdims=True), _LEAST)
    found = []
    for topic in range(n_topics):
        best = np.argsort(-marked[topic], kind="stable")[:LABEL_WORDS]
        order = np.argsort(-held[:, topic], kind="stable")
        inside = tuple(keys[at] for at in order if shares[at, topic] >= SHARE)
        if inside:
            found.append(Topic(tuple(shown[vocabulary[at]] for at in best), inside))
    return sorted(found, key=lambda one: -len(one.texts))


def _forms(text: str) -> Iterator[tuple[str, str]]:
    """Yield the stem and the written form of every telling word."""
    for form in _WORD.findall(_ADDRESS.sub(" ", text.casefold())):
        word = fold(form)
        if word not in STOP_WORDS:
            yield stem(word), form


def _shown(read: Sequence[Sequence[tuple[str, str]]]) -> dict[str, str]:
    """Return for each stem the form that it is written in most often."""
    written: dict[str, Counter[str]] = {}
    for forms in read:
        for root, form in forms:
            written.setdefault(root, Counter())[form] += 1
    return {root: counts.most_common(1)[0][0] for root, counts in written.items()}


def _vocabulary(counted: Sequence[Counter[str]]) -> list[str]:
    """Return the words that tell texts apart, at most MOST_WORDS, those in most texts first."""
    held_by = Counter(word for counts in counted for word in counts)
    fitting = [word for word, n in held_by.items() if 1 < n <= max(FEWEST, len(counted) // 2)]
    return sorted(fitting, key=lambda word: (-held_by[word], word))[:MOST_WORDS]


def _weights(counted: Sequence[Counter[str]], vocabulary: Sequence[str]) -> Table:
    """Return the TF-IDF table, texts by words, with rows of length one (of a text without such a word, zero)."""
    place = {word: at for at, word in enumerate(vocabulary)}
    table = np.zeros((len(counted), len(vocabulary)))
    for row, counts in enumerate(counted):
        for word, n in counts.items():
            if word in place:
                table[row, place[word]] = 1 + log(n)
    table *= np.log(len(counted) / np.count_nonzero(table, axis=0))
    lengths: Table = np.linalg.norm(table, axis=1, keepdims=True)
    return np.asarray(table / np.maximum(lengths, _LEAST), dtype=np.float64)


def _factors(table: Table, n_topics: int) -> tuple[Table, Table]:
    """Return W (texts by themes) and H (themes by words), not negative, with W H near `table`."""
    held, marked = _start(table, n_topics)
    for _round in range(ROUNDS):
        marked *= (held.T @ table) / np.maximum(held.T @ held @ marked, _LEAST)
        held *= (table @ marked.T) / np.maximum(held @ (marked @ marked.T), _LEAST)
    length = np.maximum(np.linalg.norm(marked, axis=1), _LEAST)
    return held * length, marked / length[:, None]


def _start(table: Table, n_topics: int) -> tuple[Table, Table]:
    """Return the start of NNDSVD, with the mean of the table where it has zeros (NNDSVDa), so that all can grow."""
    left, strength, right = np.linalg.svd(table, full_matrices=False)
    held, marked = np.zeros((table.shape[0], n_topics)), np.zeros((n_topics, table.shape[1]))
    for at in range(n_topics):
        above = np.maximum(left[:, at], 0), np.maximum(right[at], 0)
        below = np.maximum(-left[:, at], 0), np.maximum(-right[at], 0)
        column, row = max(above, below, key=lambda part: np.linalg.norm(part[0]) * np.linalg.norm(part[1]))
        sizes = np.linalg.norm(column), np.linalg.norm(row)
        scale = np.sqrt(strength[at] * sizes[0] * sizes[1])
        held[:, at], marked[at] = scale * column / max(sizes[0], _LEAST), scale * row / max(sizes[1], _LEAST)
    mean = table.mean() / 100
    return np.where(held < _LEAST, mean, held), np.where(marked < _LEAST, mean, marked)
