"""A meeting as it is announced, changed or canceled, and who was there by group."""

import hashlib
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from talanoa.kernel.errors import RuleBroken
from talanoa.people.models import Group, Person
from talanoa.processes.models import Participant, Process


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Filters on meetings; `visible_to` is the one rule of what may be read of them and of their minutes."""

    def visible_to(self, person: Person | None) -> "MeetingQuerySet":
        """Return the meetings that `person` may read: those of processes that they may read."""
        return self.filter(process__in=Process.objects.visible_to(person).values("pk"))

    def locked(self, meeting: "Meeting") -> "Meeting":
        """Return `meeting` as it stands now; nobody else changes it until the act ends.

        Its process is read after the wait: in one query PostgreSQL gives it as it stood before.
        """
        return self.select_for_update(no_key=True).get(pk=meeting.pk)


class Meeting(models.Model):
    """One meeting; `number` counts from 1 in its process. A canceled one keeps its page."""

    REASON_LIMIT = 1_000

    process = models.ForeignKey("processes.Process", on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField()
    canceled_at = models.DateTimeField(null=True)
    cancel_reason = models.TextField(blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "number"], name="meeting_once")]
        ordering = ["process", "number"]

    def __str__(self) -> str:
        return f"meeting {self.number}"

    @property
    def current(self) -> "MeetingVersion":
        """What is announced of it now: its newest version."""
        return self.versions.all()[0]

    @property
    def sequence(self) -> int:
        """How often it was changed, a cancellation included (RFC 5545, section 3.8.7.4)."""
        return self.current.version - 1 + (self.canceled_at is not None)

    @property
    def reason_sha256(self) -> str:
        """The SHA-256 of why it was canceled, in UTF-8, hexadecimal."""
        return hashlib.sha256(self.cancel_reason.encode()).hexdigest()

    def has_begun(self, at: datetime) -> bool:
        """Tell whether its time has come at `at` (aware, UTC)."""
        return at >= self.current.starts_at

    def check_stands(self) -> None:
        """Raise RuleBroken(meeting_canceled) where it was canceled."""
        if self.canceled_at is not None:
            raise RuleBroken(_("This meeting was canceled."), code="meeting_canceled")

    def check_to_come(self, at: datetime) -> None:
        """Raise RuleBroken: meeting_canceled; meeting_begun where its time has come at `at` (aware, UTC)."""
        self.check_stands()
        if self.has_begun(at):
            raise RuleBroken(
                _("The time of this meeting has come: it is neither changed nor canceled any more."),
                code="meeting_begun",
            )

    def check_begun(self, at: datetime) -> None:
        """Raise RuleBroken: meeting_canceled; meeting_to_come before its time has come at `at` (aware, UTC)."""
        self.check_stands()
        if not self.has_begun(at):
            raise RuleBroken(_("This meeting has not begun yet."), code="meeting_to_come")


class MeetingVersionQuerySet(models.QuerySet["MeetingVersion"]):
    """Filters on what was announced."""

    def visible_to(self, person: Person | None) -> "MeetingVersionQuerySet":
        """Return those of meetings that `person` may read."""
        return self.filter(meeting__in=Meeting.objects.visible_to(person).values("pk"))


class MeetingVersion(models.Model):
    """What was announced of a meeting at one time; it never changes.

    `zone` is the one in which its time was given, `name` how whoever announced it was called then.
    """

    TITLE_LIMIT, PLACE_LIMIT, AGENDA_LIMIT = 200, 500, 6_000
    SHORTEST, LONGEST = 5, 1_440
    """Minutes that a meeting may be planned for."""
    NOTICE = timedelta(hours=24)
    """So long before it begins a meeting is announced, or a reason is given."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=TITLE_LIMIT)
    starts_at = models.DateTimeField()
    length_minutes = models.PositiveSmallIntegerField()
    zone = models.CharField(max_length=40)
    place = models.CharField(max_length=PLACE_LIMIT)
    agenda = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    made_at = models.DateTimeField()

    objects = MeetingVersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "version"], name="meeting_version_once")]
        ordering = ["meeting", "-version"]

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at(self) -> datetime:
        """When it is planned to end (aware, UTC)."""
        return self.starts_at + timedelta(minutes=self.length_minutes)

    @property
    def words_sha256(self) -> str:
        """The SHA-256 of place, agenda and reason, a blank line between them, in UTF-8, hexadecimal."""
        whole = f"{self.place}\n\n{self.agenda}\n\n{self.reason}"
        return hashlib.sha256(whole.encode()).hexdigest()


class Attendance(models.Model):
    """Who was at a meeting, counted by group; a correction is the next version, and none changes."""

    MOST = 100_000

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    version = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "version"], name="attendance_version_once")]
        ordering = ["meeting", "-version"]

    def __str__(self) -> str:
        return f"attendance {self.version} of {self.meeting}"


class AttendanceCount(models.Model):
    """How many of one group were there. Counts below five leave the database by no way."""

    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="counts")
    group = models.CharField(max_length=24, choices=Group)
    people = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attendance", "group"], name="attendance_group_once")]

    def __str__(self) -> str:
        return self.group
