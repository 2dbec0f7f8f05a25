"""Who takes part: enter a process, be given a role in it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken
from talanoa.people.models import Person, Standing
from talanoa.people.queries import disclosed
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
from talanoa.processes.permissions import check_plays, require_convenor
from talanoa.processes.queries import parts_of_group
from talanoa.record.events import Committed


@transaction.atomic(savepoint=False)
def enter(process: Process, person: Person, *, at: datetime, group: str = "") -> Participant:
    """Return `person` as a participant of `process`, making them one on first contact.

    The act that brings a person in stands on the record by itself, so entering adds no entry. Into a practice room
    comes nobody who is known outside of it. Raises RuleBroken: space_crossed.
    """
    if process.is_practice:
        check_plays(person)
    made, _created = Participant.objects.get_or_create(
        process=process, person=person, defaults={"group": group or person.group, "joined_at": at}
    )
    made.process, made.person = process, person  # both are asked for by every act that follows
    return made


@transaction.atomic(savepoint=False)
def enter_all(process: Process, people: Mapping[Person, str], *, at: datetime) -> dict[Person, Participant]:
    """Return `people`, each with the group they speak for, as participants of `process`; each as `enter` has it.

    Raises RuleBroken: space_crossed.
    """
    for person in people if process.is_practice else ():
        check_plays(person)
    there = Participant.objects.filter(process=process, person__in=people)
    found = {made.person_id: made for made in there}
    new = {person: group or person.group for person, group in people.items() if person.pk not in found}
    found.update({made.person_id: made for made in _entered(process, new, at)})
    return {person: found[person.pk] for person in people}


def _entered(process: Process, people: Mapping[Person, str], at: datetime) -> list[Participant]:
    if not people:
        return []
    try:
        with transaction.atomic():
            return Participant.objects.bulk_create(
                Participant(process=process, person=person, group=group, joined_at=at)
                for person, group in people.items()
            )
    except IntegrityError:  # one of them entered elsewhere at the same moment
        return [enter(process, person, at=at, group=group) for person, group in people.items()]


@transaction.atomic
def choose_subgroup(process: Process, *, by: Person, name: str, at: datetime) -> Participant:
    """Say which part of their group `by` belongs to in this process; no name takes it back.

    A working act: it stands beside what they say from then on. Raises RuleBroken: subgroup_unknown.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    member = enter(process, by, at=at)
    parts = {part.name.casefold(): part.name for part in parts_of_group(process, by.group)}
    wanted = " ".join(name.split()).casefold()
    if wanted and wanted not in parts:
        raise RuleBroken(
            _("This process tells these parts of your group apart: %(names)s.")
            % {"names": ", ".join(parts.values()) or "-"},
            code="subgroup_unknown",
        )
    member.group, member.subgroup = by.group, parts.get(wanted, "")
    member.save(update_fields=["group", "subgroup"])
    return member


@transaction.atomic
def give_role(
    process: Process, person: Person, *, role: Role, by: Actor, at: datetime, channel: str
) -> Participant:
    """Give `person` a role in the process; the convenor's act, on the record.

    Who does not state their interests is an observer, and chairs nothing.
    Raises NotAllowed; RuleBroken: interest_statement_missing.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    acting = require_convenor(by, process)
    if role == Role.CHAIR and disclosed(person, process.key).standing(at) == Standing.DECLINED:
        raise RuleBroken(
            _("Who does not state their interests is an observer, and cannot be the chair."),
            code="interest_statement_missing",
        )
    member = enter(process, person, at=at)
    grant, created = RoleGrant.objects.get_or_create(
        participant=member, role=role, defaults={"granted_at": at, "name": person.name}
    )
    if created:
        event = RoleGiven(role=role, name=Committed(grant, "name"))
        put_on_record(process, event, by=by, role=acting, at=at, channel=channel)
    return member
