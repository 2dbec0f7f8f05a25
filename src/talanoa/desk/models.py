"""The issue desk.

Anyone brings an Issue; its Bringer freezes who that was, as declared then. It has a number and 14 days. An Answer says
what follows, with a reason in public: convene a process, refer it to a body, offer expertise, or decline. A Referral is
the letter to the body and what it wrote back. The one who brought it may put a Reply beside the answer; the desk may
answer once more, and the newest answer counts while older ones stay. Nothing is deleted; content can be erased.
"""

import hashlib
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talanoa.contributions.models import UNSURE, Assurance, Contribution, ShownAuthor
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import clean_text
from talanoa.people.models import Group, Person
from talanoa.processes.models import Process
from talanoa.registry.models import Body

ADDRESS = "issues"
"""The name of the address to which issues are mailed, and what is said about them."""
ANSWER_DAYS = 14
"""Days that the desk has for an answer (reference: deliberation, section 4, pattern 7)."""
TEXT_LIMIT = 4000


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def kept(text: str) -> str:
    """Return words of somebody as they are kept. Raises RuleBroken: text_empty, text_too_long."""
    try:
        said = clean_text(text.strip(), TEXT_LIMIT)
    except ValueError as long:
        raise RuleBroken(
            _("Please keep it under %(limit)s characters.") % {"limit": TEXT_LIMIT}, code="text_too_long"
        ) from long
    if not said:
        raise RuleBroken(_("Say it in a sentence at least."), code="text_empty")
    return said


class Desk(models.Model):
    """The one row that says which number was given last."""

    last_issue = models.PositiveIntegerField(default=0)


class IssueQuerySet(models.QuerySet["Issue"]):
    """Filters on issues; `visible_to` is the one rule of what may be read."""

    def visible_to(self, person: Person | None) -> "IssueQuerySet":
        """Return the issues whose words `person` may read.

        Everybody reads what its sender confirmed and allowed to be shown; who brought one reads their own; the desk
        reads all, save what was erased.
        """
        public = Q(state=Issue.State.OPEN) & ~Q(publication=Contribution.Publication.PRIVATE)
        rows = self.exclude(state=Issue.State.ERASED)
        if person is None:
            return rows.filter(public)
        if person.may_convene and person.may_use_office:
            return rows
        return rows.filter(public | Q(person=person))

    def waiting(self) -> "IssueQuerySet":
        """Return those that must be answered and are not."""
        return self.filter(state=Issue.State.OPEN, answers__isnull=True)

    def locked(self, issue: "Issue") -> "Issue":
        """Return `issue` as it stands now; nobody else changes it until the act ends."""
        return self.select_for_update(of=("self",), no_key=True).select_related("person").get(pk=issue.pk)


