"""How the consensus calls of a process ended: by whom, and why a text was left without an outcome."""

import hashlib

from django.db import models

from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process


class EndingQuerySet(models.QuerySet["Ending"]):
    """Filters on endings."""

    def visible_to(self, person: Person | None) -> "EndingQuerySet":
        """Return the endings that `person` may read: all of processes that they may read."""
        return self.filter(process__in=Process.objects.visible_to(person).values("pk"))


class Ending(models.Model):
    """The end of the consensus calls of a process. `because` says in public why a draft has no outcome.

    It never changes.
    """

    TEXT_LIMIT = 4_000

    process = models.OneToOneField(Process, on_delete=models.PROTECT, related_name="consensus_ending")
    because = models.TextField(blank=True)
    by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    ended_at = models.DateTimeField()

    objects = EndingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.process.key}: consensus calls ended"

    @property
    def because_sha256(self) -> str:
        """The SHA-256 of the reason, hexadecimal."""
        return hashlib.sha256(self.because.encode()).hexdigest()
