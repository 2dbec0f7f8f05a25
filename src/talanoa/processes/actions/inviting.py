"""Steps of an outreach: invite people by name, remind them once, join or decline by an invitation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.kernel.errors import RuleBroken
from talanoa.mail.actions import follow
from talanoa.mail.models import Silence, Subscription
from talanoa.people.actions import declare, know_person, prove_address
from talanoa.people.models import Group, Person
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.actions.roles import enter
from talanoa.processes.events import InvitationAccepted, PeopleInvited
from talanoa.processes.models import (
    Invitation,
    InvitationRound,
    Invitee,
    Participant,
    Process,
    check_inviting,
    list_digest,
    unknown_group,
)
from talanoa.processes.permissions import require_invited, require_organizer
from talanoa.record.events import Committed

MOST_AT_ONCE, MOST_IN_ALL = 500, 2_000
"""People in one act, and in one process."""
REMINDED_AFTER = timedelta(days=7)
_State = Invitation.State


class Why(models.TextChoices):
    """Why somebody on a list gets no invitation."""

    TWICE = "twice", gettext_lazy("stands on the list twice")
    INVITED = "invited", gettext_lazy("was invited before")
    DECLINED = "declined", gettext_lazy("does not want letters about this process")
    JOINED = "joined", gettext_lazy("takes part already")
    UNREACHABLE = "unreachable", gettext_lazy("too many letters to this address came back")


@dataclass(frozen=True, slots=True)
class Skipped:
    """Somebody who was not invited, and why."""

    address: str
    why: Why


@dataclass(frozen=True, slots=True)
class Invited:
    """What became of a list: who was invited, and who was not."""

    invitations: tuple[Invitation, ...]
    skipped: tuple[Skipped, ...]


@transaction.atomic
def invite(
    process: Process, people: Sequence[Invitee], *, by: Participant, at: datetime, channel: str
) -> Invited:
    """Invite people by name; the convenor's and the secretariat's act. Each gets one letter.

    Whoever was invited before, takes part already, or wants no letters is passed over, and the answer says so. The
    entry tells how many were invited and commits to the list; where nobody is left, there is none.
    Raises NotAllowed; RuleBroken: space_crossed, wrong_state, call_closed, nobody_named, too_many_invited,
    those of `Invitee.checked`.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    role = require_organizer(by, process)
    process.check_real()
    check_inviting(process, at=at)
    _check_number(people)
    named = [one.checked(process) for one in people]
    chosen, skipped = _chosen(process, named)
    if not chosen:
        return Invited((), skipped)
    n_before = process.invitations.count()
    if n_before + len(chosen) > MOST_IN_ALL:
        raise _too_many(_("At most %(most)s people can be invited to one process."), MOST_IN_ALL)
    made = _make(process, chosen, n_before, by=by, at=at)
    event = PeopleInvited(round=made.number, people=made.people, list_sha256=Committed(made, "list_sha256"))
    put_on_record(process, event, by=by, role=role, at=at, channel=channel)
    return Invited(tuple(made.invitations.all()), skipped)


def _check_number(people: Sequence[Invitee]) -> None:
    if not people:
        raise RuleBroken(_("The list names nobody."), code="nobody_named")
    if len(people) > MOST_AT_ONCE:
        raise _too_many(_("At most %(most)s people can be invited at once."), MOST_AT_ONCE)


def _too_many(told: str, most: int) -> RuleBroken:
    return RuleBroken(told % {"most": most}, code="too_many_invited")


def _chosen(process: Process, named: list[Invitee]) -> tuple[list[Invitee], tuple[Skipped, ...]]:
    """Part those who can be invited from those who cannot, with the reason."""
    reasons = _reasons(process, [one.address for one in named])
    chosen: list[Invitee] = []
    skipped: list[Skipped] = []
    for one in named:
        why = reasons.get(one.address)
        if why is None:
            chosen.append(one)
            reasons[one.address] = Why.TWICE
        else:
            skipped.append(Skipped(one.address, why))
    return chosen, tuple(skipped)


def _reasons(process: Process, addresses: list[str]) -> dict[str, Why]:
    """Return why some of these addresses cannot be invited; the last reason that holds is the one told."""
    known = Person.objects.filter(address__in=addresses)
    quiet = Subscription.objects.filter(
        person__in=known, process_key=process.key, level=Subscription.Level.OWN
    )
    before = process.invitations.filter(address__in=addresses)
    found: dict[str, Why] = {}
    for rows, why in (
        (Silence.objects.filter(person__in=known).values_list("person__address", flat=True), Why.UNREACHABLE),
        (quiet.values_list("person__address", flat=True), Why.DECLINED),
        (before.values_list("address", flat=True), Why.INVITED),
        (before.filter(state=_State.DECLINED).values_list("address", flat=True), Why.DECLINED),
        (process.participants.filter(person__in=known).values_list("person__address", flat=True), Why.JOINED),
    ):
        found |= dict.fromkeys(rows, why)
    return found


