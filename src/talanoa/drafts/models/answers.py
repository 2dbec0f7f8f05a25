"""What becomes of comments and suggestions: dispositions by those who write, needs by those who take part."""

import hashlib

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talanoa.contributions.models import Contribution
from talanoa.documents.models import Revision
from talanoa.drafts.models.remarks import Suggestion
from talanoa.drafts.models.writing import Draft
from talanoa.processes.models import Participant


class Disposition(models.Model):
    """What became of one or several comments, or of a suggestion, and why; public, under the name of who says it.

    `revision` is the one whose change they caused, and `anchor` the paragraph of it, where there was such a change.
    """

    class Status(models.TextChoices):
        """What became of it."""

        ACCEPTED = "accepted", _("Accepted")
        PARTLY_ACCEPTED = "partly_accepted", _("Accepted in part")
        NOT_ACCEPTED = "not_accepted", _("Not accepted")
        NOTED = "noted", _("Noted")

    REASON_LIMIT = 20_000

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="dispositions")
    status = models.CharField(max_length=16, choices=Status)
    reason = models.TextField(_("reason"))
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="+")
    anchor = models.CharField(max_length=12, blank=True)
    author = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    role = models.CharField(max_length=16)
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.draft}: {self.status}"

    @property
    def reason_sha256(self) -> str:
        """The SHA-256 of the reason in UTF-8, hexadecimal."""
        return hashlib.sha256(self.reason.encode()).hexdigest()


class Disposed(models.Model):
    """A disposition reached this comment or suggestion; of several, the newest counts and the others stay."""

    disposition = models.ForeignKey(Disposition, on_delete=models.PROTECT, related_name="reached")
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="dispositions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["disposition", "contribution"], name="disposed_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.disposition} on {self.contribution}"


class Need(models.Model):
    """Somebody who takes part says that a suggestion must, or should, be in the text. What they say next ends it."""

    class Degree(models.TextChoices):
        """How much it is needed."""

        MUST = "must", _("must")
        SHOULD = "should", _("should")

    NEITHER = "neither"
    """The word that takes back what one said."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="needs")
    by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    degree = models.CharField(max_length=8, choices=Degree)
    stated_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion", "by"], condition=Q(ended_at__isnull=True), name="need_once"
            )
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.suggestion}: {self.degree}"
