"""Inputs: contributions that answer a call.

A call for input is a stage of kind `input` (or the review period, whose comments are inputs too). An
Input holds the words; its number, author and state stand on its Contribution. An Original keeps an
uploaded file exactly as it came. A Transcription keeps what stood for a mail that no program could read,
until somebody of the secretariat read it by hand. A ListReply is an answer that somebody gave on a list of others:
it becomes an input only when its author says so.
"""

import hashlib

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talanoa.contributions.models import Contribution
from talanoa.kernel.errors import RuleBroken
from talanoa.mail.models import RawMessage
from talanoa.people.models import Person


class InputQuerySet(models.QuerySet["Input"]):
    """Filters on inputs."""

    def visible_to(self, person: Person | None) -> "InputQuerySet":
        """Return the inputs whose words `person` may read."""
        return self.filter(contribution__in=Contribution.objects.visible_to(person).values("pk"))


class Input(models.Model):
    """The words of one input. They never change, save by erasure, and once where a mail is read by hand.

    `language` is a tag such as `sw`, or "" where no program could tell and nobody said; who says it may be corrected.
    """

    TITLE_LIMIT = 200
    TEXT_LIMIT = 200_000

    class LanguageSource(models.TextChoices):
        """Who says in which language it is."""

        STATED = "stated", _("as it was sent")
        DETECTED = "detected", _("found by a program")
        CORRECTED = "corrected", _("said by a person who read it")

    contribution = models.OneToOneField(Contribution, on_delete=models.PROTECT, related_name="input")
    stage = models.ForeignKey("processes.Stage", on_delete=models.PROTECT, related_name="inputs")
    title = models.CharField(_("title"), max_length=TITLE_LIMIT)
    text = models.TextField(_("text"))
    language = models.CharField(_("language"), max_length=12, blank=True)
    language_source = models.CharField(
        max_length=12, choices=LanguageSource, db_default=LanguageSource.DETECTED
    )
    keywords = models.JSONField(default=list)
    as_given = models.JSONField(default=dict)

    objects = InputQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(language="") | Q(language_source="detected"), name="input_language_said_is_one"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def said_language(self) -> str:
        """The tag of its language where a person said it; "" where a program found it, or nobody could tell."""
        return "" if self.language_source == self.LanguageSource.DETECTED else self.language


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


class ListReplyQuerySet(models.QuerySet["ListReply"]):
    """Filters on what was said on lists."""

    def visible_to(self, person: Person | None) -> "ListReplyQuerySet":
        """Return those that `person` wrote: nobody else reads what is no input yet."""
        return self.filter(person=person) if person else self.none()

    def waiting(self) -> "ListReplyQuerySet":
        """Return those that nobody has decided about, those of unknown authors among them."""
        return self.filter(state__in=(ListReply.State.WAITING, ListReply.State.UNANSWERABLE))


class ListReply(models.Model):
    """An answer to an announcement on a list, waiting for its author. `asked_at` is when the letter went out.

    Its words are here only while it waits. `contribution` is what became of it; `list` is None where we follow
    no such list. `dedup_key` is that of the mail, as the list sent it.
    """

    LINK_LIMIT = 500

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("Waits for its author")
        CONFIRMED = "confirmed", _("Confirmed: it is an input")
        DECLINED = "declined", _("Its author does not want it to be an input")
        FORGOTTEN = "forgotten", _("Forgotten: nobody confirmed it")
        UNANSWERABLE = "unanswerable", _("Nobody can be asked")

    EMPTIED = (State.DECLINED, State.FORGOTTEN)

    process = models.ForeignKey("processes.Process", on_delete=models.PROTECT, related_name="list_replies")
    list = models.ForeignKey(
        "processes.FollowedList", on_delete=models.PROTECT, null=True, related_name="replies"
    )
    raw = models.OneToOneField(RawMessage, on_delete=models.PROTECT, related_name="list_reply")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="list_replies")
    name = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    message_id = models.CharField(max_length=400, blank=True, db_index=True)
    permalink = models.CharField(max_length=LINK_LIMIT, blank=True)
    dedup_key = models.CharField(max_length=64, blank=True)
    noted_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    contribution = models.OneToOneField(
        Contribution, on_delete=models.PROTECT, null=True, related_name="list_reply"
    )

    objects = ListReplyQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["state", "noted_at"], name="list_reply_waiting")]

    def __str__(self) -> str:
        return f"list reply {self.pk}"

    def check_waiting(self) -> None:
        """Raise RuleBroken(wrong_state) unless it waits for its author."""
        if self.state != self.State.WAITING:
            raise RuleBroken(
                _("This waits no longer: %(state)s.") % {"state": self.get_state_display()},
                code="wrong_state",
            )

    def empty(self) -> None:
        """Forget what it says and where it stands; its Message-ID stays, so that the same mail is not asked again."""
        self.name, self.text, self.permalink, self.dedup_key = "", "", "", ""
        self.save(update_fields=["name", "text", "permalink", "dedup_key"])