def _make(
    process: Process, chosen: Iterable[Invitee], n_before: int, *, by: Participant, at: datetime
) -> InvitationRound:
    """Write the round and its invitations. Nobody is described here but by their name and language."""
    rows = [
        Invitation(
            process=process,
            number=number,
            person=know_person(name=one.name, address=one.address, language=one.language),
            name=one.name,
            address=one.address,
            organization=one.organization,
            group=one.group,
            country=one.country,
            invited_at=at,
        )
        for number, one in enumerate(chosen, start=n_before + 1)
    ]
    made = InvitationRound.objects.create(
        process=process,
        number=process.invitation_rounds.count() + 1,
        people=len(rows),
        list_sha256=list_digest(rows),
        by=by,
        made_at=at,
    )
    for row in rows:
        row.round = made
    Invitation.objects.bulk_create(rows)
    return made


@transaction.atomic
def remind_invited(process: Process, *, at: datetime) -> list[Invitation]:
    """Mark who is reminded now and return them, for their letters: once, a week after the invitation.

    The clock's own act. Nobody is reminded who has answered, takes part already, or wants no letters, nor once the call
    for input is over: then those who have not answered need not any more.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    waiting = process.invitations.waiting()
    try:
        check_inviting(process, at=at)
    except RuleBroken:
        waiting.update(state=_State.OVER)
        return []
    away = Subscription.objects.filter(process_key=process.key)
    away = away.filter(models.Q(level=Subscription.Level.OWN) | models.Q(paused_until__gt=at))
    due = waiting.filter(reminded_at=None, invited_at__lte=at - REMINDED_AFTER)
    due = due.exclude(person__in=away.values("person")).exclude(
        person__in=process.participants.values("person")
    )
    found = list(due.select_related("person", "process", "round__by__person"))
    Invitation.objects.filter(pk__in=[row.pk for row in found]).update(reminded_at=at)
    return found


@transaction.atomic
def accept_invitation(
    invitation: Invitation, *, by: Person, group: str, at: datetime, channel: str
) -> Participant:
    """Join the process by an invitation, with the stakeholder group that one declares; to join again changes nothing.

    Only who got the letter can do so, which shows that the address is theirs. From now on a digest comes, unless they
    said how much mail they want. Who declined before can still join.
    Raises NotAllowed; RuleBroken: wrong_state, call_closed, group_unknown.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=invitation.process_id)
    invitation = Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
    require_invited(by, invitation)
    if invitation.state == _State.JOINED:
        return enter(process, by, at=at)
    check_inviting(process, at=at)
    if group not in Group.values:
        raise unknown_group(group)
    member = _enter_as(process, prove_address(by, at=at), group, at=at)
    invitation.state, invitation.answered_at = _State.JOINED, at
    invitation.save(update_fields=["state", "answered_at"])
    if not Subscription.objects.filter(person=by, process_key=process.key).exists():
        follow(by, process_key=process.key, level=Subscription.Level.DIGEST)
    put_on_record(process, InvitationAccepted(), by=member, role="participant", at=at, channel=channel)
    return member


def _enter_as(process: Process, person: Person, group: str, *, at: datetime) -> Participant:
    """Let `person` enter with `group`, which becomes their own where they never declared one."""
    if person.group == Group.OTHER and group != Group.OTHER:
        facts = ("name", "organization", "country", "language", "time_zone")
        person = declare(by=person, group=group, **{name: getattr(person, name) for name in facts})
    member = enter(process, person, at=at, group=group)
    if member.group != group:
        member.group = group
        member.save(update_fields=["group"])
    return member


@transaction.atomic
def decline_invitation(invitation: Invitation, *, by: Person, at: datetime) -> Invitation:
    """Decline an invitation: nobody is invited or reminded again in this process who did.

    A working act: those who run the process see it, and nobody else is touched by it. To decline again changes nothing.
    Raises NotAllowed; RuleBroken: invitation_accepted.
    """
    invitation = Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
    require_invited(by, invitation)
    invitation.check_declinable()
    if invitation.state != _State.DECLINED:
        invitation.state, invitation.answered_at = _State.DECLINED, at
        invitation.save(update_fields=["state", "answered_at"])
    return invitation


@transaction.atomic
def decline_waiting(process: Process, *, by: Person, at: datetime) -> None:
    """Decline the invitation of somebody who ends the letters of a process, if one waits. A working act."""
    for invitation in Invitation.objects.addressed_to(by).waiting().filter(process=process):
        decline_invitation(invitation, by=by, at=at)
