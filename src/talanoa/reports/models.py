"""The report and what follows from it.

A Report is a document that cites inputs and themes. Sealed, it is bound to one revision and its review
period runs; nobody can end that early, which the database enforces. A RecommendationAnswer is what the
sponsor or body decides on one recommendation. A FollowUp is a dated note on what was done.
"""

import hashlib
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talanoa.documents.models import Document, Revision
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.instants import moment
from talanoa.people.models import Person
from talanoa.processes.models import Participant


class ReportQuerySet(models.QuerySet["Report"]):
    """Filters on reports."""

    def visible_to(self, person: Person | None) -> "ReportQuerySet":
        """Return the reports that `person` may read: sealed ones, and drafts for those who write them."""
        rows = self.filter(process__is_practice=False)
        sealed = Q(sealed_at__isnull=False)
        if person is None:
            return rows.filter(sealed)
        desk = Participant.objects.in_office(person).values("process")
        return rows.filter(sealed | Q(process__in=desk))


class Report(models.Model):
    """The outcome text of a process."""

    process = models.OneToOneField("processes.Process", on_delete=models.PROTECT, related_name="report")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="report")
    sealed_revision = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="+")
    sealed_at = models.DateTimeField(null=True)
    review_ends_at = models.DateTimeField(null=True)
    final_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sealed_at__isnull=True)
                | (Q(sealed_revision__isnull=False) & Q(review_ends_at__isnull=False)),
                name="sealed_report_has_revision_and_review",
            ),
            models.CheckConstraint(
                condition=Q(final_at__isnull=True) | Q(final_at__gte=models.F("review_ends_at")),
                name="final_only_after_review",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | Q(decided_at__gte=models.F("final_at")),
                name="decided_only_after_final",
            ),
        ]

    def __str__(self) -> str:
        return str(self.document)

    @property
    def sealed_sha256(self) -> str:
        """The SHA-256 of the sealed text, hexadecimal; `-` before it is sealed."""
        return self.sealed_revision.sha256 if self.sealed_revision else "-"

    @property
    def reasons_sha256(self) -> str:
        """The SHA-256 of all answers to the recommendations with their reasons, hexadecimal."""
        told = "\n\n".join(
            f"{row.number}: {row.answer}: {row.reason}" for row in self.decisions.order_by("number")
        )
        return hashlib.sha256(told.encode()).hexdigest()

    def check_unsealed(self) -> None:
        """Raise RuleBroken(report_sealed) when the report is sealed."""
        if self.sealed_at is not None:
            raise RuleBroken(
                _("The report is sealed; its text cannot change any more."), code="report_sealed"
            )

    def check_review_over(self, at: datetime) -> None:
        """Raise RuleBroken(report_not_sealed, review_period_running) unless the review is over at `at` (aware, UTC)."""
        if self.sealed_at is None or self.review_ends_at is None:
            raise RuleBroken(_("There is no sealed report to decide on."), code="report_not_sealed")
        if at < self.review_ends_at:
            raise RuleBroken(
                _("The review period runs until %(end)s. Nobody can decide before.")
                % {"end": moment(self.review_ends_at)},
                code="review_period_running",
            )

    def check_decidable(self, at: datetime) -> None:
        """Raise RuleBroken unless a decision may be taken at `at` (aware, UTC).

        Codes: report_not_sealed, review_period_running, report_not_final, decided_already.
        """
        self.check_review_over(at)
        if self.final_at is None or at < self.final_at:
            raise RuleBroken(
                _("The report is not final yet: the clock makes it final within minutes."),
                code="report_not_final",
            )
        if self.decided_at is not None:
            raise RuleBroken(_("The decision was taken already."), code="decided_already")


class RecommendationAnswer(models.Model):
    """What was decided on one recommendation, with the reason."""

    class Answer(models.TextChoices):
        """The decision on one recommendation."""

        ACCEPTED = "accepted", _("Accepted")
        ACCEPTED_IN_PART = "accepted_in_part", _("Accepted in part")
        NOT_ACCEPTED = "not_accepted", _("Not accepted")
        DO_NOT_PROCEED = "do_not_proceed", _("Do not proceed")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=20, choices=Answer)
    reason = models.TextField()
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="recommendation_answered_once")
        ]
        ordering = ["report", "number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_answer_display()}"


class FollowUp(models.Model):
    """A dated note on what became of the decision."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="follow_ups")
    noted_at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        ordering = ["noted_at"]

    def __str__(self) -> str:
        return f"{self.noted_at:%Y-%m-%d}"

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the note, hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()
