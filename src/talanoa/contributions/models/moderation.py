"""What is done in the open about what somebody said: flags, acts, appeals."""

import hashlib
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talanoa.contributions.models.register import Contribution
from talanoa.kernel.errors import RuleBroken
from talanoa.people.models import Person
from talanoa.processes.models import Default, Participant


class Flag(models.Model):
    """Somebody who takes part says that a contribution breaks the code of conduct. Who said it is told to nobody."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="flags")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="flags")
    reason = models.CharField(max_length=40)
    text = models.TextField()
    raised_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "person"],
                condition=Q(closed_at__isnull=True),
                name="flag_open_once",
            )
        ]
        ordering = ["raised_at", "pk"]

    def __str__(self) -> str:
        return f"flag on {self.contribution}"

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the words, hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def empty(self) -> None:
        """Destroy the words, as part of the erasure of what they are about."""
        self.text = ""
        self.save(update_fields=["text"])


class ModerationAct(models.Model):
    """What was decided on a contribution, by whom (nobody: by the clock), and the entry that tells it.

    `until` is when an automatic hold ends. `text` is what its author was told, for a rejection.
    """

    class Act(models.TextChoices):
        """What was done."""

        HOLD = "hold", _("Held")
        RELEASE = "release", _("Released")
        REJECT = "reject", _("Rejected")

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="moderation")
    act = models.CharField(max_length=8, choices=Act)
    reason = models.CharField(max_length=40, blank=True)
    text = models.TextField(blank=True)
    by = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    entry = models.OneToOneField("record.Entry", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.act} {self.contribution}"

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of what the author was told, hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def appeal_until(self) -> datetime:
        """The end of the time in which it can be appealed."""
        return self.at + timedelta(days=self.contribution.process.defaults[Default.APPEAL])

    def empty(self) -> None:
        """Destroy the words, as part of the erasure of what they are about."""
        self.text = ""
        self.save(update_fields=["text"])

    def check_appealable(self, at: datetime) -> None:
        """Raise RuleBroken(appeal_too_late) once the time for an appeal is over at `at` (aware, UTC)."""
        if at >= self.appeal_until:
            raise RuleBroken(
                _("The time for an appeal ended on %(day)s.")
                % {"day": f"{self.appeal_until:%Y-%m-%d %H:%M} UTC"},
                code="appeal_too_late",
            )


class Appeal(models.Model):
    """Somebody asks that an act be looked at again by another person than the one who did it.

    What is appealed is an act on the record, by its entry; it is about a contribution where the act was.
    """

    class Outcome(models.TextChoices):
        """What became of it."""

        UPHELD = "upheld", _("The decision stands")
        OVERTURNED = "overturned", _("The decision is overturned")

    contribution = models.ForeignKey(
        Contribution, on_delete=models.PROTECT, null=True, blank=True, related_name="appeals"
    )
    entry = models.OneToOneField("record.Entry", on_delete=models.PROTECT, related_name="appeal")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appeals")
    text = models.TextField()
    raised_at = models.DateTimeField()
    decide_by = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    reasons = models.TextField(blank=True)
    decided_by = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(outcome="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="appeal_decided_whole",
            )
        ]
        ordering = ["raised_at", "pk"]

    def __str__(self) -> str:
        return f"appeal against entry {self.entry.index}"

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of why it was raised, hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def reasons_sha256(self) -> str:
        """The SHA-256 of the reasons for its outcome, hexadecimal."""
        return hashlib.sha256(self.reasons.encode()).hexdigest()

    def empty(self) -> None:
        """Destroy the words, as part of the erasure of what they are about."""
        self.text, self.reasons = "", ""
        self.save(update_fields=["text", "reasons"])

    def is_overdue(self, at: datetime) -> bool:
        """Tell whether it should have been decided before `at` (aware, UTC)."""
        return self.decided_at is None and at >= self.decide_by

    def standing(self, at: datetime) -> str:
        """Return `open`, `overdue`, `upheld` or `overturned`, as it stands at `at` (aware, UTC)."""
        return self.outcome or ("overdue" if self.is_overdue(at) else "open")
