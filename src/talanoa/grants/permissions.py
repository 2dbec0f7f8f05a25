"""Who may do what with calls, applications and reviews. Deny by default; who has a conflict of interest may nothing."""

from django.utils.translation import gettext as _

from talanoa.contributions.models import Appeal
from talanoa.grants.models import Applicant, Application, Reading, Review, Verdict, check_unbarred, owed_by
from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person
from talanoa.processes.models import Actor, Participant, Role
from talanoa.processes.permissions import require_organizer, require_role


def require_officer(by: Actor, application: Application) -> str:
    """Return the role in which convenor or secretariat see to an application. Raises NotAllowed."""
    role = require_organizer(by, application.call.process)
    assert isinstance(by, Participant)  # noqa: S101 - who holds a role is one
    check_unbarred(by.person, application)
    return role


def require_applicant(by: Person, application: Application) -> Applicant:
    """Return `by` as somebody who applies. Raises NotAllowed."""
    found = application.applicants.standing().filter(person=by).first()
    if found is None:
        raise NotAllowed(_("This step belongs to those who apply."))
    return found


def require_lead_applicant(by: Person, application: Application) -> Applicant:
    """Return `by` as who leads an application and speaks for it. Raises NotAllowed."""
    found = require_applicant(by, application)
    if not found.is_lead:
        raise NotAllowed(_("This step belongs to whoever leads the application."))
    return found


def require_named(by: Person, application: Application) -> Applicant:
    """Return `by` as somebody whom an application names beside its lead. Raises NotAllowed."""
    found = application.applicants.filter(person=by).exclude(number=1).first()
    if found is None:
        raise NotAllowed(_("This step belongs to somebody whom the application names."))
    return found


def require_reviewer(by: Person, reading: Reading) -> None:
    """Refuse whoever was not drawn for this review. Raises NotAllowed."""
    if reading.reviewer.person_id != by.pk:
        raise NotAllowed(_("This step belongs to somebody who was drawn to review it."))


def require_panel(by: Person, application: Application) -> None:
    """Refuse whoever may not discuss an application: who does not judge it, or owes a review. Raises NotAllowed."""
    check_unbarred(by, application)
    judged = Application.objects.judged_by(by).filter(pk=application.pk).exists()
    owed = owed_by(by).filter(application=application)
    reads = Review.objects.visible_to(by).filter(reading__application=application).exists()
    if not judged or owed.exists() or not reads:
        raise NotAllowed(_("Those who judge it discuss it, each once their own review is in."))


def require_recommender(by: Actor, application: Application) -> str:
    """Return the role in which the chair, or else the convenor, recommends. Raises NotAllowed."""
    role = require_role(by, application.call.process, Role.CHAIR, Role.CONVENOR)
    assert isinstance(by, Participant)  # noqa: S101 - who holds a role is one
    check_unbarred(by.person, application)
    return role


def require_board(by: Actor, application: Application) -> str:
    """Return the role in which the sponsor or the convenor decides, not on what they recommended. Raises NotAllowed."""
    role = require_role(by, application.call.process, Role.SPONSOR, Role.CONVENOR)
    assert isinstance(by, Participant)  # noqa: S101 - as above
    check_unbarred(by.person, application)
    newest = application.verdicts.filter(step=Verdict.Step.RECOMMENDATION).last()
    if newest is not None and newest.by_id == by.pk:
        raise NotAllowed(_("You recommended this: somebody else decides."))
    return role


def require_offerer(by: Actor, application: Application) -> str:
    """Return the role in which convenor or secretariat offer an award. Raises NotAllowed.

    The order of the reserve list follows from scores, so who offers from it has a conflict of interest in none of it.
    """
    role = require_officer(by, application)
    assert isinstance(by, Participant)  # noqa: S101 - as above
    if application.state == Application.State.RESERVE:
        rows = Application.objects.filter(call=application.call_id, state=Application.State.RESERVE)
        for other in rows.exclude(pk=application.pk).select_related("call"):
            check_unbarred(by.person, other)
    return role


def require_hearer(by: Actor, appeal: Appeal, application: Application) -> str:
    """Return the role in which an appeal is heard, by nobody who took part in what it is against. Raises NotAllowed."""
    role = require_role(by, application.call.process, Role.CHAIR, Role.CONVENOR, Role.SECRETARIAT)
    assert isinstance(by, Participant)  # noqa: S101 - as above
    check_unbarred(by.person, application)
    judged = Reading.objects.filter(application=application, reviewer__person=by.person).exists()
    judged = judged or application.notes.filter(author=by.person).exists()
    if application.verdicts.filter(by=by).exists() or judged or appeal.person_id == by.person_id:
        raise NotAllowed(_("You took part in what is appealed: somebody else hears it."))
    return role
