"""The badge of a course, on the entry which says that it was passed."""

from datetime import datetime

from django.db import transaction

from talanoa.badges.actions.awarding import Earned, award_badge
from talanoa.badges.models import Badge
from talanoa.badges.queries import competency_names, issuer
from talanoa.learning.models import Learner
from talanoa.learning.queries import course_of
from talanoa.lib.course_files import Course
from talanoa.processes.models import SYSTEM

AWARE, PRACTICING = 1, 2


@transaction.atomic
def award_course(learner: Learner, *, at: datetime, channel: str) -> Badge | None:
    """Award whoever passed a course its badge, and return it; None where this place signs none.

    Its evidence is the entry on the record. A course that ends in a practice room shows practice, any other that
    somebody knows how (design: learning, levels of a competency).
    """
    if issuer() is None or learner.entry_index is None:
        return None
    earned, evidence = _earned(course_of(learner.run.version)), [learner.entry_index]
    return award_badge(
        learner.person, achievement=earned, evidence=evidence, by=SYSTEM, at=at, channel=channel
    )


def _earned(course: Course) -> Earned:
    names = competency_names()
    return Earned(
        id=course.badge.id,
        version=course.version,
        title=course.badge.title,
        criteria=course.badge.criteria,
        level=PRACTICING if course.rooms else AWARE,
        competencies=tuple((code, names.get(code, code)) for code in course.badge.competencies),
    )
