"""What people say about a draft: comments and suggestions. Their words never change, save by erasure."""

import hashlib

from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from talanoa.contributions.models import Contribution
from talanoa.documents.models import Revision
from talanoa.drafts.models.writing import Draft
from talanoa.people.models import Person

TEXT_LIMIT = 20_000
QUOTE_LIMIT = 2_000
_FIRST_WORDS = 80


class Remark(models.Model):
    """What a comment and a suggestion share: the draft, the revision that its author read, and the paragraph.

    `anchor` names the paragraph of `revision`; it is empty where the whole text is meant.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="%(class)ss")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    anchor = models.CharField(max_length=12, blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What lists show: the first words."""
        text: str = self.text  # type: ignore[attr-defined]
        return Truncator(text.lstrip().partition("\n")[0]).chars(_FIRST_WORDS)

    @property
    def language(self) -> str:
        """The language of the words: nobody is asked for it."""
        return ""


class CommentQuerySet(models.QuerySet["Comment"]):
    """Filters on comments."""

    def visible_to(self, person: Person | None) -> "CommentQuerySet":
        """Return the comments whose words `person` may read."""
        return self.filter(contribution__in=Contribution.objects.visible_to(person).values("pk"))


class Comment(Remark):
    """The words of one comment; `quote` are words of the paragraph that it is about, where its author chose some."""

    contribution = models.OneToOneField(Contribution, on_delete=models.PROTECT, related_name="comment")
    text = models.TextField(_("comment"))
    quote = models.TextField(_("the words that it is about"), blank=True)

    objects = CommentQuerySet.as_manager()

    @property
    def text_sha256(self) -> str:
        """The SHA-256 in hexadecimal of the text, before it the quote with a blank line, in UTF-8."""
        whole = f"{self.quote}\n\n{self.text}" if self.quote else self.text
        return hashlib.sha256(whole.encode()).hexdigest()


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    """Filters on suggestions."""

    def visible_to(self, person: Person | None) -> "SuggestionQuerySet":
        """Return the suggestions whose words `person` may read."""
        return self.filter(contribution__in=Contribution.objects.visible_to(person).values("pk"))


class Suggestion(Remark):
    """Other words for one paragraph, and why."""

    contribution = models.OneToOneField(Contribution, on_delete=models.PROTECT, related_name="suggestion")
    replacement = models.TextField(_("the paragraph as it should read"))
    reason = models.TextField(_("reason"), blank=True)

    objects = SuggestionQuerySet.as_manager()

    @property
    def text(self) -> str:
        """All that its author wrote: the new words, below them the reason."""
        return f"{self.replacement}\n\n{self.reason}" if self.reason else self.replacement

    @property
    def text_sha256(self) -> str:
        """The SHA-256 in hexadecimal of the new words, after them the reason with a blank line, in UTF-8."""
        return hashlib.sha256(self.text.encode()).hexdigest()
