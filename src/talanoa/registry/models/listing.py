"""What is listed: bodies, their processes, opportunities; and the corrections of it.

What nobody held against its sources for 180 days is stale, and shown as that. What is gone from the files stays here,
unlisted.
"""

import hashlib
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from talanoa.kernel.errors import RuleBroken
from talanoa.lib.registry_files import COSTS, MODES
from talanoa.people.models import Person

STALE_AFTER = timedelta(days=180)
_KEY, _LINE, _LINK = 40, 200, 500
KINDS = {
    "standards": _("Standards"),
    "names-numbers": _("Names and numbers"),
    "forum": _("Forums"),
    "intergovernmental": _("Intergovernmental organizations"),
    "regulator": _("Regulators"),
    "operators": _("Network operators"),
    "civil-society": _("Civil society"),
    "industry": _("Industry"),
    "research": _("Research"),
    "incident-response": _("Security and incidents"),
    "training": _("Training"),
    "funder": _("Funders"),
}


class Topic(models.Model):
    """A topic of the controlled list; `terms` are the words by which a text is seen to be about it."""

    key = models.CharField(max_length=_KEY, unique=True)
    name = models.CharField(max_length=_LINE)
    terms = models.JSONField(default=list)
    is_listed = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ListedQuerySet(models.QuerySet["Listed"]):
    """Filters on what is listed."""

    def listed(self) -> "ListedQuerySet":
        """Return what still stands in the files; all of it is public."""
        return self.filter(is_listed=True)


class Listed(models.Model):
    """What bodies, processes and opportunities have in common. `checked_on` is None where nobody could check yet."""

    key = models.CharField(max_length=_KEY, unique=True)
    url = models.CharField(max_length=_LINK)
    topics = models.JSONField(default=list)
    jurisdictions = models.JSONField(default=list)
    keywords = models.JSONField(default=list)
    sources = models.JSONField(default=list)
    checked_on = models.DateField(null=True)
    is_listed = models.BooleanField(default=True)

    objects = ListedQuerySet.as_manager()

    class Meta:
        abstract = True

    def is_stale(self, on: date) -> bool:
        """Tell whether nobody held it against its sources in the 180 days before `on`."""
        return self.checked_on is None or on - self.checked_on > STALE_AFTER


class Body(Listed):
    """A body that works on something. `contact` is a page, or a public address of the body."""

    name = models.CharField(max_length=_LINE)
    short = models.CharField(max_length=_KEY, blank=True)
    kind = models.CharField(max_length=20, choices=KINDS)
    remit = models.TextField()
    addressees = models.JSONField(default=list)
    documents = models.JSONField(default=list)
    contact = models.CharField(max_length=_LINK)
    feeds = models.JSONField(default=list)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} ({self.short})" if self.short else self.name

    @property
    def title(self) -> str:
        """How lists call it, as they call the others."""
        return str(self)


class Dated(Listed):
    """What one can take part in or apply for. Days are the source's own; `recurring` says it in words."""

    title = models.CharField(max_length=_LINE)
    summary = models.TextField()
    opens_on = models.DateField(null=True)
    closes_on = models.DateField(null=True)
    recurring = models.CharField(max_length=_LINE, blank=True)
    groups = models.JSONField(default=list)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    def is_over(self, on: date) -> bool:
        """Tell whether its end has passed on the day `on`."""
        return self.closes_on is not None and self.closes_on < on


class OutsideProcess(Dated):
    """A process of another body."""

    class Status(models.TextChoices):
        """Where it stands, as its source said when it was checked."""

        OPEN = "open", _("Open")
        ANNOUNCED = "announced", _("Announced")
        RECURRING = "recurring", _("Comes again")
        CLOSED = "closed", _("Closed")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="processes")
    status = models.CharField(max_length=12, choices=Status)

    class Meta:
        ordering = [models.F("closes_on").asc(nulls_last=True), "title"]


class Opportunity(Dated):
    """A training, or a source of money. `provider` is named where it is no body of the registry."""

    class Kind(models.TextChoices):
        """What it offers."""

        TRAINING = "training", _("Training")
        FUNDING = "funding", _("Money")

    class Cost(models.TextChoices):
        """What it costs who takes part."""

        FREE = COSTS[0], _("Free")
        FEE = COSTS[1], _("For a fee")
        FELLOWSHIP = COSTS[2], _("With fellowships")

    class Mode(models.TextChoices):
        """Where it takes place."""

        ONLINE = MODES[0], _("Online")
        IN_PERSON = MODES[1], _("In person")
        BOTH = MODES[2], _("Online and in person")

    kind = models.CharField(max_length=12, choices=Kind)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="opportunities")
    provider = models.CharField(max_length=_LINE, blank=True)
    cost = models.CharField(max_length=12, choices=Cost, blank=True)
    languages = models.JSONField(default=list)
    mode = models.CharField(max_length=12, choices=Mode, blank=True)
    length = models.CharField(max_length=_LINE, blank=True)
    amount = models.CharField(max_length=_LINE, blank=True)

    class Meta:
        ordering = [models.F("closes_on").asc(nulls_last=True), "title"]


class Registry(models.Model):
    """The one row that says which files are loaded (their SHA-256), and which numbers were given last."""

    sha256 = models.CharField(max_length=64, blank=True)
    loaded_at = models.DateTimeField(null=True)
    last_correction = models.PositiveIntegerField(default=0)
    last_liaison = models.PositiveIntegerField(default=0)


class Correction(models.Model):
    """What somebody says is wrong or missing. `about` is `body/igf`, `process/...`, or empty for all of it."""

    TEXT_LIMIT = 4000

    class Outcome(models.TextChoices):
        """What became of it."""

        CORRECTED = "corrected", _("Corrected")
        KEPT = "kept", _("Kept as it was")
        ELSEWHERE = "elsewhere", _("Belongs elsewhere")

    number = models.PositiveIntegerField(unique=True)
    about = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="corrections")
    channel = models.CharField(max_length=8)
    dedup_key = models.CharField(max_length=64, unique=True)
    received_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"correction {self.number}"

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def answer_sha256(self) -> str:
        """The SHA-256 of the answer in UTF-8, hexadecimal."""
        return hashlib.sha256(self.answer.encode()).hexdigest()

    def check_unanswered(self) -> None:
        """Raise RuleBroken(correction_answered) where it has its answer already."""
        if self.answered_at is not None:
            raise RuleBroken(_("This correction has its answer already."), code="correction_answered")
