"""How near an application is to what a reviewer knows."""

import pytest

from talanoa.lib.affinity import affinities


def test_the_same_words_are_as_near_as_can_be_and_others_not_at_all() -> None:
    found = affinities({1: "submarine cables"}, {7: "Submarine cables", 8: "school gardens"})
    assert found == {(1, 7): pytest.approx(1.0), (1, 8): 0.0}


def test_a_rare_word_in_common_brings_nearer_than_one_that_everybody_uses() -> None:
    known = {7: "governance of spectrum", 8: "governance of schools", 9: "governance of ports"}
    found = affinities({1: "spectrum governance in islands"}, known)
    assert found[1, 7] > found[1, 8] > 0


def test_word_forms_meet_in_their_stem() -> None:
    found = affinities({1: "routing of networks"}, {7: "network routes and routing", 8: "fishing"})
    assert found[1, 7] > 0 == found[1, 8]


def test_a_text_that_says_nothing_is_near_to_nothing() -> None:
    assert affinities({1: "and of the"}, {7: "", 8: "cables"}) == {(1, 7): 0.0, (1, 8): 0.0}
