"""Why somebody may not judge an application, on the record."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talanoa.grants.models.applications import Application
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Role


class ConflictQuerySet(models.QuerySet["Conflict"]):
    """Filters on conflicts."""

    def visible_to(self, person: Person | None) -> "ConflictQuerySet":
        """Return those that `person` may read: what they said themselves, and by office those of what they judge.

        What else was found of somebody names those who apply, whom they may not know (`/me` tells that it was found).
        """
        if person is None:
            return self.none()
        own = Q(person=person, source=Conflict.Source.RECUSED)
        if not person.may_use_office:
            return self.filter(own)
        offices = Participant.objects.filter(person=person, roles__role__in=(Role.CONVENOR, Role.SECRETARIAT))
        office = Q(
            application__call__process__in=offices.values("process"),
            application__in=Application.objects.judged_by(person).values("pk"),
        )
        return self.filter(own | office)


class Conflict(models.Model):
    """Why somebody may not judge an application, on the record; it never ends for this application."""

    class Source(models.TextChoices):
        """What it rests on (`lib.conflicts`), or that they stepped back."""

        OWN = "own", _("Applies too")
        DECLARED = "declared", _("Declared")
        ORGANIZATION = "organization", _("The same organization")
        CO_APPLICANT = "co_applicant", _("Applied together")
        CO_AUTHOR = "co_author", _("Published together")
        DOMAIN = "domain", _("The same domain of mail")
        RECUSED = "recused", _("Stepped back")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="conflicts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="conflicts")
    name = models.CharField(max_length=300)  # how they were called then
    source = models.CharField(max_length=12, choices=Source)
    detail = models.CharField(max_length=500, blank=True)
    found_at = models.DateTimeField()

    objects = ConflictQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "person", "source"], name="conflict_once")
        ]
        ordering = ["application", "pk"]

    def __str__(self) -> str:
        return f"{self.source} of {self.application}"
