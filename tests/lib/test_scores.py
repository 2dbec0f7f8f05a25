"""What several reviews say together."""

import pytest

from talanoa.lib.scores import MarksUnfit, Review, Weighed, check, offsets, outcomes, score

CRITERIA = (Weighed("question", 3), Weighed("method", 1))


def review(question: int | None, method: int | None, *, application: int = 1, reviewer: int = 1) -> Review:
    return Review(application, reviewer, {"question": question, "method": method}, 2)


def test_a_criterion_counts_by_its_weight() -> None:
    assert score(CRITERIA, review(4, 0)) == 3.0


def test_what_does_not_apply_counts_neither_for_nor_against() -> None:
    assert score(CRITERIA, review(4, None)) == 4.0


@pytest.mark.parametrize(
    ("marks", "confidence", "told"),
    [
        ({"question": 3}, 2, "every criterion"),
        ({"question": 3, "method": 2, "luck": 5}, 2, "every criterion"),
        ({"question": None, "method": None}, 2, "one criterion at least"),
        ({"question": 6, "method": 2}, 2, "0 to 5"),
        ({"question": -1, "method": 2}, 2, "0 to 5"),
        ({"question": 3, "method": 2}, 4, "confidence"),
    ],
)
def test_marks_unfit_marks_that_are_none_are_refused(
    marks: dict[str, int | None], confidence: int, told: str
) -> None:
    with pytest.raises(MarksUnfit, match=told) as refused:
        check(CRITERIA, Review(1, 1, marks, confidence))
    assert refused.value.code == "marks_unfit"


def test_zero_is_a_mark_and_not_its_absence() -> None:
    check(CRITERIA, review(0, None))
    assert score(CRITERIA, review(0, None)) == 0.0


def test_an_application_has_the_mean_of_its_reviews_and_their_spread() -> None:
    found = outcomes(CRITERIA, [review(4, 4, reviewer=1), review(2, None, reviewer=2)])[1]
    assert (found.reviews, found.mean, found.spread) == (2, 3.0, 2.0)
    assert found.by_criterion == {"question": 3.0, "method": 4.0}


def test_a_harsh_reviewer_lowers_the_raw_score_and_less_the_adjusted_one() -> None:
    """Both applications are as good; the second was read by the harsh one instead of the mild one."""
    kind, harsh = 1, 2
    given = [review(4, 4, application=a, reviewer=kind) for a in range(1, 6)]
    given += [review(2, 2, application=a, reviewer=harsh) for a in range(1, 5)]
    given += [review(2, 2, application=6, reviewer=harsh)]
    found = outcomes(CRITERIA, given)
    raw = (found[5].mean or 0) - (found[6].mean or 0)
    adjusted = (found[5].adjusted or 0) - (found[6].adjusted or 0)
    assert raw == 2.0
    assert 0 < adjusted < 1


def test_reviewers_who_agree_have_no_offset() -> None:
    assert offsets({(1, 1): 3.0, (1, 2): 3.0, (2, 1): 5.0, (2, 2): 5.0}) == {1: 0.0, 2: 0.0}
