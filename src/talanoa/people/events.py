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
