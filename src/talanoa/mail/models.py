"""Mail in and out.

A RawMessage keeps every incoming mail byte for byte, before anything reads it. A ReplyToken lets one
person act on one thing by answering our mail; only its hash is kept. An OutgoingMessage is a mail of
ours, written once for each event and recipient. A Subscription says how much mail a person wants about a
process; what is addressed to them alone, such as the answer to their input, comes at every level. A Bounce
says that a mail came back; after too many, a Silence keeps our mail from its reader until they turn it on again.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from talanoa.people.models import Person

LIST_SEED, LIST_REPLY, LIST_OTHER = "list_seed", "list_reply", "list_other"
"""What came by a list: a call of ours, an answer to it, anything else."""
LIST_MESSAGE = "list_message"
"""What came by a list into its archive."""
LIST_UNKNOWN, LIST_ADMIN = "list_unanswerable", "list_administration"
"""What the desk must look at: an answer of nobody knows whom, and what a list writes about itself."""
TAKEN = ("received", "id_reused", LIST_SEED, LIST_REPLY, LIST_OTHER, LIST_MESSAGE)


class RawMessageQuerySet(models.QuerySet["RawMessage"]):
    """Filters on incoming mails."""

    def for_hand(self, process_key: str) -> "RawMessageQuerySet":
        """Return the mails to a process that no program could read, or that were refused."""
        rows = self.filter(process_key=process_key).exclude(outcome__in=("", *TAKEN)).exclude(data=b"")
        return rows.filter(models.Q(outcome__startswith="mail_") | models.Q(number__isnull=True))


class RawMessage(models.Model):
    """An incoming mail as it came, once for each of our addresses that it came to.

    `outcome` is `received`, `id_reused` (another text came under its Message-ID before), why it could not be
    read (such as `mail_damaged`), what it is where it came by a list, or the code of its refusal.
    """

    received_at = models.DateTimeField()
    recipient = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()
    message_id = models.CharField(max_length=400, blank=True, db_index=True)
    outcome = models.CharField(max_length=60, blank=True)
    needs_person = models.BooleanField(default=False)
    process_key = models.CharField(max_length=40, blank=True)
    number = models.PositiveIntegerField(null=True)

    objects = RawMessageQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sha256", "recipient"], name="raw_once")]
        indexes = [models.Index(fields=["process_key", "number"], name="raw_of_contribution")]

    def __str__(self) -> str:
        return f"mail {self.pk}"


class ReplyToken(models.Model):
    """The hash of a token that stands in the answer address of one mail to one person.

    `word` is the command that an answer gives which names none; empty where the address itself says it.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reply_tokens")
    process_key = models.CharField(max_length=40)
    number = models.PositiveIntegerField(null=True)
    word = models.CharField(max_length=60, blank=True)
    expires_at = models.DateTimeField()


class OutgoingMessage(models.Model):
    """A mail of ours. `key` names event and recipient, so that none is written twice.

    `written_at` is when it left: written as a file, or taken by the mail server. `failed_at` is when it was given
    up, `error` the code of what last went wrong. While a sender works on it, `claimed_until` keeps others away.
    `thread` is the digest of the mail that began the conversation which it answers.
    """

    key = models.CharField(max_length=120, unique=True)
    to = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)
    process_key = models.CharField(max_length=40, blank=True)
    number = models.PositiveIntegerField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=40, blank=True)
    bounce_sha256 = models.CharField(max_length=64, blank=True)
    thread = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["process_key", "number"], name="outgoing_of_contribution"),
            models.Index(fields=["to", "created_at"], name="outgoing_to_address"),
            models.Index(fields=["bounce_sha256"], name="outgoing_by_bounce"),
            models.Index(
                fields=["id"],
                condition=models.Q(written_at__isnull=True, failed_at__isnull=True),
                name="outgoing_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class Bounce(models.Model):
    """A mail of ours came back. `weight` is 3 where there is no such mailbox, 1 where it may work again later."""

    message = models.OneToOneField(OutgoingMessage, on_delete=models.CASCADE, related_name="bounce")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="bounces")
    weight = models.PositiveSmallIntegerField()
    at = models.DateTimeField()


class Silence(models.Model):
    """The address of this person does not take our mail: nothing is sent that they did not ask for just now."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="silence")
    since = models.DateTimeField()


class Subscription(models.Model):
    """How much mail one person wants about one process.

    `digest_at` is when the next digest is due, `told_to` the index of the first entry that none told yet.
    """

    class Level(models.TextChoices):
        """What comes: each message when it is said, one letter a day, or only what is addressed to them."""

        EVERY = "every", _("Everything, as it happens")
        DIGEST = "digest", _("One letter a day, when something happened")
        OWN = "own", _("Only what is addressed to me")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="subscriptions")
    process_key = models.CharField(max_length=12)
    level = models.CharField(max_length=8, choices=Level, default=Level.DIGEST)
    paused_until = models.DateTimeField(null=True)
    digest_at = models.DateTimeField(null=True)
    told_to = models.PositiveBigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "process_key"], name="subscription_once")]
        indexes = [models.Index(fields=["level", "digest_at"], name="digest_due")]

    def __str__(self) -> str:
        return f"{self.person} follows {self.process_key}: {self.level}"


class Cursor(models.Model):
    """How far a reader of the record has come: the index of the next entry it reads."""

    reader = models.CharField(max_length=40, unique=True)
    position = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.reader} at {self.position}"
