"""Badges.

An Issuer is the key by which this place signs badges, with the name and the address that stand in them; when one of
these changes, another row says so, and what was signed before keeps what it says. A Badge is one achievement of one
person: what it is for is frozen when it is awarded, `token` is the signed text that its holder takes away, and the
record holds only the digest of that. A badge is shown to whoever has its address, and stands in no list but that
of its holder. It can be revoked, once, and erased by its holder: then name, holder and signed text go, and digest and
entry stay.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken
from talanoa.people.models import Person
from talanoa.record.models import Entry

ADDRESS = "badges"
"""The name of the address to which holders answer, and of what letters about badges speak of."""
KEY_NAME = "badges"


class Issuer(models.Model):
    """Who signs from `since` on: `did` is the public key, `site` the address of this place without a slash."""

    did = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    site = models.CharField(max_length=300)
    since = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class BadgeQuerySet(models.QuerySet["Badge"]):
    """Filters on badges; `visible_to` is the one rule of who finds them."""

    def visible_to(self, person: Person | None) -> "BadgeQuerySet":
        """Return the badges that `person` finds without having their address: their own."""
        return self.filter(holder=person) if person else self.none()

    def shown(self) -> "BadgeQuerySet":
        """Return those that a page can show to whoever has its address: all that are not erased."""
        return self.filter(erased_at__isnull=True)

    def revoked_on(self, number: int) -> list[int]:
        """Return the places of those that were revoked on a status list."""
        rows = self.filter(list_number=number, revoked_at__isnull=False)
        return list(rows.order_by("place").values_list("place", flat=True))


class Badge(models.Model):
    """One badge. `name` is how its holder was called then; `competencies` are codes with their words."""

    public_id = models.CharField(max_length=26, unique=True)
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="badges")
    name = models.CharField(max_length=300, blank=True)
    achievement = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    criteria = models.TextField()
    level = models.PositiveSmallIntegerField()
    competencies = models.JSONField(default=list)
    evidence = models.JSONField(default=list)
    awarded_at = models.DateTimeField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    token = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, unique=True)
    list_number = models.PositiveIntegerField()
    place = models.PositiveIntegerField()
    revoked_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    erased_at = models.DateTimeField(null=True)

    objects = BadgeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list_number", "place"], name="badge_place_once"),
            models.UniqueConstraint(
                fields=["holder", "achievement", "version"],
                condition=Q(holder__isnull=False),
                name="badge_awarded_once",
            ),
        ]
        ordering = ["-awarded_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def check_standing(self) -> None:
        """Raise RuleBroken(badge_revoked) where it was revoked already."""
        if self.revoked_at is not None:
            raise RuleBroken(
                _("This badge was revoked already, and stays so."),
                code="badge_revoked",
            )
