"""Evidence: a result of voting on statements that a chair lays beside a call; it informs, and writes nothing there."""

from django.db import models

from talanoa.consensus.models.calls import Call
from talanoa.statements.models import Round


class Evidence(models.Model):
    """The result of a closed round as the chair chose it: by its digest anybody tells that it is the same."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="evidence")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    result_sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=300)
    attached_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "round"], name="evidence_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.call}: {self.round}"
