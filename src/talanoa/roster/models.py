"""The expert roster.

An Expert is one listing of a person: what they offer, in which languages, on which topics; leaving ends it, coming back
begins another. An ExpertRequest is what a process asks for. An Assignment is one person asked for it, who accepts,
declines, or lets it lapse; one who accepts fills the request. A name stands in public where its owner put it there: on
the roster, and beside what they accepted; who was asked, declined or did not answer is known to those who asked.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import clean_text
from talanoa.lib import matching
from talanoa.lib.languages import language_tag
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process

ADDRESS = "roster"
"""The name of the address to which those who are asked answer, and what is said about it."""
ANSWER_DAYS = 10
"""Days that somebody who is asked has for an answer."""
TEXT_LIMIT, REASON_LIMIT, MOST_LANGUAGES = 2000, 1000, 20


def kept(text: str, limit: int) -> str:
    """Return words of somebody as they are kept, or nothing. Raises RuleBroken: text_too_long."""
    try:
        return clean_text(text.strip(), limit)
    except ValueError as long:
        raise RuleBroken(
            _("Please keep it under %(limit)s characters.") % {"limit": limit}, code="text_too_long"
        ) from long


def known_languages(given: Iterable[str]) -> list[str]:
    """Return the tags of languages, each once, in order. Raises RuleBroken: languages_missing, language_unknown."""
    words = [word.strip() for word in given if word.strip()]
    tags = {word: language_tag(word) for word in words[:MOST_LANGUAGES]}
    wrong = next((word for word, tag in tags.items() if not tag), None)
    if wrong is not None:
        raise RuleBroken(
            _("“%(word)s” is no language that we know. Give its code, such as en, sw or pt-BR.")
            % {"word": wrong[:40]},
            code="language_unknown",
        )
    if not tags:
        raise RuleBroken(_("Name at least one language."), code="languages_missing")
    return list(dict.fromkeys(tags.values()))


class Roster(models.Model):
    """The one row that says which numbers were given last."""

    last_expert = models.PositiveIntegerField(default=0)
    last_request = models.PositiveIntegerField(default=0)


class ExpertQuerySet(models.QuerySet["Expert"]):
    """Filters on listings; `visible_to` is the one rule of what may be read."""

    def listed(self) -> "ExpertQuerySet":
        """Return those that stand on the roster now."""
        return self.filter(left_at__isnull=True)

    def visible_to(self, person: Person | None) -> "ExpertQuerySet":
        """Return the listings that `person` may read: everybody those that stand, who left their own besides."""
        return self.filter(Q(left_at__isnull=True) | Q(person=person)) if person else self.listed()


class Expert(models.Model):
    """One listing of a person on the roster. `name` is how they were called when they joined, and stays."""

    class Kind(models.TextChoices):
        """What somebody offers to be."""

        FACILITATOR = matching.FACILITATOR, _("Facilitator")
        EXPERT = matching.EXPERT, _("Expert")
        BOTH = matching.BOTH, _("Facilitator and expert")

    number = models.PositiveIntegerField(unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="listings")
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=12, choices=Kind)
    languages = models.JSONField(default=list)
    topics = models.CharField(max_length=300, blank=True)
    about = models.CharField(max_length=500, blank=True)
    listed_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    objects = ExpertQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(left_at__isnull=True), name="expert_listed_once"
            )
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return self.name

    @property
    def tags(self) -> str:
        """The tags of the languages, as entries write them."""
        return ",".join(self.languages)

    def check_listed(self) -> None:
        """Raise RuleBroken(expert_unlisted) where they left the roster."""
        if self.left_at is not None:
            raise RuleBroken(_("%(name)s left the roster.") % {"name": self.name}, code="expert_unlisted")


class ExpertRequestQuerySet(models.QuerySet["ExpertRequest"]):
    """Filters on requests."""

    def visible_to(self, person: Person | None) -> "ExpertRequestQuerySet":
        """Return the requests that `person` may read: those of processes that they may read."""
        return self.filter(process__in=Process.objects.visible_to(person))

    def locked(self, request: "ExpertRequest") -> "ExpertRequest":
        """Return `request` as it stands now; nobody else changes it until the act ends.

        Its process is read after the wait: in one query PostgreSQL gives it as it stood before.
        """
        return self.select_for_update(no_key=True).get(pk=request.pk)


class ExpertRequest(models.Model):
    """A process asks for one facilitator, or for one expert, until a day."""

    class Kind(models.TextChoices):
        """Whom it asks for."""

        FACILITATOR = matching.FACILITATOR, _("Facilitator")
        EXPERT = matching.EXPERT, _("Expert")

    number = models.PositiveIntegerField(unique=True)
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="expert_requests")
    made_by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    languages = models.JSONField(default=list)
    text = models.TextField()
    needed_by = models.DateField()
    made_at = models.DateTimeField()

    objects = ExpertRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"request {self.number}"

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of what it is for, in UTF-8, hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def tags(self) -> str:
        """The tags of the languages, as entries write them."""
        return ",".join(self.languages)

    @property
    def filled(self) -> "Assignment | None":
        """The assignment that was accepted, if one was."""
        return next((row for row in self.assignments.all() if row.state == Assignment.State.ACCEPTED), None)

    @property
    def waiting(self) -> "Assignment | None":
        """The assignment whose answer is waited for, if there is one."""
        return next((row for row in self.assignments.all() if row.state == Assignment.State.ASKED), None)

    def is_open(self, at: datetime) -> bool:
        """Tell whether somebody may be asked at `at` (aware, UTC): nobody accepted, and its day has not passed."""
        return self.filled is None and at.date() <= self.needed_by

    def check_open(self, at: datetime) -> None:
        """Raise RuleBroken: request_over where it is filled or its day passed, ask_open where an answer is waited for.

        `at` is an aware UTC time.
        """
        if not self.is_open(at):
            raise RuleBroken(
                _("Request %(number)s is over: somebody accepted, or its day has passed.")
                % {"number": self.number},
                code="request_over",
            )
        if self.waiting is not None:
            raise RuleBroken(
                _("Somebody is asked already, and may answer until %(until)s UTC. Then ask another one.")
                % {"until": f"{self.waiting.answer_by:%Y-%m-%d %H:%M}"},
                code="ask_open",
            )


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Filters on who was asked."""

    def visible_to(self, person: Person | None) -> "AssignmentQuerySet":
        """Return those of which `person` may know who was asked, and what they said.

        Everybody of those that were accepted, who was asked their own, and the office of the process all of them.
        """
        rows = self.filter(request__in=ExpertRequest.objects.visible_to(person))
        accepted = Q(state=Assignment.State.ACCEPTED)
        if person is None:
            return rows.filter(accepted)
        office = Participant.objects.in_office(person).values("process")
        return rows.filter(accepted | Q(expert__person=person) | Q(request__process__in=office))

    def waiting(self) -> "AssignmentQuerySet":
        """Return those whose answer is waited for."""
        return self.filter(state=Assignment.State.ASKED)


