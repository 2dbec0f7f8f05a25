"""Themes that group contributions, responses to them, and what their authors said to these."""

import hashlib

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from talanoa.contributions.models.register import Contribution
from talanoa.kernel.errors import RuleBroken
from talanoa.people.models import Person
from talanoa.processes.models import Participant


class Theme(models.Model):
    """A label that groups contributions. `summary` says what they say in common: the reason for one answer."""

    process = models.ForeignKey("processes.Process", on_delete=models.PROTECT, related_name="themes")
    slug = models.SlugField(max_length=40)
    label = models.CharField(_("theme"), max_length=120)
    summary = models.TextField(_("what these inputs say"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "slug"], name="theme_once")]
        ordering = ["process", "label"]

    def __str__(self) -> str:
        return self.label


class Filing(models.Model):
    """A contribution stands under a theme."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="filings")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="filings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contribution", "theme"], name="filing_once")]

    def __str__(self) -> str:
        return f"{self.contribution} under {self.theme}"


class Handling(models.Model):
    """The desk's own notes on a contribution: never shown outside it."""

    contribution = models.OneToOneField(Contribution, on_delete=models.PROTECT, related_name="handling")
    assignee = models.ForeignKey(
        Participant, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.TextField(_("private note"), blank=True)

    def __str__(self) -> str:
        return f"handling of {self.contribution}"


STATUS_MEANINGS = {
    "accepted": _("The report takes this up."),
    "partly_accepted": _("The report takes up a part of this; the reason says which part, and why not all."),
    "not_accepted": _("The report does not take this up; the reason says why."),
    "noted": _("This was read and stands on the record; it asks for no change."),
    "out_of_scope": _("This is not for this process; the answer says where it can go."),
}
"""What the status of an answer tells everybody, one sentence each."""


class ResponseQuerySet(models.QuerySet["Response"]):
    """Filters on responses."""

    def visible_to(self, person: Person | None) -> "ResponseQuerySet":
        """Return the approved ones that `person` may read: to a theme, or to a contribution that they may read."""
        readable = Contribution.objects.visible_to(person).values("pk")
        reached = Answer.objects.filter(response=OuterRef("pk"), contribution__in=readable)
        return self.filter(Q(theme__isnull=False) | Exists(reached), approved_at__isnull=False)


class Response(models.Model):
    """A reasoned answer. A draft until approved; then public, told to each author, and never changed."""

    class Status(models.TextChoices):
        """What became of the inputs, in words that everybody understands."""

        ACCEPTED = "accepted", _("Accepted")
        PARTLY_ACCEPTED = "partly_accepted", _("Partly accepted")
        NOT_ACCEPTED = "not_accepted", _("Not accepted")
        NOTED = "noted", _("Noted")
        OUT_OF_SCOPE = "out_of_scope", _("Out of scope")

    process = models.ForeignKey("processes.Process", on_delete=models.PROTECT, related_name="responses")
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="responses"
    )
    status = models.CharField(_("status"), max_length=20, choices=Status)
    text = models.TextField(_("answer with its reason"))
    change = models.TextField(_("what changes because of it"), blank=True)
    where = models.CharField(_("where"), max_length=200, blank=True)
    together = models.CharField(_("why one answer serves all of them"), max_length=300, blank=True)
    drafted_by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["process", "drafted_at", "pk"]

    def __str__(self) -> str:
        return self.get_status_display()

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of status, answer, change and place, hexadecimal: what the record commits to."""
        told = f"{self.status}\n\n{self.text}\n\n{self.change}\n\n{self.where}"
        return hashlib.sha256(told.encode()).hexdigest()

    def check_reasoned(self) -> None:
        """Raise RuleBroken(reason_missing, place_missing) unless it says why, and where to go when out of scope."""
        if not self.text.strip():
            raise RuleBroken(_("An answer needs its reason."), code="reason_missing")
        if self.status == self.Status.OUT_OF_SCOPE and not self.where.strip():
            raise RuleBroken(_("When something is out of scope, say where it can go."), code="place_missing")


class Answer(models.Model):
    """A response, as it reached one contribution."""

    class Reception(models.TextChoices):
        """What its author said to it."""

        SILENT = "silent", _("no reply")
        ACKNOWLEDGED = "acknowledged", _("acknowledged by its author")
        DISPUTED = "disputed", _("disputed by its author")

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="answers")
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="answers")
    reception = models.CharField(max_length=12, choices=Reception, default=Reception.SILENT)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contribution", "response"], name="answer_once")]
        ordering = ["contribution", "pk"]

    def __str__(self) -> str:
        return f"{self.response} to {self.contribution}"


class DisputeQuerySet(models.QuerySet["Dispute"]):
    """Filters on disputes."""

    def visible_to(self, person: Person | None) -> "DisputeQuerySet":
        """Return the disputes that `person` may read: those of readable contributions."""
        return self.filter(answer__contribution__in=Contribution.objects.visible_to(person).values("pk"))


class Dispute(models.Model):
    """The author's statement that a summary or an answer misreads them [ATRT2 7.2], and what was replied."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="disputes")
    text = models.TextField()
    raised_at = models.DateTimeField()
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        ordering = ["raised_at"]

    def __str__(self) -> str:
        return f"dispute of {self.answer}"

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the author's words, hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def reply_sha256(self) -> str:
        """The SHA-256 of the reply, hexadecimal."""
        return hashlib.sha256(self.reply.encode()).hexdigest()
