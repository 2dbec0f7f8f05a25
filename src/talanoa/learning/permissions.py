"""Who may in the courses: everybody for their own learning, facilitators in their runs, appointed people for runs."""

from django.utils.translation import gettext as _

from talanoa.kernel.errors import NotAllowed
from talanoa.learning.models import Answer, Learner, Run
from talanoa.people.models import Person


def require_own(by: Person, learner: Learner) -> str:
    """Return the role in which somebody learns. Raises NotAllowed."""
    if by.pk != learner.person_id:
        raise NotAllowed(_("This step belongs to the person who takes the course."))
    return "learner"


def may_lead(person: Person | None, run: Run) -> bool:
    """Tell whether `person` facilitates a run."""
    return person is not None and run.facilitators.filter(person=person).exists()


def require_lead(by: Person, run: Run) -> str:
    """Return the role of those who facilitate a run. Raises NotAllowed."""
    if not may_lead(by, run):
        raise NotAllowed(_("This step belongs to the facilitators of the class."))
    return "facilitator"


def require_judge(by: Person, answer: Answer) -> str:
    """Return in which role `by` may judge a text: as its author, or as a facilitator of the run. Raises NotAllowed."""
    return "learner" if by.pk == answer.learner.person_id else require_lead(by, answer.learner.run)


def require_school(by: Person) -> str:
    """Return the role of those who may open a run: those whom the operator appointed. Raises NotAllowed."""
    if not by.may_convene or not by.may_use_office:
        raise NotAllowed(_("Classes are opened by people whom the operator appointed."))
    return "operator"
