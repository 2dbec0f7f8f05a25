"""Steps by which lessons go out: which one is next, that somebody was reminded, that an author was told."""

from datetime import datetime

from django.db import transaction

from talanoa.learning.models import Facilitator, Judgment, Learner, LessonLetter
from talanoa.learning.queries import course_of
from talanoa.people.models import Person


@transaction.atomic
def begin_lesson(learner: Learner, *, at: datetime, is_wanted: bool = False) -> LessonLetter | None:
    """Note that the lesson after the newest one goes to a learner at `at` (aware, UTC), and return it.

    None after the last lesson, and in a class before its day; one who asks for it gets it now.
    """
    learner = (
        Learner.objects.select_for_update(no_key=True, of=("self",))
        .select_related("run__version")
        .get(pk=learner.pk)
    )
    n = learner.letters.count() + 1
    lessons = course_of(learner.run.version).in_order()
    day = learner.run.due_at(n)
    if n > len(lessons) or (day is not None and day > at and not is_wanted):
        return None
    learner.reminded_at = None
    learner.save(update_fields=["reminded_at"])
    return LessonLetter.objects.create(learner=learner, lesson=lessons[n - 1].id, number=n, sent_at=at)


@transaction.atomic
def note_reminded(learner: Learner, *, at: datetime) -> None:
    """Note that a learner was asked after the newest lesson at `at` (aware, UTC): nobody is asked twice."""
    Learner.objects.filter(pk=learner.pk).update(reminded_at=at)


@transaction.atomic
def note_told(judgment: Judgment, *, at: datetime) -> None:
    """Note that the author of a text was told at `at` (aware, UTC) what was found in it."""
    Judgment.objects.filter(pk=judgment.pk).update(told_at=at)


@transaction.atomic
def note_digest(facilitator: Person, *, at: datetime) -> None:
    """Note that somebody who teaches got the texts that wait for them at `at` (aware, UTC)."""
    Facilitator.objects.filter(person=facilitator).update(told_at=at)
