"""A statement: one short sentence with one idea, numbered like everything that is said in a process."""

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from talanoa.contributions.models import Contribution
from talanoa.people.models import Person
from talanoa.statements.models.rounds import Round


class StatementQuerySet(models.QuerySet["Statement"]):
    """Filters on statements."""

    def visible_to(self, person: Person | None) -> "StatementQuerySet":
        """Return the statements whose words `person` may read."""
        return self.filter(contribution__in=Contribution.objects.visible_to(person).values("pk"))

    def votable(self) -> "StatementQuerySet":
        """Return those that can be voted on: what stands in public now."""
        return self.filter(contribution__state=Contribution.State.PUBLISHED)


class Statement(models.Model):
    """The words of one statement. They never change, save by erasure; `place` is its place in the round, from 1.

    Elsewhere people wrote longer ones: what is imported may have IMPORTED_LIMIT characters. `is_convenors` says that
    convenor or secretariat wrote it, which every page shows beside it.
    """

    TEXT_LIMIT, IMPORTED_LIMIT = 200, 400

    contribution = models.OneToOneField(Contribution, on_delete=models.PROTECT, related_name="statement")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="statements")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(_("statement"), max_length=IMPORTED_LIMIT)
    is_convenors = models.BooleanField(default=False)

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "place"], name="statement_place_once")]
        ordering = ["round", "place"]

    def __str__(self) -> str:
        return self.text

    @property
    def title(self) -> str:
        """What lists show: all of it."""
        return self.text

    @property
    def language(self) -> str:
        """The language of the words: nobody is asked for it."""
        return ""

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()
