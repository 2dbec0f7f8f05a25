"""Whether a call for input that is over has heard those whom its charter wants in the room."""

import hashlib
from typing import Any

from django.db import models

from talanoa.people.models import Person
from talanoa.processes.models.process import Stage


class FloorFinding(models.Model):
    """What was found when a call was over: which floors were missed, and the public reason to close all the same.

    `gaps` are `[code, floor, spoke]`, one for each group or region below its floor; empty once all are reached.
    """

    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="findings")
    gaps: Any = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    found_at = models.DateTimeField()
    explained_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.stage}: {len(self.gaps)}"

    @property
    def reason_sha256(self) -> str:
        """The digest of the reason, which the record commits to."""
        return hashlib.sha256(self.reason.encode()).hexdigest()

    @property
    def lets_close(self) -> bool:
        """Tell whether the call may close: each floor is reached, or somebody said in public why not."""
        return not self.gaps or self.explained_at is not None
