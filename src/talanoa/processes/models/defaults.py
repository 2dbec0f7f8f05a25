"""The defaults by which processes run, in days, and their changes.

Version 1 are the days of the founding, below. Every later version is a DefaultChange: one default, another number of
days, and the recommendation of a decided process that said so; the database refuses a row without it. A process keeps
what held when it was begun, so nothing changes under those who take part.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

REVIEW_FLOOR = 14
LONGEST = 365
FOUNDING_VERSION = 1


class Default(models.TextChoices):
    """What has a default: each is used where its name says."""

    INPUT = "input", _("A call for input runs")
    DRAFTING = "drafting", _("Drafts are open for comments before the first consensus call")
    CALL = "call", _("A consensus call runs")
    OBJECTION_ANSWER = "objection-answer", _("Time to answer an objection")
    OBJECTION_REPLY = "objection-reply", _("Time of who objected to say whether the answer will do")
    CHALLENGE = "challenge", _("Time to challenge what a chair found")
    MINORITY = "minority", _("Time to send a minority statement")
    REVIEW = "review", _("A report is in its review period")
    APPEAL = "appeal", _("Time to appeal")
    APPEAL_DECISION = "appeal-decision", _("Time to decide an appeal")
    OVERLAP_REPLY = "overlap-reply", _("Time of a body to answer our letter")
    OVERLAP_ANSWER = "overlap-answer", _("Time of a process to answer who says that it missed a body")


FOUNDING: dict[str, int] = {
    Default.INPUT: 40,
    Default.DRAFTING: 21,
    Default.CALL: 14,
    Default.OBJECTION_ANSWER: 14,
    Default.OBJECTION_REPLY: 7,
    Default.CHALLENGE: 14,
    Default.MINORITY: 14,
    Default.REVIEW: 21,
    Default.APPEAL: 28,
    Default.APPEAL_DECISION: 14,
    Default.OVERLAP_REPLY: 14,
    Default.OVERLAP_ANSWER: 10,
}
"""Days of version 1 (design: process, rules; reference: process, section 6)."""


class DefaultChangeQuerySet(models.QuerySet["DefaultChange"]):
    """Filters on changes of defaults."""

    def days(self, at: datetime) -> dict[str, int]:
        """Return the days of each default that hold at `at` (aware, UTC)."""
        return days_in_force(self.order_by("version"), at)

    def version(self, at: datetime) -> int:
        """Return the version of the defaults that holds at `at` (aware, UTC)."""
        newest = self.filter(since__lte=at).order_by("-version").values_list("version", flat=True).first()
        return newest or FOUNDING_VERSION


class DefaultChange(models.Model):
    """One default was changed, because `recommendation` of the decided `process` was accepted."""

    version = models.PositiveIntegerField(unique=True)
    name = models.CharField(max_length=20, choices=Default)
    days = models.PositiveSmallIntegerField()
    since = models.DateTimeField()
    process = models.ForeignKey("processes.Process", on_delete=models.PROTECT, related_name="+")
    recommendation = models.PositiveSmallIntegerField()

    objects = DefaultChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(version__gt=FOUNDING_VERSION), name="default_after_founding"),
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=LONGEST), name="default_in_bounds"),
            models.CheckConstraint(
                condition=~Q(name=Default.REVIEW) | Q(days__gte=REVIEW_FLOOR), name="default_review_floor"
            ),
            models.UniqueConstraint(
                fields=["process", "recommendation", "name"], name="recommendation_carried_out_once"
            ),
        ]
        ordering = ["version"]

    def __str__(self) -> str:
        return f"{self.name}: {self.days} days"


def days_in_force(changes: Iterable[DefaultChange], at: datetime) -> dict[str, int]:
    """Return the days of each default at `at` (aware, UTC), as `changes`, oldest first, make them."""
    return FOUNDING | {row.name: row.days for row in changes if row.since <= at}
