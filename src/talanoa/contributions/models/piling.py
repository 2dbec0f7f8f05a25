"""Piles: near-identical contributions that are shown as one position with many signatories.

Whoever is in a pile keeps number, text, receipt and answer of their own. The one with the lowest number that
everybody may read stands for the others; so nothing has to be decided again when it is withdrawn or erased.
"""

from django.db import models
from django.utils.translation import gettext as _

from talanoa.contributions.models.register import Contribution
from talanoa.kernel.errors import RuleBroken
from talanoa.people.models import Person


class Pile(models.Model):
    """One position that many took in nearly the same words."""

    process = models.ForeignKey("processes.Process", on_delete=models.PROTECT, related_name="piles")

    def __str__(self) -> str:
        return f"pile {self.pk}"


class SignatoryQuerySet(models.QuerySet["Signatory"]):
    """Filters on signatories."""

    def present(self) -> "SignatoryQuerySet":
        """Return those that have not left their pile."""
        return self.filter(left_at__isnull=True)

    def visible_to(self, person: Person | None) -> "SignatoryQuerySet":
        """Return those in a pile whose contribution `person` may read."""
        readable = Contribution.objects.visible_to(person)
        return self.present().filter(contribution__in=readable.values("pk"))


class Signatory(models.Model):
    """A contribution in a pile; one that has left is never put into a pile again."""

    pile = models.ForeignKey(Pile, on_delete=models.PROTECT, related_name="signatories")
    contribution = models.OneToOneField(Contribution, on_delete=models.PROTECT, related_name="signatory")
    left_at = models.DateTimeField(null=True)

    objects = SignatoryQuerySet.as_manager()

    class Meta:
        ordering = ["contribution__number"]

    def __str__(self) -> str:
        return f"{self.contribution} in {self.pile}"

    def check_present(self) -> None:
        """Raise RuleBroken(not_in_pile) where it has left."""
        if self.left_at is not None:
            raise RuleBroken(_("It stands by itself already."), code="not_in_pile")
