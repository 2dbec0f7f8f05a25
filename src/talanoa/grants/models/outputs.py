"""What comes of an award: data, texts, programs, with all that a DOI for each asks for."""

import hashlib
import json
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from talanoa.grants.models.awards import Award
from talanoa.lib.outputs import Author, OutputText
from talanoa.people.models import Person

MOST_OUTPUTS = 50


class OutputQuerySet(models.QuerySet["Output"]):
    """Filters on outputs."""

    def visible_to(self, person: Person | None) -> "OutputQuerySet":
        """Return those of awards that `person` may know of."""
        return self.filter(award__in=Award.objects.visible_to(person).values("pk"))


class Output(models.Model):
    """Something that came of an award, public as it stands: what is corrected takes its place, on the record."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="outputs")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=24)  # resourceTypeGeneral of DataCite
    issued_on = models.DateField()
    authors = models.JSONField()
    license = models.CharField(max_length=40)  # an SPDX code
    doi = models.CharField(max_length=220, blank=True)
    url = models.CharField(max_length=500, blank=True)
    embargo_until = models.DateField(null=True)
    version = models.PositiveSmallIntegerField(default=1)
    added_at = models.DateTimeField()

    objects = OutputQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["award", "number"], name="output_number_once"),
            models.CheckConstraint(condition=~models.Q(doi="", url=""), name="output_found_somewhere"),
        ]
        ordering = ["award", "number"]
        verbose_name = _("output")

    def __str__(self) -> str:
        return self.title

    @property
    def told(self) -> OutputText:
        """The output as plain data."""
        authors = tuple(Author(**one) for one in self.authors)
        facts = (self.issued_on, authors, self.license, self.doi, self.url, self.embargo_until)
        return OutputText(self.title, self.kind, *facts)

    @property
    def facts_sha256(self) -> str:
        """The SHA-256 of all that it says as canonical JSON, hexadecimal."""
        names = ("title", "kind", "authors", "license", "doi", "url")
        told = {name: getattr(self, name) for name in names}
        told |= {name: str(getattr(self, name) or "") for name in ("issued_on", "embargo_until")}
        line = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(line.encode()).hexdigest()

    def is_under_embargo(self, day: date) -> bool:
        """Tell whether it can be read only later than on `day`."""
        return self.embargo_until is not None and day < self.embargo_until
