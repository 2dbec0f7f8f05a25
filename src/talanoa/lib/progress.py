"""How far somebody is in a course: points by lesson, the share of all, and what is missing to pass. Pure arithmetic."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from talanoa.lib.courses import Course
from talanoa.lib.grading import TOP, most
from talanoa.lib.items import Item, Open, Room
from talanoa.lib.lessons import Lesson

Points = Mapping[tuple[str, str], int | None]
"""The best points by lesson and item; None where an answer waits for a judge."""


@dataclass(frozen=True, slots=True)
class LessonProgress:
    """One lesson: its points of `most`, how many of its items were answered, and how many wait for a judge."""

    lesson: Lesson
    score: int
    most: int
    answered: int
    waiting: int

    @property
    def is_answered(self) -> bool:
        """Whether every item was answered."""
        return self.answered == len(self.lesson.items)


@dataclass(frozen=True, slots=True)
class Progress:
    """All lessons in order; `rooms` are the scenarios that are still to be played, `needed` the share that passes."""

    lessons: tuple[LessonProgress, ...]
    rooms: tuple[str, ...]
    needed: int

    @property
    def score(self) -> int:
        """Points so far."""
        return sum(row.score for row in self.lessons)

    @property
    def most(self) -> int:
        """Points of the whole course."""
        return sum(row.most for row in self.lessons)

    @property
    def share(self) -> int:
        """Percent of all points, rounded down, so that nobody is told of a share they do not have."""
        return 100 * self.score // self.most if self.most else 0

    @property
    def low(self) -> int:
        """Points below which nobody passes."""
        return -(-self.most * self.needed // 100)

    @property
    def answered(self) -> int:
        """How many lessons were answered whole."""
        return len(self.lessons) - len(self.unanswered)

    @property
    def waiting(self) -> int:
        """How many answers wait for a judge."""
        return sum(row.waiting for row in self.lessons)

    @property
    def unanswered(self) -> tuple[LessonProgress, ...]:
        """Lessons with an item that was not answered."""
        return tuple(row for row in self.lessons if not row.is_answered)

    @property
    def is_passed(self) -> bool:
        """Whether everything is answered and judged, with enough points, and every room was played."""
        return not (self.unanswered or self.waiting or self.rooms) and self.share >= self.needed


def points_of(course: Course, item: Item) -> int:
    """Return how many points an item gives at most; one that is judged, by its rubric."""
    return TOP * len(course.rubrics[item.rubric].criteria) if isinstance(item, Open) else most(item)


def progress(course: Course, points: Points, rooms: AbstractSet[str]) -> Progress:
    """Return how far somebody is who has these points and played the scenarios `rooms`."""
    rows = tuple(_lesson(course, lesson, points, rooms) for lesson in course.in_order())
    return Progress(rows, tuple(key for key in course.rooms if key not in rooms), course.share)


def _lesson(course: Course, lesson: Lesson, points: Points, rooms: AbstractSet[str]) -> LessonProgress:
    given: dict[str, int | None] = {}
    for item in lesson.items:
        if isinstance(item, Room):
            given |= {item.id: most(item)} if item.scenario in rooms else {}
        elif (lesson.id, item.id) in points:
            given[item.id] = points[lesson.id, item.id]
    return LessonProgress(
        lesson=lesson,
        score=sum(score or 0 for score in given.values()),
        most=sum(points_of(course, item) for item in lesson.items),
        answered=len(given),
        waiting=sum(score is None for score in given.values()),
    )
