"""Answering the items of a lesson, and passing the course: the same grades on every channel."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken
from talanoa.learning.events import CoursePassed
from talanoa.learning.models import Answer as Row
from talanoa.learning.models import Learner, RoomDone
from talanoa.learning.permissions import require_own
from talanoa.learning.queries import course_of, progress_of
from talanoa.lib.courses import Course
from talanoa.lib.grading import AnswerUnfit, Grade, grade
from talanoa.lib.items import Answer, Item, Open, digest
from talanoa.lib.progress import points_of
from talanoa.people.models import Person
from talanoa.record.actions import append

LONGEST, MOST_A_DAY = 20_000, 500


@dataclass(frozen=True, slots=True)
class Answered:
    """One item, the row that its answer became, and its grade; None where a person judges it."""

    item: Item
    row: Row
    grade: Grade | None


@transaction.atomic
def answer_items(
    learner: Learner, *, lesson: str, answers: Mapping[str, Answer], by: Person, at: datetime, channel: str
) -> list[Answered]:
    """Take answers to items of a lesson, by their ids, and grade them; the best answer to each item counts.

    A text that a person judges waits for its judge. Whoever passes by it passes now, on the record.
    Raises NotAllowed; RuleBroken: run_closed, lesson_unknown, answer_unfit, answers_too_many, text_too_long.
    """
    learner = _locked(learner)
    require_own(by, learner)
    learner.run.check_open()
    course = course_of(learner.run.version)
    if lesson not in course.lessons:
        raise RuleBroken(_("This course has no such lesson."), code="lesson_unknown")
    _check_limits(learner, answers, at)
    items = [item for item in course.lessons[lesson].items if item.id in answers]
    taken = [_graded(course, item, answers[item.id]) for item in items]
    for one in taken:
        one.row.learner, one.row.lesson, one.row.channel, one.row.at = learner, lesson, channel, at
        one.row.save()
    pass_if_done(learner, at=at, channel=channel)
    return taken


def _locked(learner: Learner) -> Learner:
    rows = Learner.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("run__version", "person").get(pk=learner.pk)


def _check_limits(learner: Learner, answers: Mapping[str, Answer], at: datetime) -> None:
    if any(len(said) > LONGEST for said in answers.values() if isinstance(said, str)):
        raise RuleBroken(
            _("Please keep it under %(limit)s characters.") % {"limit": LONGEST}, code="text_too_long"
        )
    today = learner.answers.filter(at__gt=at - timedelta(days=1)).count()
    if today + len(answers) > MOST_A_DAY:
        raise RuleBroken(
            _("That is %(most)s answers within a day. Please go on tomorrow.") % {"most": MOST_A_DAY},
            code="answers_too_many",
        )


def _graded(course: Course, item: Item, answer: Answer) -> Answered:
    """Return an answer with its grade, in a row that is not kept yet. Raises RuleBroken: answer_unfit."""
    given = None
    if not isinstance(item, Open):
        try:
            given = grade(item, answer)
        except (AnswerUnfit, TypeError) as unfit:
            raise RuleBroken(
                _("This is no answer to the question: %(prompt)s") % {"prompt": item.prompt},
                code="answer_unfit",
            ) from unfit
    score = given.score if given else None
    row = Row(item=item.id, sha256=digest(item), answer=answer, score=score, most=points_of(course, item))
    return Answered(item, row, given)


@transaction.atomic
def pass_if_done(learner: Learner, *, at: datetime, channel: str) -> bool:
    """Let a learner pass, once, who has everything that the course asks for; tell whether they pass now."""
    if learner.passed_at is not None or not progress_of(learner).is_passed:
        return False
    version = learner.run.version
    event = CoursePassed(course=version.course, version=version.version, sha256=version.sha256)
    entry = append(event, at=at, channel=channel, role="learner")
    learner.passed_at, learner.entry_index = at, entry.index
    learner.save(update_fields=["passed_at", "entry_index"])
    return True


@transaction.atomic
def note_room(*, scenario: str, room: str, by: Person, at: datetime, channel: str) -> None:
    """Note that a person played a practice room to the end of its debrief; whoever passes by it passes now."""
    RoomDone.objects.get_or_create(person=by, room=room, defaults={"scenario": scenario, "at": at})
    for learner in Learner.objects.learning().filter(person=by, passed_at__isnull=True):
        pass_if_done(_locked(learner), at=at, channel=channel)
