"""The news of the host.

News has a number, and versions that stay: a correction is a new version with its reason, and readers see both. What
else stands about the place lies elsewhere: its charter is that of the process `place`, and the changes of defaults
(processes, DefaultChange) hang on decided processes; the trigger that asks for the decision is set up here, where
reports are known.
"""

import hashlib
from datetime import datetime

from django.db import models
from django.db.models import Q


class NewsVersion(models.Model):
    """What the host says, as it was published or corrected; `correction` says what was wrong before."""

    TITLE_LIMIT = 200
    TEXT_LIMIT = 10_000

    number = models.PositiveIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=TITLE_LIMIT)
    text = models.TextField()
    language = models.CharField(max_length=12, default="en")
    correction = models.CharField(max_length=TITLE_LIMIT, blank=True)
    said_at = models.DateTimeField()

    # When its first version was published; told by the query for lists.
    first_at: datetime

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number", "version"], name="news_version_once"),
            models.CheckConstraint(
                condition=Q(version=1, correction="") | (Q(version__gt=1) & ~Q(correction="")),
                name="correction_has_reason",
            ),
        ]
        ordering = ["number", "version"]

    def __str__(self) -> str:
        return self.title

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()
