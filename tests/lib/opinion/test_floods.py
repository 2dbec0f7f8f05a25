"""Floods over a published conversation: newcomers in the largest group who all vote the same way on one statement.

Stakeholder groups are drawn (half, a quarter, ...), since no public conversation has any.
"""

import numpy as np
import pytest

from lib.opinion.rooms import conversation
from talanoa.lib.opinion import Thresholds
from talanoa.lib.opinion.counts import counted
from talanoa.lib.opinion.lenses import Lens, lens, over
from talanoa.lib.opinion.levels import Ladder
from talanoa.lib.opinion.maps import live_statements
from talanoa.lib.opinion.results import CONSENSUS, DIVERGENCE, LEVELS, STRONG
from talanoa.lib.opinion.tables import Integers

pytestmark = pytest.mark.shared_data
SHARES = (0.5, 0.25, 0.15, 0.07, 0.03)
NAMES = tuple("ABCDE")
AGREE, DISAGREE = 2, 0


@pytest.fixture(scope="module", params=["american-assembly.bowling-green", "scoop-hivemind.biodiversity"])
def room(request: pytest.FixtureRequest) -> tuple[Integers, int]:
    """Counts of the live statements by drawn group, and how many people there are."""
    held = conversation(request.param)
    people = len(held.votes.participants)
    labels = np.random.default_rng(0).choice(5, people, p=SHARES)
    live = live_statements(held.votes, held.moderation)
    return counted(held.votes, labels, 5)[:, live], people


def flooded(counts: Integers, number: int, statement: int, vote: int) -> Integers:
    more = counts.copy()
    more[0, statement, vote] += number
    return more


def levels(found: Lens) -> list[str]:
    return [
        LEVELS[at]
        for at in Ladder(found, np.zeros(found.agree.shape[1], dtype=np.int64), Thresholds()).levels
    ]


@pytest.mark.parametrize("times", [0.05, 0.5, 5, 50])
def test_a_flood_for_the_least_liked_statement_buys_no_level(
    room: tuple[Integers, int], times: float
) -> None:
    counts, people = room
    seen = counts.sum(axis=2)
    pooled = counts[:, :, AGREE].sum(axis=0) / np.maximum(seen.sum(axis=0), 1)
    statement = int(np.argmin(np.where(seen.sum(axis=0) >= 50, pooled, 2)))
    after = flooded(counts, int(times * people), statement, AGREE)
    before, then = lens(NAMES, (None,) * 5, counts), lens(NAMES, (None,) * 5, after)
    others = float(before.low[1:, statement].min())
    assert over(then).weakest[statement] <= others
    assert (levels(before)[statement], levels(then)[statement]) == (DIVERGENCE, DIVERGENCE)
    head_count = after[:, statement, AGREE].sum() / after[:, statement].sum()
    assert head_count >= pooled[statement]
    if times >= 5:
        assert head_count > 0.9


def test_a_flood_against_the_best_statement_shows_as_one_group_that_stands_apart(
    room: tuple[Integers, int],
) -> None:
    counts, people = room
    before = lens(NAMES, (None,) * 5, counts)
    carried = [at for at, level in enumerate(levels(before)) if level == CONSENSUS]
    ranked = np.where(np.isin(np.arange(counts.shape[1]), carried), over(before).weakest, 0)
    statement = int(np.argmax(ranked))
    then = lens(NAMES, (None,) * 5, flooded(counts, people // 4, statement, DISAGREE))
    assert levels(before)[statement] == CONSENSUS
    assert levels(then)[statement] in {STRONG, DIVERGENCE}
    assert over(then).weakest_group[statement] == 0
    assert over(then).second[statement] == before.low[1:, statement].min()
