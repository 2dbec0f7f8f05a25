"""The one register of what people said in a process.

A Contribution has the number, the receipt's entry, the channel, the state and what its author allows to be
shown; its Authorship freezes who spoke, for whom, and how sure we are. Themes group contributions. A
Response is a reasoned answer, usually to a theme; an Answer ties it to one contribution, whose author may
acknowledge or dispute it. Nothing here is ever deleted.
"""

import hashlib
from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talanoa.kernel.errors import RuleBroken
from talanoa.lib.regions import region_of
from talanoa.people.models import Group, Person
from talanoa.processes.models import Participant


class Assurance(models.TextChoices):
    """How sure we are that the named author acted (design: mail, grades; stored with the act, not the user)."""

    PROVEN = "proven", _("Address confirmed")
    PROBABLE = "probable", _("Sender not confirmed; their mail system vouches for them")
    CLAIMED = "claimed", _("Address not confirmed")
    CONFIRMED = "confirmed", _("Confirmed by its sender afterwards")
    ENTERED = "entered", _("Entered by the secretariat")
    IMPORTED = "imported", _("Imported from an earlier consultation")


UNSURE = (Assurance.CLAIMED, Assurance.PROBABLE)
"""The grades of acts whose sender may still confirm them."""


class ContributionQuerySet(models.QuerySet["Contribution"]):
    """Filters on contributions; `visible_to` is the one rule of what may be read."""

    def visible_to(self, person: Person | None) -> "ContributionQuerySet":
        """Return the contributions whose content `person` may read.

        Everybody reads what is published with its author's consent; authors read their own; convenor,
        secretariat and chair read those of their process, save what was erased.
        """
        shown = Q(state=Contribution.State.PUBLISHED) | Q(state=Contribution.State.SUPERSEDED, reason="")
        public = shown & ~Q(publication=Contribution.Publication.PRIVATE)
        rows = self.exclude(state=Contribution.State.ERASED)
        if person is None:
            return rows.filter(public)
        desk = Participant.objects.in_office(person).values("process")
        return rows.filter(public | Q(person=person) | Q(process__in=desk))

    def counted(self) -> "ContributionQuerySet":
        """Return those that must be answered before a report is sealed."""
        return self.filter(state__in=Contribution.COUNTED_STATES)


class Contribution(models.Model):
    """One numbered thing that somebody put on the record of a process."""

    class State(models.TextChoices):
        """Where it stands."""

        UNCONFIRMED = "unconfirmed", _("Waiting for its sender to confirm")
        PUBLISHED = "published", _("Published")
        WITHHELD = "withheld", _("Withheld")
        SUPERSEDED = "superseded", _("Replaced by a newer one")
        WITHDRAWN = "withdrawn", _("Withdrawn by its author")
        ERASED = "erased", _("Content erased")

    class Publication(models.TextChoices):
        """What the author allows to be shown."""

        NAMED = "named", _("with my name")
        GROUP_ONLY = "group_only", _("without my name: only my stakeholder group and country")
        PRIVATE = "private", _("not at all: only the secretariat and the chair read it")

    COUNTED_STATES = (State.PUBLISHED, State.WITHHELD, State.UNCONFIRMED)

    process = models.ForeignKey("processes.Process", on_delete=models.PROTECT, related_name="contributions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    channel = models.CharField(max_length=12)
    state = models.CharField(max_length=12, choices=State)
    reason = models.CharField(max_length=40, blank=True)
    publication = models.CharField(max_length=12, choices=Publication, default=Publication.NAMED)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contributions")
    entered_by = models.ForeignKey(
        Participant, on_delete=models.PROTECT, null=True, blank=True, related_name="entered"
    )
    received_at = models.DateTimeField()
    dedup_key = models.CharField(max_length=64)
    entry = models.OneToOneField("record.Entry", on_delete=models.PROTECT, null=True)
    replaced_by = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaces")
    themes = models.ManyToManyField(
        "contributions.Theme", through="contributions.Filing", related_name="contributions"
    )

    objects = ContributionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process", "number"], name="contribution_number_once"),
            models.UniqueConstraint(fields=["process", "dedup_key"], name="contribution_received_once"),
        ]
        indexes = [models.Index(fields=["process", "state", "number"], name="contribution_by_state")]
        ordering = ["process", "number"]

    def __str__(self) -> str:
        return f"#{self.number}"

    @property
    def is_counted(self) -> bool:
        """Tell whether it needs an answer."""
        return self.state in self.COUNTED_STATES

    @property
    def is_public(self) -> bool:
        """Tell whether everybody may read it; what was replaced before it was published has its reason."""
        is_shown = self.state == self.State.PUBLISHED or (
            self.state == self.State.SUPERSEDED and not self.reason
        )
        return is_shown and self.publication != self.Publication.PRIVATE

    def check_state(self, *allowed: str) -> None:
        """Raise RuleBroken(wrong_state) unless it stands in one of the `allowed` states."""
        if self.state not in allowed:
            raise RuleBroken(
                _("Number %(number)s is: %(state)s. This step is not possible any more.")
                % {"number": self.number, "state": self.get_state_display()},
                code="wrong_state",
            )


@dataclass(frozen=True, slots=True)
class ShownAuthor:
    """What readers are told of an author."""

    name: str
    organization: str
    group: str
    country: str


class AuthorshipQuerySet(models.QuerySet["Authorship"]):
    """Filters on authorships."""

    def visible_to(self, person: Person | None) -> "AuthorshipQuerySet":
        """Return those whose name `person` may read: of readable contributions, and published with the name."""
        readable = Contribution.objects.visible_to(person).values("pk")
        rows = self.filter(contribution__in=readable)
        named = Q(contribution__publication=Contribution.Publication.NAMED)
        if person is None:
            return rows.filter(named)
        desk = Participant.objects.in_office(person).values("process")
        own = Q(contribution__person=person) | Q(contribution__process__in=desk)
        return rows.filter(named | own)


class Authorship(models.Model):
    """Who spoke, for whom, as it held when the words were spoken.

    Never changed afterwards, save by erasure, and by the sender's own confirmation of who they are.
    """

    contribution = models.OneToOneField(Contribution, on_delete=models.PROTECT, related_name="authorship")
    name = models.CharField(max_length=300)
    organization = models.CharField(max_length=300, blank=True)
    group = models.CharField(max_length=24, choices=Group)
    country = models.CharField(max_length=40, blank=True)
    mandate = models.CharField(max_length=200, blank=True)
    assurance = models.CharField(max_length=12, choices=Assurance)

    objects = AuthorshipQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def shown(self) -> ShownAuthor:
        """Return what everybody may know of the author; of an unnamed interview, group and region only."""
        if self.contribution.publication == Contribution.Publication.NAMED:
            return ShownAuthor(self.name, self.organization, self.group, self.country)
        place = region_of(self.country) if self.contribution.channel == "interview" else self.country
        return ShownAuthor("", "", self.group, place)


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
