"""Is a scenario a fair exercise? Its packages, four bots that must come out in order, and its own runs.

The order is that of how many seats can live with the outcome, on the mean over the seeds: who listens gets further than
who counts, who counts further than who repeats a wish, and who says nothing gets no further than that.
"""

from dataclasses import dataclass
from itertools import pairwise

from talanoa.lib.bots import PLAYERS
from talanoa.lib.debriefs import profile
from talanoa.lib.interests import SpaceMap, solvability, space_map
from talanoa.lib.practice_acts import Act
from talanoa.lib.scenarios import Golden, Scenario
from talanoa.lib.simulation import outcome, play

SEEDS = 20


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, one sentence each; the map; and the mean number of seats that each bot carries."""

    findings: tuple[str, ...]
    map: SpaceMap
    means: dict[str, float]


def checked(scenario: Scenario, *, seeds: int = SEEDS) -> Checked:
    """Return whether a scenario is a fair exercise, with each bot in the learner's seat over so many seeds."""
    means = {
        name: sum(len(outcome(scenario, play(scenario, seed(n), player)).accepting) for n in range(seeds))
        / seeds
        for name, player in PLAYERS.items()
    }
    golden = [told for run in scenario.golden for told in _differs(scenario, run)]
    return Checked((*solvability(scenario), *_out_of_order(means), *golden), space_map(scenario), means)


def seed(number: int) -> bytes:
    """Return the seed with a number: 32 bytes."""
    return number.to_bytes(32, "big")


def _out_of_order(means: dict[str, float]) -> list[str]:
    found = []
    for (less, low), (more, high) in pairwise(means.items()):
        if low > high or (low == high and less != "silent"):
            found.append(
                f"The bot {more} carries {high:.1f} seats and {less} {low:.1f}: {more} must get further."
                " Make it harder to please most seats without asking."
            )
    return found


def _differs(scenario: Scenario, run: Golden) -> list[str]:
    """Return in what a run comes out otherwise than its file says."""
    held = run.seat or scenario.learner
    acts = play(scenario, run.seed.encode(), PLAYERS[run.bot], held)
    came = outcome(scenario, acts)
    found = []
    if (len(came.accepting), came.is_agreed) != (run.seats, run.is_agreed):
        found.append(
            f"tests/{run.id}.yaml: {len(came.accepting)} seats can live with the outcome and agreed is"
            f" {str(came.is_agreed).lower()}; it says {run.seats} and {str(run.is_agreed).lower()}."
        )
    return found + _other_levels(scenario, run, acts, held)


def _other_levels(scenario: Scenario, run: Golden, acts: tuple[Act, ...], held: str) -> list[str]:
    levels = {found.criterion.id: found.rule for found in profile(scenario, acts, held)}
    return [
        f"tests/{run.id}.yaml: {key} comes to {levels[key]}; it says {level}."
        for key, level in run.levels.items()
        if levels[key] != level
    ]
