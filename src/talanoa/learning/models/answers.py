"""What learners answered, what was found in it, and the practice rooms they played."""

from django.db import models

from talanoa.learning.models.runs import Learner
from talanoa.people.models import Person


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Filters on answers."""

    def visible_to(self, person: Person | None) -> "AnswerQuerySet":
        """Return the answers that `person` may read: their own, and those of the runs they facilitate."""
        return self.filter(learner__in=Learner.objects.visible_to(person).values("pk"))


class Answer(models.Model):
    """An answer to one item, as lib.items has it. Without a `score` it waits for a judge.

    `sha256` is over the item as it was; `most` are its points at most.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="answers")
    lesson = models.CharField(max_length=40)
    item = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    answer = models.JSONField()
    score = models.PositiveSmallIntegerField(null=True)
    most = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=8)
    at = models.DateTimeField()

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["learner", "lesson", "item"], name="answers_of_learner")]


class Judgment(models.Model):
    """The levels that a judge gave an answer, by the criteria of its rubric, with a sentence.

    `told_at` is when its author was told of a facilitator's.
    """

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="judgments")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    is_own = models.BooleanField()
    levels = models.JSONField()
    comment = models.TextField(blank=True)
    score = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=8)
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]


class RoomDone(models.Model):
    """A practice room of a scenario that a person played to the end of its debrief; `room` is its key."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    scenario = models.CharField(max_length=40)
    room = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "room"], name="room_done_once")]
