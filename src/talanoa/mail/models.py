"""Mail in and out.

A RawMessage keeps every incoming mail byte for byte, before anything reads it. A ReplyToken lets one
person act on one thing by answering our mail; only its hash is kept. An OutgoingMessage is a mail of
ours, written once for each event and recipient.
"""

from django.db import models

from talanoa.people.models import Person


class RawMessage(models.Model):
    """An incoming mail as it came.

    `outcome` is `received`, `id_reused` (another text came under its Message-ID before), why it could not be
    read (such as `mail_damaged`), or the code of its refusal.
    """

    received_at = models.DateTimeField()
    recipient = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, unique=True)
    data = models.BinaryField()
    message_id = models.CharField(max_length=400, blank=True, db_index=True)
    outcome = models.CharField(max_length=60, blank=True)
    needs_person = models.BooleanField(default=False)
    process_key = models.CharField(max_length=40, blank=True)
    number = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["process_key", "number"], name="raw_of_contribution")]

    def __str__(self) -> str:
        return f"mail {self.pk}"


class ReplyToken(models.Model):
    """The hash of a token that stands in the answer address of one mail to one person."""

    sha256 = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reply_tokens")
    process_key = models.CharField(max_length=40)
    number = models.PositiveIntegerField(null=True)
    expires_at = models.DateTimeField()


class OutgoingMessage(models.Model):
    """A mail of ours. `key` names event and recipient, so that none is written twice."""

    key = models.CharField(max_length=120, unique=True)
    to = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)
    process_key = models.CharField(max_length=40, blank=True)
    number = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["process_key", "number"], name="outgoing_of_contribution")]

    def __str__(self) -> str:
        return self.subject


class Cursor(models.Model):
    """How far a reader of the record has come: the index of the next entry it reads."""

    reader = models.CharField(max_length=40, unique=True)
    position = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.reader} at {self.position}"
