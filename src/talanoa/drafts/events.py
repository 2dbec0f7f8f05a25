"""What happens to drafts, on the record."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talanoa.record.events import Committed, Event


@dataclass(frozen=True)
class DraftRevised(Event):
    """A revision of a draft was published; `sha256` is that of its text. What was found on an older one is stale."""

    kind: ClassVar[str] = "draft.revised.1"
    told: ClassVar[Promise] = _("Revision %(revision)s of draft %(draft)s was published.")
    draft: int
    revision: int
    sha256: str
    title: Committed
    author: Committed
