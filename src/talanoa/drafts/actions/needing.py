"""The step by which somebody says that a suggestion must or should be in the text, or takes that back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.models import Contribution
from talanoa.drafts.events import NeedStated
from talanoa.drafts.models import Need, Suggestion
from talanoa.kernel.errors import RuleBroken
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import SYSTEM, Participant, Process, Role
from talanoa.processes.permissions import require_voice


@transaction.atomic
def state_need(
    suggestion: Suggestion, *, by: Participant, degree: str, at: datetime, channel: str
) -> Need | None:
    """Say that a suggestion must, or should, be in the text; `neither` takes it back and returns None.

    Each person counts once; what they say next takes the place of what they said. Only the count is public.
    Raises NotAllowed; RuleBroken: observer_has_no_voice, drafting_closed, wrong_state, degree_unknown.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=suggestion.draft.process_id)
    require_voice(by, process, at=at)
    process.check_drafting(at)
    contribution = Contribution.objects.locked(suggestion.contribution)
    contribution.check_state(Contribution.State.PUBLISHED)
    if degree not in (*Need.Degree.values, Need.NEITHER):
        raise RuleBroken(
            _("Say one of these: %(names)s.") % {"names": ", ".join((*Need.Degree.values, Need.NEITHER))},
            code="degree_unknown",
        )
    known = Need.objects.filter(suggestion=suggestion, by=by, ended_at__isnull=True).first()
    if (known.degree if known else Need.NEITHER) == degree:
        return known
    if known:
        known.ended_at = at
        known.save(update_fields=["ended_at"])
    made = (
        None
        if degree == Need.NEITHER
        else Need.objects.create(suggestion=suggestion, by=by, degree=degree, stated_at=at)
    )
    # As of no group and no rare role: either would tell who it was.
    put_on_record(
        process,
        NeedStated(degree=degree),
        by=SYSTEM,
        role=Role.PARTICIPANT,
        at=at,
        channel=channel,
        number=contribution.number,
    )
    return made
