"""Who takes part: enter a process, be given a role in it."""

from datetime import datetime

from django.db import transaction

from talanoa.people.models import Person
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.events import (
    RoleGiven,
)
from talanoa.processes.models import (
    Actor,
    Participant,
    Process,
    Role,
    RoleGrant,
)
from talanoa.processes.permissions import require_convenor
from talanoa.record.events import Committed


@transaction.atomic(savepoint=False)
def enter(process: Process, person: Person, *, at: datetime, group: str = "") -> Participant:
    """Return `person` as a participant of `process`, making them one on first contact.

    The act that brings a person in stands on the record by itself, so entering adds no entry.
    """
    made, _created = Participant.objects.get_or_create(
        process=process, person=person, defaults={"group": group or person.group, "joined_at": at}
    )
    return made


@transaction.atomic
def give_role(
    process: Process, person: Person, *, role: Role, by: Actor, at: datetime, channel: str
) -> Participant:
    """Give `person` a role in the process; the convenor's act, on the record. Raises NotAllowed."""
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    acting = require_convenor(by, process)
    member = enter(process, person, at=at)
    grant, created = RoleGrant.objects.get_or_create(
        participant=member, role=role, defaults={"granted_at": at, "name": person.name}
    )
    if created:
        event = RoleGiven(role=role, name=Committed(grant, "name"))
        put_on_record(process, event, by=by, role=acting, at=at, channel=channel)
    return member
