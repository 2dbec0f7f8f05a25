"""The table of a closed round: one written form, small groups untold, and a result that follows from it alone."""

import json

import pytest

from talanoa.lib.counted_votes import analyzed, result_of, table_of
from talanoa.lib.published_votes import (
    PublishedVoter,
    PublishedVotes,
    TableUnreadable,
    from_json,
    without_small_groups,
)


def voters(*rows: tuple[str, str]) -> tuple[PublishedVoter, ...]:
    """Voters by group and votes."""
    return tuple(
        PublishedVoter(number, group, f"{number:016x}", False, votes)
        for number, (group, votes) in enumerate(rows, 1)
    )


def room(*rows: tuple[str, str]) -> PublishedVotes:
    return PublishedVotes("nm/statements/1", (3, 5), (), (), voters(*rows))


SPLIT = room(*[("academia", "ad")] * 6, *[("government", "d.")] * 5, ("other", "pa"))


def test_a_table_comes_back_from_its_text_and_its_text_from_it() -> None:
    assert from_json(SPLIT.to_json()) == SPLIT
    assert from_json(SPLIT.to_json()).to_json() == SPLIT.to_json()


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format":"x"}', '{"format":"talanoa-votes.1","voters":[1]}']
)
def test_what_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(TableUnreadable):
        from_json(text)


def test_the_group_of_fewer_than_five_voters_is_not_told() -> None:
    told = without_small_groups(voters(*[("academia", "a")] * 5, *[("government", "a")] * 4))
    assert [one.group for one in told] == ["academia"] * 5 + [""] * 4


def test_votes_are_counted_where_they_stand() -> None:
    table = table_of(SPLIT)
    assert (table.statements.tolist(), table.n_votes) == ([3, 5], 19)
    first, second = analyzed(SPLIT).results
    assert (first.agree, first.disagree, first.passed) == (6, 5, 1)
    assert (second.agree, second.disagree, second.passed) == (1, 6, 0)


def test_a_statement_out_counts_nowhere_and_a_silent_group_is_the_weakest() -> None:
    changed = PublishedVotes(SPLIT.seed, SPLIT.statements, (5,), ("academia", "private_sector"), SPLIT.voters)
    [only] = analyzed(changed).results
    assert only.declared_numbers is not None
    assert (only.statement, only.declared_numbers.weakest_group) == (3, "private_sector")


def test_the_same_table_gives_the_same_bytes_whatever_the_order_of_its_rows() -> None:
    turned = PublishedVotes(SPLIT.seed, SPLIT.statements, (), (), tuple(reversed(SPLIT.voters)))
    assert result_of(turned) == result_of(SPLIT)
    assert json.loads(result_of(SPLIT))["participants"] == 12
