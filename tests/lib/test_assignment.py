"""Who reads what: exact, balanced, fair, repeatable, and explained where it cannot be."""

from collections import Counter
from random import Random

import pytest

from talanoa.lib.assignment import (
    CONFLICT,
    GROUPS,
    LOAD,
    REGIONS,
    Infeasible,
    Obstacle,
    Problem,
    Reviewer,
    assign,
)

AMARA, BORIS, CHEN, DINA = (
    Reviewer(1, "academia", "africa", 2),
    Reviewer(2, "government", "eastern_europe", 2),
    Reviewer(3, "civil_society", "asia_pacific", 2),
    Reviewer(4, "academia", "latin_america_caribbean", 2),
)
FOUR = (AMARA, BORIS, CHEN, DINA)


def crowd(n_applications: int = 30, n_reviewers: int = 12, *, seed: str = "s") -> Problem:
    """Return a problem in which everything is asked for at once."""
    chance = Random(5)
    groups, regions = (
        ("academia", "government", "civil_society"),
        ("africa", "asia_pacific", "eastern_europe"),
    )
    reviewers = tuple(
        Reviewer(r, groups[r % 3], regions[r // 3 % 3], 3 * n_applications // n_reviewers + 1)
        for r in range(n_reviewers)
    )
    pairs = [(a, r) for a in range(n_applications) for r in range(n_reviewers)]
    affinity = {pair: chance.random() for pair in pairs}
    barred = frozenset(pair for pair in pairs if chance.random() < 0.05)
    return Problem(tuple(range(n_applications)), reviewers, 3, affinity, barred, seed)


def test_every_application_has_k_reviewers_and_nobody_more_than_their_load() -> None:
    problem = crowd()
    found = assign(problem)
    assert Counter(a for a, _r in found.pairs) == dict.fromkeys(problem.applications, 3)
    given = Counter(r for _a, r in found.pairs)
    assert [r.key for r in problem.reviewers if given[r.key] > r.load] == []


def test_nobody_reads_what_is_barred_to_them() -> None:
    problem = crowd()
    assert set(assign(problem).pairs) & problem.barred == set()


def test_two_groups_and_two_regions_at_least_read_each_application() -> None:
    problem = crowd()
    who = {reviewer.key: reviewer for reviewer in problem.reviewers}
    found = assign(problem)
    read_by = [[who[r] for r in found.of(a)] for a in problem.applications]
    assert min(len({one.group for one in each}) for each in read_by) >= 2
    assert min(len({one.region for one in each}) for each in read_by) >= 2


def test_two_of_one_group_do_not_read_together_however_near_they_are() -> None:
    affinity = {(9, 1): 1.0, (9, 4): 1.0, (9, 2): 0.1}
    assert assign(Problem((9,), FOUR, 2, affinity)).of(9) in {(1, 2), (2, 4)}


def test_the_worst_served_comes_before_the_sum() -> None:
    """Boris and Chen: 1.0 + 0.0 would be the larger sum, 0.4 + 0.4 serves both."""
    one_each = tuple(Reviewer(r.key, r.group, r.region, 1) for r in (BORIS, CHEN))
    affinity = {(8, 2): 1.0, (8, 3): 0.4, (9, 2): 0.4, (9, 3): 0.0}
    found = assign(Problem((8, 9), one_each, 1, affinity))
    assert found.pairs == ((8, 3), (9, 2))
    assert found.floor >= 0.4
    assert found.floor <= found.bound


def test_of_two_that_serve_the_worst_alike_the_larger_sum_is_taken() -> None:
    affinity = {(8, 2): 0.2, (8, 3): 0.2, (9, 2): 0.3, (9, 3): 0.9}
    one_each = tuple(Reviewer(r.key, r.group, r.region, 1) for r in (BORIS, CHEN))
    assert assign(Problem((8, 9), one_each, 1, affinity, seed="q")).pairs == ((8, 2), (9, 3))


def test_the_same_seed_gives_the_same_assignment_in_whatever_order_it_is_told() -> None:
    problem = crowd()
    turned = Problem(
        problem.applications[::-1], problem.reviewers[::-1], 3, problem.affinity, problem.barred, problem.seed
    )
    assert assign(problem) == assign(turned)


def test_another_seed_decides_otherwise_between_equals() -> None:
    alike = {(a, r.key): 0.5 for a in range(2) for r in FOUR}
    found = {assign(Problem((0, 1), FOUR, 2, alike, seed=str(n))).pairs for n in range(8)}
    assert len(found) > 1


def test_assignment_infeasible_too_few_places_in_all_are_told_as_load() -> None:
    with pytest.raises(Infeasible) as refused:
        assign(Problem((1, 2, 3, 4, 5), FOUR, 2))
    assert refused.value.code == "assignment_infeasible"
    assert refused.value.obstacles == (Obstacle(LOAD, 2),)
    assert str(refused.value) == "load: the reviewers together would have to take 2 more"


def test_an_application_that_almost_everybody_is_tied_to_is_named() -> None:
    barred = frozenset({(7, 1), (7, 2), (7, 3)})
    with pytest.raises(Infeasible) as refused:
        assign(Problem((7, 8), FOUR, 2, barred=barred))
    assert refused.value.obstacles == (Obstacle(CONFLICT, 1, application=7),)


def test_an_application_that_one_group_is_left_for_is_named() -> None:
    with pytest.raises(Infeasible) as refused:
        assign(Problem((7, 8), FOUR, 2, barred=frozenset({(7, 2), (7, 3)})))
    assert refused.value.obstacles == (Obstacle(GROUPS, 1, application=7),)


def test_an_application_that_one_region_is_left_for_is_named() -> None:
    two = (AMARA, Reviewer(2, "government", "africa", 2))
    with pytest.raises(Infeasible) as refused:
        assign(Problem((7,), two, 2))
    assert refused.value.obstacles == (Obstacle(REGIONS, 1, application=7),)


def test_a_reviewer_whom_everybody_needs_is_named_with_what_is_lacking() -> None:
    """Boris alone is of another group than the rest: three applications need him, and he takes two."""
    rest = tuple(Reviewer(key, "academia", region, 3) for key, region in ((5, "africa"), (6, "asia_pacific")))
    with pytest.raises(Infeasible) as refused:
        assign(Problem((7, 8, 9), (BORIS, *rest), 2))
    assert refused.value.obstacles == (Obstacle(LOAD, 1, reviewer=2),)


def test_nothing_to_assign_is_refused() -> None:
    with pytest.raises(ValueError, match="needs applications"):
        Problem((), FOUR, 2)
