"""Erasure of an issue: its content is destroyed; number, outcome, entries and proofs stay."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.actions.erasing import ERASURE_GROUNDS
from talanoa.desk.models import ADDRESS, Answer, Bringer, Issue, Referral, Reply
from talanoa.desk.permissions import require_desk
from talanoa.kernel.errors import RuleBroken
from talanoa.mail.actions import forget_subject
from talanoa.people.models import Person
from talanoa.processes.models import Default, DefaultChange
from talanoa.record.actions import entries_about, erase


@transaction.atomic
def erase_issue(issue: Issue, *, by: Person, ground: str, at: datetime, channel: str) -> Issue:
    """Destroy what was brought, by whom, and all that was said about it, which may repeat it.

    `ground` is one of ERASURE_GROUNDS. Raises NotAllowed; RuleBroken: ground_unknown, issue_state.
    """
    issue = Issue.objects.locked(issue)
    role = require_desk(by)
    if ground not in ERASURE_GROUNDS:
        raise RuleBroken(
            _("Give one of these grounds: %(grounds)s.") % {"grounds": ", ".join(ERASURE_GROUNDS)},
            code="ground_unknown",
        )
    issue.check_state(Issue.State.OPEN, Issue.State.UNCONFIRMED)
    bringer = Bringer.objects.get(issue=issue)
    answers, replies, referrals = (
        Answer.objects.filter(issue=issue),
        Reply.objects.filter(answer__issue=issue),
        Referral.objects.filter(answer__issue=issue),
    )
    about = entries_about([issue, bringer, *answers, *replies, *referrals])
    days = DefaultChange.objects.days(at)[Default.APPEAL]
    erase(about, ground=ground, at=at, channel=channel, role=role, appeal_days=days)
    issue.title, issue.text, issue.ground, issue.state = "", "", ground, Issue.State.ERASED
    # A digest of what was said would let anybody test a guess, so it goes too.
    issue.dedup_key = f"erased-{issue.pk}"
    issue.save(update_fields=["title", "text", "ground", "state", "dedup_key"])
    bringer.name, bringer.organization, bringer.country = "", "", ""
    bringer.save(update_fields=["name", "organization", "country"])
    answers.update(reason="")
    replies.update(text="")
    referrals.update(reply="")
    forget_subject(process_key=ADDRESS, number=issue.number)
    return issue
