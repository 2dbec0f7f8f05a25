"""The register itself: what somebody said, who spoke, how sure we are, and what names what."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talanoa.kernel.errors import RuleBroken
from talanoa.lib.regions import region_of
from talanoa.people.models import Group, InterestStatement, Person, Standing
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
        secretariat and chair read those of their process, save what was erased. Nobody reads those of a practice
        room here: it shows them itself.
        """
        shown = Q(state=Contribution.State.PUBLISHED) | Q(state=Contribution.State.SUPERSEDED, reason="")
        public = shown & ~Q(publication=Contribution.Publication.PRIVATE)
        rows = self.exclude(state=Contribution.State.ERASED).exclude(process__is_practice=True)
        if person is None:
            return rows.filter(public)
        desk = Participant.objects.in_office(person).values("process")
        return rows.filter(public | Q(person=person) | Q(process__in=desk))

    def answerable(self) -> "ContributionQuerySet":
        """Return those of a kind that the report answers: no message, and no comment, which its draft answers."""
        return self.filter(kind__in=Contribution.ANSWERED_KINDS)

    def counted(self) -> "ContributionQuerySet":
        """Return those that must be answered before a report is sealed."""
        return self.answerable().filter(state__in=Contribution.COUNTED_STATES)

    def locked(self, contribution: "Contribution") -> "Contribution":
        """Return `contribution` as it stands now; nobody else changes it until the act ends.

        Its process is read after the wait: in one query PostgreSQL gives it as it stood before.
        """
        return self.select_for_update(no_key=True).get(pk=contribution.pk)


class Contribution(models.Model):
    """One numbered thing that somebody put on the record of a process."""

    class State(models.TextChoices):
        """Where it stands."""

        UNCONFIRMED = "unconfirmed", _("Waiting for its sender to confirm")
        PUBLISHED = "published", _("Published")
        WITHHELD = "withheld", _("Held")
        REJECTED = "rejected", _("Rejected")
        SUPERSEDED = "superseded", _("Replaced by a newer one")
        WITHDRAWN = "withdrawn", _("Withdrawn by its author")
        ERASED = "erased", _("Content erased")

    class Publication(models.TextChoices):
        """What the author allows to be shown."""

        NAMED = "named", _("with my name")
        GROUP_ONLY = "group_only", _("without my name: only my stakeholder group and country")
        PRIVATE = "private", _("not at all: only the secretariat and the chair read it")

    KEPT_BACK = (State.WITHHELD, State.REJECTED)
    COUNTED_STATES = (State.PUBLISHED, State.UNCONFIRMED, *KEPT_BACK)
    KINDS = ("input", "message", "comment", "suggestion", "statement")
    """The kinds of what is said, each the name of the row that holds its words."""
    ANSWERED_KINDS = ("input",)

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
    def words(self) -> Any:
        """What was said: the row of its kind, which has `title`, `text` and `language` whatever the kind."""
        return getattr(self, self.kind)

    @property
    def standing(self) -> str:
        """What pages say of where it stands; what is in order and private is not called published."""
        if self.state == self.State.PUBLISHED and self.publication == self.Publication.PRIVATE:
            return str(_("Private"))
        return self.get_state_display()

    @property
    def is_answerable(self) -> bool:
        """Tell whether its kind asks for an answer."""
        return self.kind in self.ANSWERED_KINDS

    @property
    def is_counted(self) -> bool:
        """Tell whether it needs an answer."""
        return self.is_answerable and self.state in self.COUNTED_STATES

    @property
    def is_public(self) -> bool:
        """Tell whether everybody may read it; what was replaced before it was published has its reason."""
        is_shown = self.state == self.State.PUBLISHED or (
            self.state == self.State.SUPERSEDED and not self.reason
        )
        return is_shown and self.publication != self.Publication.PRIVATE

    def check_answerable(self) -> None:
        """Raise RuleBroken(needs_no_answer) where its kind asks for no answer: it is not sorted either."""
        if not self.is_answerable:
            raise RuleBroken(
                _("Number %(number)s is no input: it is answered where it was said.")
                % {"number": self.number},
                code="needs_no_answer",
            )

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
    subgroup = models.CharField(max_length=80, blank=True, db_default="")
    country = models.CharField(max_length=40, blank=True)
    mandate = models.CharField(max_length=200, blank=True)
    assurance = models.CharField(max_length=12, choices=Assurance)
    # What its author had stated of their interests when they spoke: in general, and for this process.
    interests = models.ForeignKey(InterestStatement, on_delete=models.PROTECT, null=True, related_name="+")
    interests_here = models.ForeignKey(
        InterestStatement, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = AuthorshipQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def statements(self) -> list[InterestStatement]:
        """What its author had stated when they spoke; for who may read their name."""
        return [row for row in (self.interests_here, self.interests) if row is not None]

    @property
    def interest_standing(self) -> Standing:
        """How its author stood to the question about their interests when they spoke."""
        rows = self.statements
        return rows[0].standing(self.contribution.received_at) if rows else Standing.MISSING

    def shown(self) -> ShownAuthor:
        """Return what everybody may know of the author; of an unnamed interview, group and region only."""
        if self.contribution.publication == Contribution.Publication.NAMED:
            return ShownAuthor(self.name, self.organization, self.group, self.country)
        place = region_of(self.country) if self.contribution.channel == "interview" else self.country
        return ShownAuthor("", "", self.group, place)


class Mention(models.Model):
    """A contribution names the number of another one of its process, as its words were received."""

    source = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="mentions")
    target = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="mentioned_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "target"], name="mention_once")]

    def __str__(self) -> str:
        return f"{self.source} mentions {self.target}"
