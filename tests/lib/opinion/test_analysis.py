"""The same votes say the same, in any order, and a map that does not hold is refused."""

import json

import numpy as np
import pytest

from lib.opinion.rooms import GROUPS, NAMES, by_turns, conversation, noise, two_camps
from talanoa.lib.opinion import Groups, Marks, Moderation, VoteTable, analyze, to_json_bytes, vote_table
from talanoa.lib.opinion.published import _table, withheld


def parallel(table: VoteTable) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return table.participants[table.rows()], table.statements[table.columns], table.values


def shuffled(table: VoteTable, seed: int) -> VoteTable:
    who, what, how = parallel(table)
    order = np.random.default_rng(seed).permutation(len(how))
    return vote_table(who[order], what[order], how[order], known=table.statements.tolist())


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_votes_changes_no_byte(seed: int) -> None:
    table = two_camps()
    groups, moderation = by_turns(table), Moderation(out=frozenset({3}), meta=frozenset({4}))
    turned = Groups(dict(reversed(groups.of.items())), groups.chartered)
    ours, theirs = analyze(table, groups, moderation), analyze(shuffled(table, seed), turned, moderation)
    assert to_json_bytes(ours) == to_json_bytes(theirs)
    assert (ours.map.positions == theirs.map.positions).all()


@pytest.mark.shared_data
@pytest.mark.parametrize("name", NAMES)
def test_published_votes_in_any_order_give_the_same_bytes(name: str) -> None:
    held = conversation(name)
    groups = by_turns(held.votes)
    found = {
        to_json_bytes(analyze(one, groups, held.moderation, seed="x"))
        for one in (held.votes, shuffled(held.votes, 1), shuffled(held.votes, 2))
    }
    assert len(found) == 1


def test_of_votes_on_the_same_statement_the_last_counts_whatever_comes_first() -> None:
    one = vote_table([7, 7, 8], [1, 1, 1], [1, -1, 0], at=[10, 20, 5])
    other = vote_table([8, 7, 7], [1, 1, 1], [0, -1, 1], at=[5, 20, 10])
    assert one.values.tolist() == other.values.tolist() == [-1, 0]


def test_two_camps_are_found_and_held_against_the_declared_groups() -> None:
    table = two_camps()
    found = analyze(table, by_turns(table))
    assert (found.map.doubts, found.found) == ((), ("A", "B"))
    assert sum(sum(row) for _name, row in found.contingency) == len(table.participants)
    even = found.map.labels[table.participants % 2 == 0]
    assert len(set(even.tolist())) == 1


def test_a_room_of_coins_has_no_stable_map() -> None:
    found = analyze(noise())
    assert found.map.doubts
    assert (found.found, found.contingency) == ((), ())
    assert all(one.found == () for one in found.results)


def test_a_room_that_agrees_on_everything_has_no_stable_map() -> None:
    who, what = np.meshgrid(np.arange(30), np.arange(10), indexing="ij")
    found = analyze(vote_table(who.ravel(), what.ravel(), np.ones(who.size, dtype=int)))
    assert {"axes_tied", "groups_blurred"} <= {one.code for one in found.map.doubts}


@pytest.mark.parametrize("people", [0, 1, 2, 14])
def test_few_people_get_counts_and_no_map(people: int) -> None:
    who, what = np.meshgrid(np.arange(people), np.arange(3), indexing="ij")
    table = vote_table(who.ravel(), what.ravel(), np.ones(who.size, dtype=int), known=range(3))
    found = analyze(table, Groups({}, GROUPS))
    assert "too_few" in {one.code for one in found.map.doubts}
    assert [one.agree for one in found.results] == [people] * 3


def test_what_is_moderated_out_counts_nowhere() -> None:
    table = two_camps()
    out = Moderation(out=frozenset({5}))
    who, what, how = parallel(table)
    kept = what != 5
    bare = vote_table(who[kept], what[kept], how[kept])
    ours, theirs = analyze(table, by_turns(table), out), analyze(bare, by_turns(table))
    assert np.abs(ours.map.positions - theirs.map.positions).max() < 1e-9
    assert ours.results == theirs.results


