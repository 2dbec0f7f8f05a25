"""How many votes a level is away, held against a search through all votes; levels and reasons follow the rules."""

from itertools import product

import numpy as np
import pytest

from lib.opinion.rooms import INSTANCES
from talanoa.lib.opinion import Thresholds
from talanoa.lib.opinion.lenses import lens
from talanoa.lib.opinion.levels import Ladder
from talanoa.lib.opinion.results import CONSENSUS, DIVERGENCE, FULL, LEVELS, STRONG
from talanoa.lib.opinion.suggestions import suggestion

pytestmark = pytest.mark.nightly
Room = tuple[tuple[int, int, int], ...]
NAMES = ("Government", "Academia", "Civil society")
FAR = 4


def ladder(rooms: list[Room], objections: int = 0, roster: int | None = None) -> Ladder:
    """Return the ladder of rooms, each given as (disagree, pass, agree) per group."""
    counts = np.array(rooms).transpose(1, 0, 2)
    seen_by = lens(NAMES[: len(counts)], (roster,) * len(counts), counts)
    return Ladder(seen_by, np.full(len(rooms), objections), Thresholds())


def neighbors(room: Room, roster: int | None) -> set[Room]:
    """Return the rooms that are one vote away: added, or changed."""
    found = set()
    for group, (come, go) in product(range(len(room)), product(range(3), (None, 0, 1, 2))):
        votes = list(room[group])
        votes[come] += 1
        if go is not None:
            votes[go] -= 1
        if min(votes) >= 0 and (roster is None or sum(votes) <= roster):
            found.add((*room[:group], tuple(votes), *room[group + 1 :]))
    return found  # type: ignore[return-value]


def fewest(room: Room, roster: int | None, *, up: bool) -> int | None:
    """Return how many votes away the next level is, up to FAR."""
    start = int(ladder([room], roster=roster).levels[0])
    reached, edge = {room}, {room}
    for number in range(1, FAR + 1):
        edge = {there for here in edge for there in neighbors(here, roster)} - reached
        reached |= edge
        levels = ladder(sorted(edge), roster=roster).levels if edge else np.array([start])
        if (levels > start).any() if up else (levels < start).any():
            return number
    return None


def cut(number: int | None) -> int | None:
    return number if number is not None and number <= FAR else None


@pytest.mark.parametrize("roster", [None, 7])
def test_the_distance_is_the_fewest_votes_that_there_are(roster: int | None) -> None:
    chance = np.random.default_rng(3)
    for _ in range(INSTANCES // 10):
        room = tuple(
            tuple(chance.multinomial(chance.integers(0, 7), chance.dirichlet((0.4, 0.3, 2.0))).tolist())
            for _group in range(2)
        )
        rungs = ladder([room], roster=roster)
        up, down = rungs.up(0), rungs.down(0)
        assert cut(up.votes if up else None) == fewest(room, roster, up=True), room
        assert cut(down.votes if down else None) == fewest(room, roster, up=False), room


@pytest.mark.parametrize(
    ("room", "objections", "level"),
    [
        (((0, 0, 5), (0, 1, 9)), 0, FULL),
        (((0, 0, 5), (0, 1, 9)), 1, STRONG),
        (((1, 0, 9), (0, 0, 5)), 0, CONSENSUS),
        (((4, 0, 12), (0, 0, 5)), 0, STRONG),
        (((0, 0, 1), (0, 0, 50)), 0, STRONG),
        (((0, 0, 0), (0, 0, 50)), 0, DIVERGENCE),
        (((9, 0, 1), (0, 0, 9)), 0, DIVERGENCE),
    ],
)
def test_levels_follow_the_rules(room: Room, objections: int, level: str) -> None:
    assert ladder([room], objections).level(0) == level


def test_a_lone_voice_carries_its_group_only_if_the_roster_says_that_it_is_the_group() -> None:
    room: Room = ((0, 0, 1), (0, 0, 9))
    assert ladder([room]).level(0) == STRONG
    counts = np.array([room]).transpose(1, 0, 2)
    known = lens(NAMES[:2], (1, None), counts)
    assert Ladder(known, np.zeros(1, dtype=np.int64), Thresholds()).level(0) == FULL


def test_reasons_name_the_group_the_votes_and_what_is_lacking() -> None:
    rungs = ladder([((5, 0, 4), (0, 0, 0), (0, 0, 9))], objections=1)
    found = suggestion(rungs, None, 0, is_split=False)
    assert [(one.code, one.group) for one in found.reasons] == [
        ("support_not_shown", "Government"),
        ("opposition", "Government"),
        ("silent", "Academia"),
        ("objections_open", ""),
        ("mean_support", ""),
    ]
    assert (
        found.reasons[0].sentence
        == "Government: 4 of 9 agree, so that support above 50 of 100 cannot be shown."
    )
    assert (found.level, found.minorities) == (DIVERGENCE, ("Civil society",))


def test_a_group_of_which_half_disagree_is_a_minority_view_on_what_is_carried() -> None:
    found = suggestion(ladder([((3, 0, 3), (0, 0, 9), (0, 0, 9))]), None, 0, is_split=False)
    assert (found.level, found.minorities) == (STRONG, ("Government",))


def test_one_voter_who_could_flip_it_makes_it_fragile() -> None:
    found = suggestion(ladder([((0, 0, 2), (0, 0, 9))]), None, 0, is_split=False)
    assert found.level == LEVELS[-1]
    assert (found.is_fragile, found.down.votes if found.down else 0) == (True, 1)
