"""Versions of courses, their runs, and who learns in them."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken
from talanoa.people.models import Person

ADDRESS = "learn"
"""The name of the address to which learners write."""
LONGEST_PAUSE = 365
MOST_DAYS = 30


class CourseVersion(models.Model):
    """The files of a course at one time, by their paths; `sha256` is over their names and bytes."""

    course = models.CharField(max_length=40)
    version = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, unique=True)
    files = models.JSONField()

    def __str__(self) -> str:
        return f"{self.course} {self.version}"


class RunQuerySet(models.QuerySet["Run"]):
    """Filters on runs."""

    def led_by(self, person: Person | None) -> "RunQuerySet":
        """Return the runs that `person` facilitates."""
        return self.filter(facilitators__person=person) if person else self.none()


class Run(models.Model):
    """One teaching of a course. Without a first day it is self-paced: there is one for each version.

    `code` lets people join a cohort; its lessons come every `every_days` days from `starts_at` on.
    """

    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="runs")
    title = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=12, blank=True)
    starts_at = models.DateTimeField(null=True)
    every_days = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["version"], condition=Q(starts_at__isnull=True), name="one_self_paced_run"
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, code="") | Q(starts_at__isnull=False) & ~Q(code=""),
                name="cohort_has_a_code",
            ),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="code_once"),
        ]

    def __str__(self) -> str:
        return self.title or self.version.title

    @property
    def is_cohort(self) -> bool:
        """Tell whether people learn together, from a first day on."""
        return self.starts_at is not None

    def due_at(self, n: int) -> datetime | None:
        """Return when lesson `n` (from 1) is due (aware, UTC); None where the learner's own pace says it."""
        return self.starts_at + timedelta(days=self.every_days * (n - 1)) if self.starts_at else None

    def check_open(self) -> None:
        """Raise RuleBroken(run_closed) once the run is over."""
        if self.closed_at is not None:
            raise RuleBroken(
                _("This class is over. You may begin the course on your own at any time."),
                code="run_closed",
            )


class Facilitator(models.Model):
    """A person who leads a run: they read and judge what its learners write."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="facilitators")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "person"], name="facilitator_once")]

    def __str__(self) -> str:
        return str(self.person)


class LearnerQuerySet(models.QuerySet["Learner"]):
    """Filters on learners."""

    def visible_to(self, person: Person | None) -> "LearnerQuerySet":
        """Return those whose progress `person` may read: their own, and that of the runs they facilitate."""
        if person is None:
            return self.none()
        return self.filter(Q(person=person) | Q(run__in=Run.objects.led_by(person).values("pk")))

    def learning(self) -> "LearnerQuerySet":
        """Return those who go on: in a run that is not over, and who did not leave it."""
        return self.filter(left_at__isnull=True, run__closed_at__isnull=True)


class Learner(models.Model):
    """A person in a run. `by_mail` says that its lessons come as letters, `paused_until` that they wait.

    `reminded_at` is when we last asked after a lesson that nobody answered; once for each lesson.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="learners")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="learning")
    by_mail = models.BooleanField(default=False)
    enrolled_at = models.DateTimeField()
    paused_until = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    passed_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    entry_index = models.PositiveBigIntegerField(null=True)

    objects = LearnerQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "person"], name="learner_once")]
        ordering = ["-enrolled_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.person}: {self.run}"

    def is_paused(self, at: datetime) -> bool:
        """Tell whether letters wait at `at` (aware, UTC)."""
        return self.paused_until is not None and self.paused_until > at


class LessonLetter(models.Model):
    """A lesson that went to a learner by mail, the first time; `number` is its place in the course, from 1."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="letters")
    lesson = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["learner", "lesson"], name="lesson_sent_once")]
        ordering = ["number"]
