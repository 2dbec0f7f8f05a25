"""Assigning 80 reviewers to 300 applications with every constraint at once, beside taking the nearest reviewers.

Texts are drawn with a fixed seed: each has a few of 20 subjects, each subject its own words. Of all pairs three of a
hundred are barred, and there are hardly more places than reviews. The peer takes for each application the nearest who
are free, one after the other, and keeps neither balance nor anything for those who come late.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.figures import Figure, at_most, seconds, shown
from talanoa.lib.affinity import affinities
from talanoa.lib.aliases import GROUPS
from talanoa.lib.assignment import Assignment, Infeasible, Problem, Reviewer, assign
from talanoa.lib.regions import REGIONS

SEED = 9
SUBJECTS, WORDS, SAID = 20, 60, 250
K, BARRED, SPARE = 3, 0.03, 1.08
GOAL_S = 30


@dataclass(frozen=True, slots=True)
class Size:
    """How many applications and reviewers there are."""

    applications: int = 300
    reviewers: int = 80


TINY = Size(applications=12, reviewers=8)


def figures(size: Size, _folder: Path) -> Iterator[Figure]:
    """Yield how long it takes from the texts on, whether it repeats, and how the worst served fares."""
    problem: list[Problem] = []
    took = seconds(lambda: problem.append(problem_of(size)))
    yield Figure("affinity of all texts", f"{shown(took)} s")
    found: list[Assignment] = []
    took += seconds(lambda: found.append(assign(problem[0])))
    asked = f"{size.applications} x {size.reviewers}, {K} each"
    yield at_most(GOAL_S, "assigned, from texts to pairs", took, " s", asked)
    again = assign(problem[0]) == found[0]
    yield Figure("assigned again from the same seed", "the same" if again else "DIFFERENT", is_met=again)
    worst = greedy(problem[0])
    told = f"greedy {shown(worst)}; no assignment passes {shown(found[0].bound)}"
    yield Figure("affinity of the worst served", shown(found[0].floor), against=told)
    yield at_most(
        GOAL_S, "told why there is none", seconds(lambda: told_why(problem[0])), " s", "too few groups"
    )


def problem_of(size: Size) -> Problem:
    """Return an instance, with the affinities of its texts."""
    chance = Random(SEED)
    applications = {key: text(chance) for key in range(size.applications)}
    reviewers = {key: text(chance) for key in range(size.reviewers)}
    load = int(SPARE * K * size.applications / size.reviewers) + 1
    pairs = [(a, r) for a in applications for r in reviewers]
    return Problem(
        applications=tuple(applications),
        reviewers=tuple(
            Reviewer(key, GROUPS[key % 6], chance.choice(REGIONS), load) for key in range(size.reviewers)
        ),
        k=K,
        affinity=affinities(applications, reviewers),
        barred=frozenset(pair for pair in pairs if chance.random() < BARRED),
        seed="benchmark",
    )


def text(chance: Random) -> str:
    """Return words of three subjects."""
    subjects = [chance.randrange(SUBJECTS) for _ in range(3)]
    return " ".join(f"s{chance.choice(subjects)}w{int(WORDS ** chance.random())}" for _ in range(SAID))


def greedy(problem: Problem) -> float:
    """Return how the worst served fares where each application in turn takes the nearest who are free."""
    left = {reviewer.key: reviewer.load for reviewer in problem.reviewers}
    served = []
    for one in problem.applications:
        free = [key for key, n in left.items() if n and (one, key) not in problem.barred]
        taken = sorted(free, key=lambda key: -problem.affinity[one, key])[: problem.k]
        for key in taken:
            left[key] -= 1
        served.append(sum(problem.affinity[one, key] for key in taken))
    return min(served)


def told_why(problem: Problem) -> str:
    """Return why nothing can be assigned where three of four reviewers are of one group."""
    one_sided = tuple(
        Reviewer(each.key, "academia" if each.key % 4 else each.group, each.region, each.load)
        for each in problem.reviewers
    )
    few = [each for each in one_sided if each.group == "academia" or each.key % 8 == 0]
    extra = tuple(
        Reviewer(each.key, each.group, each.region, 2 * each.load if each.group == "academia" else 1)
        for each in few
    )
    try:
        assign(
            Problem(problem.applications, extra, problem.k, problem.affinity, problem.barred, problem.seed)
        )
    except Infeasible as refused:
        return str(refused)
    return ""
