"""The call for applications: read from one file, held for comments before it opens, then open until its last day."""

import hashlib
from datetime import UTC, date, datetime, time, timedelta

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from talanoa.kernel.errors import RuleBroken
from talanoa.lib.calls import CallText, Round, read
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process

ADDRESS = "grants"
"""The name of the address to which applications and reviews are mailed."""


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


class Office(models.Model):
    """The one row that says which numbers were given last."""

    last_application = models.PositiveIntegerField(default=0)
    last_award = models.PositiveIntegerField(default=0)


class ResearchCallQuerySet(models.QuerySet["ResearchCall"]):
    """Filters on calls."""

    def visible_to(self, person: Person | None) -> "ResearchCallQuerySet":
        """Return the calls that `person` may read: those of processes that they may read."""
        return self.filter(process__in=Process.objects.visible_to(person))

    def due(self, at: datetime) -> "ResearchCallQuerySet":
        """Return those that the clock opens or closes at `at` (aware, UTC)."""
        opening = Q(state=ResearchCall.State.HELD, opens_on__lte=at.date())
        closing = Q(state=ResearchCall.State.OPEN, closes_on__lt=at.date())
        return self.filter(opening | closing).order_by("pk")

    def locked(self, call: "ResearchCall") -> "ResearchCall":
        """Return `call` as it stands now; nobody else changes it until the act ends.

        Its process is read after the wait: in one query PostgreSQL gives it as it stood before.
        """
        return self.select_for_update(no_key=True).get(pk=call.pk)


class ResearchCall(models.Model):
    """A call of a process; `text` is its file, whose newest form counts. `thread` is where people comment on it."""

    class State(models.TextChoices):
        """Where a call stands."""

        HELD = "held", _("Held for comments")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        CANCELED = "canceled", _("Canceled")

    key = models.SlugField(max_length=40, unique=True)
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="research_calls")
    title = models.CharField(max_length=200)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.HELD)
    version = models.PositiveSmallIntegerField(default=1)
    reason = models.TextField(blank=True)
    opens_on = models.DateField()
    closes_on = models.DateField(null=True)
    thread = models.PositiveIntegerField()
    made_by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    current_round = models.PositiveSmallIntegerField(default=1)

    objects = ResearchCallQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    @cached_property
    def facts(self) -> CallText:
        """The call as data."""
        return read(f"{self.key}.yaml", self.text)

    @property
    def round(self) -> Round:
        """The round of reviews that runs."""
        return self.facts.rounds[self.current_round - 1]

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the file of the call, hexadecimal."""
        return self.facts.sha256

    def check_state(self, *allowed: str) -> None:
        """Raise RuleBroken(grant_call_state) unless it stands in one of the `allowed` states."""
        if self.state not in allowed:
            raise RuleBroken(
                _("The call “%(title)s” stands at: %(state)s. This step is not possible now.")
                % {"title": self.title, "state": self.get_state_display()},
                code="grant_call_state",
            )

    def check_takes_applications(self, at: datetime) -> None:
        """Raise RuleBroken(grant_call_closed) unless it is open on the day of `at` (aware, UTC)."""
        is_over = self.closes_on is not None and at.date() > self.closes_on
        if self.state != self.State.OPEN or is_over:
            raise RuleBroken(
                _("The call “%(title)s” takes no applications now.") % {"title": self.title},
                code="grant_call_closed",
            )


def first_moment(day: date) -> datetime:
    """Return the first instant of a day, UTC."""
    return datetime.combine(day, time.min, tzinfo=UTC)


def check_comment_time(facts: CallText, at: datetime) -> None:
    """Raise RuleBroken(comment_too_short) where a call of `at` (aware, UTC) would open before its comments."""
    earliest = at + timedelta(days=facts.comment_days)
    if first_moment(facts.opens) < earliest:
        raise RuleBroken(
            _("Everybody can comment for %(days)s days first: let it open on %(day)s or later.")
            % {"days": facts.comment_days, "day": f"{earliest + timedelta(days=1):%Y-%m-%d}"},
            code="comment_too_short",
        )
