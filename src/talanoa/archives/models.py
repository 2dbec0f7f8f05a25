"""Archives: what was said on mailing lists elsewhere, kept beside the record of our own processes.

An Archive is one list. It is private until it is released, and only with its source and its license. An
ArchiveImport reads files into it, each an ImportedFile with the position up to which it is read, so that an import that
was ended goes on there; what cannot be read is a Rejection. An ArchivedMessage has a number in the order of import,
belongs to a Thread and has a Sender; of one that was erased its place stays, without words and without a name. An
Identifier leads from what messages name to their thread, also where the named message is not here. A Merge says that
two senders are one person, or not, with what speaks for it.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talanoa.kernel.errors import RuleBroken
from talanoa.people.models import Person


class ArchiveQuerySet(models.QuerySet["Archive"]):
    """Filters on archives."""

    def visible_to(self, person: Person | None) -> "ArchiveQuerySet":
        """Return the archives that `person` may read: released ones; all for whom the operator appointed."""
        return self if person is not None and person.may_convene else self.filter(released_at__isnull=False)


class Archive(models.Model):
    """One mailing list, by its `name` in addresses and commands."""

    NAME_LIMIT = 40
    LINE_LIMIT = 300

    name = models.SlugField(max_length=NAME_LIMIT, unique=True)
    title = models.CharField(_("title"), max_length=LINE_LIMIT)
    source = models.CharField(_("source"), max_length=LINE_LIMIT, blank=True)
    license = models.CharField(_("license"), max_length=LINE_LIMIT, blank=True)
    created_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    last_number = models.PositiveBigIntegerField(default=0)
    n_erased = models.PositiveBigIntegerField(default=0)

    objects = ArchiveQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | (~Q(source="") & ~Q(license="")),
                name="archive_released_with_license",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_released(self) -> bool:
        """Tell whether everybody may read it."""
        return self.released_at is not None

    @property
    def n_messages(self) -> int:
        """Messages that can be read: erased ones keep their number and do not count."""
        return self.last_number - self.n_erased


class ArchiveImport(models.Model):
    """One reading of files into an archive; `manifest_sha256` is the hash of what was read, once it is finished."""

    archive = models.ForeignKey(Archive, on_delete=models.PROTECT, related_name="imports")
    request_sha256 = models.CharField(max_length=64)
    began_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    manifest_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["archive"], condition=Q(finished_at__isnull=True), name="archive_import_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"import {self.pk} of {self.archive}"


class ImportedFile(models.Model):
    """A file of an import: up to where it was read, and what was found in it."""

    of = models.ForeignKey(ArchiveImport, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    position = models.PositiveBigIntegerField(default=0)
    is_read = models.BooleanField(default=False)
    damage = models.CharField(max_length=300, blank=True)
    read = models.PositiveBigIntegerField(default=0)
    added = models.PositiveBigIntegerField(default=0)
    duplicates = models.PositiveBigIntegerField(default=0)
    rejected = models.PositiveBigIntegerField(default=0)
    notes = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(read=models.F("added") + models.F("duplicates") + models.F("rejected")),
                name="imported_file_adds_up",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Rejection(models.Model):
    """Something in a file that is no message: where it begins, and the code of what is wrong."""

    file = models.ForeignKey(ImportedFile, on_delete=models.PROTECT, related_name="rejections")
    position = models.PositiveBigIntegerField()
    code = models.CharField(max_length=40)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.file} {self.position}: {self.code}"


class Sender(models.Model):
    """Who wrote messages of one archive under one address, or under one name where there is no address."""

    archive = models.ForeignKey(Archive, on_delete=models.PROTECT, related_name="senders", db_index=False)
    identity = models.CharField(max_length=400)
    address = models.CharField(max_length=400, blank=True)
    name = models.CharField(max_length=300, blank=True)
    n_messages = models.PositiveBigIntegerField(default=0)
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-n_messages", "pk"]
        constraints = [models.UniqueConstraint(fields=["archive", "identity"], name="sender_once")]
        indexes = [models.Index(fields=["archive", "-n_messages", "id"], name="sender_by_messages")]

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        """What pages call them: the name, or the part of the address before the @; never the whole address."""
        return self.name or self.address.partition("@")[0] or str(_("unknown sender"))


class Thread(models.Model):
    """Messages that hang together; its number is that of its first message."""

    archive = models.ForeignKey(Archive, on_delete=models.PROTECT, related_name="threads", db_index=False)
    number = models.PositiveBigIntegerField()
    subject = models.CharField(max_length=300, blank=True)
    subject_key = models.BigIntegerField(null=True)
    opened_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    n_messages = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["archive", "number"], name="archived_thread_once")]
        indexes = [
            models.Index(fields=["archive", "-last_at", "-number"], name="archived_thread_newest"),
            models.Index(fields=["archive", "subject_key"], name="archived_thread_subject"),
        ]

    def __str__(self) -> str:
        return self.subject


class ArchivedMessageQuerySet(models.QuerySet["ArchivedMessage"]):
    """Filters on messages of archives."""

    def standing(self) -> "ArchivedMessageQuerySet":
        """Return those that were not erased."""
        return self.filter(erased_at__isnull=True)


class ArchivedMessage(models.Model):
    """One message of an archive. `date` is its Date field as written, `notes` say what is wrong with it.

    `hash` names it in addresses: that of its identifier, as Mailman's archives have it, where that is not taken.
    `parent_number` is the message that it answers; `awaits` the key of the nearest one that it names and that is not
    here. Once it is erased, on a `ground`, its WORDS are empty; number, `hash` and `digest` stay, so that no import
    brings it back.
    """

    WORDS = ("message_id", "in_reply_to", "references", "name", "subject", "text", "date", "notes")

    SUBJECT_LIMIT = 300

    archive = models.ForeignKey(Archive, on_delete=models.PROTECT, related_name="messages", db_index=False)
    number = models.PositiveBigIntegerField()
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="messages", db_index=False)
    sender = models.ForeignKey(Sender, on_delete=models.PROTECT, related_name="messages", db_index=False)
    parent_number = models.PositiveBigIntegerField(null=True)
    awaits = models.BigIntegerField(null=True)
    hash = models.CharField(max_length=32)
    digest = models.BinaryField(max_length=16)
    message_id = models.CharField(max_length=250, blank=True)
    in_reply_to = models.CharField(max_length=250, blank=True)
    references = models.TextField(blank=True)
    name = models.CharField(max_length=300, blank=True)
    subject = models.CharField(max_length=SUBJECT_LIMIT, blank=True)
    text = models.TextField(blank=True)
    date = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)
    n_attachments = models.PositiveIntegerField(default=0)
    notes = models.CharField(max_length=500, blank=True)
    erased_at = models.DateTimeField(null=True)
    ground = models.CharField(max_length=20, blank=True, default="", db_default="")

    objects = ArchivedMessageQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["archive", "number"], name="archived_number_once"),
            models.UniqueConstraint(fields=["archive", "hash"], name="archived_hash_once"),
            models.UniqueConstraint(fields=["archive", "digest"], name="archived_content_once"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, ground="")
                | (Q(erased_at__isnull=False, text="", subject="") & ~Q(ground="")),
                name="archived_erased_without_words",
            ),
        ]
        indexes = [
            models.Index(fields=["thread", "number"], name="archived_of_thread"),
            models.Index(fields=["sender", "number"], name="archived_of_sender"),
            models.Index(
                fields=["archive", "awaits"], name="archived_awaits", condition=Q(awaits__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def check_standing(self) -> None:
        """Raises RuleBroken: message_erased."""
        if self.erased_at is not None:
            raise RuleBroken(_("This message was erased already."), code="message_erased")


class Identifier(models.Model):
    """An identifier that a message has or names, as 63 bits: its thread, and its message where that is here."""

    archive = models.ForeignKey(Archive, on_delete=models.PROTECT, related_name="identifiers", db_index=False)
    key = models.BigIntegerField()
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="identifiers")
    number = models.PositiveBigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["archive", "key"], name="identifier_once")]

    def __str__(self) -> str:
        return f"{self.key}"


class Merge(models.Model):
    """Whether two senders are one person: what speaks for it, and what a keeper decided; open until then.

    A decision can be undone by the next one; each stands on the record.
    """

    class Decision(models.TextChoices):
        """What was decided."""

        OPEN = "open", _("not decided")
        SAME = "same", _("one person")
        DIFFERENT = "different", _("two people")

    archive = models.ForeignKey(Archive, on_delete=models.PROTECT, related_name="merges")
    number = models.PositiveIntegerField()
    one = models.ForeignKey(Sender, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Sender, on_delete=models.PROTECT, related_name="+")
    evidence = models.CharField(max_length=300)
    decision = models.CharField(max_length=12, choices=Decision.choices, default=Decision.OPEN)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["archive", "number"], name="merge_number_once"),
            models.UniqueConstraint(fields=["one", "other"], name="merge_pair_once"),
            models.CheckConstraint(condition=Q(one__lt=models.F("other")), name="merge_pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.one} = {self.other}"
