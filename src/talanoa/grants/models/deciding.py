"""What the panel recommends on an application, and what is decided after the days of the hold."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talanoa.grants.models.applications import Applicant, Application
from talanoa.grants.models.calls import sha256_of
from talanoa.grants.models.reviewing import owed_by
from talanoa.kernel.errors import RuleBroken
from talanoa.people.models import Person
from talanoa.processes.models import Participant


class VerdictQuerySet(models.QuerySet["Verdict"]):
    """Filters on recommendations and decisions."""

    def visible_to(self, person: Person | None) -> "VerdictQuerySet":
        """Return those that `person` may read: of what they judge all, of what they applied with the decisions.

        Who owes a review of it reads none before: after an appeal an earlier one would lead them.
        """
        if person is None:
            return self.none()
        own = Applicant.objects.standing().filter(person=person).values("application")
        judged = Application.objects.judged_by(person).values("pk")
        is_decision = Q(step=Verdict.Step.DECISION)
        panel = Q(application__in=judged) & ~Q(application__in=owed_by(person))
        return self.filter(Q(application__in=own) & is_decision | panel)


class Verdict(models.Model):
    """A recommendation or a decision, with its reasons; none is ever changed, and the newest of each step counts."""

    class Step(models.TextChoices):
        """Which of the two it is."""

        RECOMMENDATION = "recommendation", _("Recommendation")
        DECISION = "decision", _("Decision")

    class Outcome(models.TextChoices):
        """What becomes of the application."""

        FUNDED = "funded", _("Funded")
        RESERVE = "reserve", _("On the reserve list")
        DECLINED = "declined", _("Declined")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="verdicts")
    step = models.CharField(max_length=16, choices=Step)
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    amount = models.PositiveIntegerField(default=0)
    reasons = models.TextField()
    by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    # Until when it is held; of a decision, until when it can be appealed.
    until = models.DateTimeField()
    entry = models.OneToOneField("record.Entry", on_delete=models.PROTECT, null=True)

    objects = VerdictQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "step", "number"], name="verdict_number_once"),
            models.CheckConstraint(
                condition=Q(outcome="declined", amount=0) | ~Q(outcome="declined") & Q(amount__gt=0),
                name="verdict_amount_unless_declined",
            ),
        ]
        ordering = ["application", "pk"]

    def __str__(self) -> str:
        return f"{self.step} {self.number} on {self.application}"

    @property
    def told(self) -> str:
        """What it says, as the record commits to it: outcome and amount in one line."""
        return f"{self.outcome} {self.amount}"

    @property
    def reasons_sha256(self) -> str:
        """The SHA-256 of the reasons, hexadecimal."""
        return sha256_of(self.reasons)

    def check_held(self, at: datetime) -> None:
        """Raise RuleBroken(award_held) before the days of the hold are over at `at` (aware, UTC)."""
        if at < self.until:
            raise RuleBroken(
                _("The recommendation is held until %(until)s UTC. Nobody decides before.")
                % {"until": f"{self.until:%Y-%m-%d %H:%M}"},
                code="award_held",
            )
