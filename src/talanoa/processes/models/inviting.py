"""Who was asked by name to take part.

An Invitee is somebody to invite, before anything is done. An InvitationRound is one act of inviting; it never changes,
and the record commits to its list by a digest. An Invitation is one person of it. Names and addresses are there for
those who run the process and for nobody else; they stand on no public page and not on the record.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import fitting_line
from talanoa.lib.regions import places
from talanoa.lib.rfc5322.lists import is_mail_address
from talanoa.people.models import Group, Person
from talanoa.processes.models.process import Participant, Process, Stage


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody to invite, as whoever invites them describes them.

    `country` is a code of a country or region, or "". `language` is that of the letter to somebody nobody knows here.
    """

    name: str
    address: str
    organization: str = ""
    group: str = Group.OTHER
    country: str = ""
    language: str = "en"

    def checked(self, process: Process) -> "Invitee":
        """Return them as they are kept: single lines, a lower-case address.

        Raises RuleBroken: name_missing, address_malformed, group_unknown, country_unknown, line_too_long.
        """
        name, address = fitting_line(self.name, 300), fitting_line(self.address, 254).lower()
        if not name:
            raise RuleBroken(_("The name is missing."), code="name_missing")
        is_own = address.partition("@")[0].partition("+")[0] == process.key
        if not is_mail_address(address) or is_own:
            told = _("This is no mail address of a person: %(address)s")
            raise RuleBroken(told % {"address": address[:100] or "-"}, code="address_malformed")
        if self.group not in Group.values:
            raise unknown_group(self.group)
        if self.country and self.country not in places():
            told = _("We know no country or region called “%(name)s”.")
            raise RuleBroken(told % {"name": self.country[:40]}, code="country_unknown")
        organization = fitting_line(self.organization, 200)
        return replace(self, name=name, address=address, organization=organization)


def unknown_group(group: str) -> RuleBroken:
    """Return the refusal of what is no stakeholder group: group_unknown."""
    known = ", ".join(str(label) for label in Group.labels)
    told = _("“%(group)s” is no stakeholder group. There are: %(groups)s.")
    return RuleBroken(told % {"group": group[:40], "groups": known}, code="group_unknown")


class InvitationRound(models.Model):
    """One act of inviting; `number` counts from 1 in its process, `people` says how many were invited.

    `list_sha256` is the digest of the list as it was then (`list_digest`).
    """

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="invitation_rounds")
    number = models.PositiveIntegerField()
    people = models.PositiveSmallIntegerField()
    list_sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="invitation_rounds")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "number"], name="invitation_round_once")]
        ordering = ["process", "number"]

    def __str__(self) -> str:
        return f"{self.process.key} invitations {self.number}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Filters on invitations."""

    def visible_to(self, person: Person | None) -> "InvitationQuerySet":
        """Return those that `person` may read: of the processes in which they are convenor, secretariat or chair."""
        if person is None:
            return self.none()
        return self.filter(process__in=Participant.objects.in_office(person).values("process"))

    def addressed_to(self, person: Person) -> "InvitationQuerySet":
        """Return those by which `person` was invited."""
        return self.filter(person=person)

    def waiting(self) -> "InvitationQuerySet":
        """Return those that have no answer yet and can get one."""
        return self.filter(state=Invitation.State.WAITING)


class Invitation(models.Model):
    """One person who was invited, as whoever invited them described them; `number` counts from 1 in the process.

    `group` and `country` are a suggestion: what counts is what the person declares.
    """

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("No answer yet")
        JOINED = "joined", _("Joined")
        DECLINED = "declined", _("Declined")
        OVER = "over", _("No answer in time")

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="invitations")
    round = models.ForeignKey(InvitationRound, on_delete=models.PROTECT, related_name="invitations")
    number = models.PositiveIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations")
    name = models.CharField(max_length=300)
    address = models.EmailField()
    organization = models.CharField(max_length=200, blank=True)
    group = models.CharField(max_length=24, choices=Group, default=Group.OTHER)
    country = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    invited_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process", "number"], name="invitation_number_once"),
            models.UniqueConstraint(fields=["process", "address"], name="invitation_once"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=False, state__in=["joined", "declined"])
                | Q(answered_at__isnull=True, state__in=["waiting", "over"]),
                name="invitation_answer_has_time",
            ),
        ]
        ordering = ["process", "number"]
        indexes = [models.Index(fields=["state", "invited_at"], name="invitation_waiting")]

    def __str__(self) -> str:
        return f"{self.process.key} invitation {self.number}"

    def check_declinable(self) -> None:
        """Raise RuleBroken(invitation_accepted) where the person has joined."""
        if self.state == self.State.JOINED:
            raise RuleBroken(
                _("You take part already. To get no more letters, answer with the one word: unsubscribe"),
                code="invitation_accepted",
            )


def list_digest(invitations: Iterable[Invitation]) -> str:
    """Return the SHA-256, hexadecimal, of the list of who was invited.

    It is that of a JSON array in UTF-8 without blanks, in the order of the numbers; each person is the array of
    address, name, organization, group and country.
    """
    rows = [[row.address, row.name, row.organization, row.group, row.country] for row in invitations]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def last_day(process: Process) -> datetime | None:
    """Return when the call for input ends (aware, UTC); None before the process is opened."""
    ends = process.stages.filter(kind=Stage.Kind.INPUT).values_list("closes_at", flat=True)
    return ends.first()


def check_inviting(process: Process, *, at: datetime) -> None:
    """Refuse to invite, or to join by an invitation, outside the time for it.

    It runs from the published charter until the call for input ends, whether or not the clock has ended it yet.
    Raises RuleBroken: wrong_state, call_closed.
    """
    process.check_state(Process.State.CHARTER_REVIEW, Process.State.OPEN)
    ends = last_day(process)
    if ends is not None and ends <= at:
        raise RuleBroken(
            _("The call for input of “%(title)s” is over. Its page says what comes next.")
            % {"title": process.title},
            code="call_closed",
        )
