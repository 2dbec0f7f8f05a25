"""What a process found out about those who may work on its question already.

Relation and action are those of the project's process reference, section 5. Judgements are never changed: the newest
one of a body counts. A body that is near is written to and has time to answer, 14 days by default; then silence is an
answer.
"""

import hashlib
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from talanoa.kernel.errors import RuleBroken
from talanoa.people.models import Person
from talanoa.registry.models.listing import Body


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class Relation(models.TextChoices):
    """How the work of a body stands to what is proposed."""

    NONE = "none", _("No relation: it works on something else")
    BACKGROUND = "background", _("Background: what it does is worth knowing")
    ADJACENT = "adjacent", _("Adjacent: it works beside this question")
    PARTIAL = "partial", _("Partial: it works on a part of this question")
    SAME = "same", _("The same: it works on this very question")


NEAR = frozenset({Relation.ADJACENT, Relation.PARTIAL, Relation.SAME})
"""Relations in which the body is written to before a charter is published."""


class Action(models.TextChoices):
    """What follows for the process."""

    PROCEED = "proceed", _("Proceed as proposed")
    NARROW = "narrow", _("Narrow the scope")
    JOINT = "joint", _("Do it together")
    FEED = "feed", _("Feed into their work")
    REFER = "refer", _("Refer it there, and stop")
    OBSERVE = "observe", _("Observe their work")


class OverlapSearch(models.Model):
    """Who was found for the charter of a process: bodies with score and parts, and with which registry.

    `own` are processes of this place that are over and came close; nobody needs to be asked about them.
    """

    process_key = models.CharField(max_length=12, db_index=True)
    searched_at = models.DateTimeField()
    candidates = models.JSONField(default=list)
    own = models.JSONField(default=list)
    registry_sha256 = models.CharField(max_length=64, blank=True)


class Judgement(models.Model):
    """What somebody of the desk makes of one body. The newest one counts; older ones stay."""

    TEXT_LIMIT = 4000

    process_key = models.CharField(max_length=12, db_index=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="judgements")
    relation = models.CharField(max_length=12, choices=Relation)
    action = models.CharField(max_length=12, choices=Action)
    reason = models.TextField()
    judged_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    @property
    def reason_sha256(self) -> str:
        """The SHA-256 of the reason in UTF-8, hexadecimal."""
        return _sha256(self.reason)


class Liaison(models.Model):
    """A letter to a body about a process, and what it answered. `is_mailed` is false where it has only a page."""

    number = models.PositiveIntegerField(unique=True)
    process_key = models.CharField(max_length=12, db_index=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="liaisons")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    is_mailed = models.BooleanField()
    text = models.TextField()
    sent_at = models.DateTimeField()
    reply_due_at = models.DateTimeField()
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the letter in UTF-8, hexadecimal."""
        return _sha256(self.text)

    @property
    def reply_sha256(self) -> str:
        """The SHA-256 of the answer in UTF-8, hexadecimal."""
        return _sha256(self.reply)

    def is_over(self, at: datetime) -> bool:
        """Tell whether the body answered, or its time has passed at `at` (aware, UTC)."""
        return self.replied_at is not None or at >= self.reply_due_at

    def check_unanswered(self) -> None:
        """Raise RuleBroken(liaison_answered) where the body answered already."""
        if self.replied_at is not None:
            raise RuleBroken(_("This letter has its answer already."), code="liaison_answered")


class Clearance(models.Model):
    """What lets a process go on that does the same as a body: its consent, or an override for a public reason.

    `person` is who recorded it and `role` the role in which they did; it is never changed.
    """

    class Ground(models.TextChoices):
        """On what it rests."""

        CONSENT = "consent", _("The body consents: its answer says so")
        OVERRIDE = "override", _("Override: it goes on without its consent")

    process_key = models.CharField(max_length=12, db_index=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="clearances")
    ground = models.CharField(max_length=10, choices=Ground)
    reason = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=16)
    cleared_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    @property
    def reason_sha256(self) -> str:
        """The SHA-256 of the reason in UTF-8, hexadecimal."""
        return _sha256(self.reason)


class Missed(models.Model):
    """Somebody says that a process overlooked a body or a process; by default the answer is due within 10 days."""

    process_key = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    text = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    dedup_key = models.CharField(max_length=64, unique=True)
    raised_at = models.DateTimeField()
    answer_due_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process_key", "number"], name="missed_number_once")]
        ordering = ["process_key", "number"]

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, hexadecimal."""
        return _sha256(self.text)

    @property
    def answer_sha256(self) -> str:
        """The SHA-256 of the answer in UTF-8, hexadecimal."""
        return _sha256(self.answer)

    def is_overdue(self, at: datetime) -> bool:
        """Tell whether its time has passed at `at` (aware, UTC) without an answer."""
        return self.answered_at is None and at >= self.answer_due_at

    def check_unanswered(self) -> None:
        """Raise RuleBroken(missed_answered) where it has its answer already."""
        if self.answered_at is not None:
            raise RuleBroken(_("This has its answer already."), code="missed_answered")
