"""Steps of convenor and secretariat with an application: find whether it is eligible, ask for more information."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.conduct import checked_words
from talanoa.grants.events import ApplicationScreened, MoreAsked
from talanoa.grants.models import Application, Exchange
from talanoa.grants.permissions import require_officer
from talanoa.kernel.errors import RuleBroken
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import Participant
from talanoa.record.events import Committed

State = Application.State


@transaction.atomic
def screen_application(
    application: Application,
    *,
    by: Participant,
    unmet: Iterable[str],
    reason: str,
    at: datetime,
    channel: str,
) -> Application:
    """Find an application eligible, or name the conditions of the call that it does not meet; once, with a reason.

    Raises NotAllowed; RuleBroken: application_state, condition_unknown, reason_missing, text_too_long.
    """
    application = Application.objects.locked(application)
    role = require_officer(by, application)
    application.check_state(State.SUBMITTED)
    conditions = {one.id for one in application.call.facts.eligibility}
    named = sorted(set(unmet))
    if not set(named) <= conditions:
        raise RuleBroken(
            _("Name conditions of the call: %(names)s.") % {"names": ", ".join(sorted(conditions))},
            code="condition_unknown",
        )
    application.unmet, application.reason = named, checked_words(reason)
    application.state = State.INELIGIBLE if named else State.ELIGIBLE
    application.save(update_fields=["state", "unmet", "reason"])
    event = ApplicationScreened(
        application=application.number or 0,
        finding=application.state,
        unmet=",".join(named) or "-",
        reason_sha256=Committed(application, "reason_sha256"),
    )
    put_on_record(application.call.process, event, by=by, role=role, at=at, channel=channel)
    return application


@transaction.atomic
def ask_more(application: Application, *, by: Participant, text: str, at: datetime, channel: str) -> Exchange:
    """Ask those who apply for more information; they are written to, and the answer stands beside the application.

    Raises NotAllowed; RuleBroken: application_state, reason_missing, text_too_long.
    """
    application = Application.objects.locked(application)
    role = require_officer(by, application)
    application.check_state(State.SUBMITTED, State.ELIGIBLE, State.RECOMMENDED)
    made = Exchange.objects.create(
        application=application,
        number=application.exchanges.count() + 1,
        question=checked_words(text),
        asked_at=at,
    )
    event = MoreAsked(
        application=application.number or 0,
        exchange=made.number,
        question_sha256=Committed(made, "question_sha256"),
    )
    put_on_record(application.call.process, event, by=by, role=role, at=at, channel=channel)
    return made
