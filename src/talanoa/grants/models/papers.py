"""What hangs on an application: files, of which judges read the text alone, and questions with answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from talanoa.grants.models.applications import Applicant, Application
from talanoa.grants.models.calls import sha256_of
from talanoa.kernel.errors import RuleBroken
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Role

MOST_FILES = 5


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Filters on files."""

    def visible_to(self, person: Person | None) -> "AttachmentQuerySet":
        """Return those whose text `person` may read: of readable applications."""
        return self.filter(application__in=Application.objects.visible_to(person))

    def whole_for(self, person: Person | None) -> "AttachmentQuerySet":
        """Return those that `person` may take away as they came, which can name who applies.

        Who applies, and the convenor and secretariat who see to eligibility; nobody else, at no time.
        """
        if person is None:
            return self.none()
        own = Applicant.objects.standing().filter(person=person).values("application")
        offices = Participant.objects.filter(person=person, roles__role__in=(Role.CONVENOR, Role.SECRETARIAT))
        judged = Application.objects.judged_by(person).filter(call__process__in=offices.values("process"))
        office = judged.values("pk") if person.may_use_office else Application.objects.none().values("pk")
        return self.filter(models.Q(application__in=own) | models.Q(application__in=office))


class Attachment(models.Model):
    """A file as it came, the text that was taken out of it, and what in both tells who applies."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="attachments")
    number = models.PositiveSmallIntegerField()
    filename = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    data = models.BinaryField()
    text = models.TextField()
    telling = models.JSONField(default=list)
    added_at = models.DateTimeField()

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="attachment_number_once")
        ]
        ordering = ["application", "number"]

    def __str__(self) -> str:
        return self.filename


class ExchangeQuerySet(models.QuerySet["Exchange"]):
    """Filters on questions to who applies."""

    def visible_to(self, person: Person | None) -> "ExchangeQuerySet":
        """Return those of readable applications."""
        return self.filter(application__in=Application.objects.visible_to(person))


class Exchange(models.Model):
    """More information that was asked for, and what was answered; both stay as they are."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="exchanges")
    number = models.PositiveSmallIntegerField()
    question = models.TextField()
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="exchange_number_once")]
        ordering = ["application", "number"]

    @property
    def question_sha256(self) -> str:
        """The SHA-256 of what was asked, hexadecimal."""
        return sha256_of(self.question)

    @property
    def answer_sha256(self) -> str:
        """The SHA-256 of what was answered, hexadecimal."""
        return sha256_of(self.answer)

    def check_open(self) -> None:
        """Raise RuleBroken(more_answered) where it was answered."""
        if self.answered_at is not None:
            raise RuleBroken(_("This question was answered already."), code="more_answered")
