"""Drafts and who wrote their revisions."""

from django.db import models

from talanoa.documents.models import Document, Revision
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process


class DraftQuerySet(models.QuerySet["Draft"]):
    """Filters on drafts."""

    def visible_to(self, person: Person | None) -> "DraftQuerySet":
        """Return the drafts that `person` may read: all of processes that they may read."""
        return self.filter(process__in=Process.objects.visible_to(person).values("pk"))


class Draft(models.Model):
    """A text that a process writes together."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="drafts")
    number = models.PositiveSmallIntegerField()
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="draft")
    created_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "number"], name="draft_number_once")]
        ordering = ["process", "number"]

    def __str__(self) -> str:
        return f"{self.process.key} draft {self.number}"


class Drafting(models.Model):
    """Who wrote one revision of a draft; `name` is how they were called then."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="draftings")
    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="drafting")
    author = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)

    class Meta:
        ordering = ["draft", "revision__number"]

    def __str__(self) -> str:
        return f"{self.draft} r{self.revision.number}"
