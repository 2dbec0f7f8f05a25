"""Who is told about badges: whose badge it is, and nobody else."""

from django.utils.translation import gettext as _

from talanoa.badges.letters import awarded_lines, revoked_lines
from talanoa.badges.models import ADDRESS, Badge
from talanoa.mail.letters import in_language_of, write_to
from talanoa.people.models import Person
from talanoa.record.models import Entry
from talanoa.record.queries import public_fields

ERASE = "erase"
"""What an answer to the letter means, as a mail command; it erases only where it says this word and nothing else."""


def tell_awarded(entry: Entry) -> None:
    """Send the badge to its holder; what was erased meanwhile is sent to nobody."""
    badge = _of(entry)
    if badge.holder is not None:
        with in_language_of(badge.holder):
            subject = _("Your badge: %(title)s") % {"title": badge.title}
            _write(badge.holder, badge, entry, (subject, awarded_lines(badge)))


def tell_revoked(entry: Entry) -> None:
    """Tell the holder that the badge was revoked, and why."""
    badge = _of(entry)
    if badge.holder is not None:
        with in_language_of(badge.holder):
            subject = _("Your badge “%(title)s” was revoked") % {"title": badge.title}
            _write(badge.holder, badge, entry, (subject, revoked_lines(badge)))


def _write(holder: Person, badge: Badge, entry: Entry, told: tuple[str, tuple[str, ...]]) -> None:
    """Write `told`, subject and lines, once for each entry; it goes with the badge when that is erased."""
    subject, lines = told
    write_to(
        holder,
        key=f"badge-{entry.pk}",
        subject=subject,
        lines=lines,
        at=entry.at,
        process_key=ADDRESS,
        number=badge.pk,
        word=ERASE,
        alone=True,
    )


def _of(entry: Entry) -> Badge:
    rows = Badge.objects.select_related("holder", "entry")
    return rows.get(sha256=public_fields(entry)["sha256"])
