"""Who reviews a call, which applications they were drawn for, what they found, and what those who judge say of it."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from talanoa.grants.models.applications import Applicant, Application, barred_from
from talanoa.grants.models.calls import ResearchCall, sha256_of
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.scores import Review as Marked
from talanoa.people.models import Group, Person
from talanoa.processes.models import OFFICE, Participant, Role


class ReviewerQuerySet(models.QuerySet["Reviewer"]):
    """Filters on reviewers."""

    def visible_to(self, person: Person | None) -> "ReviewerQuerySet":
        """Return those whom `person` may know as such: themselves; for convenor and secretariat all of their calls."""
        if person is None:
            return self.none()
        offices = Participant.objects.filter(person=person, roles__role__in=(Role.CONVENOR, Role.SECRETARIAT))
        office = Q(call__process__in=offices.values("process")) if person.may_use_office else Q()
        return self.filter(Q(person=person) | office) if office else self.filter(person=person)


class Reviewer(models.Model):
    """Somebody who reviews applications of a call: about what they know, and how many at most."""

    call = models.ForeignKey(ResearchCall, on_delete=models.PROTECT, related_name="reviewers")
    number = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reviewing")
    name = models.CharField(max_length=300)  # how they were called when they were named
    about = models.TextField()
    load = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=24, choices=Group)
    region = models.CharField(max_length=40)
    named_at = models.DateTimeField()

    objects = ReviewerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], name="reviewer_once"),
            models.UniqueConstraint(fields=["call", "number"], name="reviewer_number_once"),
        ]
        ordering = ["call", "number"]

    def __str__(self) -> str:
        return self.name


def _calls_of_unbarred(person: Person) -> models.QuerySet[ResearchCall]:
    """Return the calls of which `person` may know who reads what: as convenor or secretariat with no conflict in them.

    Who has one, and knew who reads all the rest, could tell by the loads who reads the application of the conflict.
    """
    if not person.may_use_office:
        return ResearchCall.objects.none()
    offices = Participant.objects.filter(person=person, roles__role__in=(Role.CONVENOR, Role.SECRETARIAT))
    barred = Application.objects.filter(pk__in=barred_from(person))
    calls = ResearchCall.objects.filter(process__in=offices.values("process"))
    return calls.exclude(pk__in=barred.values("call"))


class DrawingQuerySet(models.QuerySet["Drawing"]):
    """Filters on assignments."""

    def visible_to(self, person: Person | None) -> "DrawingQuerySet":
        """Return those that `person` may read: the seed tells, together with the texts, who reads what."""
        return self.filter(call__in=_calls_of_unbarred(person)) if person else self.none()


class Drawing(models.Model):
    """One assignment of reviewers: its seed, with which anybody who has the same texts can assign again."""

    call = models.ForeignKey(ResearchCall, on_delete=models.PROTECT, related_name="drawings")
    round = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    floor = models.FloatField()
    bound = models.FloatField()
    made_at = models.DateTimeField()

    objects = DrawingQuerySet.as_manager()

    class Meta:
        ordering = ["call", "pk"]


class ReadingQuerySet(models.QuerySet["Reading"]):
    """Filters on readings."""

    def visible_to(self, person: Person | None) -> "ReadingQuerySet":
        """Return those that `person` may know: their own; as convenor or secretariat all where they may know any."""
        if person is None:
            return self.none()
        calls = _calls_of_unbarred(person)
        return self.filter(Q(reviewer__person=person) | Q(application__call__in=calls.values("pk")))

    def standing(self) -> "ReadingQuerySet":
        """Return those that nobody stepped back from."""
        return self.exclude(state=Reading.State.RECUSED)


class Reading(models.Model):
    """One reviewer reads one application in one round, once they stated that they have no conflict of interest."""

    class State(models.TextChoices):
        """How far it is."""

        ASKED = "asked", _("Waits for a statement on conflicts of interest")
        ATTESTED = "attested", _("Stated: no conflict of interest")
        REVIEWED = "reviewed", _("Reviewed")
        RECUSED = "recused", _("Stepped back")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="readings")
    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="readings")
    round = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    attested_at = models.DateTimeField(null=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "reviewer", "round"], name="reading_once")
        ]
        ordering = ["application", "round", "pk"]

    def __str__(self) -> str:
        return f"{self.application}, round {self.round}"

    def check_state(self, *allowed: str) -> None:
        """Raise RuleBroken(review_state) unless it stands in one of the `allowed` states."""
        if self.state not in allowed:
            raise RuleBroken(
                _("This review stands at: %(state)s. This step is not possible now.")
                % {"state": self.get_state_display()},
                code="review_state",
            )


class ReviewQuerySet(models.QuerySet["Review"]):
    """Filters on reviews."""

    def counted(self) -> "ReviewQuerySet":
        """Return those that count: not of somebody who was barred after they reviewed."""
        return self.filter(reading__state=Reading.State.REVIEWED)

    def visible_to(self, person: Person | None) -> "ReviewQuerySet":
        """Return the reviews that `person` may read, or count into anything.

        Who reviews reads their own, and those of others on the same application and round once their own is in. Those
        with an office read all of what they may judge, and who applies those of their own application once it is
        decided. Who has a conflict of interest reads none, and no figure that one goes into.
        """
        if person is None:
            return self.none()
        judged = Application.objects.judged_by(person)
        mine = Review.objects.filter(
            reading__application=OuterRef("reading__application"),
            reading__round=OuterRef("reading__round"),
            reading__reviewer__person=person,
        )
        read = self.counted().filter(reading__application__in=judged)
        after = read.filter(Exists(mine)).values("pk")
        applied = Applicant.objects.standing().filter(person=person).values("application")
        decided = Q(
            reading__application__in=applied,
            reading__application__state__in=Application.DECIDED,
            reading__state=Reading.State.REVIEWED,
        )
        shown = decided | Q(pk__in=after) | Q(reading__reviewer__person=person)
        if not person.may_use_office:
            return self.filter(shown)
        seats = Participant.objects.filter(person=person, roles__role__in=(*OFFICE, Role.SPONSOR))
        # Who holds an office and reviews too reads no other review before their own is in.
        office = read.filter(reading__application__call__process__in=seats.values("process"))
        office = office.exclude(reading__application__in=owed_by(person))
        return self.filter(shown | Q(pk__in=office.values("pk")))


def owed_by(person: Person) -> models.QuerySet[Reading, Any]:
    """Return the applications, by key, of which `person` owes a review: they read nothing of others on it before."""
    waiting = (Reading.State.ASKED, Reading.State.ATTESTED)
    return Reading.objects.filter(reviewer__person=person, state__in=waiting).values("application")


class Review(models.Model):
    """What one reviewer found: a mark by criterion (or n/a), how sure they are, and words for who applies."""

    reading = models.OneToOneField(Reading, on_delete=models.PROTECT, related_name="review")
    marks = models.JSONField()
    confidence = models.PositiveSmallIntegerField()
    text = models.TextField()
    reviewed_at = models.DateTimeField()

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["reading", "pk"]

    @property
    def marks_line(self) -> str:
        """The marks as one line: `question=4 method=n/a`, with the confidence."""
        given = (f"{key}={'n/a' if mark is None else mark}" for key, mark in sorted(self.marks.items()))
        return f"{' '.join(given)} confidence={self.confidence}"

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the words, hexadecimal."""
        return sha256_of(self.text)

    @property
    def marked(self) -> Marked:
        """The same as plain data, by the keys of application and reviewer."""
        given: Mapping[str, int | None] = self.marks
        return Marked(self.reading.application_id, self.reading.reviewer_id, dict(given), self.confidence)


class NoteQuerySet(models.QuerySet["Note"]):
    """Filters on what is said among those who judge."""

    def visible_to(self, person: Person | None) -> "NoteQuerySet":
        """Return those of applications of which `person` judges and may read a review, and their own.

        Who owes a review reads none before: they tell the scores of others.
        """
        if person is None:
            return self.none()
        seen = Review.objects.visible_to(person).filter(
            reading__application__in=Application.objects.judged_by(person)
        )
        others = Q(application__in=seen.values("reading__application")) & ~Q(application__in=owed_by(person))
        return self.filter(Q(author=person) | others)


class Note(models.Model):
    """What somebody who judges says of an application to the others who do."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    said_at = models.DateTimeField()

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["application", "pk"]

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the words, hexadecimal."""
        return sha256_of(self.text)
