"""Groups on a map are the same ones every time; a grid finds what single points find."""

import numpy as np

from talanoa.lib.opinion import clusters
from talanoa.lib.opinion.clusters import clustered, clustered_in, silhouettes
from talanoa.lib.opinion.maps import rand_index
from talanoa.lib.opinion.tables import Floats


def camps(number: int, people: int, *, seed: int = 1) -> Floats:
    chance = np.random.default_rng(seed)
    angle = 2 * np.pi * np.arange(number) / number
    centers = 4 * np.column_stack((np.cos(angle), np.sin(angle)))
    return centers[np.arange(people) % number] + chance.normal(size=(people, 2)) * 0.7


def test_as_many_groups_are_found_as_there_are_camps() -> None:
    for number in (2, 3, 4, 5):
        found = clustered(camps(number, 300))
        assert len(found.centers) == number
        assert rand_index(found.labels, np.arange(300) % number) == 1.0


def test_the_order_of_points_does_not_change_who_is_together() -> None:
    points = camps(3, 90)
    order = np.random.default_rng(2).permutation(90)
    assert rand_index(clustered(points).labels[order], clustered(points[order]).labels) == 1.0


def test_a_grid_finds_the_groups_of_single_points() -> None:
    for number in (2, 3, 4):
        points = camps(number, 6000)
        found = clustered(points)
        assert len(found.centers) == number
        sample = slice(0, clusters.EXACT)
        exact = clustered_in(points[sample], number)
        assert rand_index(found.labels[sample], exact.labels) >= 0.995
        assert abs(found.silhouette - clustered(points[sample]).silhouette) < 0.02


def test_one_place_is_one_group() -> None:
    found = clustered(np.zeros((40, 2)))
    assert (set(found.labels.tolist()), found.silhouette) == ({0}, 0.0)
    assert clustered(np.zeros((0, 2))).labels.tolist() == []


def test_the_silhouette_of_four_points_is_as_by_hand() -> None:
    spots = np.array([[0.0, 0], [0, 1], [10, 0], [10, 1]])
    other = (10 + 101**0.5) / 2
    (found,) = silhouettes(spots, np.ones(4), [np.array([0, 0, 1, 1])])
    assert abs(found - (1 - 1 / other)) < 1e-12


def test_weights_count_like_points_in_one_place() -> None:
    spots, labels = camps(2, 30), np.arange(30) % 2
    twice, of_both = np.repeat(spots, 2, axis=0), np.repeat(labels, 2)
    (one,) = silhouettes(spots, np.full(30, 2.0), [labels])
    (other,) = silhouettes(twice, np.ones(60), [of_both])
    assert abs(one - other) < 1e-12


def test_several_ways_to_label_are_weighed_each_as_if_alone() -> None:
    spots, chance = camps(3, 300), np.random.default_rng(4)
    ways = [np.arange(300) % 3, np.zeros(300, dtype=np.int64), chance.integers(0, 5, 300)]
    together = silhouettes(spots, np.ones(300), ways)
    alone = [silhouettes(spots, np.ones(300), [labels])[0] for labels in ways]
    assert np.allclose(together, alone, rtol=0, atol=1e-12)
    assert together[1] == 0 < together[0]
