"""The criteria of an audit are published by others, and each has measures that speak to it."""

from talanoa.lib.measures.known import BY_KEY
from talanoa.lib.studies.criteria import CRITERIA, MEASURES, NO_GRADE


def test_each_criterion_names_two_sources_measures_and_what_to_discuss() -> None:
    assert [one.key for one in CRITERIA] == [
        "openness",
        "balance",
        "responsiveness",
        "transparency",
        "accountability",
        "equitable-access",
    ]
    assert all(len(one.sources) >= 2 and one.measures and one.discuss for one in CRITERIA)


def test_every_measure_is_known_and_stands_under_one_criterion() -> None:
    assert set(MEASURES) <= BY_KEY.keys()
    assert len(MEASURES) == len(set(MEASURES))


def test_no_grade_is_given() -> None:
    assert "no total" in NO_GRADE
