"""Results: what the votes of a round said at one time, and the table that anybody can compute it from again."""

import hashlib

from django.db import models
from django.db.models import Q

from talanoa.statements.models.rounds import Round


class Result(models.Model):
    """The numbers of a round as canonical JSON, computed from `table`: votes without names, and their groups.

    While the round runs there is one that the clock renews; the one of the closed round is final and never changes.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="results")
    is_final = models.BooleanField()
    counted_at = models.DateTimeField()
    n_voters = models.PositiveIntegerField()
    body = models.TextField()
    table = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round"], condition=Q(is_final=True), name="final_result_once"),
            models.UniqueConstraint(
                fields=["round"], condition=Q(is_final=False), name="running_result_once"
            ),
        ]

    def __str__(self) -> str:
        return f"result of {self.round}"

    @property
    def body_sha256(self) -> str:
        """The SHA-256 of the numbers in UTF-8, hexadecimal."""
        return hashlib.sha256(self.body.encode()).hexdigest()

    @property
    def table_sha256(self) -> str:
        """The SHA-256 of the table in UTF-8, hexadecimal."""
        return hashlib.sha256(self.table.encode()).hexdigest()
