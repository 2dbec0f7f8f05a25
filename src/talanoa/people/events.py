"""What happens to persons that everybody may check."""

from dataclasses import dataclass
from typing import ClassVar

from talanoa.record.events import Committed, Event


@dataclass(frozen=True)
class ConvenorAppointed(Event):
    """A person may from now on open processes here."""

    kind: ClassVar[str] = "convenor.appointed.1"
    name: Committed
