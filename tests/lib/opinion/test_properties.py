"""What the measure promises, on random rooms: 200 by day, 10,000 of each by night, each a statement of a lens.

The numbers are those of the list in the design: 1 anonymity, 2 neutrality, 3 and 4 monotony, 5 Pareto, 6 no
interference, 7 size, 8 and 9 floods, 10 clones of groups, 11 other statements, 12 bounded influence, 13 order.
"""

from collections.abc import Iterator

import numpy as np
import pytest

from lib.opinion.rooms import INSTANCES
from talanoa.lib.opinion import Thresholds, vote_table
from talanoa.lib.opinion.counts import counted
from talanoa.lib.opinion.lenses import Lens, lens, over
from talanoa.lib.opinion.levels import Ladder
from talanoa.lib.opinion.results import CONSENSUS, LEVELS
from talanoa.lib.opinion.tables import Integers

pytestmark = pytest.mark.nightly
DISAGREE, PASS, AGREE = range(3)
MOST = 39
ROSTER = 200
TINY = 1e-12


def rooms(seed: int) -> Iterator[tuple[Integers, np.random.Generator]]:
    """Yield counts (groups x instances x 3) for two to six groups: silent ones, lone voices, and larger ones."""
    chance = np.random.default_rng(seed)
    for n_groups in range(2, 7):
        size = chance.choice((0, 1, 3, 8, MOST), (n_groups, INSTANCES // 5))
        leaning = chance.dirichlet((0.7, 0.5, 2.0), size.shape)
        yield chance.multinomial(size, leaning), chance


def seen_by(counts: Integers, roster: int | None) -> Lens:
    names = tuple(f"group {at}" for at in range(len(counts)))
    return lens(names, (roster,) * len(counts), counts)


def levels(room: Lens) -> Integers:
    return Ladder(room, np.zeros(room.agree.shape[1], dtype=np.int64), Thresholds()).levels


def moved(
    counts: Integers, chance: np.random.Generator, come: int, go: int | None = None
) -> tuple[Integers, Integers]:
    """Return counts with one vote more of a kind in one group each, taken from another kind, and whose group it was."""
    group = chance.integers(0, len(counts), counts.shape[1])
    at = np.arange(counts.shape[1])
    changed = counts.copy()
    if go is not None:
        group = np.where(counts[group, at, go] > 0, group, np.argmax(counts[:, :, go], axis=0))
    can = np.ones(len(at), dtype=bool) if go is None else counts[group, at, go] > 0
    changed[group[can], at[can], come] += 1
    if go is not None:
        changed[group[can], at[can], go] -= 1
    return changed, group


both = pytest.mark.parametrize("roster", [None, ROSTER], ids=["no roster", "roster"])


def test_1_it_matters_how_many_of_a_group_agree_and_not_who() -> None:
    chance = np.random.default_rng(1)
    for _ in range(INSTANCES):
        who, what = np.meshgrid(np.arange(12), np.arange(4), indexing="ij")
        how, group = chance.integers(-1, 2, who.shape), chance.integers(0, 3, 12)
        swapped = how.copy()
        one = chance.choice(np.flatnonzero(group == group[0]))
        swapped[[0, one]] = swapped[[one, 0]]
        found = [
            counted(vote_table(who.ravel(), what.ravel(), each.ravel()), group, 3) for each in (how, swapped)
        ]
        assert (found[0] == found[1]).all()


@both
def test_2_the_names_and_the_order_of_groups_do_not_matter(roster: int | None) -> None:
    for counts, chance in rooms(2):
        ours, theirs = seen_by(counts, roster), seen_by(chance.permutation(counts), roster)
        assert (levels(ours) == levels(theirs)).all()
        one, other = over(ours), over(theirs)
        assert (one.weakest == other.weakest).all()
        assert (one.second == other.second).all()
        assert np.allclose(one.bridging, other.bridging, rtol=0, atol=TINY)


@both
@pytest.mark.parametrize(("come", "go"), [(AGREE, None), (AGREE, DISAGREE), (AGREE, PASS)])
def test_3_one_more_who_agrees_lowers_nothing(come: int, go: int | None, roster: int | None) -> None:
    for counts, chance in rooms(3):
        before, after = seen_by(counts, roster), seen_by(moved(counts, chance, come, go)[0], roster)
        assert (over(after).weakest >= over(before).weakest - TINY).all()
        assert (levels(after) >= levels(before)).all()
        assert (over(after).bridging >= over(before).bridging - TINY).all()


@both
def test_3_one_who_passes_instead_of_disagreeing_lowers_no_level(roster: int | None) -> None:
    for counts, chance in rooms(4):
        after = moved(counts, chance, PASS, DISAGREE)[0]
        assert (levels(seen_by(after, roster)) >= levels(seen_by(counts, roster))).all()


@both
def test_4_one_more_who_disagrees_raises_nothing(roster: int | None) -> None:
    for counts, chance in rooms(5):
        before, after = seen_by(counts, roster), seen_by(moved(counts, chance, DISAGREE)[0], roster)
        assert (over(after).weakest <= over(before).weakest + TINY).all()
        assert (levels(after) <= levels(before)).all()


@both
def test_5_what_every_group_likes_better_is_nowhere_lower(roster: int | None) -> None:
    for counts, chance in rooms(6):
        better = counts.copy()
        for go in (DISAGREE, PASS):
            number = chance.integers(0, counts[:, :, go] + 1)
            better[:, :, AGREE] += number
            better[:, :, go] -= number
        before, after = seen_by(counts, roster), seen_by(better, roster)
        assert (levels(after) >= levels(before)).all()
        one, other = over(before), over(after)
        for name in ("weakest", "second", "bridging", "equal_weight"):
            assert (getattr(other, name) >= getattr(one, name) - TINY).all()


@both
def test_6_votes_of_one_group_leave_the_others_untouched(roster: int | None) -> None:
    for counts, chance in rooms(7):
        changed = counts.copy()
        changed[0] = chance.integers(0, 50, changed[0].shape)
        before, after = seen_by(counts, roster), seen_by(changed, roster)
        for name in ("low", "high", "opposition_low", "opposition_high", "support", "raw"):
            assert (getattr(before, name)[1:] == getattr(after, name)[1:]).all()


def test_7_copies_of_a_group_only_tighten_its_bound() -> None:
    for counts, chance in rooms(8):
        more = counts * chance.integers(2, 9, counts.shape[:2])[:, :, None]
        before, after = seen_by(counts, None), seen_by(more, None)
        assert (before.raw == after.raw).all()
        assert (after.low >= before.low - TINY).all()
        assert (after.low <= np.maximum(after.raw, TINY)).all()


@both
def test_8_and_9_a_flood_lifts_nothing_above_the_other_groups(roster: int | None) -> None:
    for counts, chance in rooms(9):
        flooded = counts.copy()
        flooded[0, :, AGREE] += chance.integers(1, 100_000, counts.shape[1])
        rosters = (None, *(roster,) * (len(counts) - 1))
        after = lens(tuple(map(str, range(len(counts)))), rosters, flooded)
        others = seen_by(counts[1:], roster)
        assert (over(after).weakest <= over(others).weakest).all()
        is_low = over(others).weakest <= 0.5
        assert (levels(after)[is_low] < LEVELS.index(CONSENSUS)).all()


def test_10_a_group_that_is_there_twice_leaves_the_weakest_support_as_it_is() -> None:
    for counts, chance in rooms(10):
        twin = counts[chance.integers(0, len(counts), counts.shape[1]), np.arange(counts.shape[1])]
        doubled = np.concatenate((counts, twin[None]))
        assert (over(seen_by(doubled, None)).weakest == over(seen_by(counts, None)).weakest).all()


def test_11_other_statements_do_not_matter() -> None:
    for counts, _chance in rooms(11):
        alone = [seen_by(counts[:, [at]], None) for at in range(0, counts.shape[1], 7)]
        together = seen_by(counts, None)
        for at, one in zip(range(0, counts.shape[1], 7), alone, strict=True):
            assert (one.low[:, 0] == together.low[:, at]).all()
            assert levels(one)[0] == levels(together)[at]


def test_12_one_voter_moves_a_bound_by_one_and_a_half_nth_at_most() -> None:
    for counts, chance in rooms(12):
        changed, group = moved(counts, chance, AGREE)
        at = np.arange(counts.shape[1])
        seen = counts.sum(axis=2)[group, at]
        step = seen_by(changed, None).low[group, at] - seen_by(counts, None).low[group, at]
        heard = seen >= 5
        assert (step[heard] <= 1.5 / seen[heard]).all()


@both
def test_13_the_numbers_are_shares_in_their_order(roster: int | None) -> None:
    for counts, _chance in rooms(13):
        room = seen_by(counts, roster)
        found = over(room)
        assert (found.weakest <= found.second).all()
        assert (found.bridging <= found.equal_weight).all()
        shares = (
            room.low,
            room.high,
            room.support,
            found.weakest,
            found.second,
            found.bridging,
            found.equality,
        )
        assert all(((share >= 0) & (share <= 1)).all() for share in shares)
        assert (room.low <= room.high).all()
