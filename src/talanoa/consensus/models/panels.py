"""Panels: a draw by lot that everybody can do again, its numbered pool, and what each member finds.

A PanelDraw is announced with its pool and sources before anybody knows what the sources will say. A PanelMember is one
number of the pool; those drawn first have a seat, the next of the draw takes the seat of one who leaves. An Opinion is
what one member finds: the decision is published, who held what is not.
"""

import hashlib
import json
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from talanoa.consensus.models.appeals import PanelAppeal
from talanoa.contributions.models import Appeal
from talanoa.people.models import Person
from talanoa.processes.models import Participant


class PanelDrawQuerySet(models.QuerySet["PanelDraw"]):
    """Filters on draws."""

    def visible_to(self, person: Person | None) -> "PanelDrawQuerySet":
        """Return the draws that `person` may read: all of appeals that they may read."""
        return self.filter(appeal__in=PanelAppeal.objects.visible_to(person).values("pk"))


class PanelDraw(models.Model):
    """A draw of `seats` members for an appeal: announced, and done once its sources have spoken (RFC 3797).

    `sources` are the names of public sources of numbers, `said` what they said, in the same order, from `known_at`
    on. `speak_by` is when the time of the panel ends.
    """

    MOST_SOURCES, SOURCE_LIMIT, VALUE_LIMIT = 16, 300, 1_300
    SEATS = (3, 5, 7)
    LONGEST_DAYS = 30

    appeal = models.ForeignKey(PanelAppeal, on_delete=models.PROTECT, related_name="draws")
    number = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=12)
    seats = models.PositiveSmallIntegerField()
    sources = models.JSONField()
    known_at = models.DateTimeField()
    announced_at = models.DateTimeField()
    announced_by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    said = models.JSONField(default=list)
    key = models.TextField(blank=True)
    drawn_at = models.DateTimeField(null=True)
    speak_by = models.DateTimeField(null=True)

    objects = PanelDrawQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appeal", "number"], name="panel_draw_number_once"),
            models.CheckConstraint(
                condition=Q(known_at__gt=F("announced_at")), name="panel_draw_announced_before"
            ),
            models.CheckConstraint(
                condition=Q(drawn_at__isnull=True) | Q(drawn_at__gte=F("known_at")),
                name="panel_draw_after_sources",
            ),
        ]
        ordering = ["appeal", "number"]

    def __str__(self) -> str:
        return f"{self.appeal} draw {self.number}"

    @property
    def sources_sha256(self) -> str:
        """The SHA-256 of the names of the sources as a JSON array in UTF-8 without blanks, hexadecimal."""
        return _sha256(self.sources)

    @property
    def pool_sha256(self) -> str:
        """The SHA-256 of the names of the pool, by number, as a JSON array in UTF-8 without blanks, hexadecimal."""
        return _sha256(list(self.members.order_by("number").values_list("name", flat=True)))

    def is_over(self, at: datetime) -> bool:
        """Tell whether the time of the panel is over at `at` (aware, UTC)."""
        return self.speak_by is not None and at >= self.speak_by


def _sha256(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


class PanelMemberQuerySet(models.QuerySet["PanelMember"]):
    """Filters on members of a pool."""

    def visible_to(self, person: Person | None) -> "PanelMemberQuerySet":
        """Return the members that `person` may read: all of draws that they may read."""
        return self.filter(draw__in=PanelDraw.objects.visible_to(person).values("pk"))

    def seated(self) -> "PanelMemberQuerySet":
        """Return those who have a seat now, in the order of the draw."""
        return self.filter(state=PanelMember.State.SEATED).order_by("place")


class PanelMember(models.Model):
    """One number of a pool. `place` is its place in the draw, from 1; `name` how the person was called then."""

    class State(models.TextChoices):
        """Where somebody stands to the seat."""

        POOL = "pool", _("In the pool")
        SEATED = "seated", _("Has a seat")
        LEFT = "left", _("Left the seat")

    draw = models.ForeignKey(PanelDraw, on_delete=models.PROTECT, related_name="members")
    number = models.PositiveIntegerField()
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="pools")
    name = models.CharField(max_length=300)
    place = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=8, choices=State, default=State.POOL)
    seated_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    left_at = models.DateTimeField(null=True)

    objects = PanelMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draw", "number"], name="panel_member_number_once"),
            models.UniqueConstraint(fields=["draw", "participant"], name="panel_member_once"),
            models.UniqueConstraint(fields=["draw", "place"], name="panel_member_place_once"),
        ]
        ordering = ["draw", "number"]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def reason_sha256(self) -> str:
        """The SHA-256 of why the seat was left, hexadecimal."""
        return hashlib.sha256(self.reason.encode()).hexdigest()


class OpinionQuerySet(models.QuerySet["Opinion"]):
    """Filters on opinions."""

    def visible_to(self, person: Person | None) -> "OpinionQuerySet":
        """Return the opinions that `person` may read with their member: their own (W3C Process, Council)."""
        return self.filter(member__participant__person=person) if person else self.none()


class Opinion(models.Model):
    """What one member of a panel finds; `reasons` maps the number of each argument, as text, to words."""

    REASON_LIMIT = 4_000

    member = models.OneToOneField(PanelMember, on_delete=models.PROTECT, related_name="opinion")
    outcome = models.CharField(max_length=12, choices=Appeal.Outcome)
    reasons = models.JSONField()
    given_at = models.DateTimeField()

    objects = OpinionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"opinion {self.pk}"

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of outcome and reasons as a JSON array in UTF-8 without blanks, hexadecimal."""
        return _sha256([self.outcome, self.reasons])
