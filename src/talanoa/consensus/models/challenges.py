"""Challenges: somebody who took part says that a designation is wrong, and its chair answers with reasons."""

import hashlib
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talanoa.consensus.models.calls import Call
from talanoa.consensus.models.designations import Designation
from talanoa.kernel.errors import RuleBroken
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    """Filters on challenges."""

    def visible_to(self, person: Person | None) -> "ChallengeQuerySet":
        """Return the challenges that `person` may read: all of calls that they may read."""
        return self.filter(designation__call__in=Call.objects.visible_to(person).values("pk"))

    def unanswered(self) -> "ChallengeQuerySet":
        """Return those that wait for their answer; once the designation is annulled, none does."""
        return self.filter(answered_at__isnull=True, designation__annulled_at__isnull=True)


class Challenge(models.Model):
    """Why somebody who took part in a call thinks that one of its designations is wrong; public, with its answer.

    Its number counts from 1 in the process. The chair keeps the designation or annuls it, by `answer_by`.
    Source: GNSO Working Group Guidelines 3.6.
    """

    class Outcome(models.TextChoices):
        """What the chair answered."""

        KEPT = "kept", _("The designation is kept")
        ANNULLED = "annulled", _("The designation is annulled")

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="challenges")
    number = models.PositiveIntegerField()
    designation = models.ForeignKey(Designation, on_delete=models.PROTECT, related_name="challenges")
    by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="challenges")
    name = models.CharField(max_length=300)
    text = models.TextField()
    raised_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    entry = models.OneToOneField("record.Entry", on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, related_name="+")
    answered_name = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)
    answer_entry = models.OneToOneField("record.Entry", on_delete=models.PROTECT, null=True, related_name="+")

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process", "number"], name="challenge_number_once"),
            models.UniqueConstraint(fields=["designation", "by"], name="challenge_by_person_once"),
            models.CheckConstraint(
                condition=Q(outcome="", answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(outcome="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="challenge_answered_whole",
            ),
        ]
        ordering = ["process", "number"]

    def __str__(self) -> str:
        return f"{self.process.key} challenge {self.number}"

    @property
    def call(self) -> Call:
        """The call whose designation it is about."""
        return self.designation.call

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the arguments, hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def answer_sha256(self) -> str:
        """The SHA-256 of the answer, hexadecimal."""
        return hashlib.sha256(self.answer.encode()).hexdigest()

    def is_overdue(self, at: datetime) -> bool:
        """Tell whether it should have been answered before `at` (aware, UTC)."""
        waits = self.answered_at is None and self.designation.annulled_at is None
        return waits and at >= self.answer_by

    def standing(self, at: datetime) -> str:
        """Return `open`, `overdue`, `kept`, `annulled` or `moot`, as it stands at `at` (aware, UTC).

        It is moot where the designation was annulled for another reason before it was answered.
        """
        if self.outcome:
            return self.outcome
        if self.designation.annulled_at is not None:
            return "moot"
        return "overdue" if self.is_overdue(at) else "open"

    def check_unanswered(self) -> None:
        """Raise RuleBroken(challenge_answered) once it has its answer."""
        if self.answered_at is not None:
            raise RuleBroken(
                _("Challenge %(number)s has its answer. It can be appealed.") % {"number": self.number},
                code="challenge_answered",
            )
