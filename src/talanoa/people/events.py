"""What happens to persons that everybody may check."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talanoa.record.events import Committed, Event


@dataclass(frozen=True)
class ConvenorAppointed(Event):
    """A person may from now on open processes here."""

    kind: ClassVar[str] = "convenor.appointed.1"
    told: ClassVar[Promise] = _("Somebody was appointed to open processes here.")
    name: Committed


@dataclass(frozen=True)
class InterestsStated(Event):
    """Somebody said what ties them to organizations, or that they do not say."""

    kind: ClassVar[str] = "interests.stated.1"
    told: ClassVar[Promise] = _("Somebody stated their interests, or that they do not state them.")
    declined: int
    text_sha256: Committed
