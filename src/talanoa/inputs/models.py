"""Inputs: contributions that answer a call.

A call for input is a stage of kind `input` (or the review period, whose comments are inputs too). An
Input holds the words; its number, author and state stand on its Contribution. An Original keeps an
uploaded file exactly as it came. A Transcription keeps what stood for a mail that no program could read,
until somebody of the secretariat read it by hand.
"""

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from talanoa.contributions.models import Contribution
from talanoa.people.models import Person


class InputQuerySet(models.QuerySet["Input"]):
    """Filters on inputs."""

    def visible_to(self, person: Person | None) -> "InputQuerySet":
        """Return the inputs whose words `person` may read."""
        return self.filter(contribution__in=Contribution.objects.visible_to(person).values("pk"))


class Input(models.Model):
    """The words of one input. They never change, save by erasure, and once where a mail is read by hand."""

    TITLE_LIMIT = 200
    TEXT_LIMIT = 200_000

    contribution = models.OneToOneField(Contribution, on_delete=models.PROTECT, related_name="input")
    stage = models.ForeignKey("processes.Stage", on_delete=models.PROTECT, related_name="inputs")
    title = models.CharField(_("title"), max_length=TITLE_LIMIT)
    text = models.TextField(_("text"))
    language = models.CharField(_("language"), max_length=12, default="en")
    keywords = models.JSONField(default=list)
    as_given = models.JSONField(default=dict)

    objects = InputQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


class OriginalQuerySet(models.QuerySet["Original"]):
    """Filters on originals."""

    def visible_to(self, person: Person | None) -> "OriginalQuerySet":
        """Return the files that `person` may read: those of readable inputs."""
        return self.filter(input__contribution__in=Contribution.objects.visible_to(person).values("pk"))


class Original(models.Model):
    """An uploaded file, as it came. It is only ever handed out as a download."""

    input = models.OneToOneField(Input, on_delete=models.PROTECT, related_name="original")
    filename = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    data = models.BinaryField()
    notes = models.JSONField(default=list)

    objects = OriginalQuerySet.as_manager()

    def __str__(self) -> str:
        return self.filename

    @property
    def sha256(self) -> str:
        """The SHA-256 of the file, hexadecimal; `-` when its content was erased."""
        return hashlib.sha256(bytes(self.data)).hexdigest() if self.data else "-"


class TranscriptionQuerySet(models.QuerySet["Transcription"]):
    """Filters on transcriptions."""

    def visible_to(self, person: Person | None) -> "TranscriptionQuerySet":
        """Return those of the inputs whose words `person` may read."""
        return self.filter(input__contribution__in=Contribution.objects.visible_to(person).values("pk"))


class Transcription(models.Model):
    """What stood in an input before somebody read its mail by hand: the values that its first entry commits to."""

    input = models.OneToOneField(Input, on_delete=models.PROTECT, related_name="transcription")
    title = models.CharField(max_length=Input.TITLE_LIMIT)
    text = models.TextField()
    name = models.CharField(max_length=300)
    made_at = models.DateTimeField()

    objects = TranscriptionQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()
