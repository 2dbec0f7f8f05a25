"""Who may act on a contribution."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from talanoa.contributions.models import UNSURE, Appeal, Contribution, ModerationAct
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.people.models import Person
from talanoa.processes.models import Actor, Participant, Process, Role
from talanoa.processes.permissions import require_member, require_office, require_role

MODERATORS = (Role.CONVENOR, Role.SECRETARIAT)


def require_author(by: Actor, contribution: Contribution) -> str:
    """Return the role of the author. Raises NotAllowed."""
    if (
        isinstance(by, Participant)
        and by.person_id == contribution.person_id
        and by.process_id == contribution.process_id
    ):
        return Role.PARTICIPANT
    raise NotAllowed(_("Only the author of number %(number)s can do this.") % {"number": contribution.number})


def require_author_or_office(by: Actor, contribution: Contribution) -> str:
    """Return the role of the author, or that in which a member of the desk acts. Raises NotAllowed."""
    try:
        return require_author(by, contribution)
    except NotAllowed:
        return require_office(by, contribution.process)


def require_speaker(
    by: Participant, process: Process, *, person: Person, assurance: str
) -> tuple[str, Participant | None]:
    """Return the role in which `by` speaks, and `by` again where it enters the words of `person` for them.

    Raises NotAllowed.
    """
    if by.person_id != person.pk:
        return require_office(by, process), by
    require_member(by, process)
    if assurance in UNSURE:
        return Role.PARTICIPANT, None  # who only says that they are the convenor acts as nobody's convenor
    held = {grant.role for grant in by.roles.all()}
    roles = (Role.CONVENOR, Role.SECRETARIAT, Role.CHAIR, Role.SPONSOR, Role.OBSERVER)
    return next((role for role in roles if role in held), Role.PARTICIPANT), None


def require_moderator(by: Actor, contribution: Contribution) -> str:
    """Return the role of the convenor or the secretariat, who may hold, release and reject what others wrote.

    The chair may not: the chair hears the appeals. Raises NotAllowed; RuleBroken: own_case.
    """
    role = require_role(by, contribution.process, *MODERATORS)
    assert isinstance(by, Participant)  # noqa: S101 - who holds a role is one
    flagged = contribution.flags.filter(person=by.person_id, closed_at__isnull=True).exists()
    if contribution.person_id == by.person_id or flagged:
        raise _own_case()
    return role


def _own_case() -> RuleBroken:
    return RuleBroken(
        _("You wrote this, or you flagged it: somebody else decides."),
        code="own_case",
    )


def deciders(contribution: Contribution) -> set[int]:
    """Return the keys of those who held or rejected a contribution, as persons."""
    acts = contribution.moderation.exclude(act=ModerationAct.Act.RELEASE).filter(by__isnull=False)
    return set(acts.values_list("by__person", flat=True))


def appeal_body(contribution: Contribution) -> QuerySet[Participant]:
    """Return who may decide an appeal: the chairs; where none of them may, the convenors.

    Nobody who decided before, who wrote it or who flagged it is among them.
    """
    barred = deciders(contribution) | {contribution.person_id}
    barred |= set(contribution.flags.values_list("person", flat=True))
    fit = Participant.objects.filter(process=contribution.process_id).exclude(person__in=barred)
    chairs = fit.filter(roles__role=Role.CHAIR)
    return chairs if chairs.exists() else fit.filter(roles__role=Role.CONVENOR)


def require_appeal_body(by: Actor, appeal: Appeal) -> str:
    """Return the role in which `by` decides an appeal. Raises NotAllowed; RuleBroken: same_person, own_case."""
    contribution = appeal.contribution
    if contribution is None:
        raise NotAllowed(_("Nobody decides this appeal here."))
    role = require_role(by, contribution.process, Role.CHAIR, Role.CONVENOR)
    assert isinstance(by, Participant)  # noqa: S101 - who holds a role is one
    if by.person_id in deciders(contribution):
        raise RuleBroken(_("You held or rejected it: another person decides the appeal."), code="same_person")
    if contribution.person_id == by.person_id or contribution.flags.filter(person=by.person_id).exists():
        raise _own_case()
    if not appeal_body(contribution).filter(pk=by.pk).exists():
        raise NotAllowed(_("The chair hears this appeal."))
    return role
