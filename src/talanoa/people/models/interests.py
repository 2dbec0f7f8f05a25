"""What somebody discloses: statements of interests, and the affiliations and mandates that they name."""

import hashlib
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talanoa.lib.ties import EMPLOYER, FUNDER, MANDATE, MEMBER, Tie, holds
from talanoa.people.models.who import Person

FRESH = timedelta(days=365)
"""For so long a statement holds; then its author is asked to state it again [GNSO SOI: every 12 months]."""


class Standing(models.TextChoices):
    """How somebody stands to the question about their interests."""

    CURRENT = "current", _("Interests stated")
    STALE = "stale", _("Interests stated more than 12 months ago")
    DECLINED = "declined", _("Observer: does not state interests")
    MISSING = "missing", _("No statement of interests yet")


class InterestStatementQuerySet(models.QuerySet["InterestStatement"]):
    """Filters on statements."""

    def visible_to(self, person: Person | None) -> "InterestStatementQuerySet":
        """Return the statements that `person` may list: their own.

        Others read one where it stands beside somebody's words, or beside their role, by the rule of those.
        """
        return self.filter(person=person) if person else self.none()

    def newest(self, person: Person, process_key: str = "") -> "InterestStatement | None":
        """Return the last statement of `person`, in general or for one process."""
        return self.filter(person=person, process_key=process_key).order_by("-pk").first()


class InterestStatement(models.Model):
    """What somebody said of their interests at one time, in general or for one process; it never changes."""

    TEXT_LIMIT = 5000

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="statements")
    process_key = models.CharField(max_length=12, blank=True)
    text = models.TextField(blank=True)
    is_declined = models.BooleanField(default=False)
    is_erased = models.BooleanField(default=False)
    stated_at = models.DateTimeField()

    objects = InterestStatementQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "process_key"], name="statement_by_person")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.stated_at:%Y-%m-%d}"

    @property
    def as_text(self) -> str:
        """All that was said, as lines: the ties first, then the words."""
        lines = [row.tie.as_line() for row in self.affiliations.all()]
        return "\n".join([*lines, *([self.text] if self.text else [])])

    @property
    def text_sha256(self) -> str:
        """The digest of all that was said, which the record commits to."""
        return hashlib.sha256(self.as_text.encode()).hexdigest()

    def standing(self, at: datetime) -> Standing:
        """Return how its author stands at `at` (aware, UTC)."""
        if self.is_declined:
            return Standing.DECLINED
        if self.is_erased:
            return Standing.MISSING
        return Standing.CURRENT if at - self.stated_at <= FRESH else Standing.STALE


class Affiliation(models.Model):
    """A person's tie to an organization, from when to when, in one statement; a mandate is one with evidence."""

    class Kind(models.TextChoices):
        """What the tie is."""

        EMPLOYER = EMPLOYER, _("Employed by")
        FUNDER = FUNDER, _("Funded by")
        MEMBER = MEMBER, _("Member of")
        MANDATE = MANDATE, _("Speaks for")

    statement = models.ForeignKey(InterestStatement, on_delete=models.CASCADE, related_name="affiliations")
    kind = models.CharField(max_length=12, choices=Kind)
    organization = models.CharField(max_length=200)
    since = models.CharField(max_length=10, blank=True)
    until = models.CharField(max_length=10, blank=True)
    evidence = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kind=MANDATE) | ~Q(evidence=""), name="mandate_has_evidence")
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.organization

    @property
    def tie(self) -> Tie:
        """The same as plain data."""
        return Tie(self.kind, self.organization, self.since, self.until, self.evidence)

    def holds_at(self, at: datetime) -> bool:
        """Tell whether it holds on the day of `at` (aware, UTC)."""
        return holds(self.since, self.until, at.date())
