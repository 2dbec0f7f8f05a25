"""Awards: what was agreed on with whom, its milestones, what is reported of each, how far each payment is.

The platform moves no money: of a payment it keeps the state that the office of the call tells, with a reference.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from talanoa.grants.models.applications import JUDGES, Applicant, Application, sha256_of
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.agreements import Agreement, Due, as_lines
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process

AWARDS = "awards"
"""The name of the address to which those who have an award write."""


class AwardQuerySet(models.QuerySet["Award"]):
    """Filters on awards; `visible_to` is the one rule of what may be read, counted or added up."""

    def visible_to(self, person: Person | None) -> "AwardQuerySet":
        """Return the awards that `person` may know of: all that were accepted are public, save what hangs on them."""
        public = Q(pk__in=self.model.objects.public().values("pk"))
        return self.filter(public | Q(pk__in=self.model.objects.whole_for(person).values("pk")))

    def public(self) -> "AwardQuerySet":
        """Return those that everybody may know of: accepted once, under a call that everybody may read."""
        processes = Process.objects.visible_to(None)
        return self.filter(accepted_at__isnull=False, application__call__process__in=processes)

    def whole_for(self, person: Person | None) -> "AwardQuerySet":
        """Return those of which `person` may read everything: conditions, reports, references of payments.

        Who has the award, and those with an office in the process or its sponsor, none with a conflict of interest.
        """
        if person is None:
            return self.none()
        own = Q(application__in=Applicant.objects.standing().filter(person=person).values("application"))
        if not person.may_use_office:
            return self.filter(own)
        seats = Participant.objects.filter(person=person, roles__role__in=JUDGES)
        judged = Application.objects.judged_by(person).filter(call__process__in=seats.values("process"))
        return self.filter(own | Q(application__in=judged.values("pk")))

    def locked(self, award: "Award") -> "Award":
        """Return `award` as it stands now; nobody else changes it until the act ends.

        Its application is read after the wait: in one query PostgreSQL gives it as it stood before.
        """
        return self.select_for_update(no_key=True).get(pk=award.pk)


class Award(models.Model):
    """The award of an application: what is agreed on. It is public from the day on which it is accepted.

    An offer that is changed is withdrawn, and the new one gets another number: what was offered stays as it was.
    """

    class State(models.TextChoices):
        """Where an award stands (reference: research, section 6)."""

        OFFERED = "offered", _("Offered")
        ACTIVE = "active", _("Active")
        COMPLETE = "complete", _("Complete")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    number = models.PositiveIntegerField(unique=True)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="awards")
    state = models.CharField(max_length=10, choices=State, default=State.OFFERED)
    starts_on = models.DateField()
    ends_on = models.DateField()
    budget = models.JSONField()  # amount by the line of the budget
    shares = models.JSONField()  # amount by the place of the funder in the call, from 1, as text
    conditions = models.TextField(blank=True)
    offered_by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # Why it was withdrawn, and whether who had it gave it up; read by those concerned.
    reason = models.TextField(blank=True)
    is_given_up = models.BooleanField(default=False)
    # Who approved it as ethical, under which reference; or why nobody had to.
    ethics_body = models.CharField(max_length=200, blank=True)
    ethics_reference = models.CharField(max_length=200, blank=True)
    ethics_on = models.DateField(null=True)
    ethics_reason = models.TextField(blank=True)
    # Where and when the plan of the study was registered before its data were seen.
    registry = models.CharField(max_length=200, blank=True)
    registered_as = models.CharField(max_length=200, blank=True)
    registered_on = models.DateField(null=True)
    entry = models.OneToOneField("record.Entry", on_delete=models.PROTECT, null=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=~Q(state="withdrawn"), name="award_standing_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("active", "complete")) | Q(accepted_at__isnull=False),
                name="award_active_once_accepted",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("withdrawn", "complete")) | Q(ended_at__isnull=False),
                name="award_ended_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="award_ends_after_its_start"
            ),
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"award {self.number}"

    @property
    def total(self) -> int:
        """What is awarded in all, in whole units of the currency of the call."""
        return sum(int(amount) for amount in self.budget.values())

    @property
    def spent(self) -> int:
        """What was instructed or paid of it."""
        return sum(self.milestones.spent().values_list("amount", flat=True))

    @property
    def paid(self) -> int:
        """What was paid of it, as the office tells."""
        rows = self.milestones.filter(payment=Milestone.Payment.PAID)
        return sum(rows.values_list("amount", flat=True))

    @property
    def promised(self) -> int:
        """What the funders stand by: all of it; of one that was withdrawn what was instructed or paid before."""
        return self.spent if self.state == self.State.WITHDRAWN else self.total

    @property
    def by_funder(self) -> Mapping[int, int]:
        """The share of each funder, by its place in the call, from 1."""
        return {int(place): int(amount) for place, amount in self.shares.items()}

    @property
    def lead(self) -> Applicant:
        """Who leads the application, and speaks for the award."""
        return self.application.applicants.select_related("person").get(number=1)

    @property
    def agreement(self) -> Agreement:
        """The agreement as plain data."""
        rows = self.milestones.order_by("number")
        dues = tuple(Due(row.due_on, row.amount, row.title, row.in_advance) for row in rows)
        return Agreement(self.starts_on, self.ends_on, self.budget, self.by_funder, dues, self.conditions)

    @property
    def terms_sha256(self) -> str:
        """The SHA-256 of the agreement as lines, hexadecimal."""
        return sha256_of(as_lines(self.agreement))

    @property
    def reason_sha256(self) -> str:
        """The SHA-256 of why it was withdrawn, hexadecimal."""
        return sha256_of(self.reason)

    @property
    def has_ethics(self) -> bool:
        """Tell whether it was said who approved it, or why nobody had to."""
        return bool(self.ethics_body or self.ethics_reason)

    def check_state(self, *allowed: str) -> None:
        """Raise RuleBroken(award_state) unless it stands in one of the `allowed` states."""
        if self.state not in allowed:
            raise RuleBroken(
                _("This award stands at: %(state)s. This step is not possible now.")
                % {"state": self.get_state_display()},
                code="award_state",
            )

    def check_ethics(self) -> None:
        """Raise RuleBroken(ethics_missing) before it was said who approved it, or why nobody had to."""
        if not self.has_ethics:
            raise RuleBroken(
                _("First those who have the award say who approved it as ethical, or why nobody has to."),
                code="ethics_missing",
            )


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    """Filters on milestones."""

    def spent(self) -> "MilestoneQuerySet":
        """Return those whose payment was instructed or made."""
        return self.filter(payment__in=(Milestone.Payment.INSTRUCTED, Milestone.Payment.PAID))


class Milestone(models.Model):
    """A day by which something is done and reported, and the payment that hangs on it."""

    class Payment(models.TextChoices):
        """How far a payment is, as the office tells; nothing here moves money."""

        PLANNED = "planned", _("Planned")
        INSTRUCTED = "instructed", _("Instructed")
        PAID = "paid", _("Paid")

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="milestones")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    due_on = models.DateField()
    amount = models.PositiveIntegerField()
    in_advance = models.BooleanField(default=False)
    payment = models.CharField(max_length=10, choices=Payment, default=Payment.PLANNED)
    reference = models.CharField(max_length=200, blank=True)
    paid_at = models.DateTimeField(null=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["award", "number"], name="milestone_number_once")]
        ordering = ["award", "number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def is_done(self) -> bool:
        """Tell whether a report of it was accepted."""
        return self.reports.filter(outcome=AwardReport.Outcome.ACCEPTED).exists()

    @property
    def is_open(self) -> bool:
        """Tell whether a report of it is to come: none is accepted, and none waits to be read."""
        return not self.reports.exclude(outcome=AwardReport.Outcome.RETURNED).exists()

    def is_overdue(self, at: datetime) -> bool:
        """Tell whether its day is over at `at` (aware, UTC) and a report of it is to come."""
        return at.date() > self.due_on and self.is_open


class AwardReportQuerySet(models.QuerySet["AwardReport"]):
    """Filters on reports."""

    def visible_to(self, person: Person | None) -> "AwardReportQuerySet":
        """Return those of awards of which `person` may read everything."""
        return self.filter(milestone__award__in=Award.objects.whole_for(person).values("pk"))


class AwardReport(models.Model):
    """What is reported of a milestone, with a file; accepted, or sent back with reasons for another one."""

    class Outcome(models.TextChoices):
        """What the office of the call made of it."""

        WAITING = "waiting", _("Received")
        ACCEPTED = "accepted", _("Accepted")
        RETURNED = "returned", _("Sent back")

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    # A file as it came, the text that was taken out of it, and whom its properties name.
    filename = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    data = models.BinaryField(default=b"")
    filetext = models.TextField(blank=True)
    telling = models.JSONField(default=list)
    received_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    reasons = models.TextField(blank=True)
    judged_by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+", null=True)
    judged_at = models.DateTimeField(null=True)

    objects = AwardReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["milestone", "number"], name="award_report_number_once"),
            models.CheckConstraint(
                condition=Q(outcome="waiting", judged_at__isnull=True)
                | ~Q(outcome="waiting") & Q(judged_at__isnull=False),
                name="award_report_judged_once",
            ),
        ]
        ordering = ["milestone", "number"]

    def __str__(self) -> str:
        return f"report {self.number} of {self.milestone}"

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the words, hexadecimal."""
        return sha256_of(self.text)

    @property
    def file_sha256(self) -> str:
        """The SHA-256 of the file, hexadecimal."""
        return hashlib.sha256(bytes(self.data)).hexdigest()

    @property
    def reasons_sha256(self) -> str:
        """The SHA-256 of the reasons, hexadecimal."""
        return sha256_of(self.reasons)