class Assignment(models.Model):
    """One person of the roster, asked for one request; what they answered does not change."""

    class State(models.TextChoices):
        """What became of it."""

        ASKED = "asked", _("Asked")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        LAPSED = "lapsed", _("No answer in time")

    request = models.ForeignKey(ExpertRequest, on_delete=models.PROTECT, related_name="assignments")
    number = models.PositiveSmallIntegerField()
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="assignments")
    asked_by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State, default=State.ASKED)
    reason = models.TextField(blank=True)
    is_reason_public = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="assignment_number_once"),
            models.UniqueConstraint(
                fields=["request"], condition=Q(state="asked"), name="one_is_asked_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(state="accepted"), name="one_is_assigned"
            ),
        ]
        ordering = ["request", "number"]

    def __str__(self) -> str:
        return f"assignment {self.number} of {self.request}"

    @property
    def reason_sha256(self) -> str:
        """The SHA-256 of the reason for declining, in UTF-8, hexadecimal."""
        return hashlib.sha256(self.reason.encode()).hexdigest()

    @property
    def public_reason(self) -> str:
        """The reason for declining where its author lets everybody read it."""
        return self.reason if self.is_reason_public else ""

    def check_waiting(self, at: datetime) -> None:
        """Raise RuleBroken(ask_over) where it was answered, or its days have passed at `at` (aware, UTC)."""
        if self.state != self.State.ASKED or at >= self.answer_by:
            raise RuleBroken(
                _("This was answered already, or its %(days)s days have passed.") % {"days": ANSWER_DAYS},
                code="ask_over",
            )
