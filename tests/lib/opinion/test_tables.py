"""Votes become one table, or are refused."""

import pytest

from talanoa.lib.opinion import Groups, VotesUnfit, vote_table


def test_votes_in_any_order_become_one_table() -> None:
    one = vote_table([2, 1, 2], [5, 5, 3], [1, 0, -1], known=[9])
    assert (one.participants.tolist(), one.statements.tolist()) == ([1, 2], [3, 5, 9])
    assert (one.starts.tolist(), one.columns.tolist(), one.values.tolist()) == (
        [0, 1, 3],
        [1, 0, 1],
        [0, -1, 1],
    )
    assert one.seen.tolist() == [1, 2]


def test_two_votes_on_a_statement_need_a_time() -> None:
    with pytest.raises(VotesUnfit, match="say when"):
        vote_table([1, 1], [2, 2], [1, 1])


def test_of_two_votes_at_one_moment_the_higher_counts_whatever_comes_first() -> None:
    assert vote_table([1, 1], [2, 2], [-1, 1], at=[3, 3]).values.tolist() == [1]
    assert vote_table([1, 1], [2, 2], [1, -1], at=[3, 3]).values.tolist() == [1]


@pytest.mark.parametrize(("who", "what", "how"), [([1], [1], [2]), ([1], [1, 2], [1]), ([1], [1], [0.5])])
def test_what_is_no_vote_is_refused(who: list[int], what: list[int], how: list[int]) -> None:
    with pytest.raises(VotesUnfit, match="give each vote"):
        vote_table(who, what, how)


def test_groups_of_the_charter_come_first_and_in_its_order() -> None:
    groups = Groups({1: "b", 2: "z", 3: "a"}, chartered=("z", "y"))
    assert groups.names == ("z", "y", "a", "b")
