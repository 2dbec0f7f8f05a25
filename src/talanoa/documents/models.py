"""Text that is agreed on: a charter, a draft, a report.

A Document is a title and a chain of Revisions. A Revision is immutable and has a hash; its Paragraphs
carry anchors that stay the same from revision to revision, so that a comment or a link finds its place
again. A recommendation is a numbered paragraph.
"""

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _


class Document(models.Model):
    """A text with a history."""

    class Kind(models.TextChoices):
        """What the text is."""

        CHARTER = "charter", _("Charter")
        DRAFT = "draft", _("Draft")
        REPORT = "report", _("Report")

    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=12, default="en")
    next_anchor = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.title

    def latest(self) -> "Revision | None":
        """Return the newest revision, or None before the first."""
        return self.revisions.order_by("-number").first()


class Revision(models.Model):
    """One immutable state of a document, in Markdown."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    summary = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="revision_number_once")]
        ordering = ["document", "number"]

    def __str__(self) -> str:
        return f"{self.document} r{self.number}"

    @property
    def sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


class Paragraph(models.Model):
    """One block of a revision. `number` is the recommendation's, 0 for other blocks."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="paragraphs")
    anchor = models.CharField(max_length=12)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)
    level = models.PositiveSmallIntegerField(default=0)
    number = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "anchor"], name="anchor_once"),
            models.UniqueConstraint(fields=["revision", "position"], name="position_once"),
        ]
        ordering = ["revision", "position"]

    def __str__(self) -> str:
        return self.anchor
