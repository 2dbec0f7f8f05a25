"""BM25: figures worked by hand, and what a share means."""

from math import log

import pytest

from talanoa.lib import bm25

TEXTS = {"a": "ferry ferry river", "b": "river road", "c": "road sign stone road"}


def by_hand(n_of: int, times: int, length: int) -> float:
    """Idf and saturation of one word, from the formula of the source."""
    idf = log(1 + (3 - n_of + 0.5) / (n_of + 0.5))
    return idf * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * length / 3))


def most(*n_of: int) -> float:
    return sum(log(1 + (3 - n + 0.5) / (n + 0.5)) * 2.2 for n in n_of)


def test_a_share_is_the_score_by_the_most_that_there_could_be() -> None:
    found = bm25.shares(bm25.index(TEXTS), "Ferries on a river")
    assert found["a"] == pytest.approx((by_hand(1, 2, 3) + by_hand(2, 1, 3)) / most(1, 2))
    assert found["b"] == pytest.approx(by_hand(2, 1, 2) / most(1, 2))
    assert found["c"] == 0


def test_a_word_that_nobody_has_makes_everybody_less_alike() -> None:
    alone, more = (bm25.shares(bm25.index(TEXTS), words)["a"] for words in ("ferry", "ferry volcano"))
    assert more == pytest.approx(alone / 2)


def test_a_word_said_twice_in_the_query_counts_once() -> None:
    over = bm25.index(TEXTS)
    assert bm25.shares(over, "river river ferry") == bm25.shares(over, "river ferry")


@pytest.mark.parametrize("query", ["", "the of and", "?!"])
def test_a_query_that_says_nothing_finds_nothing(query: str) -> None:
    assert set(bm25.shares(bm25.index(TEXTS), query).values()) == {0.0}


def test_without_documents_there_is_nothing_to_find() -> None:
    assert bm25.shares(bm25.index({}), "river") == {}
