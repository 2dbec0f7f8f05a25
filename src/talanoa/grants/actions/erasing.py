"""Erasure of an application: its content is destroyed; number, state, what was decided, entries and proofs stay."""

from datetime import datetime
from itertools import chain
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from talanoa.contributions.actions.erasing import ERASURE_GROUNDS
from talanoa.contributions.models import Appeal
from talanoa.grants.models import ADDRESS, Applicant, Application, Attachment, Review, check_unbarred
from talanoa.kernel.errors import RuleBroken
from talanoa.mail.actions import forget_subject, forget_unnumbered
from talanoa.processes.models import Default, Participant
from talanoa.processes.permissions import require_convenor
from talanoa.record.actions import entries_about, erase


@transaction.atomic
def erase_application(
    application: Application, *, by: Participant, ground: str, at: datetime, channel: str
) -> Application:
    """Destroy what was applied for, by whom, its files, and all that was said of it, which may repeat it.

    What was found stays as marks, states and amounts. `ground` is one of ERASURE_GROUNDS. Raises NotAllowed, also for
    a conflict of interest; RuleBroken: ground_unknown, application_state.
    """
    application = Application.objects.locked(application)
    role = require_convenor(by, application.call.process)
    check_unbarred(by.person, application)
    if ground not in ERASURE_GROUNDS:
        raise RuleBroken(
            _("Give one of these grounds: %(grounds)s.") % {"grounds": ", ".join(ERASURE_GROUNDS)},
            code="ground_unknown",
        )
    application.check_content()
    said, appeals = _said_of(application), list(_appeals(application))
    about = entries_about(
        [
            application,
            *application.applicants.all(),
            *application.exchanges.all(),
            *chain(*said.values()),
            *appeals,
        ]
    )
    erase(
        about,
        ground=ground,
        at=at,
        channel=channel,
        role=role,
        process=application.call.process.key,
        appeal_days=application.call.process.defaults[Default.APPEAL],
    )
    _forget_mails(application)
    for field, rows in said.items():
        for row in rows:
            setattr(row, field, "")
            row.save(update_fields=[field])
    for appeal in appeals:
        appeal.empty()
    _empty(application, ground)
    return application


def _said_of(application: Application) -> dict[str, list[Any]]:
    """Return what was said of an application, by the field that holds the words."""
    return {
        "text": [
            *Review.objects.filter(reading__application=application),
            *application.notes.all(),
        ],
        "reasons": list(application.verdicts.all()),
        "detail": list(application.conflicts.all()),
    }


def _appeals(application: Application) -> QuerySet[Appeal]:
    entries = application.verdicts.exclude(entry=None).values("entry")
    return Appeal.objects.filter(entry__in=entries)


def _forget_mails(application: Application) -> None:
    """Empty the mails and letters about it; a draft has no number, so those of its lead until then go with it."""
    if application.number is None or application.submitted_at is None:
        return
    forget_subject(process_key=ADDRESS, number=application.number)
    lead = application.applicants.select_related("person").get(number=1).person
    forget_unnumbered(process_key=ADDRESS, address=lead.address, until=application.submitted_at)


def _empty(application: Application, ground: str) -> None:
    Attachment.objects.filter(application=application).update(filename="", data=b"", text="", telling=[])
    Applicant.objects.filter(application=application).update(name="", organization="", country="", orcid="")
    application.exchanges.update(question="", answer="")
    application.title, application.answers, application.budget = "", {}, {}
    application.reason, application.ground = "", ground
    application.save(update_fields=["title", "answers", "budget", "reason", "ground"])
