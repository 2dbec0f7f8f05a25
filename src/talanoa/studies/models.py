"""What was measured and handed out: audits of processes, studies, data sets.

A Publication keeps the pack that anybody can take away and verify. Its name is the beginning of the hash of the pack's
manifest, so a citation names the very bytes. Withdrawn, its files go; its name, title and reason stay.
"""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talanoa.kernel.errors import RuleBroken
from talanoa.people.models import Person

NAME_LENGTH = 16
"""Hexadecimal digits of the manifest's hash that name a publication."""


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Filters on publications."""

    def visible_to(self, _person: Person | None) -> "PublicationQuerySet":
        """Return those that somebody may read: everybody all of them."""
        return self

    def standing(self) -> "PublicationQuerySet":
        """Return those that were not withdrawn."""
        return self.filter(withdrawn_at=None)


class Publication(models.Model):
    """A pack that was published. `words` is what its study says of itself, `results` what was measured, by input."""

    class Kind(models.TextChoices):
        """What it is."""

        AUDIT = "audit", _("Audit")
        STUDY = "study", _("Study")
        DATASET = "dataset", _("Data set")

    TITLE_LIMIT, REASON_LIMIT = 300, 1000

    name = models.CharField(max_length=NAME_LENGTH, unique=True)
    kind = models.CharField(max_length=8, choices=Kind)
    process = models.ForeignKey("processes.Process", on_delete=models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=TITLE_LIMIT)
    words: Any = models.JSONField(default=dict)
    results: Any = models.JSONField(default=dict)
    manifest_sha256 = models.CharField(max_length=64)
    pack = models.BinaryField()
    entry = models.OneToOneField("record.Entry", on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=REASON_LIMIT, blank=True)
    replaced_by = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaces")

    objects = PublicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(reason=""), name="withdrawal_has_reason"
            ),
        ]
        ordering = ["-published_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def check_standing(self) -> None:
        """Raise RuleBroken(publication_withdrawn) where it was withdrawn before."""
        if self.withdrawn_at is not None:
            raise RuleBroken(_("This publication was withdrawn already."), code="publication_withdrawn")
