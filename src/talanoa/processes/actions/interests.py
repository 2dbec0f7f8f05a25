"""Interests: what somebody states of their ties to organizations, in general or for one process."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken
from talanoa.people.actions import keep_interests
from talanoa.people.events import InterestsStated
from talanoa.people.interests import Interests
from talanoa.people.models import InterestStatement, Person
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Default, DefaultChange, Process, Role
from talanoa.record.actions import append, entries_about, erase
from talanoa.record.events import Committed

AUTHOR_REQUEST = "author_request"


@transaction.atomic
def state_interests(
    process: Process | None, *, by: Person, interests: Interests, at: datetime, channel: str
) -> InterestStatement:
    """Say what ties `by` to organizations, or that they do not say: for one process, or in general where it is None.

    What was said before stays. Raises RuleBroken: interests_empty, mandate_without_evidence, tie_unreadable,
    too_many_ties, text_too_long.
    """
    if process is None:
        made = keep_interests(by, interests, process_key="", at=at)
        append(_stated(made), at=at, channel=channel, role="")
        return made
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    member = enter(process, by, at=at)
    made = keep_interests(by, interests, process_key=process.key, at=at)
    role = Role.OBSERVER if made.is_declined else Role.PARTICIPANT
    put_on_record(process, _stated(made), by=member, role=role, at=at, channel=channel)
    return made


def _stated(made: InterestStatement) -> InterestsStated:
    return InterestsStated(declined=int(made.is_declined), text_sha256=Committed(made, "text_sha256"))


@transaction.atomic
def erase_interests(
    statement: InterestStatement, *, by: Person, at: datetime, channel: str
) -> InterestStatement:
    """Destroy what one said of one's own interests at one time; that something was said stays on the record.

    Raises RuleBroken: interests_unknown.
    """
    rows = InterestStatement.objects.visible_to(by).select_for_update(no_key=True)
    found = rows.filter(pk=statement.pk, is_erased=False).first()
    if found is None:
        raise RuleBroken(_("You have no such statement."), code="interests_unknown")
    erase(
        entries_about([found]),
        ground=AUTHOR_REQUEST,
        at=at,
        channel=channel,
        role="",
        process=found.process_key,
        appeal_days=DefaultChange.objects.days(at)[Default.APPEAL],
    )
    found.affiliations.all().delete()
    found.text, found.is_erased = "", True
    found.save(update_fields=["text", "is_erased"])
    return found
