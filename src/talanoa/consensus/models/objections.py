"""The register of objections: each with a reason and what would resolve it, and all that was done about it."""

import hashlib
from datetime import datetime

from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from talanoa.consensus.models.calls import Call
from talanoa.contributions.models import Contribution
from talanoa.documents.models import Revision
from talanoa.kernel.errors import RuleBroken
from talanoa.lib import decision_rules
from talanoa.lib.decision_rules import Raised
from talanoa.people.models import Person
from talanoa.processes.models import Participant


class ObjectionQuerySet(models.QuerySet["Objection"]):
    """Filters on objections."""

    def visible_to(self, person: Person | None) -> "ObjectionQuerySet":
        """Return the objections whose words `person` may read."""
        return self.filter(contribution__in=Contribution.objects.visible_to(person).values("pk"))


class Objection(models.Model):
    """Why somebody cannot live with a text, or with one recommendation of it, and what would resolve it.

    Its number, author and state as something said stand on its Contribution. `state` is what became of it.
    """

    class Kind(models.TextChoices):
        """What it is about."""

        GOAL = "goal", _("What the text wants to achieve")
        EVIDENCE = "evidence", _("What the text rests on")
        INCLUSION = "inclusion", _("Who was heard, or is left out")
        PROCEDURE = "procedure", _("How the text came about")

    class State(models.TextChoices):
        """What became of it (design: glossary, objection)."""

        OPEN = decision_rules.OPEN, _("Open")
        ANSWERED = decision_rules.ANSWERED, _("Answered")
        ACCOMMODATED = decision_rules.ACCOMMODATED, _("Accommodated")
        WITHDRAWN = decision_rules.WITHDRAWN, _("Withdrawn")
        OUTWEIGHED = decision_rules.OUTWEIGHED, _("Outweighed")
        NO_BEARING = decision_rules.NO_BEARING, _("No bearing on the text")
        SET_ASIDE = decision_rules.SET_ASIDE, _("Set aside")
        STANDS = decision_rules.STANDS, _("Stands")

    FIRST_WORDS = 80
    """Characters of the reason that stand for a title."""
    TEXT_LIMIT = 20_000

    contribution = models.OneToOneField(Contribution, on_delete=models.PROTECT, related_name="objection")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="objections")
    recommendation = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.TextField()
    resolves = models.TextField()
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    answer_by = models.DateTimeField()
    reply_by = models.DateTimeField(null=True)
    language = models.CharField(max_length=12, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["contribution__number"]

    def __str__(self) -> str:
        return f"objection {self.contribution.number}"

    @property
    def title(self) -> str:
        """What lists show: the first words of the reason."""
        return Truncator(self.text.lstrip().partition("\n")[0]).chars(self.FIRST_WORDS)

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the reason and, after a blank line, of what would resolve it; hexadecimal."""
        return hashlib.sha256(f"{self.text}\n\n{self.resolves}".encode()).hexdigest()

    @property
    def standing(self) -> "Objection.State":
        """What it counts as: one taken back or erased is withdrawn, one rejected by moderation is set aside."""
        said = Contribution.State
        if self.contribution.state in (said.WITHDRAWN, said.ERASED):
            return self.State.WITHDRAWN
        return self.State.SET_ASIDE if self.contribution.state == said.REJECTED else self.State(self.state)

    def as_raised(self) -> Raised:
        """Return it as the closing tests of the rules see it."""
        return Raised(self.contribution.number, self.recommendation, self.standing, self.reply_by)

    def is_overdue(self, at: datetime) -> bool:
        """Tell whether it should have been answered before `at` (aware, UTC)."""
        return self.standing == self.State.OPEN and at >= self.answer_by

    def check_state(self, *allowed: str) -> None:
        """Raise RuleBroken(wrong_state) unless it stands in one of the `allowed` states."""
        if self.standing not in allowed:
            raise RuleBroken(
                _("Objection %(number)s is: %(state)s. This step is not possible now.")
                % {"number": self.contribution.number, "state": self.standing.label},
                code="wrong_state",
            )


class Handling(models.Model):
    """One thing that was done about an objection, in public and by name: `state` is what it became by it."""

    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="handlings")
    state = models.CharField(max_length=12, choices=Objection.State)
    text = models.TextField()
    alternatives = models.TextField(blank=True)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    role = models.CharField(max_length=16)
    at = models.DateTimeField()
    entry = models.OneToOneField("record.Entry", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.objection}: {self.state}"

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the words and, after a blank line, of the alternatives that were weighed; hexadecimal."""
        whole = f"{self.text}\n\n{self.alternatives}" if self.alternatives else self.text
        return hashlib.sha256(whole.encode()).hexdigest()

    def empty(self) -> None:
        """Destroy the words, as part of the erasure of the objection."""
        self.name, self.text, self.alternatives = "", "", ""
        self.save(update_fields=["name", "text", "alternatives"])


def unresolved() -> RuleBroken:
    """Return what is said to whoever objects without saying what would resolve it (rule: resolution_missing)."""
    return RuleBroken(
        _(
            "Whoever objects says why, and what would resolve it: what would have to change for you to live with it?"
        ),
        code="resolution_missing",
    )
