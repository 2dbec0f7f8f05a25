"""Steps that end badges: the host revokes one, its holder has it erased."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.badges.events import BadgeRevoked
from talanoa.badges.models import ADDRESS, Badge
from talanoa.badges.permissions import require_holder, require_host
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import fitting_line
from talanoa.mail.actions import forget_subject
from talanoa.people.models import Person
from talanoa.processes.models import FOUNDING, Actor, Default
from talanoa.record.actions import append, entries_about, erase
from talanoa.record.events import Committed

REASON_LIMIT = 300


@transaction.atomic
def revoke_badge(badge: Badge, *, by: Actor, reason: str, at: datetime, channel: str) -> Badge:
    """Revoke a badge for a reason that its holder is told; it stays revoked. The host's act.

    One that was erased can be revoked too: somebody may have a copy. `at` is an aware UTC time.
    Raises NotAllowed; RuleBroken: reason_missing, line_too_long, badge_revoked.
    """
    badge = (
        Badge.objects.select_for_update(no_key=True, of=("self",)).select_related("entry").get(pk=badge.pk)
    )
    role = require_host(by)
    badge.check_standing()
    badge.reason = fitting_line(reason, REASON_LIMIT)
    if not badge.reason:
        raise RuleBroken(_("Say in a line why: whoever holds the badge is told."), code="reason_missing")
    badge.revoked_at = at
    badge.save(update_fields=["reason", "revoked_at"])
    event = BadgeRevoked(entry=badge.entry.index, sha256=badge.sha256, reason=Committed(badge, "reason"))
    append(event, at=at, channel=channel, role=role)
    return badge


@transaction.atomic
def erase_badge(badge: Badge, *, by: Person, at: datetime, channel: str) -> Badge:
    """Erase one's own badge here: name, signed text and the letter that brought it go; digest and entry stay.

    Whether it was revoked stays on the status list, for who has a copy. `at` is an aware UTC time.
    Raises NotAllowed, also where it is erased already.
    """
    badge = (
        Badge.objects.select_for_update(no_key=True, of=("self",)).select_related("entry").get(pk=badge.pk)
    )
    role = require_holder(by, badge)
    erase(
        [badge.entry, *entries_about([badge])],
        ground="author_request",
        at=at,
        channel=channel,
        role=role,
        appeal_days=FOUNDING[Default.APPEAL],
    )
    forget_subject(process_key=ADDRESS, number=badge.pk)
    badge.holder, badge.name, badge.token, badge.reason, badge.erased_at = None, "", "", "", at
    badge.save(update_fields=["holder", "name", "token", "reason", "erased_at"])
    return badge
