"""What happens to the registry, on the record."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talanoa.record.events import Committed, Event


@dataclass(frozen=True)
class RegistryLoaded(Event):
    """The registry was read from its files, whose SHA-256 is `sha256`."""

    kind: ClassVar[str] = "registry.loaded.1"
    told: ClassVar[Promise] = _("The registry of bodies was loaded: %(bodies)s bodies.")
    bodies: int
    processes: int
    trainings: int
    funding: int
    sha256: str


@dataclass(frozen=True)
class RegistryDated(Event):
    """The dates of something in the registry were set: when it was checked, and from when to when it runs, or `-`."""

    kind: ClassVar[str] = "registry.dated.1"
    told: ClassVar[Promise] = _("The dates of %(about)s in the registry were set.")
    about: str
    checked: str
    opens: str
    closes: str


@dataclass(frozen=True)
class CorrectionReceived(Event):
    """Somebody said that something in the registry is wrong or missing; `about` is `body/igf`, or `-` for all of it."""

    kind: ClassVar[str] = "correction.received.1"
    told: ClassVar[Promise] = _("Correction %(correction)s of the registry was received.")
    correction: int
    about: str
    text_sha256: Committed


@dataclass(frozen=True)
class CorrectionAnswered(Event):
    """A correction got its answer."""

    kind: ClassVar[str] = "correction.answered.1"
    told: ClassVar[Promise] = _("Correction %(correction)s of the registry was answered: %(outcome)s.")
    correction: int
    outcome: str
    answer_sha256: Committed
