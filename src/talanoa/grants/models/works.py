"""What people state that they published with others, so that nobody judges whom they wrote with."""

from django.db import models

from talanoa.grants.models.calls import sha256_of
from talanoa.lib.conflicts import Work
from talanoa.lib.works import read, with_author
from talanoa.people.models import Person


class WorkListQuerySet(models.QuerySet["WorkList"]):
    """Filters on lists of works."""

    def visible_to(self, person: Person | None) -> "WorkListQuerySet":
        """Return those that `person` may read: their own. What follows from one is told as a conflict of interest."""
        return self.filter(person=person) if person else self.none()


class WorkList(models.Model):
    """Works that somebody stated at one time, as `lib.works` reads them; each counts from then on, and none changes."""

    LIMIT = 40_000

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="work_lists")
    text = models.TextField()
    stated_at = models.DateTimeField()

    objects = WorkListQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.stated_at:%Y-%m-%d}"

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the list, hexadecimal."""
        return sha256_of(self.text)

    @property
    def works(self) -> tuple[Work, ...]:
        """The works, with who stated them among their authors."""
        return with_author(read(self.text), self.person.name, self.person.address)
