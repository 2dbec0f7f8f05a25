"""Consensus calls: the chair's question about one revision, the positions that people take, the chair's estimates."""

import hashlib
from datetime import datetime

from django.db import models
from django.db.models import F, Max
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from talanoa.documents.models import Revision
from talanoa.drafts.models import Draft
from talanoa.drafts.queries import is_newest
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.instants import moment
from talanoa.lib.decision_rules import Level, Rule, rules
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process


class CallQuerySet(models.QuerySet["Call"]):
    """Filters on calls."""

    def visible_to(self, person: Person | None) -> "CallQuerySet":
        """Return the calls that `person` may read: all of processes that they may read."""
        return self.filter(process__in=Process.objects.visible_to(person).values("pk"))


class Call(models.Model):
    """A question about one revision of a draft, open for positions from one time to another.

    It is bound to the text: once a newer revision is published, nothing can be found on this one any more.
    `because` says what is new, where the same text was called before. `declaration` is what the chair declared.
    """

    QUESTION_LIMIT = 2_000
    TEXT_LIMIT = 20_000
    DECLARATION_LIMIT = 200_000

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="calls")
    number = models.PositiveSmallIntegerField()
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="calls")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    question = models.TextField()
    because = models.TextField(blank=True)
    rule = models.CharField(max_length=40)
    by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    declaration = models.TextField(blank=True)
    declared_at = models.DateTimeField(null=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process", "number"], name="call_number_once"),
            models.CheckConstraint(condition=models.Q(closes_at__gt=F("opened_at")), name="call_has_length"),
        ]
        ordering = ["process", "number"]

    def __str__(self) -> str:
        return f"{self.process.key} call {self.number}"

    @property
    def decision_rule(self) -> Rule:
        """The version of the rule that the charter named when the call was opened."""
        return rules()[self.rule]

    @cached_property
    def recommendations(self) -> tuple[int, ...]:
        """The numbers that are found on one by one; 0, the whole text, where the revision numbers none."""
        rows = self.revision.paragraphs.filter(kind="recommendation").order_by("number")
        return tuple(rows.values_list("number", flat=True)) or (0,)

    @property
    def question_sha256(self) -> str:
        """The SHA-256 of the question and, after a blank line, of why the same text is called again; hexadecimal."""
        whole = f"{self.question}\n\n{self.because}" if self.because else self.question
        return hashlib.sha256(whole.encode()).hexdigest()

    @property
    def declaration_sha256(self) -> str:
        """The SHA-256 of the declaration, hexadecimal."""
        return hashlib.sha256(self.declaration.encode()).hexdigest()

    def is_stale(self) -> bool:
        """Tell whether the text has changed since: then the call, and what was found in it, holds no longer."""
        return not is_newest(self.revision)

    def takes_positions(self, at: datetime) -> bool:
        """Tell whether positions can be taken at `at` (aware, UTC), the text being unchanged."""
        return self.declared_at is None and self.opened_at <= at < self.closes_at

    def check_recommendation(self, number: int) -> None:
        """Raise RuleBroken(recommendation_unknown) unless the text has this recommendation; 0 is the whole text."""
        if number and number not in self.recommendations:
            raise RuleBroken(
                _("Recommendation %(wrong)s is not in this text, which has: %(numbers)s.")
                % {"wrong": number, "numbers": ", ".join(str(n) for n in self.recommendations if n) or "-"},
                code="recommendation_unknown",
            )

    def check_level(self, code: str) -> Level:
        """Return a level of the call's rule. Raises RuleBroken(designation_level_unknown) where its scale lacks it."""
        level = self.decision_rule.level(code)
        if level is None:
            raise RuleBroken(
                _("The levels of this rule are: %(names)s.")
                % {"names": ", ".join(one.code for one in self.decision_rule.levels)},
                code="designation_level_unknown",
            )
        return level

    def check_current(self) -> None:
        """Raise RuleBroken(revision_changed) where a newer revision of the text was published."""
        if self.is_stale():
            raise RuleBroken(
                _(
                    "The text was changed after call %(number)s was opened: nothing can be found on the old one. A new"
                    " call asks about the new text."
                )
                % {"number": self.number},
                code="revision_changed",
            )

    def check_undeclared(self) -> None:
        """Raise RuleBroken(call_declared) once the chair has declared what was found."""
        if self.declared_at is not None:
            raise RuleBroken(
                _("What call %(number)s found was declared on %(day)s. It can be challenged.")
                % {"number": self.number, "day": moment(self.declared_at)},
                code="call_declared",
            )

    def check_takes_positions(self, at: datetime) -> None:
        """Raise RuleBroken unless positions can be taken at `at` (aware, UTC).

        Codes: call_declared, revision_changed, call_over.
        """
        self.check_undeclared()
        self.check_current()
        if not self.takes_positions(at):
            raise RuleBroken(
                _("Positions in call %(number)s were taken until %(day)s.")
                % {"number": self.number, "day": moment(self.closes_at)},
                code="call_over",
            )


class Option(models.TextChoices):
    """What somebody can say to the question (design: glossary, position)."""

    SUPPORT = "support", _("I support it")
    LIVE_WITH = "live_with", _("I can live with it")
    CONCERN = "concern", _("I have a concern, and do not stand in the way")
    OBJECTION = "objection", _("I object")
    NOT_MY_FIELD = "not_my_field", _("It is not my field")
    ABSTAIN = "abstain", _("I abstain")


class PositionQuerySet(models.QuerySet["Position"]):
    """Filters on positions."""

    def visible_to(self, person: Person | None) -> "PositionQuerySet":
        """Return the positions that `person` may read: all of calls that they may read."""
        return self.filter(call__in=Call.objects.visible_to(person).values("pk"))

    def newest(self) -> "PositionQuerySet":
        """Return what each one said last on each recommendation."""
        last = self.order_by().values("call", "participant", "recommendation").annotate(last=Max("pk"))
        return self.filter(pk__in=last.values("last"))


class Position(models.Model):
    """What somebody said to the question, on one recommendation or, with 0, on the whole text. The last one counts.

    An objection has its reason in the register of objections, under its number.
    """

    REASON_LIMIT = 4_000

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="positions")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="positions")
    name = models.CharField(max_length=300)
    group = models.CharField(max_length=24)
    recommendation = models.PositiveSmallIntegerField(default=0)
    option = models.CharField(max_length=16, choices=Option)
    reason = models.TextField(blank=True)
    stated_at = models.DateTimeField()

    objects = PositionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["call", "participant", "recommendation"], name="position_by_person")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.call}: {self.option}"

    @property
    def reason_sha256(self) -> str:
        """The SHA-256 of the reason, hexadecimal."""
        return hashlib.sha256(self.reason.encode()).hexdigest()


class Estimate(models.Model):
    """What the chair thinks after a round of discussion, for everybody to answer: not yet a finding.

    `levels` maps the number of a recommendation, as text, to a level of the rule.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="estimates")
    round = models.PositiveSmallIntegerField()
    levels = models.JSONField()
    text = models.TextField()
    name = models.CharField(max_length=300)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "round"], name="estimate_round_once")]
        ordering = ["call", "round"]

    def __str__(self) -> str:
        return f"{self.call} estimate {self.round}"

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the text, hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()
