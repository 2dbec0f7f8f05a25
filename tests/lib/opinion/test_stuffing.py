"""Near-identical ballots, bursts and fast voting are found, and people who merely agree are not taken for one hand."""

import numpy as np
import pytest

from lib.opinion.rooms import noise
from talanoa.lib.opinion import Casting, bursts, fast_voters, near_identical, stuffing, vote_table

HOUR = 3_600_000


def ballots(rows: np.ndarray) -> np.ndarray:
    who, what = np.meshgrid(np.arange(len(rows)), np.arange(rows.shape[1]), indexing="ij")
    return near_identical(vote_table(who.ravel(), what.ravel(), rows.ravel()))


def test_copies_of_a_ballot_are_one_pile_and_other_people_are_in_none() -> None:
    rows = np.random.default_rng(1).choice((-1, 0, 1), (40, 30))
    rows[10:30] = rows[3]
    found = ballots(rows)
    assert set(np.flatnonzero(found >= 0).tolist()) == {3, *range(10, 30)}
    assert len(set(found[found >= 0].tolist())) == 1


def test_a_ballot_that_differs_in_one_of_forty_votes_is_in_the_pile() -> None:
    rows = np.random.default_rng(2).choice((-1, 1), (10, 40))
    rows[1] = rows[0]
    rows[1, 7] *= -1
    assert (ballots(rows) >= 0).tolist() == [True, True, *[False] * 8]


def test_how_many_ballots_are_read_at_once_changes_no_pile(monkeypatch: pytest.MonkeyPatch) -> None:
    who, what, votes = [], [], []
    for person in range(60):
        own = np.random.default_rng(person % 40)  # the last twenty copy the first twenty
        length = int(own.integers(20, 90))
        who += [person] * length
        what += own.permutation(90)[:length].tolist()
        votes += own.choice((-1, 0, 1), length).tolist()
    table = vote_table(who, what, votes)
    whole = near_identical(table)
    monkeypatch.setattr(stuffing, "STEP", 7)
    assert (near_identical(table) == whole).all()
    assert np.flatnonzero(whole >= 0).tolist() == [*range(20), *range(40, 60)]


def test_short_ballots_that_are_the_same_say_nothing() -> None:
    assert (ballots(np.ones((50, 19), dtype=int)) == -1).all()


def test_a_room_of_coins_has_no_pile() -> None:
    assert (near_identical(noise(300, 40)) == -1).all()


def test_an_hour_in_which_far_more_people_came_than_usual_is_a_burst() -> None:
    usual = {person: person * HOUR for person in range(50)}
    newcomers = {100 + person: 60 * HOUR + person for person in range(30)}
    (found,) = bursts({**usual, **newcomers})
    assert (found.begins_at, found.ends_at, found.participants) == (
        60 * HOUR,
        61 * HOUR,
        tuple(range(100, 130)),
    )
    assert bursts(usual) == bursts({}) == ()


def test_thirty_votes_within_a_minute_are_faster_than_reading() -> None:
    fast = [Casting(1000 * number, number, 1, 1) for number in range(30)]
    steady = [Casting(10_000 * number, number, 2, 1) for number in range(60)]
    assert fast_voters([*steady, *reversed(fast)]) == (1,)
