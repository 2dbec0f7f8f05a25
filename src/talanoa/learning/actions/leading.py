"""Steps of whoever teaches: open a run for a cohort, name its facilitators, end it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.kernel.entropy import entropy
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.space import REAL
from talanoa.kernel.text import fitting_line
from talanoa.learning.actions.enrolling import keep_version
from talanoa.learning.models import Facilitator, Run
from talanoa.learning.models.runs import MOST_DAYS
from talanoa.learning.permissions import require_lead, require_school
from talanoa.people.models import Person

SIGNS = "ACDEFGHJKLMNPQRTUVWXY34679"
"""What a code is made of: nothing that is taken for another sign when it is read aloud or from a wall."""
TITLE_LIMIT = 200


@transaction.atomic
def open_run(
    course: str,
    *,
    title: str,
    facilitators: list[Person],
    starts_at: datetime,
    every_days: int,
    by: Person,
    at: datetime,
    channel: str,  # noqa: ARG001 - as every act
) -> Run:
    """Open a run for a cohort on the course as it is now; its lessons come every so many days. No entry.

    Raises NotAllowed; RuleBroken: course_unknown, pace_unfit, facilitator_missing, line_too_long.
    """
    require_school(by)
    if not 0 <= every_days <= MOST_DAYS:
        raise RuleBroken(_("Lessons come every 0 to %(most)s days.") % {"most": MOST_DAYS}, code="pace_unfit")
    if not facilitators:
        raise RuleBroken(_("Name at least one facilitator."), code="facilitator_missing")
    run = Run.objects.create(
        version=keep_version(course),
        title=fitting_line(title, TITLE_LIMIT),
        code=_code(),
        starts_at=starts_at,
        every_days=every_days,
        opened_at=at,
    )
    Facilitator.objects.bulk_create(
        Facilitator(run=run, person=person) for person in dict.fromkeys(facilitators)
    )
    return run


def _code() -> str:
    """Return eight signs that no other run has: 26^8 of them, so that nobody finds one by trying."""
    drawn = entropy(REAL, "join code")
    code = "".join(SIGNS[byte % len(SIGNS)] for byte in drawn[:8])
    return _code() if Run.objects.filter(code=code).exists() else code


@transaction.atomic
def close_run(run: Run, *, by: Person, at: datetime, channel: str) -> Run:  # noqa: ARG001 - as every act
    """End a run: no lesson comes any more, and nothing is graded; what was learned stays. No entry.

    Raises NotAllowed; RuleBroken: run_closed.
    """
    run = Run.objects.select_for_update(no_key=True).get(pk=run.pk)
    require_lead(by, run)
    run.check_open()
    run.closed_at = at
    run.save(update_fields=["closed_at"])
    return run