def test_small_cells_and_what_would_give_them_away_are_withheld() -> None:
    table = two_camps()
    names = ("Government", "Academia", "Civil society")
    of = {int(one): names[1 if one < 3 else 2 if one < 23 else 0] for one in table.participants}
    shown = json.loads(to_json_bytes(analyze(table, Groups(of, names))))
    for one in shown["results"]:
        government, academia, society = one["declared"]
        assert academia == {"group": "Academia", "withheld": True}
        assert society == {"group": "Civil society", "withheld": True}  # else the sum would tell
        assert "counts" in government
        numbers = one["declared_numbers"]
        assert numbers.keys() == {"weakest", "weakest_group"}
        assert (numbers["weakest"] is None) == (numbers["weakest_group"] != "Government")
        assert (one["suggestion"]["up"], one["suggestion"]["down"], one["robustness"]) == (None, None, [])
        told = "".join(text for code, text in one["suggestion"]["reasons"] if code != "withheld")
        assert "Academia: " not in told


@pytest.mark.parametrize(
    ("sizes", "places"),
    [
        ((9, 0, 7), set()),
        ((9, 4, 7), {1, 2}),
        ((9, 4, 3), {1, 2}),
        ((2, 2, 9, 8), {0, 1, 3}),
        ((4,), {0}),
        ((), set()),
    ],
)
def test_five_people_at_least_are_withheld_together(sizes: tuple[int, ...], places: set[int]) -> None:
    assert withheld(sizes) == places


def test_no_small_number_of_a_table_follows_from_its_rows_and_columns() -> None:
    chance = np.random.default_rng(7)
    for _ in range(200):
        rows = chance.choice((0, 2, 4, 9, 30), (chance.integers(2, 5), chance.integers(2, 5)))
        shown = _table(rows.tolist(), 5)
        hidden = np.array([[one is None for one in row] for row in shown])
        assert hidden[(rows > 0) & (rows < 5)].all()
        for axis in (0, 1):
            people, kinds = (rows * hidden).sum(axis=axis), rows.sum(axis=axis)
            assert ((people == 0) | (people >= 5) | (people == kinds)).all()


ODD = {
    "all agree on everything": lambda who, _what: np.ones_like(who),
    "one statement divides": lambda who, what: np.where(what == 3, who % 2 * 2 - 1, 1),
    "two camps and nothing else": lambda who, _what: who % 2 * 2 - 1,
    "everybody has a favorite": lambda who, what: np.where(what == who, 1, -1),
}


@pytest.mark.parametrize("people", [1, 2, 30])
@pytest.mark.parametrize("kind", ODD)
def test_rooms_without_a_second_direction_are_analyzed_and_have_no_map(kind: str, people: int) -> None:
    who, what = np.meshgrid(np.arange(people), np.arange(60), indexing="ij")
    table = vote_table(who.ravel(), what.ravel(), ODD[kind](who, what).ravel())
    found = analyze(table)
    assert found.map.doubts
    assert to_json_bytes(found) == to_json_bytes(analyze(shuffled(table, 1)))


def test_the_panel_counts_without_those_who_came_in_a_burst() -> None:
    table = two_camps()
    people = frozenset(table.participants.tolist())
    groups = by_turns(table)
    first = analyze(table, groups, marks=Marks(verified=people)).results[0]
    assert {one.how for one in first.robustness} >= {"verified only", "without bursts", "without Government"}
    without = analyze(table, groups, marks=Marks(burst=people)).results[0]
    assert next(one for one in without.robustness if one.how == "without bursts").weakest == 0
    assert first.declared_numbers == without.declared_numbers


def test_a_result_that_one_group_decides_is_not_robust() -> None:
    who, what = np.meshgrid(np.arange(40), np.arange(2), indexing="ij")
    how = np.where((who % 2 == 0) & (what == 0), -1, 1)  # the even ones are against statement 0
    groups = Groups({person: GROUPS[person % 2] for person in range(40)}, GROUPS[:2])
    divided, agreed = analyze(vote_table(who.ravel(), what.ravel(), how.ravel()), groups).results
    assert (divided.is_robust, agreed.is_robust) == (False, True)


def test_an_open_objection_keeps_a_statement_from_consensus_however_many_agree() -> None:
    who, what = np.meshgrid(np.arange(40), np.arange(2), indexing="ij")
    table = vote_table(who.ravel(), what.ravel(), np.ones(who.size, dtype=int))
    objected, agreed = analyze(table, by_turns(table, GROUPS[:2]), objections={0: 1}).results
    assert objected.suggestion is not None
    assert agreed.suggestion is not None
    assert (objected.suggestion.level, agreed.suggestion.level) == ("strong_support", "full_consensus")
    assert objected.suggestion.up is None
