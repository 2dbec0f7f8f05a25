"""The parts of the score, each alone, and what they add up to."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talanoa.lib.overlap import (
    THRESHOLD,
    WEIGHTS,
    Candidate,
    Proposal,
    Scored,
    Topic,
    cites,
    jaccard,
    jurisdictions_in,
    rank,
    to_judge,
    topics_in,
)

TOPICS = [Topic("roads", "Roads", ("road", "road sign")), Topic("rivers", "Rivers", ("river", "Flüsse"))]
FORUM = Candidate("forum", "Everybody talks about ferries once a year.", topics=frozenset({"rivers"}))
PAVERS = Candidate(
    "pavers", "Stones and signs.", topics=frozenset({"roads"}), jurisdictions=frozenset({"africa"})
)


def parts(proposal: Proposal, candidate: Candidate) -> dict[str, float]:
    return dict(rank(proposal, [candidate], TOPICS)[0].parts)


def test_the_total_is_the_weighted_sum_of_the_parts_that_are_shown() -> None:
    [first, second] = rank(Proposal("A ferry on the river", "for everybody"), [FORUM, PAVERS], TOPICS)
    assert (first.body, second.body) == ("forum", "pavers")
    for row in (first, second):
        assert row.score == pytest.approx(
            sum(WEIGHTS[name] * value for name, value in row.parts.items()), abs=1e-4
        )
        assert list(row.parts) == list(WEIGHTS)


def test_the_weights_add_up_to_one() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1)


def test_topics_are_read_from_the_words_unless_they_are_given() -> None:
    assert topics_in("Rivers, FLUSSE and railroads", TOPICS) == {"rivers"}
    assert parts(Proposal("A river"), FORUM)["topics"] == 1
    assert parts(Proposal("A river", topics=frozenset({"roads"})), FORUM)["topics"] == 0


def test_jaccard_is_what_is_common_by_what_either_has() -> None:
    assert jaccard(frozenset("ab"), frozenset("bc")) == pytest.approx(1 / 3)
    assert jaccard(frozenset(), frozenset()) == 0


def test_an_addressee_counts_whether_it_is_given_or_named() -> None:
    decider = Candidate("x", "", addressees=("National regulators",))
    assert parts(Proposal("A letter to national regulators"), decider)["addressee"] == 1
    assert parts(Proposal("A letter", addressees=("national regulator",)), decider)["addressee"] == 1
    assert parts(Proposal("A letter to regulators"), decider)["addressee"] == 0


@pytest.mark.parametrize(
    ("title", "share"), [("Roads in Kenya", 1), ("African roads", 1), ("Roads in Tonga", 0), ("Roads", 0)]
)
def test_a_country_lies_in_its_region(title: str, share: float) -> None:
    assert parts(Proposal(title), PAVERS)["jurisdiction"] == share


def test_a_body_for_the_world_is_half_for_a_region_and_whole_for_the_world() -> None:
    assert parts(Proposal("Ferries in Tonga"), FORUM)["jurisdiction"] == 0.5
    assert parts(Proposal("Ferries"), FORUM)["jurisdiction"] == 1
    assert jurisdictions_in("Tonga and Latin America") == {"TO", "latin_america_caribbean"}


@pytest.mark.parametrize(
    ("text", "document", "is_cited"),
    [
        ("as RFC 9000 says", "RFC *", True),
        ("as rfc9000 says", "RFC *", True),
        ("an RFC says", "RFC *", False),
        ("see draft-ietf-quic-http", "draft-ietf-*", True),
        ("see draft-smith-quic", "draft-ietf-*", False),
        ("A/RES/60/252 asks", "A/RES/60/252", True),
        ("A/RES/60/2521 asks", "A/RES/60/252", False),
        ("ISO/IEC  27001", "ISO/IEC 27001", True),
        ("XRFC 9000", "RFC *", False),
    ],
)
def test_a_document_is_cited_by_its_number(text: str, document: str, is_cited: bool) -> None:
    assert cites(text, document) is is_cited


def test_windows_that_run_together_count_by_their_days() -> None:
    call = Candidate("x", "", opens=date(2026, 3, 6), closes=date(2026, 3, 20))
    mine = Proposal("A", opens=date(2026, 3, 1), closes=date(2026, 3, 10))
    assert parts(mine, call)["window"] == 0.5
    assert parts(Proposal("A"), call)["window"] == 0
    assert parts(mine, Candidate("x", "", opens=date(2026, 4, 1), closes=date(2026, 4, 2)))["window"] == 0


def test_a_body_stands_once_by_the_best_of_what_it_has() -> None:
    fees = Candidate("forum", "What should a ferry cost?", via="fees", topics=frozenset({"rivers"}))
    [row] = rank(Proposal("What a ferry should cost"), [FORUM, fees], TOPICS)
    assert (row.body, row.via) == ("forum", "fees")


def test_the_first_three_are_judged_and_all_from_the_threshold_on() -> None:
    rows = [Scored(str(n), score, {}) for n, score in enumerate([0.9, 0.8, 0.7, THRESHOLD, THRESHOLD - 0.01])]
    assert [row.body for row in to_judge(rows)] == ["0", "1", "2", "3"]
    assert [row.body for row in to_judge(rows[4:])] == ["4"]


@given(st.text(max_size=200), st.text(max_size=200))
def test_every_part_of_any_text_lies_between_nothing_and_all(title: str, text: str) -> None:
    for row in rank(Proposal(title), [Candidate("a", text), FORUM], TOPICS):
        assert all(0 <= value <= 1 for value in row.parts.values())
        assert 0 <= row.score <= 1
