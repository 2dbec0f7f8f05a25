"""How a call reaches people elsewhere.

A FollowedList is a mailing list of others that a mailbox of ours is subscribed to. An Announcement is a call to take
part, in public and by mail; it never changes. A Seed is an announcement seen on such a list: what answers it there is
meant for the process.
"""

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from talanoa.kernel.errors import RuleBroken
from talanoa.processes.models.process import Process


class FollowedListQuerySet(models.QuerySet["FollowedList"]):
    """Filters on followed lists."""

    def followed(self) -> "FollowedListQuerySet":
        """Return those that are followed now."""
        return self.filter(until=None)


class FollowedList(models.Model):
    """A list that a process follows; `until` is when it stopped.

    `post` is the address that takes mail for it, `archive` the address of its web archive; either may be empty.
    """

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="lists")
    list_id = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    post = models.EmailField(blank=True)
    archive = models.CharField(max_length=400, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = FollowedListQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "list_id"], name="list_once")]
        ordering = ["process", "list_id"]
        indexes = [models.Index(fields=["list_id"], name="list_by_id")]

    def __str__(self) -> str:
        return self.name

    def check_followed(self) -> None:
        """Raise RuleBroken(list_unknown) unless the list is followed now."""
        if self.until is not None:
            raise RuleBroken(
                _("This process does not follow the list %(list)s.") % {"list": self.list_id},
                code="list_unknown",
            )


class Announcement(models.Model):
    """A call to take part; `number` counts from 1 in its process. `lists` are the identifiers of where it was sent."""

    TITLE_LIMIT = 200
    TEXT_LIMIT = 4_000

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="announcements")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=TITLE_LIMIT)
    text = models.TextField()
    language = models.CharField(max_length=12, default="en")
    lists = models.JSONField(default=list)
    by = models.ForeignKey("processes.Participant", on_delete=models.PROTECT, related_name="announcements")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "number"], name="announcement_once")]
        ordering = ["process", "number"]

    def __str__(self) -> str:
        return self.title

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


class Seed(models.Model):
    """An announcement that somebody sent to a list which is followed, by the Message-ID it has there."""

    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="seeds")
    list = models.ForeignKey(FollowedList, on_delete=models.PROTECT, related_name="seeds")
    message_id = models.CharField(max_length=400)
    permalink = models.CharField(max_length=500, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "message_id"], name="seed_once")]
        ordering = ["seen_at", "pk"]

    def __str__(self) -> str:
        return f"{self.announcement} on {self.list}"
