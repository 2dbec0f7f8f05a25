"""Discussion: what people say to each other, beside the inputs that they send to the convenor.

A Message holds the words of one contribution of kind `message`; its number, author and state stand on its
Contribution, and it needs no answer. Messages hang together by their identifiers (RFC 5322, section 3.6.4):
a mail keeps its author's, one from the web gets one of ours. A Thread is what begins with one message that
answers none of ours. A Summary is pinned to a thread by a named author of the desk; its versions stay.
"""

import hashlib

from django.db import models
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from talanoa.contributions.models import Contribution
from talanoa.lib.messageids import chain, permalink_hash
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process


class Thread(models.Model):
    """Messages that answer each other. `opening` is the one that began it; its subject is the thread's."""

    process = models.ForeignKey("processes.Process", on_delete=models.PROTECT, related_name="threads")
    opening = models.OneToOneField(
        "discussions.Message", on_delete=models.PROTECT, null=True, related_name="opens"
    )

    def __str__(self) -> str:
        return f"thread {self.pk}"


class MessageQuerySet(models.QuerySet["Message"]):
    """Filters on messages."""

    def visible_to(self, person: Person | None) -> "MessageQuerySet":
        """Return the messages whose words `person` may read."""
        return self.filter(contribution__in=Contribution.objects.visible_to(person).values("pk"))


class Message(models.Model):
    """The words of one message. They never change, save by erasure.

    `text` is what its author wrote, with what they answer line by line; `quoted` what they only carried along.
    `references` are the identifiers that its own mail named, oldest first. An answer may have no subject: it does
    not copy that of another one, whose words may be erased one day.
    """

    SUBJECT_LIMIT = 200
    FIRST_WORDS = 80
    """Characters of the text that stand for a subject where there is none."""
    TEXT_LIMIT = 200_000
    ID_LIMIT = 250

    contribution = models.OneToOneField(Contribution, on_delete=models.PROTECT, related_name="message")
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="+")
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="messages")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="answers")
    message_id = models.CharField(max_length=ID_LIMIT, blank=True)
    hash = models.CharField(max_length=32)
    references = models.JSONField(default=list)
    subject = models.CharField(_("subject"), max_length=SUBJECT_LIMIT, blank=True)
    text = models.TextField(_("text"))
    quoted = models.TextField(blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["process", "message_id"], condition=~Q(message_id=""), name="message_id_once"
            ),
            models.UniqueConstraint(fields=["process", "hash"], name="message_hash_once"),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.subject

    def save(self, *args: object, **kwargs: object) -> None:
        """Save it; its place in addresses follows from its identifier, once."""
        self.hash = self.hash or permalink_hash(self.message_id)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def title(self) -> str:
        """What lists show: the subject, or the first words."""
        return self.subject or Truncator(self.text.lstrip().partition("\n")[0]).chars(self.FIRST_WORDS)

    @property
    def text_sha256(self) -> str:
        """The SHA-256 in hexadecimal of the text and, after a blank line, of what it carries along, in UTF-8."""
        whole = f"{self.text}\n\n{self.quoted}" if self.quoted else self.text
        return hashlib.sha256(whole.encode()).hexdigest()

    def answered_ids(self) -> list[str]:
        """Return the `References` of its mail: what its author named, and last what it answers here."""
        return chain(self.references, self.parent.message_id if self.parent else "")


class SummaryQuerySet(models.QuerySet["Summary"]):
    """Filters on summaries."""

    def visible_to(self, person: Person | None) -> "SummaryQuerySet":
        """Return the summaries that `person` may read: all of processes that they may read."""
        return self.filter(thread__process__in=Process.objects.visible_to(person).values("pk"))


class Summary(models.Model):
    """What was said in a thread, in the words of a named author; the newest version stands on top of it."""

    TEXT_LIMIT = 20_000

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="summaries")
    version = models.PositiveSmallIntegerField()
    author = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    role = models.CharField(max_length=16)
    text = models.TextField(_("summary"))
    written_at = models.DateTimeField()

    objects = SummaryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "version"], name="summary_version_once")]
        ordering = ["thread", "-version"]

    def __str__(self) -> str:
        return f"summary {self.version} of {self.thread}"

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()
