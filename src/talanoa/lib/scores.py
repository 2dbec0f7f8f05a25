"""What reviews say together: weighted means with their spread, beside them the same without each reviewer's offset.

A mark is 0 to HIGHEST by the anchors of its criterion, or none where the criterion does not apply (n/a). A review's
score is the mean of its marks by weight, over the criteria that it marks; an application's is the mean of its
reviews. Confidence is told beside a score and weighs nothing: who is sure is not therefore right.

Some reviewers mark higher than others. The offset of a reviewer and the level of each application are fitted together
by least squares to the scores, with the offset shrunk by SHRINK as if that many more reviews had been at the mean:
few reviews say little about whoever wrote them. The adjusted score is shown beside the raw one and takes its place
nowhere (reference: research, section 6).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

HIGHEST = 5
CONFIDENCES = (1, 2, 3)
"""Guessing, knows the field, works on just this."""
SHRINK = 1.0
ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Weighed:
    """A criterion by its key, and what it weighs against the others."""

    key: str
    weight: int


@dataclass(frozen=True, slots=True)
class Review:
    """The marks of one reviewer for one application, by criterion; None stands for n/a."""

    application: int
    reviewer: int
    marks: Mapping[str, int | None]
    confidence: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """Mean and spread (highest less lowest) of an application, its adjusted mean, the mean by criterion (None: n/a)."""

    reviews: int
    mean: float | None
    spread: float
    adjusted: float | None
    confidence: float
    by_criterion: Mapping[str, float | None]


class MarksUnfit(ValueError):
    """Marks are not those of the criteria, or out of their range; all n/a is no review."""

    code = "marks_unfit"


def check(criteria: Sequence[Weighed], review: Review) -> None:
    """Raise MarksUnfit unless every criterion has a mark from 0 to HIGHEST or n/a, one at least is no n/a."""
    if set(review.marks) != {one.key for one in criteria}:
        raise MarksUnfit("every criterion has one mark, or n/a")
    given = [mark for mark in review.marks.values() if mark is not None]
    if not given:
        raise MarksUnfit("a review marks one criterion at least")
    if any(isinstance(mark, bool) or not 0 <= mark <= HIGHEST for mark in given):
        raise MarksUnfit(f"a mark is a whole number from 0 to {HIGHEST}")
    if review.confidence not in CONFIDENCES:
        raise MarksUnfit("confidence is 1, 2 or 3")


def score(criteria: Sequence[Weighed], review: Review) -> float | None:
    """Return the mean of the marks by weight, 0 to HIGHEST; None where no criterion that weighs has a mark."""
    given = [(one.weight, mark) for one in criteria if (mark := review.marks.get(one.key)) is not None]
    weight = sum(weight for weight, _mark in given)
    return sum(weight * mark for weight, mark in given) / weight if weight else None


def outcomes(criteria: Sequence[Weighed], reviews: Sequence[Review]) -> dict[int, Outcome]:
    """Return the outcome of each application that has a review."""
    scores = {
        (one.application, one.reviewer): told for one in reviews if (told := score(criteria, one)) is not None
    }
    shifted = offsets(scores)
    by_application: dict[int, list[Review]] = defaultdict(list)
    for one in reviews:
        by_application[one.application].append(one)
    return {
        key: _outcome(criteria, key, given, scores, shifted) for key, given in sorted(by_application.items())
    }


def _outcome(
    criteria: Sequence[Weighed],
    key: int,
    given: Sequence[Review],
    scores: Mapping[tuple[int, int], float],
    shifted: Mapping[int, float],
) -> Outcome:
    told = {one.reviewer: scores[key, one.reviewer] for one in given if (key, one.reviewer) in scores}
    marks = {
        each.key: [mark for one in given if (mark := one.marks.get(each.key)) is not None]
        for each in criteria
    }
    return Outcome(
        reviews=len(given),
        mean=fmean(told.values()) if told else None,
        spread=max(told.values()) - min(told.values()) if told else 0.0,
        adjusted=fmean(value - shifted[who] for who, value in told.items()) if told else None,
        confidence=fmean(one.confidence for one in given),
        by_criterion={name: fmean(values) if values else None for name, values in marks.items()},
    )


def offsets(scores: Mapping[tuple[int, int], float]) -> dict[int, float]:
    """Return by how much each reviewer marks higher than others; `scores` are by application and reviewer.

    Alternating least squares; each round takes it nearer, and ROUNDS are enough for panels of this size.
    """
    level = {key: 0.0 for key, _reviewer in scores}
    offset = {reviewer: 0.0 for _key, reviewer in scores}
    for _round in range(ROUNDS):
        for key in level:
            level[key] = fmean(value - offset[who] for (one, who), value in scores.items() if one == key)
        for who in offset:
            rest = [value - level[key] for (key, one), value in scores.items() if one == who]
            offset[who] = sum(rest) / (len(rest) + SHRINK)
    return offset