class Issue(models.Model):
    """Something that somebody wants to see worked on."""

    class State(models.TextChoices):
        """Whether it counts."""

        UNCONFIRMED = "unconfirmed", _("Waiting for its sender to confirm")
        OPEN = "open", _("Confirmed")
        ERASED = "erased", _("Content erased")

    number = models.PositiveIntegerField(unique=True)
    title = models.CharField(max_length=200)
    text = models.TextField()
    state = models.CharField(max_length=12, choices=State)
    ground = models.CharField(max_length=40, blank=True)
    publication = models.CharField(max_length=12, choices=Contribution.Publication)
    channel = models.CharField(max_length=8)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="issues")
    dedup_key = models.CharField(max_length=64, unique=True)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    entry = models.OneToOneField("record.Entry", on_delete=models.PROTECT, null=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"issue {self.number}"

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, hexadecimal."""
        return _sha256(self.text)

    @property
    def due(self) -> str:
        """When its answer is due, as entries and tables write it."""
        return f"{self.due_at:%Y-%m-%dT%H:%MZ}"

    @property
    def is_public(self) -> bool:
        """Tell whether everybody may read its words."""
        return self.state == self.State.OPEN and self.publication != Contribution.Publication.PRIVATE

    @property
    def newest_answer(self) -> "Answer | None":
        """The answer that counts, if there is one."""
        return max(self.answers.all(), key=lambda answer: answer.number, default=None)

    def is_overdue(self, at: datetime) -> bool:
        """Tell whether its days have passed at `at` (aware, UTC) without an answer."""
        return self.state == self.State.OPEN and at >= self.due_at and self.newest_answer is None

    def check_state(self, *allowed: str) -> None:
        """Raise RuleBroken(issue_state) unless it stands in one of the `allowed` states."""
        if self.state not in allowed:
            raise RuleBroken(
                _("Issue %(number)s is: %(state)s. This step is not possible now.")
                % {"number": self.number, "state": self.get_state_display()},
                code="issue_state",
            )

    def check_unanswered(self) -> None:
        """Raise RuleBroken(issue_answered) where it has an answer: another one supersedes that in public."""
        if self.newest_answer is not None:
            raise RuleBroken(
                _("This issue has its answer already. To answer it once more, reconsider it."),
                code="issue_answered",
            )

    def check_answered(self) -> "Answer":
        """Return the answer that counts. Raises RuleBroken(issue_unanswered) where there is none."""
        found = self.newest_answer
        if found is None:
            raise RuleBroken(_("This issue has no answer yet."), code="issue_unanswered")
        return found


class BringerQuerySet(models.QuerySet["Bringer"]):
    """Filters on who brought issues."""

    def visible_to(self, person: Person | None) -> "BringerQuerySet":
        """Return those whose name `person` may read: of readable issues, shown with the name; their own; the desk's."""
        rows = self.filter(issue__in=Issue.objects.visible_to(person))
        named = Q(issue__publication=Contribution.Publication.NAMED)
        if person is None:
            return rows.filter(named)
        if person.may_convene and person.may_use_office:
            return rows
        return rows.filter(named | Q(issue__person=person))


class Bringer(models.Model):
    """Who brought an issue, for whom, as declared then; changed by erasure and by their own confirmation only."""

    issue = models.OneToOneField(Issue, on_delete=models.PROTECT, related_name="bringer")
    name = models.CharField(max_length=300)
    organization = models.CharField(max_length=300, blank=True)
    group = models.CharField(max_length=24, choices=Group)
    country = models.CharField(max_length=40, blank=True)
    assurance = models.CharField(max_length=12, choices=Assurance)

    objects = BringerQuerySet.as_manager()

    def shown(self) -> ShownAuthor:
        """Return what everybody may know of who brought it."""
        if self.issue.publication == Contribution.Publication.NAMED:
            return ShownAuthor(self.name, self.organization, self.group, self.country)
        return ShownAuthor("", "", self.group, self.country)

    def confirm(self) -> None:
        """Note that the sender confirmed it, where that was not sure before; saves nothing."""
        if self.assurance in UNSURE:
            self.assurance = Assurance.CONFIRMED


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Filters on answers."""

    def visible_to(self, person: Person | None) -> "AnswerQuerySet":
        """Return those whose reason `person` may read: of readable issues. What follows is public of all."""
        return self.filter(issue__in=Issue.objects.visible_to(person))


class Answer(models.Model):
    """What follows from an issue, and why. The one with the highest number counts; none is ever changed."""

    class Outcome(models.TextChoices):
        """What follows (glossary: issue desk)."""

        CONVENE = "convene", _("Convene: a process is opened for it")
        REFER = "refer", _("Refer: another body works on it")
        EXPERTISE = "expertise", _("Offer expertise")
        DECLINE = "decline", _("Decline")

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="answers")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=12, choices=Outcome)
    reason = models.TextField()
    process = models.ForeignKey(Process, on_delete=models.PROTECT, null=True, related_name="issue_answers")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="issue_answers")
    answered_at = models.DateTimeField()

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issue", "number"], name="issue_answer_number_once"),
            models.CheckConstraint(
                condition=Q(outcome="convene", process__isnull=False)
                | ~Q(outcome="convene") & Q(process__isnull=True),
                name="convening_names_a_process",
            ),
            models.CheckConstraint(
                condition=Q(outcome="refer", body__isnull=False) | ~Q(outcome="refer") & Q(body__isnull=True),
                name="referring_names_a_body",
            ),
        ]
        ordering = ["issue", "number"]

    def __str__(self) -> str:
        return f"answer {self.number} to {self.issue}"

    @property
    def reason_sha256(self) -> str:
        """The SHA-256 of the reason in UTF-8, hexadecimal."""
        return _sha256(self.reason)


class SaidToAnswerQuerySet(models.QuerySet[Any]):
    """Filters on what is said to an answer."""

    def visible_to(self, person: Person | None) -> "SaidToAnswerQuerySet":
        """Return what `person` may read: of readable issues."""
        return self.filter(answer__issue__in=Issue.objects.visible_to(person))


class Referral(models.Model):
    """The letter to the body that an issue is referred to, and what it wrote back.

    `person` is who reads its address; None where the registry knows no address, and nobody could be written to.
    """

    answer = models.OneToOneField(Answer, on_delete=models.PROTECT, related_name="referral")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)

    objects = SaidToAnswerQuerySet.as_manager()

    @property
    def reply_sha256(self) -> str:
        """The SHA-256 of what the body wrote back, in UTF-8, hexadecimal."""
        return _sha256(self.reply)

    def check_unheard(self) -> None:
        """Raise RuleBroken(body_heard) where the body wrote back already."""
        if self.replied_at is not None:
            raise RuleBroken(_("What the body wrote back stands here already."), code="body_heard")


class Reply(models.Model):
    """What the one who brought an issue says to an answer; it stands beside it."""

    answer = models.OneToOneField(Answer, on_delete=models.PROTECT, related_name="author_reply")
    text = models.TextField()
    replied_at = models.DateTimeField()

    objects = SaidToAnswerQuerySet.as_manager()

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, hexadecimal."""
        return _sha256(self.text)
