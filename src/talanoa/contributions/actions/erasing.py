"""Erasure: the content of a contribution is destroyed, whatever its kind; number, entry and proofs stay."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext as _

from talanoa.contributions.models import Authorship, Contribution, Mention
from talanoa.contributions.moderation import said_in_moderation
from talanoa.kernel.errors import RuleBroken
from talanoa.mail.actions import forget_subject
from talanoa.processes.models import Actor, Default
from talanoa.processes.permissions import require_convenor
from talanoa.record.actions import entries_about, erase

ERASURE_GROUNDS = ("author_request", "personal_data", "court_order", "unlawful")


@transaction.atomic
def erase_contribution(
    contribution: Contribution,
    rows: Iterable[models.Model],
    *,
    by: Actor,
    ground: str,
    at: datetime,
    channel: str,
) -> Contribution:
    """Destroy what was said and by whom; the kind's own action empties its `rows` in the same transaction.

    The convenor's act, with one of ERASURE_GROUNDS; the entry of the erasure names ground and end of appeal.
    Raises NotAllowed; RuleBroken: ground_unknown, wrong_state.
    """
    contribution = Contribution.objects.select_for_update(no_key=True).get(pk=contribution.pk)
    process = contribution.process
    role = require_convenor(by, process)
    if ground not in ERASURE_GROUNDS:
        raise RuleBroken(
            _("Give one of these grounds: %(grounds)s.") % {"grounds": ", ".join(ERASURE_GROUNDS)},
            code="ground_unknown",
        )
    if contribution.state == Contribution.State.ERASED:
        raise RuleBroken(_("The content of this number is erased already."), code="wrong_state")
    authorship = Authorship.objects.get(contribution=contribution)
    about = said_in_moderation(contribution)
    number = contribution.number
    erase(
        entries_about([*rows, authorship, *about]),
        ground=ground,
        at=at,
        channel=channel,
        role=role,
        process=process.key,
        number=number,
        space=process.space,
        appeal_days=process.defaults[Default.APPEAL],
    )
    authorship.name, authorship.organization, authorship.country, authorship.mandate = "", "", "", ""
    authorship.save()
    for row in about:  # what was said about it may repeat it
        row.empty()
    Mention.objects.filter(source=contribution).delete()  # what it named was part of what it said
    forget_subject(process_key=process.key, number=number)
    contribution.state, contribution.reason = Contribution.State.ERASED, ground
    # A digest of what was said would let anybody test a guess, so it goes too.
    contribution.dedup_key = f"erased-{contribution.pk}"
    contribution.save(update_fields=["state", "reason", "dedup_key"])
    return contribution
