"""What can be done with an application after its reviews: recommend, decide, appeal, hear the appeal."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from talanoa.grants.actions.deciding import appeal_decision, decide_application, hear_appeal, recommend
from talanoa.grants.forms import HearingForm, RulingForm, WordsForm
from talanoa.grants.models import Applicant, Application
from talanoa.grants.queries import appeal_on
from talanoa.grants.skin import Step, how
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Role

State = Application.State


def verdict_steps(
    found: Application, person: Person, by: Participant | None, own: Applicant | None
) -> Iterator[Step]:
    """Yield what somebody can do after the reviews; the rules are asked when it is done."""
    if own is not None and found.state in Application.DECIDED and appeal_on(found) is None:
        yield Step(
            "appeal",
            _("Appeal because of the procedure"),
            lambda said, at: appeal_decision(found, by=person, text=said["text"], **how(at)),
            WordsForm,
            done=_("Received. Other people hear it."),
        )
    if by is None or own is not None:
        return
    if by.has_role(Role.CHAIR, Role.CONVENOR) and found.state in (State.ELIGIBLE, State.RECOMMENDED):
        yield Step(
            "recommend",
            _("Recommend"),
            lambda said, at: recommend(found, by=by, ruled=RulingForm.ruled(said), **how(at)),
            RulingForm,
            done=_("Recommended. It is held before anybody decides."),
        )
    if by.has_role(Role.SPONSOR, Role.CONVENOR) and found.state in (State.RECOMMENDED, State.RESERVE):
        yield Step(
            "decide",
            _("Decide"),
            lambda said, at: decide_application(found, by=by, ruled=RulingForm.ruled(said), **how(at)),
            RulingForm,
            done=_("Decided. Who applies is told, with the reasons and every review."),
        )
    appeal = appeal_on(found)
    if by.has_role(Role.CHAIR, Role.CONVENOR, Role.SECRETARIAT) and appeal and appeal.decided_at is None:
        yield Step(
            "hear",
            _("Decide the appeal"),
            lambda said, at: hear_appeal(appeal, by=by, **said, **how(at)),
            HearingForm,
            done=_("Decided. Who appealed is told."),
        )
