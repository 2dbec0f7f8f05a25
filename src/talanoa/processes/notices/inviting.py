"""The letters to people who were invited by name: one at once, and one reminder a week later."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.mail.letters import in_language_of, write_to
from talanoa.processes.actions.inviting import remind_invited
from talanoa.processes.letters.inviting import JOIN, invitation_lines
from talanoa.processes.models import Invitation, Process
from talanoa.record.models import Entry
from talanoa.record.queries import public_fields


def tell_invited(entry: Entry) -> None:
    """Write to everybody who was invited by one act and has not answered meanwhile."""
    rows = Invitation.objects.waiting().filter(
        process__key=entry.process_key, round__number=int(public_fields(entry)["round"])
    )
    for invitation in rows.select_related("process", "person", "round__by__person"):
        _write(invitation, key=f"invitation-{invitation.pk}", at=entry.at)


def remind_all_invited(*, at: datetime) -> int:
    """Remind everybody whose week is over at `at` (aware, UTC), in each process; return how many."""
    waiting = Invitation.objects.waiting().values("process")
    return sum(_remind(process, at=at) for process in Process.objects.filter(pk__in=waiting).order_by("key"))


@transaction.atomic
def _remind(process: Process, *, at: datetime) -> int:
    """Mark and write together: whoever is marked as reminded has their letter."""
    due = remind_invited(process, at=at)
    for invitation in due:
        _write(invitation, key=f"invitation-reminder-{invitation.pk}", at=at, is_reminder=True)
    return len(due)


def _write(invitation: Invitation, *, key: str, at: datetime, is_reminder: bool = False) -> None:
    with in_language_of(invitation.person):
        subject = _("Your view is asked: %(title)s")
        if is_reminder:
            subject = _("A reminder: your view is asked on “%(title)s”")
        write_to(
            invitation.person,
            key=key,
            subject=subject % {"title": invitation.process.title},
            lines=invitation_lines(invitation, at=at, is_reminder=is_reminder),
            at=at,
            process_key=invitation.process.key,
            word=JOIN,
        )
