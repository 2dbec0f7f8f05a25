"""Steps of a learner about their own learning: begin, pause, go on, leave."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken
from talanoa.learning.models import CourseVersion, Learner, Run
from talanoa.learning.models.runs import LONGEST_PAUSE
from talanoa.learning.permissions import require_own
from talanoa.learning.queries import courses, shelf
from talanoa.people.models import Person


@transaction.atomic
def enroll(what: str, *, by: Person, by_mail: bool, at: datetime, channel: str) -> Learner:  # noqa: ARG001 - as every act
    """Begin a course on one's own by its id, or join a cohort by its code; whoever left comes back where they were.

    With `by_mail` the lessons come as letters. A working act of one person: no entry.
    Raises RuleBroken: course_unknown, run_closed.
    """
    run = _run(what.strip(), at)
    run.check_open()
    learner, is_new = Learner.objects.get_or_create(
        run=run, person=by, defaults={"by_mail": by_mail, "enrolled_at": at}
    )
    if not is_new:
        learner.left_at, learner.paused_until, learner.by_mail = None, None, by_mail
        learner.save(update_fields=["left_at", "paused_until", "by_mail"])
    return learner


def _run(what: str, at: datetime) -> Run:
    """Return the run that people mean. Raises RuleBroken: course_unknown."""
    cohort = Run.objects.filter(code=what.upper()).exclude(code="").first()
    if cohort is not None:
        return cohort
    version = keep_version(what.lower())
    return Run.objects.get_or_create(version=version, starts_at=None, defaults={"opened_at": at})[0]


@transaction.atomic
def keep_version(course: str) -> CourseVersion:
    """Return a course as it is now, kept with all its files. Raises RuleBroken: course_unknown."""
    made = courses().get(course)
    if made is None:
        raise RuleBroken(
            _("There is no such course or code. The courses are: %(names)s.")
            % {"names": ", ".join(courses())},
            code="course_unknown",
        )
    files = {path: data.decode() for path, data in shelf()[course].data.items()}
    told = {"course": course, "version": made.version, "title": made.title, "files": files}
    return CourseVersion.objects.get_or_create(sha256=made.sha256, defaults=told)[0]


@transaction.atomic
def pause_learning(learner: Learner, *, by: Person, days: int, at: datetime, channel: str) -> Learner:  # noqa: ARG001
    """Let no lesson come for so many days, at most a year; with 0 they go on at once. No entry.

    Raises NotAllowed; RuleBroken: pause_too_long.
    """
    require_own(by, learner)
    if not 0 <= days <= LONGEST_PAUSE:
        raise RuleBroken(
            _("A pause has at most %(days)s days.") % {"days": LONGEST_PAUSE}, code="pause_too_long"
        )
    learner.paused_until = at + timedelta(days=days) if days else None
    learner.save(update_fields=["paused_until"])
    return learner


@transaction.atomic
def leave_course(learner: Learner, *, by: Person, at: datetime, channel: str) -> Learner:  # noqa: ARG001
    """Leave a course; what one answered stays one's own, and one may come back. No entry. Raises NotAllowed."""
    require_own(by, learner)
    learner.left_at = at
    learner.save(update_fields=["left_at"])
    return learner
