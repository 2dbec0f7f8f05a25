"""What the chair found, recommendation by recommendation, and the statements of those who dissent."""

import hashlib
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.text import Truncator

from talanoa.consensus.models.calls import Call
from talanoa.contributions.models import Contribution
from talanoa.people.models import Person
from talanoa.processes.models import Default, Participant


class DesignationQuerySet(models.QuerySet["Designation"]):
    """Filters on designations."""

    def visible_to(self, person: Person | None) -> "DesignationQuerySet":
        """Return the designations that `person` may read: all of calls that they may read."""
        return self.filter(call__in=Call.objects.visible_to(person).values("pk"))

    def standing(self) -> "DesignationQuerySet":
        """Return those that nobody annulled."""
        return self.filter(annulled_at__isnull=True)


class Designation(models.Model):
    """The chair's finding on one recommendation of the revision that the call is about; 0 is the whole text.

    It never changes; a panel may annul it. It holds for that revision alone.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="designations")
    recommendation = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=24)
    reasons = models.TextField()
    by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    designated_at = models.DateTimeField()
    entry = models.OneToOneField("record.Entry", on_delete=models.PROTECT, null=True, related_name="+")
    annulled_at = models.DateTimeField(null=True)

    objects = DesignationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["call", "recommendation"],
                condition=Q(annulled_at__isnull=True),
                name="designation_standing_once",
            ),
        ]
        ordering = ["call", "recommendation", "pk"]

    def __str__(self) -> str:
        return f"{self.call} {self.recommendation}: {self.level}"

    @property
    def reasons_sha256(self) -> str:
        """The SHA-256 of the reasons, hexadecimal."""
        return hashlib.sha256(self.reasons.encode()).hexdigest()

    @property
    def is_agreed(self) -> bool:
        """Tell whether its level counts as agreed by the rule of its call."""
        level = self.call.decision_rule.level(self.level)
        return level is not None and level.is_agreed

    def until(self, default: Default) -> datetime:
        """Return the end (aware, UTC) of the time that begins with it: to challenge, to appeal, to send a statement."""
        return self.designated_at + timedelta(days=self.call.process.defaults[default])


class MinorityStatementQuerySet(models.QuerySet["MinorityStatement"]):
    """Filters on minority statements."""

    def visible_to(self, person: Person | None) -> "MinorityStatementQuerySet":
        """Return the statements whose words `person` may read."""
        return self.filter(contribution__in=Contribution.objects.visible_to(person).values("pk"))


class MinorityStatement(models.Model):
    """Dissent in the words of those who dissent: it stands in the report, at the same level as what was agreed."""

    TEXT_LIMIT = 20_000
    FIRST_WORDS = 80

    contribution = models.OneToOneField(Contribution, on_delete=models.PROTECT, related_name="minority")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="minority_statements")
    recommendation = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()
    language = models.CharField(max_length=12, blank=True)

    objects = MinorityStatementQuerySet.as_manager()

    class Meta:
        ordering = ["contribution__number"]

    def __str__(self) -> str:
        return f"minority statement {self.contribution.number}"

    @property
    def title(self) -> str:
        """What lists show: the first words."""
        return Truncator(self.text.lstrip().partition("\n")[0]).chars(self.FIRST_WORDS)

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the text, hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()
