"""What happens to publications, on the record."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talanoa.record.events import Committed, Event


@dataclass(frozen=True)
class PublicationMade(Event):
    """An audit, a study or a data set was published; the hash of its manifest covers every file of it."""

    kind: ClassVar[str] = "publication.made.1"
    told: ClassVar[Promise] = _("Published: %(what)s %(publication)s.")
    what: str
    publication: str
    manifest_sha256: str
    title: Committed


@dataclass(frozen=True)
class PublicationWithdrawn(Event):
    """A publication was withdrawn and its files are gone; `instead` is what replaces it, or empty."""

    kind: ClassVar[str] = "publication.withdrawn.1"
    told: ClassVar[Promise] = _("Withdrawn: %(publication)s.")
    publication: str
    instead: str
    reason: Committed
