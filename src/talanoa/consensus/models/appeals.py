"""Appeals that a panel decides: what each is against, its arguments, who supports it, how far it has come."""

import hashlib

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talanoa.consensus.models.calls import Call
from talanoa.consensus.models.challenges import Challenge
from talanoa.consensus.models.designations import Designation
from talanoa.consensus.models.objections import Handling
from talanoa.contributions.models import Appeal
from talanoa.kernel.errors import RuleBroken
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process


class About(models.TextChoices):
    """Against what one can appeal to a panel."""

    DESIGNATION = "designation", _("What the chair found on a recommendation")
    FINDING = "finding", _("What the chair found on an objection")
    CHALLENGE = "challenge", _("The answer to a challenge, or that there is none")
    PROCEDURE = "procedure", _("How it was done: a breach of procedure")
    REFUSAL = "refusal", _("That an appeal is not heard")


class PanelAppealQuerySet(models.QuerySet["PanelAppeal"]):
    """Filters on appeals to a panel."""

    def visible_to(self, person: Person | None) -> "PanelAppealQuerySet":
        """Return the appeals that `person` may read: all of processes that they may read."""
        return self.filter(process__in=Process.objects.visible_to(person).values("pk"))

    def waiting(self) -> "PanelAppealQuerySet":
        """Return those that are neither decided nor refused a hearing."""
        rows = self.filter(appeal__decided_at__isnull=True)
        return rows.exclude(refused_at__isnull=False, admitted_at__isnull=True)

    def locked(self, appeal: "PanelAppeal") -> "PanelAppeal":
        """Return `appeal` as it stands now, under the lock of its process."""
        process = Process.objects.select_for_update(no_key=True).get(pk=appeal.process_id)
        rows = self.select_related(
            "appeal__entry", "call__process", "call__draft", "by__person", "refused", "designation"
        )
        found = rows.get(pk=appeal.pk, process=process)
        found.process = process
        return found


class PanelAppeal(models.Model):
    """An Appeal about a consensus call, which a panel decides that is drawn by lot.

    The act that it is against is an entry, named by the Appeal; here stands the row that came of that act. Its number
    counts from 1 in the process. `decided_by` of the Appeal is the member drawn first, who presides: it tells nothing
    of who held what. Source: W3C Process, Council; reference: process, rule 15.
    """

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="panel_appeals")
    number = models.PositiveIntegerField()
    appeal = models.OneToOneField(Appeal, on_delete=models.PROTECT, related_name="panel")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="panel_appeals")
    about = models.CharField(max_length=12, choices=About)
    designation = models.ForeignKey(Designation, on_delete=models.PROTECT, null=True, related_name="appeals")
    handling = models.ForeignKey(Handling, on_delete=models.PROTECT, null=True, related_name="appeals")
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, null=True, related_name="appeals")
    refused = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="appeals")
    by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="panel_appeals")
    name = models.CharField(max_length=300)
    admitted_at = models.DateTimeField(null=True)
    admitted_by = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, related_name="+")
    refused_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, related_name="+")
    refusal = models.TextField(blank=True)
    refusal_entry = models.OneToOneField(
        "record.Entry", on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = PanelAppealQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process", "number"], name="panel_appeal_number_once"),
            models.CheckConstraint(
                condition=Q(refused_at__isnull=True, refused_by__isnull=True)
                | Q(refused_at__isnull=False, refused_by__isnull=False),
                name="panel_appeal_refused_whole",
            ),
        ]
        ordering = ["process", "number"]

    def __str__(self) -> str:
        return f"{self.process.key} appeal {self.number}"

    @property
    def refusal_sha256(self) -> str:
        """The SHA-256 of why it is not heard, hexadecimal."""
        return hashlib.sha256(self.refusal.encode()).hexdigest()

    @property
    def is_refused(self) -> bool:
        """Tell whether it is not heard; a refusal that was overturned is none."""
        return self.refused_at is not None and self.admitted_at is None

    def check_waiting(self) -> None:
        """Raise RuleBroken(appeal_decided) once it is decided, RuleBroken(wrong_state) where it is not heard."""
        if self.appeal.decided_at is not None:
            raise RuleBroken(_("This appeal is decided."), code="appeal_decided")
        if self.is_refused:
            raise RuleBroken(
                _("Appeal %(number)s is not heard; its page says why.") % {"number": self.number},
                code="wrong_state",
            )

    def check_unadmitted(self) -> None:
        """Raise RuleBroken(wrong_state) once it was decided whether it is heard."""
        self.check_waiting()
        if self.admitted_at is not None:
            raise RuleBroken(
                _("Appeal %(number)s is heard already.") % {"number": self.number}, code="wrong_state"
            )

    def check_admitted(self) -> None:
        """Raise RuleBroken(wrong_state) before it was admitted."""
        self.check_waiting()
        if self.admitted_at is None:
            raise RuleBroken(
                _("Say first whether appeal %(number)s is heard.") % {"number": self.number},
                code="wrong_state",
            )


class Argument(models.Model):
    """One argument of an appeal, from 1: the decision gives its reasons for each."""

    MOST = 10
    TEXT_LIMIT = 4_000

    appeal = models.ForeignKey(PanelAppeal, on_delete=models.PROTECT, related_name="arguments")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appeal", "number"], name="argument_number_once")]
        ordering = ["appeal", "number"]

    def __str__(self) -> str:
        return f"{self.appeal} argument {self.number}"


class Supporter(models.Model):
    """Somebody else who took part in the call and stands behind an appeal."""

    appeal = models.ForeignKey(PanelAppeal, on_delete=models.PROTECT, related_name="supporters")
    by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appeal", "by"], name="supporter_once")]
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.name} on {self.appeal}"


def joined(arguments: list[str]) -> str:
    """Return arguments as one text, numbered, as the Appeal holds them."""
    return "\n\n".join(f"{number}. {text}" for number, text in enumerate(arguments, start=1))
