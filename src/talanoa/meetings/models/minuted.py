"""What is written down of a meeting: who said what, what its speakers say of it, and what it decided."""

import hashlib
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talanoa.discussions.models import Message
from talanoa.kernel.errors import RuleBroken
from talanoa.meetings.models.announced import Meeting
from talanoa.people.models import Person
from talanoa.processes.models import Participant


class MinutesQuerySet(models.QuerySet["Minutes"]):
    """Filters on minutes."""

    def visible_to(self, person: Person | None) -> "MinutesQuerySet":
        """Return those of meetings that `person` may read."""
        return self.filter(meeting__in=Meeting.objects.visible_to(person).values("pk"))


class Minutes(models.Model):
    """The minutes of a meeting, published once.

    Speakers have until `reply_by` to confirm or correct their lines. `opening` is the message in which the decisions
    are put to the room, and `speak_until` the end of the time in which anybody may speak against them there.
    """

    REPLY = timedelta(days=7)
    MOST_LINES, MOST_DECISIONS = 500, 30

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes")
    by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    published_at = models.DateTimeField()
    reply_by = models.DateTimeField()
    opening = models.OneToOneField(Message, on_delete=models.PROTECT, null=True, related_name="+")
    speak_until = models.DateTimeField(null=True)

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "minutes"

    def __str__(self) -> str:
        return f"minutes of {self.meeting}"

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of all that was written down in UTF-8, hexadecimal: `name: words`, then the decisions."""
        lines = [f"{line.name}: {line.text}" for line in self.lines.order_by("number")]
        decisions = list(self.decisions.order_by("number").values_list("text", flat=True))
        return hashlib.sha256("\n".join([*lines, *decisions]).encode()).hexdigest()

    def check_reply(self, at: datetime) -> None:
        """Raise RuleBroken(reply_over) where the days of the speakers have passed at `at` (aware, UTC)."""
        if at >= self.reply_by:
            raise RuleBroken(
                _("The %(days)s days in which speakers confirm or correct their lines have passed.")
                % {"days": self.REPLY.days},
                code="reply_over",
            )


class SpokenLineQuerySet(models.QuerySet["SpokenLine"]):
    """Filters on lines of minutes."""

    def visible_to(self, person: Person | None) -> "SpokenLineQuerySet":
        """Return those of meetings that `person` may read, save what was erased."""
        return self.filter(ground="", minutes__in=Minutes.objects.visible_to(person).values("pk"))

    def waiting(self) -> "SpokenLineQuerySet":
        """Return those whose speaker was asked and has not answered."""
        return self.filter(state=SpokenLine.State.ASKED, ground="")


class SpokenLine(models.Model):
    """What the minutes say that somebody said; they never change, save by erasure."""

    class State(models.TextChoices):
        """What its speaker says of it."""

        UNASKED = "unasked", _("Not confirmed: its speaker could not be asked")
        ASKED = "asked", _("Its speaker has not replied")
        CONFIRMED = "confirmed", _("Confirmed by its speaker")
        CORRECTED = "corrected", _("Corrected by its speaker")

    NAME_LIMIT, TEXT_LIMIT = 200, 4_000

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField()
    speaker = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=NAME_LIMIT)
    text = models.TextField()
    state = models.CharField(max_length=12, choices=State)
    ground = models.CharField(max_length=40, blank=True)

    objects = SpokenLineQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["minutes", "number"], name="minutes_line_once")]
        ordering = ["minutes", "number"]

    def __str__(self) -> str:
        return f"line {self.number} of {self.minutes}"

    def check_there(self) -> None:
        """Raise RuleBroken(wrong_state) where its words were erased."""
        if self.ground:
            raise RuleBroken(_("The words of this line are erased."), code="wrong_state")


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Filters on corrections."""

    def visible_to(self, person: Person | None) -> "CorrectionQuerySet":
        """Return those of lines that `person` may read."""
        return self.filter(line__in=SpokenLine.objects.visible_to(person).values("pk"))


class Correction(models.Model):
    """What a speaker says they said: it stands beside the line, never in its place."""

    MOST = 5
    """Corrections of one line; each stays."""

    line = models.ForeignKey(SpokenLine, on_delete=models.PROTECT, related_name="corrections")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    made_at = models.DateTimeField()

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "number"], name="minutes_correction_once")]
        ordering = ["line", "number"]

    def __str__(self) -> str:
        return f"correction {self.number} of {self.line}"

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the words in UTF-8, hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


class MeetingDecisionQuerySet(models.QuerySet["MeetingDecision"]):
    """Filters on what meetings decided."""

    def visible_to(self, person: Person | None) -> "MeetingDecisionQuerySet":
        """Return those of meetings that `person` may read."""
        return self.filter(minutes__in=Minutes.objects.visible_to(person).values("pk"))


class MeetingDecision(models.Model):
    """What a meeting decided, and whether the room confirmed it in its thread; an empty finding is: not yet."""

    class Finding(models.TextChoices):
        """What the chair states."""

        CONFIRMED = "confirmed", _("Confirmed")
        NOT_CONFIRMED = "not_confirmed", _("Not confirmed")

    TEXT_LIMIT, REASON_LIMIT = 2_000, 4_000

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    finding = models.CharField(max_length=16, choices=Finding, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=300, blank=True)
    stated_at = models.DateTimeField(null=True)

    objects = MeetingDecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="meeting_decision_once"),
            models.CheckConstraint(
                condition=Q(finding="") | ~Q(reason=""), name="meeting_decision_states_why"
            ),
        ]
        ordering = ["minutes", "number"]

    def __str__(self) -> str:
        return f"decision {self.number} of {self.minutes.meeting}"

    @property
    def standing(self) -> str:
        """What pages and letters say of it."""
        return self.get_finding_display() if self.finding else str(_("Not confirmed yet"))

    @property
    def reason_sha256(self) -> str:
        """The SHA-256 of the reasons in UTF-8, hexadecimal."""
        return hashlib.sha256(self.reason.encode()).hexdigest()

    def check_stateable(self, at: datetime) -> None:
        """Raise RuleBroken: decision_stated; confirmation_running while the room has its time at `at` (aware, UTC).

        Source: RFC 2418, section 3.2: what a session decides is reviewed on the mailing list.
        """
        if self.finding:
            raise RuleBroken(_("The chair has stated this already."), code="decision_stated")
        until = self.minutes.speak_until
        if until is None or at < until:
            raise RuleBroken(
                _("Until %(until)s UTC anybody may speak against it in its thread. State it afterwards.")
                % {"until": f"{until:%Y-%m-%d %H:%M}" if until else "-"},
                code="confirmation_running",
            )
