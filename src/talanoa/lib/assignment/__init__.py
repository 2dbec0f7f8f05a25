"""Which reviewers read which applications: exact, balanced, fair to the worst served, and repeatable from its seed.

Each application gets exactly `k` reviewers, no reviewer more than their `load`, nobody one that is barred to them, and
the reviewers of an application come from two stakeholder groups and two regions at least (so no group and no region
holds all k of them). Among all such assignments first the application that is served worst is served as well as can be,
then the sum of all affinities is the largest. An application is served by the sum of the affinities of its reviewers.

Before that, each affinity is raised by up to CHANCE of itself, drawn from the seed: who writes a text so that it draws
a certain reviewer cannot be sure of them, and whoever knows the seed can assign again (Jecmen et al. 2020, "Mitigating
Manipulation in Peer Review via Randomized Reviewer Assignments", for why chance is there).

The solver is SciPy's HiGHS. The floor is looked for from its upper bound, which the relaxation without whole numbers
gives, downwards in the STEPS; `floor` and `bound` of the result say how near it came.
"""

from talanoa.lib.assignment.problem import (
    CONFLICT,
    FAMILIES,
    GROUPS,
    LOAD,
    REGIONS,
    Assignment,
    Infeasible,
    Obstacle,
    Pair,
    Problem,
    Reviewer,
)

__all__ = [
    "CONFLICT",
    "FAMILIES",
    "GROUPS",
    "LOAD",
    "REGIONS",
    "Assignment",
    "Infeasible",
    "Obstacle",
    "Pair",
    "Problem",
    "Reviewer",
    "assign",
]


def assign(problem: Problem) -> Assignment:
    """Return the assignment; the same problem, in whatever order it is told, always gives the same.

    Raises Infeasible, which names what stands in the way.
    """
    # SciPy takes longer to load than most commands take in all, and few of them assign anybody.
    from talanoa.lib.assignment.solving import solve  # noqa: PLC0415

    return solve(problem)
