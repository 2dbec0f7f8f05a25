"""Rounds: from when to when a room votes on statements, and about what."""

import hashlib
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.instants import moment
from talanoa.lib.ballot_lines import reads_as_vote
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process


class RoundQuerySet(models.QuerySet["Round"]):
    """Filters on rounds."""

    def visible_to(self, person: Person | None) -> "RoundQuerySet":
        """Return the rounds that `person` may read: all of processes that they may read."""
        return self.filter(process__in=Process.objects.visible_to(person).values("pk"))

    def locked(self, made: "Round") -> "Round":
        """Return `made` as it stands now with its process, in which nobody else acts until the act ends."""
        process = Process.objects.select_for_update(no_key=True).get(pk=made.process_id)
        # Not in the same query: PostgreSQL would give the round as it stood before the wait for the process.
        found = self.get(pk=made.pk)
        found.process = process
        return found

    def due(self, at: datetime) -> "RoundQuerySet":
        """Return those whose time is over at `at` (aware, UTC) and which are not closed yet."""
        return self.filter(closed_at__isnull=True, closes_at__lte=at)


class Round(models.Model):
    """A question, and the time in which statements about it are proposed and voted on.

    One that began with a conversation from elsewhere says from where, and has the digest of what was imported.
    """

    QUESTION_LIMIT, SOURCE_LIMIT = 2_000, 300

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="statement_rounds")
    number = models.PositiveSmallIntegerField()
    question = models.TextField(_("question"))
    by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=SOURCE_LIMIT, blank=True)
    import_sha256 = models.CharField(max_length=64, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process", "number"], name="statement_round_once"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opened_at")), name="round_has_length"),
            models.UniqueConstraint(
                fields=["process", "import_sha256"],
                condition=~Q(import_sha256=""),
                name="conversation_imported_once",
            ),
        ]
        ordering = ["process", "number"]

    def __str__(self) -> str:
        return f"{self.process.key} round {self.number}"

    @property
    def seed(self) -> str:
        """What everything in it that could be drawn is computed from; public, so that anybody computes the same."""
        return f"{self.process.key}/statements/{self.number}"

    @property
    def question_sha256(self) -> str:
        """The SHA-256 of the question, hexadecimal."""
        return hashlib.sha256(self.question.encode()).hexdigest()

    def is_open(self, at: datetime) -> bool:
        """Tell whether votes are taken at `at` (aware, UTC)."""
        return self.closed_at is None and self.opened_at <= at < self.closes_at

    def check_open(self, at: datetime) -> None:
        """Raise RuleBroken(round_closed) unless votes and statements are taken at `at` (aware, UTC)."""
        if not self.is_open(at):
            raise RuleBroken(
                _("Round %(number)s of statements ended on %(day)s.")
                % {"number": self.number, "day": moment(self.closes_at)},
                code="round_closed",
            )

    def check_closable(self, at: datetime) -> None:
        """Raise RuleBroken unless the round can be closed at `at` (aware, UTC).

        Codes: round_closed (it is already), round_running (its time is not over).
        """
        if self.closed_at is not None:
            raise RuleBroken(
                _("Round %(number)s is closed already.") % {"number": self.number}, code="round_closed"
            )
        if at < self.closes_at:
            raise RuleBroken(
                _("Everybody was told that they can vote until %(day)s; nobody ends it earlier.")
                % {"day": moment(self.closes_at)},
                code="round_running",
            )


def check_no_vote(text: str) -> None:
    """Raise RuleBroken(reads_as_vote) where a mail that quotes `text` could cast a vote which nobody meant."""
    if reads_as_vote(text):
        raise RuleBroken(
            _(
                "A number and “agree”, “disagree” or “pass” side by side would be read as a vote. Say it otherwise."
            ),
            code="reads_as_vote",
        )
